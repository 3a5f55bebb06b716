"""What changed between two texts or two contents, as readers of a review screen need it."""

from ovn_desk.text.changes.contents import ContentChanges, FieldChange, ItemChange, compare_contents
from ovn_desk.text.changes.texts import Change, ChangeId, Changes, Kind, Mark, Paragraph, Piece, State, apply, compare

__all__ = [
    "Change",
    "ChangeId",
    "Changes",
    "ContentChanges",
    "FieldChange",
    "ItemChange",
    "Kind",
    "Mark",
    "Paragraph",
    "Piece",
    "State",
    "apply",
    "compare",
    "compare_contents",
]
