"""The mouse wheel scrolls: it changes no field and no tab that the pointer passes, with the keyboard or without."""

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollArea,
    QSlider,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

import ovn_desk
from ovn_desk.ui.dialogs.preferences import PreferencesDialog
from ovn_desk.ui.widgets.inputs import MOST_ROWS, Choice, Day, FontChoice, Moment, Number, TabBar, Tabs, pass_wheel_on

CHANGED_BY_WHEEL = {
    *("QComboBox", "QFontComboBox", "QSpinBox", "QDoubleSpinBox", "QDateEdit", "QTimeEdit", "QDateTimeEdit"),
    *("QSlider", "QDial", "QTabBar", "QTabWidget"),
}


def choice():
    made = Choice()
    made.addItems(["English", "Urdu", "Sindhi"])
    made.setCurrentIndex(1)
    return made


def number():
    made = Number()
    made.setValue(5)
    return made


def tabs():
    made = TabBar()
    for label in ("Details", "Evidence", "Review"):
        made.addTab(label)
    made.setCurrentIndex(1)
    return made


FIELDS = {"choice": choice, "font": FontChoice, "number": number, "moment": Moment, "day": Day, "tabs": tabs}


def turn(widget, by=-120):
    """Turns the wheel over the middle of a widget, as the system does: what ignores it hands it to its parent."""
    window = widget.window()
    QTest.wheelEvent(window.windowHandle(), QPointF(widget.mapTo(window, widget.rect().center())), QPoint(0, by))


def value(field):
    if isinstance(field, QComboBox | QTabBar):
        return field.currentIndex()
    return field.text()


@pytest.mark.parametrize("kind", FIELDS)
@pytest.mark.parametrize("has_keyboard", [False, True])
def test_the_wheel_over_a_field_scrolls_the_pane_and_changes_nothing(qtbot, kind, has_keyboard):
    pane, page, field, other = QScrollArea(), QWidget(), FIELDS[kind](), QLineEdit()
    layout = QVBoxLayout(page)
    for widget in (other, field):
        layout.addWidget(widget)
    page.setMinimumHeight(2000)
    layout.addStretch()
    pane.setWidget(page)
    pane.resize(300, 200)
    qtbot.addWidget(pane)
    with qtbot.waitExposed(pane):
        pane.show()
    pane.activateWindow()
    chosen = field if has_keyboard else other
    chosen.setFocus()
    qtbot.waitUntil(chosen.hasFocus)
    before = value(field)
    turn(field)
    assert pane.verticalScrollBar().value() > 0
    turn(field, 120)
    assert pane.verticalScrollBar().value() == 0
    assert value(field) == before
    assert chosen.hasFocus()


def test_every_such_field_of_the_window_is_one_of_these(window):
    fields = [field for kind in (QComboBox, QAbstractSpinBox, QSlider, QTabBar) for field in window.findChildren(kind)]
    assert len(fields) > 10
    assert [field for field in fields if getattr(type(field), "wheelEvent", None) is not pass_wheel_on] == []


def bare_fields(tree):
    """The lines on which a field of Qt's own is made, or a class is derived from one."""
    for node in ast.walk(tree):
        uses = [node.func] if isinstance(node, ast.Call) else node.bases if isinstance(node, ast.ClassDef) else []
        for use in uses:
            name = use.id if isinstance(use, ast.Name) else use.attr if isinstance(use, ast.Attribute) else ""
            if name in CHANGED_BY_WHEEL:
                yield f"{node.lineno}: {name}"


def test_no_module_makes_a_field_of_qts_own():
    source = Path(ovn_desk.__file__).parent
    bare = {
        str(file.relative_to(source)): lines
        for file in source.rglob("*.py")
        if file.name != "inputs.py" and (lines := list(bare_fields(ast.parse(file.read_text()))))
    }
    assert bare == {}
    assert list(bare_fields(ast.parse("class A(QComboBox): ...\nb = QtWidgets.QSpinBox()"))) == [
        "1: QComboBox",
        "2: QSpinBox",
    ]


def test_pages_behind_tabs_have_that_bar(qtbot):
    made = Tabs()
    qtbot.addWidget(made)
    assert isinstance(made.tabBar(), TabBar)


def open_list(box):
    """Opens a list by its key, and has the heights of its rows and of the room they are seen in."""
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    view = box.view()
    assert view.isVisible(), box.accessibleName()
    rows = [view.visualRect(view.model().index(row, box.modelColumn())) for row in range(box.count())]
    seen = view.viewport().rect()
    QTest.keyClick(view, Qt.Key.Key_Escape)
    return rows, seen


def shown_choices(place):
    return [box for box in place.findChildren(QComboBox) if box.isVisible() and box.isEnabled()]


def show_preferences(window):
    window.actions_by_name["app.preferences"].trigger()
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, PreferencesDialog))
    for number, page in enumerate(dialog.pages.values()):
        dialog.sections.setCurrentRow(number)
        if hasattr(page, "kind"):
            page.kind.setCurrentIndex(2)
        yield page
    dialog.close()


def show_details(window):
    window.workspace.preferences.set(are_details_open=True)
    window.workspace.article.start()
    window.panes.inspector.show_tab("details")
    yield window.panes.details


def show_export(window):
    window.features.export.open_articles([])
    yield window.panes.export


@pytest.mark.parametrize(("show", "least"), [(show_preferences, 5), (show_details, 1), (show_export, 2)])
def test_a_list_opens_as_high_as_its_rows(window, show, least):
    number = 0
    for place in show(window):
        for box in shown_choices(place):
            rows, seen = open_list(box)
            if not rows:
                continue
            number += 1
            whole = [row for row in rows if seen.top() <= row.top() and row.bottom() <= seen.bottom()]
            assert len(whole) == min(len(rows), MOST_ROWS), box.accessibleName()
            assert seen.height() == sum(row.height() for row in whole), box.accessibleName()
    assert number >= least
