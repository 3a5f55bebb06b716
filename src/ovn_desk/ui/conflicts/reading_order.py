"""The whole text in the order in which it is read: what is in conflict, and in quiet ink what lies between."""

from collections.abc import Iterator
from html import escape

from PySide6.QtCore import QCoreApplication

from ovn_desk.text.merge import Conflict, ConflictId, MergeResult, Row, Take, resolve_value
from ovn_desk.ui.conflicts.sides import Side
from ovn_desk.ui.conflicts.wording import reading_html
from ovn_desk.ui.widgets import change_markup, theme

_FEW_WORDS = 8

Entry = Conflict | str
"""A conflict, or rich text that lies between two."""


def entries(merged: MergeResult, names: dict[Take, Side]) -> list[Entry]:
    """Headline, standfirst and text in their order, then what else is in conflict under a heading of its own."""
    found: list[Entry] = []
    for entry in _entries(merged, names):
        if isinstance(entry, str) and found and isinstance(found[-1], str):
            found[-1] += entry
        else:
            found.append(entry)
    return found


def _entries(merged: MergeResult, names: dict[Take, Side]) -> Iterator[Entry]:
    known = {conflict.id: conflict for conflict in merged.conflicts}
    rest = dict(known)
    for part in ("headline", "standfirst"):
        conflict = rest.pop(ConflictId(part), None)
        base, mine, theirs = (getattr(content, part) for content in (merged.base, merged.mine, merged.theirs))
        if conflict is not None:
            yield conflict
        elif words := resolve_value(base, mine, theirs):
            changed_by = _changed_by(base or "", mine, theirs, names) if words != base else ""
            yield _passage(words, part, changed_by)
    for row in merged.rows:
        if row.conflict is None:
            yield from _quiet_row(row, names)
        elif row.conflict in rest:
            yield rest.pop(row.conflict)
        elif row.holds:
            yield _note(_translate("↕ Where one of the versions has the paragraph that is decided above."))
    if rest:
        yield f'<p style="margin:6px 0 0 0"><b>{escape(_translate("Besides the text"))}</b></p>'
        yield from rest.values()


def _quiet_row(row: Row, names: dict[Take, Side]) -> Iterator[str]:
    changed_by = _changed_by(row.base, row.mine, row.theirs, names) if row.text != row.base else ""
    if row.text:
        yield _passage(row.text, "body", changed_by)
    elif row.base and changed_by:
        words = row.base.split()
        shown = " ".join(words[:_FEW_WORDS]) + ("…" if len(words) > _FEW_WORDS else "")
        yield _note(
            _translate("Only one version took this out ({whose}): “{words}”").format(whose=changed_by, words=shown)
        )


def _changed_by(base: str, mine: str, theirs: str, names: dict[Take, Side]) -> str:
    """Whose change it is, where one side alone made it."""
    if mine == theirs:
        return ""
    return names[Take.THEIRS if mine == base else Take.MINE].short


def _passage(text: str, part: str, changed_by: str) -> str:
    html = "".join(change_markup.plain_paragraph(paragraph) for paragraph in text.split("\n\n") if paragraph.strip())
    note = _translate("Only one version changed this, and it is taken: {whose}").format(whose=changed_by)
    return reading_html(html, text, part, is_faint=True) + (_note(note) if changed_by else "")


def _note(words: str) -> str:
    colour = theme.colours().accent
    return f'<p style="margin:0 0 12px;font-size:12px;color:{colour}">{escape(words)}</p>'


def _translate(text: str) -> str:
    return QCoreApplication.translate("Deciding", text)
