"""The mouse wheel over a field that nobody chose scrolls, and changes nothing."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QDateTimeEdit, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from ovn_desk.ui.widgets.inputs import Choice, Moment, Number


def choice():
    made = Choice()
    made.addItems(["English", "Urdu"])
    return made


def number():
    made = Number()
    made.setValue(5)
    return made


FIELDS = {"choice": choice, "number": number, "moment": Moment}


def turn(widget):
    centre = QPointF(widget.rect().center())
    event = QWheelEvent(
        centre,
        widget.mapToGlobal(centre),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def value(field):
    return field.currentText() if isinstance(field, QComboBox) else field.text()


@pytest.mark.parametrize("kind", FIELDS)
def test_the_wheel_changes_a_field_only_while_it_has_the_keyboard(qtbot, kind):
    page, field, other = QWidget(), FIELDS[kind](), QLineEdit()
    layout = QVBoxLayout(page)
    layout.addWidget(other)
    layout.addWidget(field)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    before = value(field)
    assert not turn(field)
    assert value(field) == before
    assert other.hasFocus()
    field.setFocus()
    turn(field)
    assert value(field) != before or kind == "moment"


def test_every_such_field_of_the_window_is_one_of_these(window):
    plain = [
        field
        for kind in (QComboBox, QSpinBox, QDateTimeEdit)
        for field in window.findChildren(kind)
        if not isinstance(field, Choice | Number | Moment)
    ]
    assert plain == []
