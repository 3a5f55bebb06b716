"""Two texts laid over each other, as the rich text that Qt shows: what went struck through, what came underlined."""

from collections.abc import Mapping, Sequence
from html import escape
from types import MappingProxyType

from ovn_desk.text import direction, topics
from ovn_desk.text.changes import (
    ChangeId,
    Changes,
    ContentChanges,
    FieldChange,
    ItemChange,
    Mark,
    Paragraph,
    Piece,
    State,
)
from ovn_desk.ui.widgets import theme
from ovn_desk.usecases.suggesting import Status, Suggestion

_SERIF = "'Noto Serif', Charter, Georgia, serif"
_SIGNS = {Status.ACCEPTED: "✓", Status.REJECTED: "✕", Status.AS_EDITED: "✓"}
_PART_NAMES = {
    "headline": "Headline",
    "standfirst": "Standfirst",
    "body": "Text",
    "sources": "Source",
    "images": "Picture",
    "tags": "Tag",
    "topics": "Topic",
    "waivers": "Needs no source",
    "replies": "Right of reply",
    "corrections": "Correction",
    "ai_used": "AI used",
}


def whole(
    review: ContentChanges,
    suggestions: Mapping[ChangeId, Suggestion],
    *,
    chosen: ChangeId | None,
    side_by_side: bool,
) -> str:
    """The headline, standfirst and text with every change marked, then what else changed."""
    language = review.after.language
    sizes = {"headline": 25, "standfirst": 15, "body": 17}
    parts = []
    for part in ("headline", "standfirst", "body"):
        changes = review.texts[part]
        if not (changes.old.strip() or changes.new.strip()):
            continue
        style = f"font-size:{sizes[part]}px;" + ("font-weight:700;" if part == "headline" else "")
        face = f"'{theme.URDU_FACE}'" if language == "ur" else _SERIF
        lines = _side_by_side(changes, suggestions, chosen) if side_by_side else inline(changes, suggestions, chosen)
        parts.append(f'<div style="font-family:{face};{style}">{lines}</div>')
    return "".join(parts) + _rest(review, suggestions, chosen)


def inline(
    changes: Changes, suggestions: Mapping[ChangeId, Suggestion] = MappingProxyType({}), chosen: ChangeId | None = None
) -> str:
    """A text with every change marked in it."""
    return "".join(
        _frame(paragraph, _words(paragraph, paragraph.pieces, suggestions), chosen)
        for paragraph in changes.paragraphs
        if paragraph.state is not State.SPACE
    )


def _side_by_side(changes: Changes, suggestions: Mapping[ChangeId, Suggestion], chosen: ChangeId | None) -> str:
    rows = []
    for paragraph in changes.paragraphs:
        if paragraph.state is State.SPACE:
            continue
        cells = []
        for left_out in (Mark.ADDED, Mark.REMOVED):
            pieces = [piece for piece in paragraph.pieces if piece.mark is not left_out]
            is_there = paragraph.old if left_out is Mark.ADDED else paragraph.new
            words = _words(paragraph, pieces, suggestions) if is_there[0] != is_there[1] else ""
            cells.append(f'<td width="50%" valign="top">{_frame(paragraph, words, chosen)}</td>')
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f'<table width="100%" cellspacing="0" cellpadding="6">{"".join(rows)}</table>'


def _frame(paragraph: Paragraph, words: str, chosen: ChangeId | None) -> str:
    """The paragraph; the one with the chosen change stands in a frame."""
    now = theme.colours()
    text = "".join(piece.text for piece in paragraph.pieces)
    way = ' dir="rtl"' if direction.language_of(text) in direction.RTL else ""
    moved = {State.MOVED: "moved here", State.MOVED_AWAY: "moved away"}.get(paragraph.state, "")
    note = f'<span style="font-size:11px;color:{now.soft}"> ↕ {moved}</span>' if moved else ""
    own = [paragraph.whole, *paragraph.changes]
    anchors = "".join(f'<a name="{change.id}"></a>' for change in own if change)
    line = f'<p{way} style="margin:0 0 14px;line-height:125%">{anchors}{words}{note}</p>'
    if chosen is None or all(change is None or change.id != chosen for change in own):
        return line
    return (
        f'<table width="100%" cellspacing="0" cellpadding="8" border="2" style="border-color:{now.amber};'
        f'border-style:solid;border-collapse:collapse;margin:0 0 12px -8px"><tr>'
        f'<td style="border-color:{now.amber};background:{now.paper}">{line}</td></tr></table>'
    )


def _words(paragraph: Paragraph, pieces: Sequence[Piece], suggestions: Mapping[ChangeId, Suggestion]) -> str:
    now = theme.colours()
    shapes = {
        Mark.REMOVED: f"background:{now.red_tint};color:{now.red};text-decoration:line-through",
        Mark.ADDED: f"background:{now.accent_tint};color:{now.accent};text-decoration:none",
    }
    if paragraph.state is State.MOVED_AWAY:
        shapes[Mark.REMOVED] = f"color:{now.soft};text-decoration:line-through"
    made = []
    for piece in pieces:
        words = escape(piece.text).replace("\n", "<br>")
        if piece.mark is Mark.SAME:
            made.append(words)
            continue
        one = suggestions.get(piece.change) if piece.change else None
        sign = f"<sup>{_SIGNS[one.status]}</sup>" if one and one.status in _SIGNS else ""
        link = f' href="#{piece.change}"' if piece.change else ""
        made.append(f'<a{link} style="{shapes[piece.mark]}">{words}</a>{sign}')
    return "".join(made)


def _rest(review: ContentChanges, suggestions: Mapping[ChangeId, Suggestion], chosen: ChangeId | None) -> str:
    """Fields, sources, pictures and the like: what each was and is."""
    now = theme.colours()
    changes: list[FieldChange | ItemChange] = [*review.fields, *review.items]
    if not changes:
        return ""
    rows = []
    for change in changes:
        words = line(change)
        frame = f"border:2px solid {now.amber};" if change.id == chosen else ""
        one = suggestions.get(change.id)
        sign = f" {_SIGNS[one.status]}" if one and one.status in _SIGNS else ""
        rows.append(
            f'<p style="margin:0 0 6px;font-size:13px;{frame}"><a name="{change.id}"></a>'
            f'<a href="#{change.id}" style="color:{now.ink};text-decoration:none">{words}{sign}</a></p>'
        )
    title = f'<p style="font-size:13px;font-weight:700;margin:18px 0 6px;color:{now.soft}">Besides the text</p>'
    return title + "".join(rows)


def line(change: FieldChange | ItemChange) -> str:
    """One change of a field or of a list, as rich text: its name, what it was, what it became."""
    name = part_name(change.part)
    was, became = (value_words(_name_topic(change.part, value)) for value in (change.before, change.after))
    if isinstance(change, ItemChange):
        name = f"{name} {change.state}"
        if change.differing:
            name += f" ({', '.join(part.replace('_', ' ') for part in change.differing)})"
            was, became = (
                "; ".join(value_words(getattr(item, part)) for part in change.differing)
                for item in (change.before, change.after)
            )
    return row(name, was, became)


def _name_topic(part: str, value: object) -> object:
    """A topic by its name: its code says nothing to people."""
    return topics.name(value, "en") if part == "topics" and isinstance(value, str) else value


def row(name: str, was: str, became: str) -> str:
    """A name, what was struck through, and what came, as rich text; `was` and `became` are escaped already."""
    now = theme.colours()
    gone = f"background:{now.red_tint};color:{now.red};text-decoration:line-through"
    old = f'<span style="{gone}">{was}</span> ' if was else ""
    new = f'<span style="background:{now.accent_tint}">{became}</span>' if became else ""
    return f"<b>{escape(name)}:</b> {old}{new}"


def part_name(part: str) -> str:
    """A part of an article as people call it."""
    return _PART_NAMES.get(part, part.replace("_", " ").capitalize())


def value_words(value: object) -> str:
    """A value in a few words."""
    if value is None or value == "":
        return ""
    label = getattr(value, "label", None) or getattr(value, "words", None) or getattr(value, "name", None)
    if isinstance(value, tuple):
        label = "; ".join(map(value_words, value))
    words = str(label if isinstance(label, str) and label else getattr(value, "key", value))
    return escape(words if len(words) <= 120 else f"{words[:119]}…")
