"""What is wrong to the eye in a window: words cut off, controls outside, controls over one another."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QSplitterHandle,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QWidget,
)

from ovn_desk.ui.widgets.elastic_label import ElasticLabel

_LIES_OVER = {"bar", "cover"}
"""A message, which pushes nothing aside, and what hides a page that is not painted yet."""
_SLACK, _LINE_SLACK = 2, 5
"""Pixels that a font's own bearings may take, and the room below the last line."""


def faults(window):
    """Sentences, each about one thing that a person would see."""
    shown = [one for one in window.findChildren(QWidget) if _is_shown_in(one, window)]
    found = [f"cut: {_name(one)}" for one in shown if _is_cut(one)]
    found += [f"outside: {_name(one)}" for one in shown if _is_outside(one, window)]
    return found + [
        f"over one another: {_name(one)} and {_name(other)}"
        for parent in (window, *shown)
        for one, other in _overlaps(parent)
    ]


def _is_shown_in(widget, window):
    return widget.isVisible() and widget.window() is window


def _name(widget):
    words = getattr(widget, "text", None)
    said = words() if callable(words) and isinstance(words(), str) else ""
    path, at = [], widget
    while at is not None and not at.isWindow():
        path.append(at.objectName() or type(at).__name__)
        at = at.parentWidget()
    said, wants = said or widget.accessibleName(), widget.sizeHint()
    sizes = f"{widget.width()}×{widget.height()}, wants {wants.width()}×{wants.height()}"
    return f"“{said[:60]}” ({' < '.join(path[:4])}, {sizes})"


def _is_cut(widget):
    if widget.metaObject().className().startswith("QLineEditIcon"):
        return False
    if isinstance(widget, QLabel):
        return _is_label_cut(widget)
    if isinstance(widget, QTabBar):
        rects = [(widget.tabRect(n), widget.tabSizeHint(n)) for n in range(widget.count())]
        return any(rect.width() < hint.width() - _SLACK for rect, hint in rects) or (
            bool(rects) and max(rect.right() for rect, _ in rects) > widget.width()
        )
    if isinstance(widget, QAbstractButton):
        is_low = widget.height() < widget.fontMetrics().height()
        return bool(widget.text()) and (widget.sizeHint().width() > widget.width() + _SLACK or is_low)
    if isinstance(widget, QComboBox):
        option = QStyleOptionComboBox()
        widget.initStyleOption(option)
        field = widget.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, widget
        )
        return widget.fontMetrics().horizontalAdvance(widget.currentText()) > field.width() + _SLACK
    if isinstance(widget, QLineEdit) and widget.objectName() != "field-slug":  # shows the whole address in its tip
        room = widget.width() - 2 * 9
        return not widget.text() and widget.fontMetrics().horizontalAdvance(widget.placeholderText()) > room + _SLACK
    return False


def _is_label_cut(label):
    if not label.text() or (label.pixmap() and not label.pixmap().isNull()):
        return False
    if isinstance(label, ElasticLabel):  # shows its short words where it has no room for all
        return label.width() < label.minimumSizeHint().width() - _SLACK
    if label.wordWrap():
        longest = max((label.fontMetrics().horizontalAdvance(word) for word in _plain(label).split()), default=0)
        needed = label.heightForWidth(label.width())
        return needed > label.height() + _LINE_SLACK or longest > label.contentsRect().width() + _SLACK
    return label.sizeHint().width() > label.width() + _SLACK or label.sizeHint().height() > label.height() + _SLACK


def _plain(label):
    document = QTextDocument()
    document.setHtml(label.text())
    return document.toPlainText()


_CONTROLS = (QAbstractButton, QLabel, QComboBox, QLineEdit, QAbstractSpinBox, QAbstractScrollArea)


def _is_outside(widget, window):
    """Across the window's edge, or across the side of what scrolls up and down."""
    if not isinstance(widget, _CONTROLS) or not widget.width():
        return False
    rect = QRect(widget.mapTo(window, QPoint()), widget.size())
    at = widget.parentWidget()
    while at is not None and at is not window:
        if isinstance(at, QAbstractScrollArea) and widget is not at.verticalScrollBar():
            room = QRect(at.viewport().mapTo(window, QPoint()), at.viewport().size())
            if at.viewport().isAncestorOf(widget):
                return rect.left() < room.left() or rect.right() > room.right() + 1
            return False
        at = at.parentWidget()
    return not window.rect().contains(rect)


def _overlaps(parent):
    if isinstance(parent, (QAbstractScrollArea, QComboBox, QLineEdit, QAbstractSpinBox, QAbstractButton)):
        return []
    if parent.metaObject().className().startswith(("QWebEngine", "QQuick", "RenderWidgetHost")):
        return []
    children = [
        one
        for one in parent.children()
        if isinstance(one, QWidget)
        and one.isVisible()
        and not one.isWindow()
        and not isinstance(one, QSplitterHandle)
        and one.objectName() not in _LIES_OVER
        and one.width() > 0
        and one.height() > 0
    ]
    return [
        (one, other)
        for place, one in enumerate(children)
        for other in children[place + 1 :]
        if not one.geometry().intersected(other.geometry()).isEmpty()
    ]
