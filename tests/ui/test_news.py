"""What is said of a story that came says of it what is so: nobody has what is no longer theirs."""

from dataclasses import replace

import pytest

from ovn_desk.domain.article import ArticleId, EventId, StaffId
from ovn_desk.domain.notifications import Reason
from ovn_desk.ui.sharing import news_words
from ovn_desk.usecases.news import Need, StoryNews

NAMES = {StaffId("rana"): "Rana Malik", StaffId("ayesha"): "Ayesha Khan", StaffId("farid"): "Farid Ali"}
STEPS = {
    Reason.ASSIGNED: "Rana Malik asks you to write “Rail”.",
    Reason.TAKEN_OVER: "Rana Malik took “Rail” over from you.",
    Reason.TAKEN_TWICE: "Rana Malik took “Rail” too, at another desk: one of you has to keep it.",
    Reason.RECALLED: "Rana Malik recalled “Rail”: it is no longer with the desk.",
    Reason.RECALLED_LATE: "Rana Malik had taken “Rail” before you recalled it: it stays with the desk.",
    Reason.WANTED_BACK: "Rana Malik recalled “Rail” when you had it already: it stays with you until you send it back.",
    Reason.HELD: "“Rail” came; it is in review by you.",
    Reason.WAITING: "“Rail” is filed and waits for an editor.",
    Reason.SENT_BACK: "Rana Malik sent “Rail” back.",
    Reason.MUST_FIX: "Rana Malik asks for a change in “Rail”: “Since when?”",
    Reason.MENTIONED: "Rana Malik asks you in “Rail”: “Since when?”",
}


def told(need, why=None):
    words = "Since when?" if need is Need.COMMENT else ""
    news = StoryNews(ArticleId("a"), "Rail", need, why, EventId("e"), StaffId("rana"), words=words)
    return news_words.tell([news], NAMES)


@pytest.mark.parametrize("why", Reason)
def test_each_reason_has_a_sentence_of_its_own(why):
    need = {Reason.SENT_BACK: Need.SENT_BACK, Reason.MUST_FIX: Need.COMMENT, Reason.MENTIONED: Need.COMMENT}
    assert told(need.get(why, Need.STEP), why) == STEPS[why]


@pytest.mark.parametrize("makers", [("rana",), ("rana", "ayesha"), ("rana", "ayesha", "farid")])
@pytest.mark.parametrize("may_decide", [True, False])
@pytest.mark.parametrize("need", [Need.DECIDE, Need.READ])
def test_who_made_both_versions_is_said_and_here_only_where_one_was_made_here(need, may_decide, makers):
    news = StoryNews(ArticleId("a"), "Rail", need, makers=makers, versions=max(2, len(makers)), may_decide=may_decide)
    said = news_words.tell([news], NAMES)
    assert all(NAMES[one] in said for one in makers)
    assert "both here and elsewhere" not in said
    assert ("decide which" in said) is (need is Need.DECIDE and may_decide)
    assert ("3 versions" in said) is (need is Need.DECIDE and len(makers) == 3)
    here = news_words.tell([replace(news, is_changed_here=True)], NAMES)
    assert here.startswith("“Rail” was changed both here and elsewhere")


def test_who_decided_between_two_versions_is_named():
    assert told(Need.DECIDED) == "Rana Malik decided between the two versions of “Rail”."


@pytest.mark.parametrize(("has_texts", "is_deciding"), [(False, False), (True, False), (False, True), (True, True)])
def test_what_is_not_at_the_hub_is_named_where_the_rest_is_said_to_be_the_same(has_texts, is_deciding):
    said = news_words.tell_same(has_texts=has_texts, is_deciding=is_deciding)
    assert ("the hub have the same now" in said) is not (has_texts or is_deciding)
    assert ("Text that is no version is not there." in said) is has_texts
    assert ("A decision that was begun is not there." in said) is is_deciding


def test_what_only_came_is_named_in_one_sentence_and_beside_what_wants_something_counted():
    """Seen: “3 stories came. “A” came. “B” came.”"""
    came = [StoryNews(ArticleId(name), name, Need.NEWS) for name in "ABCDE"]
    assert news_words.tell(came[:3], NAMES) == "3 stories came: “A”, “B” and “C”."
    assert news_words.tell(came, NAMES, who="Rana") == "5 stories came from Rana: “A”, “B”, “C” and 2 more."
    filed = StoryNews(ArticleId("f"), "Rail", Need.STEP, Reason.WAITING)
    said = news_words.tell([filed, came[0]], NAMES)
    assert said == "2 stories came. “Rail” is filed and waits for an editor. One more is in your list."


def test_what_counts_no_more_is_not_counted_among_what_came():
    lapsed = StoryNews(ArticleId("a"), "Flood", Need.LAPSED, by=StaffId("rana"))
    others = [StoryNews(ArticleId(name), name, Need.NEWS) for name in ("Rail", "Water")]
    assert news_words.tell([lapsed, others[0]], NAMES, who="Ayesha Khan").startswith("1 story came from Ayesha Khan. ")
    assert news_words.tell([lapsed, *others], NAMES).startswith("2 stories came. ")
    assert "came" not in news_words.tell([lapsed, replace(lapsed, article=ArticleId("b"))], NAMES)
