"""Where the text under review stands in its document, and which letters of the text a place in it shows."""

from dataclasses import dataclass, field

from ovn_desk.domain.image import Image
from ovn_desk.text.changes import ChangeId
from ovn_desk.text.offsets import from_utf16, to_utf16


@dataclass(frozen=True, slots=True)
class Segment:
    """A run where it stands: `at` and `size` in the document, `start` and `length` in a field of the new text."""

    field: str
    at: int
    size: int
    start: int
    length: int
    text: str
    is_exact: bool


@dataclass(slots=True)
class Layout:
    """Where everything stands in the document, in its own positions."""

    segments: list[Segment] = field(default_factory=list)
    changes: dict[ChangeId, tuple[int, int]] = field(default_factory=dict)
    """The paragraphs that a change stands in."""
    words: dict[ChangeId, list[tuple[int, int]]] = field(default_factory=dict)
    """The very letters that went and came by a change."""
    pictures: dict[str, Image] = field(default_factory=dict)

    @property
    def story(self) -> tuple[int, int] | None:
        """From where to where headline, standfirst and body stand; None where nothing does."""
        spans = [(one.at, one.at + one.size) for one in self.segments]
        spans += [span for own in self.words.values() for span in own]
        return (min(low for low, _ in spans), max(high for _, high in spans)) if spans else None

    def find_words(self, name: str, start: int, end: int) -> list[tuple[int, int]]:
        """Where letters `start` to `end` of a field are shown."""
        found = []
        for one in self.segments:
            low, high = max(start, one.start), min(end, one.start + one.length)
            if one.field != name or low >= high:
                continue
            if not one.is_exact:
                found.append((one.at, one.at + one.size))
                continue
            first, last = (one.at + to_utf16(one.text, place - one.start) for place in (low, high))
            found.append((first, last))
        return found

    def find_place(self, low: int, high: int) -> tuple[str, int, int] | None:
        """The field and the letters that are shown between two positions; none where nothing of the text is."""
        hit = [one for one in self.segments if one.at < high and low < one.at + one.size]
        if not hit:
            return None
        name = hit[0].field
        own = [one for one in hit if one.field == name]
        start, end = _letters(own[0], low, high)[0], _letters(own[-1], low, high)[1]
        return (name, start, end) if start < end else None


def _letters(one: Segment, low: int, high: int) -> tuple[int, int]:
    """The letters of a field that a segment shows between two positions."""
    if not one.is_exact:
        return one.start, one.start + one.length
    first = from_utf16(one.text, max(0, low - one.at))
    last = from_utf16(one.text, min(one.size, high - one.at))
    return one.start + first, one.start + last
