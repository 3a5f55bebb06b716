"""Citations in the text of an editor: one begun, one at the cursor, one put in, and another key for their source."""

import re

from PySide6.QtGui import QTextCursor

from ovn_desk.domain.article import Content
from ovn_desk.domain.citing import citation_to_insert, citations
from ovn_desk.domain.claim import CHECKED, Field
from ovn_desk.text import claims
from ovn_desk.text.offsets import from_utf16, utf16_length
from ovn_desk.ui.editor.plain import PlainEdit

_BEGUN = re.compile(r"\[(?:[^\[\]\n]*[\s(;])?-?@([\w-]*)$")
_LONGEST = 200  # letters of a line that are looked at, so that a long one holds up no key


def begun_key(editor: PlainEdit) -> str | None:
    """The letters of a key, or of its source's name, typed so far before the cursor; None where none is begun."""
    cursor = editor.textCursor()
    if cursor.hasSelection():
        return None
    line = cursor.block().text()
    match = _BEGUN.search(line[: from_utf16(line, cursor.positionInBlock())][-_LONGEST:])
    return match[1] if match else None


def insert_citation(editor: PlainEdit, key: str) -> None:
    """Cites a source at the cursor, or ends the citation that is begun there, as one step that can be undone.

    What is selected stays, and is cited at its end.
    """
    begun = begun_key(editor)
    cursor = editor.textCursor()
    if begun is None:
        _insert_new(editor, key)
        return
    line = cursor.block().text()
    is_closed = line.startswith("]", from_utf16(line, cursor.positionInBlock()))
    cursor.setPosition(cursor.position() - utf16_length(begun), QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(key if is_closed else f"{key}]")
    if is_closed:
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
    editor.setTextCursor(cursor)


def _insert_new(editor: PlainEdit, key: str) -> None:
    """A citation where it belongs by the rule of the domain; the cursor ends up behind it and what it was behind."""
    cursor = editor.textCursor()
    body, at = editor.text(), editor.selection()[1]
    behind = at if cursor.hasSelection() else _place_behind_claim(body, at)
    cursor.setPosition(cursor.selectionEnd() if behind == at else utf16_length(body[:behind]))
    line, start = cursor.block().text(), cursor.block().position()
    at, words = citation_to_insert(line, from_utf16(line, cursor.positionInBlock()), key)
    place = QTextCursor(cursor)
    place.setPosition(start + utf16_length(line[:at]))
    place.insertText(words)
    cursor.setPosition(max(cursor.position(), place.position()))
    editor.setTextCursor(cursor)


def _place_behind_claim(body: str, at: int) -> int:
    """Where a figure or a quotation is cited that a place lies in the middle of; any other place is left as it is."""
    found = (one for one in claims.find(Content(body=body)) if one.field is Field.BODY and one.kind in CHECKED)
    around = [one for one in found if one.start < at < one.end]
    widest = max(around, key=lambda one: one.end - one.start, default=None)  # a figure in a quotation is cited with it
    return at if widest is None else claims.citing_place(body, widest)


def key_at_cursor(editor: PlainEdit) -> str:
    """The key of the citation the cursor stands in; empty for none."""
    at = editor.selection()[0]
    return next((cited.key for cited in citations(editor.text()) if cited.start <= at <= cited.end), "")


def rename_key(editor: PlainEdit, old: str, new: str) -> None:
    """Writes another key into the citations of a source, as one step that can be undone."""
    places = [cited.key_start for cited in citations(editor.text()) if cited.key == old]
    editor.change([(at, at + len(old), new) for at in places])


def select_next(editor: PlainEdit, key: str) -> bool:
    """Selects the next citation of a source behind the cursor, or the first; False where there is none."""
    places = [(cited.start, cited.end) for cited in citations(editor.text()) if cited.key == key]
    if not places:
        return False
    at = editor.selection()[1]
    editor.select(*next((place for place in places if place[0] >= at), places[0]))
    editor.setFocus()
    return True
