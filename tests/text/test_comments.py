from datetime import UTC, datetime

import pytest

from make import content
from ovn_desk.domain.comments import Comment
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.workflow import Quote
from ovn_desk.text import comments
from ovn_desk.text.anchors import Anchored

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def comment(on):
    return Comment("e1", "ayesha", NOON, "Really?", "r1", on)


def place(quote, text):
    (found,) = comments.place_comments([comment(quote)], text)
    return found


def test_a_comment_goes_with_its_words_and_is_kept_when_they_are_gone():
    before = content(body="First.\n\nThe groups meet in July, they say.\n\nLast.")
    quote = comments.quote_words(before, "meet in July")
    moved = content(body="Last.\n\nFirst.\n\nThe groups meet in July, they say.")
    found = place(quote, moved)
    assert isinstance(found.place, Anchored)
    assert moved.body[found.place.start : found.place.end] == "meet in July"
    gone = place(quote, content(body="Something else stands here."))
    assert gone.is_orphaned
    assert gone.comment.on.exact == "meet in July"


def test_a_comment_may_be_about_the_headline_or_about_no_words_at_all():
    quote = comments.quote_words(content(), "Baku")
    assert quote.field == "headline"
    assert place(quote, content()).place.start == content().headline.index("Baku")
    assert place(Quote(), content()).place is None


@pytest.mark.parametrize(("words", "said"), [("Tehran", "is not in the text"), ("e", "more than once")])
def test_words_that_are_in_no_one_place_can_not_be_quoted(words, said):
    with pytest.raises(DeskError, match=said):
        comments.quote_words(content(), words)
