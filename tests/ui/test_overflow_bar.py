import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton

from ovn_desk.ui.widgets.overflow_bar import OverflowBar


@pytest.fixture
def bar(qtbot):
    made = OverflowBar()
    qtbot.addWidget(made)
    return made


def fill(bar, words):
    buttons = [QPushButton(word) for word in words]
    for button in buttons:
        bar.add(button)
    return buttons


def entries(bar):
    bar.menu.aboutToShow.emit()
    return [action.text() for action in bar.menu.actions()]


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_what_has_no_room_is_in_the_menu_and_what_has_is_whole(bar, direction):
    bar.setLayoutDirection(direction)
    words = ["Heading", "Quotation", "List", "Link", "Image", "Source"]
    buttons = fill(bar, words)
    bar.show()
    for width in range(bar.minimumSizeHint().width(), bar.sizeHint().width() + 40, 13):
        bar.resize(width, 40)
        seen = [button for button in buttons if button.isVisible()]
        assert [button.text() for button in seen] + entries(bar) == words
        assert bar.more.isVisible() == (len(seen) < len(words))
        places = [one.geometry() for one in (*seen, *([bar.more] if bar.more.isVisible() else []))]
        assert all(bar.rect().contains(place) for place in places)
        assert not any(a.intersects(b) for n, a in enumerate(places) for b in places[n + 1 :])
        assert all(button.width() >= button.sizeHint().width() for button in seen)


def test_an_entry_of_the_menu_does_what_its_control_does(bar):
    done, box, action = [], QComboBox(), QAction("Bold")
    (button,) = fill(bar, ["Accept this change"])
    button.clicked.connect(lambda: done.append("accepted"))
    action.triggered.connect(lambda: done.append("bold"))
    box.setAccessibleName("Compare with")
    box.addItems(["Since filed", "Since published"])
    box.activated.connect(lambda place: done.append(box.itemText(place)))
    bar.add(box)
    bar.add_action(action)
    bar.resize(30, 40)
    bar.show()
    assert entries(bar) == ["Accept this change", "Compare with", "Bold"]
    first, values, bold = bar.menu.actions()
    for one in (first, values.menu().actions()[1], bold):
        one.trigger()
    assert done == ["accepted", "Since published", "bold"]


def test_what_its_owner_hides_takes_no_room_and_is_no_entry(bar):
    one, two, three = fill(bar, ["One", "Two", "Three"])
    bar.resize(bar.sizeHint().width() - 5, 40)
    bar.show()
    assert entries(bar) == ["Three"]
    one.hide()
    QApplication.processEvents()
    assert not entries(bar)
    assert three.isVisible()
    three.hide()
    one.show()
    QApplication.processEvents()
    bar.resize(one.width() + bar.more.width() + 8, 40)
    assert entries(bar) == ["Two"]
    two.hide()
    assert not entries(bar)
    bar.resize(400, 40)
    assert (one.isVisible(), two.isVisible(), three.isVisible()) == (True, False, False)
    two.show()
    QApplication.processEvents()
    assert two.isVisible()


def test_an_elastic_field_gives_way_first_and_what_is_kept_never_goes(bar):
    field, label, last = QLineEdit(), QLabel("Saved 14:03"), QPushButton("File to the desk")
    field.setMinimumWidth(60)
    bar.add(field, is_elastic=True, is_kept=True)
    bar.add_stretch()
    bar.add(label, rank=1)
    bar.add(last, is_kept=True)
    bar.resize(800, 40)
    bar.show()
    assert last.geometry().right() == bar.rect().right()
    wide = field.width()
    bar.resize(bar.sizeHint().width() - 40, 40)
    assert label.isVisible()
    assert field.width() < wide
    bar.resize(bar.minimumSizeHint().width(), 40)
    assert not label.isVisible()
    assert (field.isVisible(), last.isVisible()) == (True, True)


def test_words_that_changed_while_the_row_was_hidden_are_whole(bar):
    (button,) = fill(bar, ["Review"])
    bar.resize(400, 40)
    bar.show()
    bar.hide()
    button.setText("File to the desk")
    bar.show()
    assert button.width() >= button.sizeHint().width()
