"""What a merge says: which parts of an article both sides changed, and what stands in the rest."""

from dataclasses import dataclass
from enum import Enum
from typing import Any, NewType

from ovn_desk.domain.article import Content
from ovn_desk.domain.parts import ItemKey
from ovn_desk.text.blocks import Span

ConflictId = NewType("ConflictId", str)


class Take(Enum):
    """Whose version stands."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


Choice = Take | str  # a text is written by the person who decides


@dataclass(frozen=True, slots=True)
class Conflict:
    """What both sides changed, each in its way: paragraphs of the body, a field, or one thing of a list by its key.

    Of the body, `base`, `mine` and `theirs` are texts, empty where the paragraphs are gone or not there yet; of a
    field its values; of a list its things, None where a side has it not, or its keys in order where that is at odds.
    """

    id: ConflictId
    part: str
    base: Any
    mine: Any
    theirs: Any
    key: ItemKey = ()
    may_take_both: bool = False
    may_be_written: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A stretch of the body in three columns, and what it becomes: `text`, or what is decided about `conflict`.

    Where one side moved what the other changed, the conflict has two rows, and `holds` says whose version stands in
    which. `places` are the letters of the row in base, mine and theirs.
    """

    base: str
    mine: str
    theirs: str
    places: tuple[Span, Span, Span]
    text: str = ""
    conflict: ConflictId | None = None
    holds: frozenset[Take] = frozenset()


@dataclass(frozen=True, slots=True)
class MergeResult:
    """Three contents laid together. `rows` are the body; `conflicts` is empty when the whole could be combined."""

    base: Content
    mine: Content
    theirs: Content
    rows: tuple[Row, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def is_whole(self) -> bool:
        return not self.conflicts


def is_resolved(base: Any, mine: Any, theirs: Any) -> bool:
    """Whether at most one side changed a thing, or both alike."""
    return mine == theirs or base in (mine, theirs)


def resolve_value(base: Any, mine: Any, theirs: Any) -> Any:
    """The value after a merge of one that `is_resolved`: the changed one, or `base` where neither changed it."""
    return mine if theirs == base else theirs
