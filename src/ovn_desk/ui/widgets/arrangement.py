"""Which panes a window of some width shows, of those that a person wants to see (design: look/README)."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Room(IntEnum):
    """How much stands side by side; each begins at its width in pixels."""

    ONE = 0
    """Text, page or inspector, and the list as a drawer."""
    TWO = 900
    """The text, beside it page or inspector, and the list as a drawer."""
    THREE = 1200
    """The list, the text, and page or inspector."""
    FOUR = 1500
    """The list, the text, the page and the inspector."""

    @classmethod
    def of(cls, width: int) -> "Room":
        return max(room for room in cls if room <= max(width, 0))


class View(StrEnum):
    """What the middle of the window shows."""

    TEXT = "text"
    REVIEW = "review"
    WIDE = "wide"
    """A view of more than one text, with the room beside it."""


class Front(StrEnum):
    """What stands at the right where there is room for one thing only."""

    PAGE = "page"
    INSPECTOR = "inspector"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person wants to see, in a window with room for all of it; `front` is what they asked for last."""

    has_list: bool = True
    has_page: bool = True
    has_inspector: bool = True
    front: Front = Front.PAGE


@dataclass(frozen=True, slots=True)
class Moment:
    """What is so only now: a drawer pulled out, a sheet, nothing but the text.

    `covers_text` puts what stands at the front in the place of the text, where there is room for one thing.
    """

    has_drawer: bool = False
    has_sheet: bool = False
    is_alone: bool = False
    covers_text: bool = False


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What is seen. `has_strip` is what the list is pulled out by, `has_rail` what the inspector is opened by."""

    room: Room
    view: View
    has_list: bool = False
    has_strip: bool = False
    has_middle: bool = True
    has_page: bool = False
    has_inspector: bool = False
    has_sheet: bool = False
    has_rail: bool = False


def arrange(room: Room, view: View, wishes: Wishes, moment: Moment) -> Arrangement:
    """What a window with this room shows of what is wanted."""
    if moment.is_alone and view is not View.WIDE:
        return Arrangement(room, view, has_sheet=moment.has_sheet)
    is_column = room >= Room.FOUR or (room is Room.THREE and view is not View.REVIEW)
    has_list = wishes.has_list if is_column else moment.has_drawer
    has_strip = not (is_column and has_list)
    if view is View.WIDE:
        return Arrangement(room, view, has_list=has_list, has_strip=has_strip)
    is_crowded = room <= Room.TWO and has_list  # what stands beside the text makes room for the drawer
    has_page, has_inspector = _beside(room, wishes, moment)
    is_covered = room is Room.ONE and not has_list and (has_page or has_inspector or moment.has_sheet)
    return Arrangement(
        room,
        view,
        has_list=has_list,
        has_strip=has_strip,
        has_middle=not is_covered,
        has_page=has_page and not is_crowded,
        has_inspector=has_inspector and not is_crowded,
        has_sheet=moment.has_sheet and not is_crowded,
        has_rail=not has_inspector and not moment.has_sheet,
    )


def _beside(room: Room, wishes: Wishes, moment: Moment) -> tuple[bool, bool]:
    """Whether page and inspector are seen."""
    if room is Room.FOUR:
        return wishes.has_page and not moment.has_sheet, wishes.has_inspector
    if moment.has_sheet or (room is Room.ONE and not moment.covers_text):
        return False, False
    is_inspector = wishes.front is Front.INSPECTOR and wishes.has_inspector
    return wishes.has_page and not is_inspector, is_inspector
