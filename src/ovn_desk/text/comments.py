"""Comments beside the text they are about: where their words stand now, and the words of a new one."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from ovn_desk.domain.article import Content
from ovn_desk.domain.comments import Comment
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.workflow import Quote
from ovn_desk.text import anchors
from ovn_desk.text.anchors import Anchor, Place

FIELDS = ("headline", "standfirst", "body")


@dataclass(frozen=True, slots=True)
class PlacedComment:
    """A comment and its place in its field now; none for one that is about the whole story."""

    comment: Comment
    place: Place | None

    @property
    def is_orphaned(self) -> bool:
        return isinstance(self.place, anchors.Orphaned)


def place_comments(comments: Iterable[Comment], content: Content) -> list[PlacedComment]:
    """Find every comment's place in this content; one whose words are gone is an orphan and keeps them."""
    return [
        PlacedComment(comment, anchors.find(getattr(content, comment.on.field), anchor_of(comment.on)))
        if comment.on.exact
        else PlacedComment(comment, None)
        for comment in comments
    ]


def anchor_of(quote: Quote) -> Anchor:
    """The quoted words as an anchor in the text of their field."""
    return Anchor(**{name: value for name, value in asdict(quote).items() if name != "field"})


def quote(content: Content, field: str, start: int, end: int) -> Quote:
    """Letters `start` to `end` of a field as a comment quotes them; raises DeskError when there are no words."""
    return Quote(field=field, **asdict(anchors.anchor(getattr(content, field), start, end)))


def quote_words(content: Content, words: str) -> Quote:
    """Quote these words where they stand in headline, standfirst or body; raises DeskError unless that is one place."""
    found = [(field, getattr(content, field).find(words)) for field in FIELDS if words in getattr(content, field)]
    if not found:
        raise DeskError("comment-words-missing", words=words)
    if sum(getattr(content, field).count(words) for field, _ in found) > 1:
        raise DeskError("comment-words-repeated", words=words)
    field, start = found[0]
    return quote(content, field, start, start + len(words))
