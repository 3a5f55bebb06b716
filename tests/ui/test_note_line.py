"""A line above a text: it has air above and below its words, however many lines they take."""

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ovn_desk.ui.widgets.note_line import NoteLine

_AIR = 6


@pytest.mark.parametrize("width", [900, 400, 320])
def test_its_words_never_touch_its_edge(qtbot, width):
    around = QWidget()
    qtbot.addWidget(around)
    column, line = QVBoxLayout(around), NoteLine()
    line.fill("A sample story to play with: its facts are invented.", [("Throw it away", print), ("Keep it", print)])
    column.addWidget(line)
    column.addStretch()
    line.show()
    around.resize(width, 400)
    around.show()
    words = line.text
    needed = words.heightForWidth(words.width())
    room = line.rect().adjusted(0, _AIR, 0, -_AIR)
    assert room.contains(words.geometry())
    assert words.height() >= needed
