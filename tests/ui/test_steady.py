"""What is chosen is set in bold: its words must have room then, and nothing beside it moves."""

import pytest
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QAbstractButton


def chosen_in_bold(window):
    """Every button of the window that the style sheet sets in bold when it is chosen."""
    marks = {"choice": True, "segment": True, "role": "chip"}
    buttons = window.findChildren(QAbstractButton)
    return [one for one in buttons if any(one.property(mark) == value for mark, value in marks.items())]


@pytest.mark.parametrize("scale", [1, 1.5])
def test_every_button_has_room_for_its_words_when_it_is_chosen(qtbot, window, desk, scale):
    window.features.articles.open(desk.draft())
    window.features.sources.add()
    sheet = window.panes.details.sources.editing.sheet
    qtbot.waitUntil(sheet.isVisible)
    buttons = chosen_in_bold(window)
    assert {"Other outlet", "Mine"} <= {button.text() for button in buttons}
    for button in buttons:
        font = QFont(button.font())
        font.setPixelSize(round(button.fontInfo().pixelSize() * scale))
        button.setFont(font)
        plain = QFontMetrics(font).horizontalAdvance(button.text())
        button.setChecked(False)
        before = button.minimumSizeHint().width()
        button.setChecked(True)
        font.setWeight(QFont.Weight.DemiBold)
        bold = QFontMetrics(font).horizontalAdvance(button.text())
        assert button.minimumSizeHint().width() == before, button.text()
        assert before >= bold, button.text()
        assert before - bold >= type(button).__mro__[1].minimumSizeHint(button).width() - plain, button.text()
