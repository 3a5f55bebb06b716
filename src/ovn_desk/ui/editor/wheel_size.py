"""Ctrl and the wheel over the text ask for another size of it."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QTextEdit

_NOTCH = 120  # eighths of a degree; a touch pad sends smaller ones


class WheelSize(QObject):
    """`turned` says a step up (1) or down (-1)."""

    turned = Signal(int)

    def __init__(self, edit: QTextEdit) -> None:
        super().__init__(edit)
        self._rest = 0
        edit.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Wheel or not isinstance(event, QWheelEvent):
            return False
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        self._rest += event.angleDelta().y()
        steps = int(self._rest / _NOTCH)
        self._rest -= steps * _NOTCH
        for _ in range(abs(steps)):
            self.turned.emit(1 if steps > 0 else -1)
        return True
