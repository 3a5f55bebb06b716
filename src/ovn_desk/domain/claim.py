"""What a text claims: one checkable statement, and where it stands."""

from dataclasses import dataclass
from enum import StrEnum

from ovn_desk.domain.figures import Value


class ClaimKind(StrEnum):
    """What is claimed; only quotations and figures may stop an approval."""

    QUOTATION = "quotation"
    FIGURE = "figure"
    SUPERLATIVE = "superlative"
    ATTRIBUTION = "attribution"


CHECKED = frozenset({ClaimKind.QUOTATION, ClaimKind.FIGURE})


class Field(StrEnum):
    """The text of an article that something stands in."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    BODY = "body"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable statement; `words` is `text[start:end]` of its field, in code points.

    `cited` are the keys in its own sentence, `near` those in the next sentence or closing the paragraph. `through` is
    an outlet that the sentence says it has this from. What `is_display` (headline, standfirst, caption, a heading)
    needs no citations of its own: it rests on the body. `image` is the key of a caption's picture.
    """

    kind: ClaimKind
    words: str
    start: int
    end: int
    sentence: str
    cited: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    values: tuple[Value, ...] = ()
    through: str = ""
    field: Field = Field.BODY
    image: str = ""
    is_display: bool = False
