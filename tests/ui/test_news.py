"""What is said of a story that came says of it what is so: nobody has what is no longer theirs."""

import pytest

from ovn_desk.domain.article import ArticleId, EventId, StaffId
from ovn_desk.domain.notifications import Reason
from ovn_desk.ui.sharing import news_words
from ovn_desk.usecases.news import Need, StoryNews

NAMES = {StaffId("rana"): "Rana Malik"}
STEPS = {
    Reason.ASSIGNED: "Rana Malik asks you to write “Rail”.",
    Reason.TAKEN_OVER: "Rana Malik took “Rail” over from you.",
    Reason.TAKEN_TWICE: "Rana Malik took “Rail” too, at another desk: one of you has to keep it.",
    Reason.RECALLED: "Rana Malik recalled “Rail”: it is no longer with the desk.",
    Reason.RECALLED_LATE: "Rana Malik had taken “Rail” before you recalled it: it stays with the desk.",
    Reason.HELD: "“Rail” came; it is in review by you.",
    Reason.WAITING: "“Rail” is filed and waits for an editor.",
}


def told(need, why=None):
    news = StoryNews(ArticleId("a"), "Rail", need, why, EventId("e"), StaffId("rana"))
    return news_words.tell([news], NAMES)


@pytest.mark.parametrize("why", Reason)
def test_each_reason_has_a_sentence_of_its_own(why):
    need = {Reason.SENT_BACK: Need.SENT_BACK, Reason.MUST_FIX: Need.COMMENT, Reason.MENTIONED: Need.COMMENT}
    said = told(need.get(why, Need.STEP), why)
    assert said == STEPS.get(why, said)
    assert ("in review by you" in said) is (why is Reason.HELD)


def test_who_decided_between_two_versions_is_named():
    assert told(Need.DECIDED) == "Rana Malik decided between the two versions of “Rail”."
