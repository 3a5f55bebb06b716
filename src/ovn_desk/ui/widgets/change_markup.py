"""Two texts laid over each other, as the rich text that Qt shows: what went struck through, what came underlined."""

from collections.abc import Sequence
from html import escape

from ovn_desk.domain.evidence import Correction, Waiver, WaiverKind
from ovn_desk.text import direction, topics
from ovn_desk.text.changes import (
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
from ovn_desk.ui.widgets.phrases import way_name

_SERIF = "'Noto Serif', Charter, Georgia, serif"
_PART_NAMES = {
    "headline": "Headline",
    "standfirst": "Standfirst",
    "body": "Text",
    "sources": "Source",
    "images": "Picture",
    "tags": "Tag",
    "topics": "Topic",
    "waivers": "Claim settled",
    "replies": "Right of reply",
    "corrections": "Correction",
    "ai_used": "AI used",
}


def whole(review: ContentChanges) -> str:
    """Two contents side by side: headline, standfirst and text with every change marked, then what else changed."""
    language = review.after.language
    sizes = {"headline": 25, "standfirst": 15, "body": 17}
    parts = []
    for part in ("headline", "standfirst", "body"):
        changes = review.texts[part]
        if not (changes.old.strip() or changes.new.strip()):
            continue
        style = f"font-size:{sizes[part]}px;" + ("font-weight:700;" if part == "headline" else "")
        face = f"'{theme.URDU_FACE}'" if language == "ur" else _SERIF
        parts.append(f'<div style="font-family:{face};{style}">{_side_by_side(changes)}</div>')
    return "".join(parts) + _rest(review)


def inline(changes: Changes) -> str:
    """A text with every change marked in it."""
    return "".join(
        _paragraph(paragraph, _words(paragraph, paragraph.pieces))
        for paragraph in changes.paragraphs
        if paragraph.state is not State.SPACE
    )


def plain_paragraph(text: str) -> str:
    """A paragraph without any change, in its own direction."""
    return _direct(text, escape(text).replace("\n", "<br>"))


def _side_by_side(changes: Changes) -> str:
    rows = []
    for paragraph in changes.paragraphs:
        if paragraph.state is State.SPACE:
            continue
        cells = []
        for left_out, inner in ((Mark.ADDED, "padding-right:20px"), (Mark.REMOVED, "padding-left:20px")):
            pieces = [piece for piece in paragraph.pieces if piece.mark is not left_out]
            is_there = paragraph.old if left_out is Mark.ADDED else paragraph.new
            words = _words(paragraph, pieces) if is_there[0] != is_there[1] else ""
            cells.append(f'<td width="50%" valign="top" style="{inner}">{_paragraph(paragraph, words)}</td>')
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f'<table width="100%" cellspacing="0" cellpadding="6">{"".join(rows)}</table>'


def _paragraph(paragraph: Paragraph, words: str) -> str:
    text = "".join(piece.text for piece in paragraph.pieces)
    moved = {State.MOVED: "moved here", State.MOVED_AWAY: "moved away"}.get(paragraph.state, "")
    note = f'<span style="font-size:11px;color:{theme.colours().soft}"> ↕ {moved}</span>' if moved else ""
    return _direct(text, f"{words}{note}")


def _direct(text: str, html: str) -> str:
    """A paragraph of rich text in the direction of its words."""
    way = ' dir="rtl"' if direction.language_of(text) in direction.RTL else ""
    return f'<p{way} style="margin:0 0 14px;line-height:125%">{html}</p>'


def _words(paragraph: Paragraph, pieces: Sequence[Piece]) -> str:
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
        made.append(words if piece.mark is Mark.SAME else f'<span style="{shapes[piece.mark]}">{words}</span>')
    return "".join(made)


def _rest(review: ContentChanges) -> str:
    """Fields, sources, pictures and the like: what each was and is."""
    changes: list[FieldChange | ItemChange] = [*review.fields, *review.items]
    if not changes:
        return ""
    colour = theme.colours().soft
    title = f'<p style="font-size:13px;font-weight:700;margin:18px 0 6px;color:{colour}">Besides the text</p>'
    return title + "".join(f'<p style="margin:0 0 6px;font-size:13px">{line(change)}</p>' for change in changes)


def line(change: FieldChange | ItemChange) -> str:
    """One change of a field or of a list, as rich text: its name, what it was, what it became."""
    name = part_name(change.part)
    was, became = (value_words(_name_topic(change.part, value)) for value in (change.before, change.after))
    if isinstance(change, ItemChange):
        if isinstance(newest := change.after or change.before, Correction):
            name = str(newest.kind).capitalize()
        name = _settling_name(newest, change.state) if isinstance(newest, Waiver) else f"{name} {change.state}"
        if change.differing:
            name += f" ({', '.join(part.replace('_', ' ') for part in change.differing)})"
            was, became = (
                "; ".join(value_words(getattr(item, part)) for part in change.differing)
                for item in (change.before, change.after)
            )
    return row(name, was, became)


def _settling_name(waiver: Waiver, state: str) -> str:
    """How a claim was settled, as whoever settled it chose it."""
    name = (
        "Style rule set aside" if waiver.kind is WaiverKind.STYLE else f"Settled as “{way_name(waiver.kind).lower()}”"
    )
    return name if state == "added" else f"{name}: {state}"


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
    if isinstance(value, Correction):  # whole: readers are told every word of it
        parts = (("We said:", value.said), ("In fact:", value.in_fact)) if value.said else (("", value.in_fact),)
        return escape(" ".join(word for part in parts for word in part if word)) or escape(value.kind)
    label = getattr(value, "label", None) or getattr(value, "words", None) or getattr(value, "name", None)
    if isinstance(value, tuple):
        label = "; ".join(map(value_words, value))
    words = str(label if isinstance(label, str) and label else getattr(value, "key", value))
    return escape(words if len(words) <= 120 else f"{words[:119]}…")
