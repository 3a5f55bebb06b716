"""A dialog that is left with something typed in it stands there again when it is opened for the same."""

import json
from collections.abc import Callable, Hashable
from typing import TypeGuard, TypeVar, cast

from PySide6.QtCore import QCoreApplication, QDateTime
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDateTimeEdit,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

from ovn_desk.ui.widgets.message_bar import MessageBar

_TOPIC = "kept dialog"
_Entry = str | int | bool | QDateTime
_Dialog = TypeVar("_Dialog", bound=QDialog)


class KeptDialogs:
    """Opens dialogs; Escape and Cancel keep what was typed, and the bar offers to throw it away."""

    def __init__(self, bar: MessageBar) -> None:
        self._bar = bar
        self._kept: dict[Hashable, QDialog] = {}
        self._names: dict[Hashable, str] = {}

    def open(self, about: Hashable, make: Callable[[], _Dialog], *, name: str = "") -> _Dialog:
        """Shows the dialog about something as it was left, or a new one; gives the one that is shown.

        With a `name` what is typed into its text fields is kept under it, and comes back also after a crash.
        """
        dialog = cast("_Dialog | None", self._kept.get(about))
        if dialog is None:
            dialog = self._kept[about] = make()
            made, before = dialog, _entries(dialog)
            dialog.accepted.connect(lambda: self._forget(about))
            if name:
                self._names[about] = name
                self._keep_words(dialog, name)
            dialog.rejected.connect(lambda: self._leave(about, made, before))
        self._bar.withdraw(_TOPIC)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
        return dialog

    def leave_others(self, about: Hashable) -> None:
        """Leaves every dialog that is seen and is about something else: its button would be taken for this one's."""
        for other, dialog in tuple(self._kept.items()):
            if other != about and dialog.isVisible():
                dialog.reject()

    def _leave(self, about: Hashable, dialog: QDialog, before: list[_Entry]) -> None:
        """Keeps or forgets a dialog; one that is left twice before it is gone was forgotten by then."""
        if self._kept.get(about) is not dialog:
            return
        is_filled = _entries(dialog) != before
        for secret in dialog.findChildren(QLineEdit):
            if _is_secret(secret):
                secret.clear()
        if not is_filled:
            self._forget(about)
            return
        said = _translate("What you typed under “{title}” is kept for when you open it again.")
        throw_away = (_translate("Throw it away"), lambda _: self._forget(about))
        self._bar.say(said.format(title=dialog.windowTitle()), answers=[throw_away], topic=_TOPIC)

    def _keep_words(self, dialog: QDialog, name: str) -> None:
        fields = {one.accessibleName(): one for one in dialog.findChildren(QWidget) if _is_words(one)}
        kept = self._bar.half_written
        for label, words in json.loads(kept.find(name) or "{}").items():
            if label in fields:
                _set_words(fields[label], words)

        def keep() -> None:
            kept.keep(name, json.dumps({label: _entry(one) for label, one in fields.items()}, ensure_ascii=False))

        for field in fields.values():
            field.textChanged.connect(keep)

    def _forget(self, about: Hashable) -> None:
        dialog, name = self._kept.pop(about, None), self._names.pop(about, "")
        if name:
            self._bar.half_written.keep(name, "")
        if dialog is not None:
            dialog.deleteLater()


def _entries(dialog: QDialog) -> list[_Entry]:
    """What stands in the fields of a dialog, but for secrets."""
    return [_entry(field) for field in dialog.findChildren(QWidget) if not _is_secret(field)]


def _is_secret(field: QWidget) -> bool:
    return isinstance(field, QLineEdit) and field.echoMode() is not QLineEdit.EchoMode.Normal


def _is_words(field: QWidget) -> TypeGuard[QLineEdit | QPlainTextEdit]:
    """Whether somebody writes there in words of their own, which are no secret."""
    return isinstance(field, QLineEdit | QPlainTextEdit) and bool(field.accessibleName()) and not _is_secret(field)


def _set_words(field: QLineEdit | QPlainTextEdit, words: str) -> None:
    if isinstance(field, QLineEdit):
        field.setText(words)
    else:
        field.setPlainText(words)


def _entry(field: QWidget) -> _Entry:
    match field:
        case QLineEdit():
            return field.text()
        case QPlainTextEdit():
            return field.toPlainText()
        case QComboBox():
            return field.currentIndex()
        case QSpinBox():
            return field.value()
        case QDateTimeEdit():
            return field.dateTime()
        case QAbstractButton():
            return field.isChecked()
        case _:
            return ""


def _translate(text: str) -> str:
    return QCoreApplication.translate("KeptDialogs", text)
