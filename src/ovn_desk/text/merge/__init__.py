"""Two versions of an article made from one: combined where that is safe, laid side by side where it is not."""

from ovn_desk.text.merge.contents import merge, merge_without_base, resolve
from ovn_desk.text.merge.values import Choice, Conflict, ConflictId, MergeResult, Row, Take, resolve_value

__all__ = [
    "Choice",
    "Conflict",
    "ConflictId",
    "MergeResult",
    "Row",
    "Take",
    "merge",
    "merge_without_base",
    "resolve",
    "resolve_value",
]
