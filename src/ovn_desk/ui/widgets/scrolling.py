"""Bringing a part of a long pane into sight."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QScrollArea, QWidget

_ABOVE = 24


def show_from_top(part: QWidget) -> None:
    """Scrolls the pane a part stands in so that it is seen from its top on, unless all of it is in sight."""
    area = part.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    inner = area.widget() if area is not None else None
    if area is None or inner is None:
        return
    top, bar = part.mapTo(inner, QPoint(0, 0)).y(), area.verticalScrollBar()
    if top < bar.value() or top + part.height() > bar.value() + area.viewport().height():
        bar.setValue(top - _ABOVE)
