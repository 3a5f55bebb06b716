"""What is in conflict, in words: its name, and what it is in one version, as rich text."""

from dataclasses import fields, is_dataclass
from html import escape
from typing import Any

from PySide6.QtCore import QCoreApplication

from ovn_desk.domain.house import House
from ovn_desk.domain.parts import items_by_key
from ovn_desk.text import direction, topics
from ovn_desk.text.changes import compare
from ovn_desk.text.merge import Conflict, MergeResult
from ovn_desk.ui.widgets import change_markup, theme

_SIZES = {"headline": 21, "standfirst": 15}


class Wording:
    """The words for the conflicts of one decision."""

    def __init__(self, merged: MergeResult, house: House) -> None:
        self._merged, self._house = merged, house

    def title(self, conflict: Conflict) -> str:
        """`Headline`, `Source: Ministry of Transport`, `The order of the sources`."""
        part = change_markup.part_name(conflict.part)
        if conflict.part == "body":
            return _translate("Paragraph")
        if not conflict.key and isinstance(conflict.mine, tuple) and conflict.part in {"sources", "images"}:
            things = {
                "sources": _translate("The order of the sources"),
                "images": _translate("The order of the pictures"),
            }
            return things[conflict.part]
        value = next((one for one in (conflict.base, conflict.theirs, conflict.mine) if one is not None), None)
        if conflict.key and value is not None:
            return f"{part}: {self._words(conflict, value)}"
        return part

    def side(self, conflict: Conflict, side: str, *, is_marked: bool = True, is_faint: bool = False) -> str:
        """What a conflict is in `mine` or `theirs`, as rich text; what that version changed is marked, if wanted."""
        value: Any = getattr(conflict, side)
        soft = theme.colours().soft
        if self.is_absent(conflict, side):
            is_gone = conflict.base not in (None, "")
            words = _translate("taken out") if is_gone else _translate("not there")
            return f'<i style="color:{soft}">{escape(words)}</i>'
        if isinstance(value, str) and (conflict.may_take_both or conflict.may_be_written):
            base = conflict.base if is_marked and isinstance(conflict.base, str) and conflict.base else value
            return reading_html(change_markup.inline(compare(base, value)), value, conflict.part, is_faint=is_faint)
        html = self._thing(conflict, value)
        return f'<span style="color:{soft}">{html}</span>' if is_faint else html

    @staticmethod
    def is_absent(conflict: Conflict, side: str) -> bool:
        """Whether what is in conflict is not there in `mine` or `theirs`."""
        return getattr(conflict, side) in (None, "")

    def plain(self, conflict: Conflict, side: str) -> str:
        """What a conflict is in one version, for a screen reader."""
        value: Any = getattr(conflict, side)
        if self.is_absent(conflict, side):
            return _translate("taken out") if conflict.base not in (None, "") else _translate("not there")
        return value if isinstance(value, str) and conflict.may_be_written else self._words(conflict, value)

    def _thing(self, conflict: Conflict, value: Any) -> str:
        """A thing of a list with those of its parts that are not the same in all versions, or a field's value."""
        words = f"<b>{self._rich_words(conflict, value)}</b>"
        lines = [
            f"{escape(change_markup.part_name(name))}: {change_markup.value_words(getattr(value, name)) or '–'}"
            for name in _differing(conflict)
        ]
        return "<br>".join([words, *lines])

    def _rich_words(self, conflict: Conflict, value: Any) -> str:
        if isinstance(value, str):
            return escape(self._words(conflict, value))
        return self._words(conflict, value)

    def _words(self, conflict: Conflict, value: Any) -> str:
        """A value in words; where several versions hold it by a key, by its name."""
        if isinstance(value, bool):
            return _translate("yes") if value else _translate("no")
        if conflict.part == "topics" and isinstance(value, str):
            return topics.name(value, "en")
        if conflict.part == "category" and isinstance(value, str):
            section = self._house.section(value)
            return section.name("en") if section else value
        if isinstance(value, tuple) and not conflict.key:
            return "; ".join(self._name_of(conflict.part, key) for key in value)
        return change_markup.value_words(value)

    def _name_of(self, part: str, key: Any) -> str:
        """A thing of a list by its key, as both versions call it."""
        for content in (self._merged.mine, self._merged.theirs):
            found = items_by_key(part, getattr(content, part)).get(key) if hasattr(content, part) else None
            if found is not None:
                return change_markup.value_words(found)
        return change_markup.value_words(key)


def reading_html(html: str, text: str, part: str, *, is_faint: bool) -> str:
    """Rich text in the face that the text is read in, in quiet ink where it is `is_faint`."""
    language = direction.language_of(text)
    face = theme.URDU_FACE if language == "ur" else theme.serif()
    size = _SIZES.get(part, 16) + (2 if language == "ur" else 0)
    weight = "font-weight:700;" if part == "headline" else ""
    colour = f"color:{theme.colours().soft};" if is_faint else ""
    return f"<div style=\"font-family:'{face}';font-size:{size}px;{weight}{colour}\">{html}</div>"


def _differing(conflict: Conflict) -> list[str]:
    """Of things of a list: which of their parts are not the same in all versions that have it."""
    three = [value for value in (conflict.base, conflict.mine, conflict.theirs) if is_dataclass(value)]
    names = [part.name for part in fields(three[0])] if three else []
    return [name for name in names if any(getattr(one, name) != getattr(three[0], name) for one in three)]


def _translate(text: str) -> str:
    return QCoreApplication.translate("Deciding", text)
