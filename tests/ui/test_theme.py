"""What has to be read or found stands out, in light and in dark (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QToolButton

from make import DAWN
from ovn_desk import assets
from ovn_desk.ui.widgets import theme
from ovn_desk.ui.widgets.inputs import Choice, Day, FontChoice, Moment, Number, TabBar

THEMES = {"light": theme.LIGHT, "dark": theme.DARK}
GROUNDS = ("paper", "panel", "sheet", "accent_tint", "amber_tint", "red_tint")
WORDS = [(words, ground) for words in ("ink", "soft", "accent", "amber", "red") for ground in GROUNDS]
MARKS = [(mark, ground) for mark in ("faint", "accent", "amber", "red") for ground in GROUNDS]


def luminance(colour):
    """Of an sRGB colour, as WCAG 2.2 has it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("words", "ground"), [*WORDS, ("on_accent", "accent")])
def test_words_stand_out_from_every_ground(name, words, ground):
    colours = THEMES[name]
    assert contrast(getattr(colours, words), getattr(colours, ground)) >= 4.5


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_marks_and_edges_of_fields_stand_out_from_every_ground(name, mark, ground):
    colours = THEMES[name]
    assert contrast(getattr(colours, mark), getattr(colours, ground)) >= 3


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("drawing", ["up", "down", "tick"])
def test_the_drawings_of_controls_stand_out_in_both(name, drawing):
    colour = re.search(r'stroke="(#[0-9A-F]{6})"', assets.text(f"icons/controls/{drawing}.svg"))[1]
    assert contrast(colour, THEMES[name].sheet) >= 3


CONTROLS = {
    "button": lambda: QPushButton("Save"),
    "tool": lambda: QToolButton(text="Bold"),
    "tick": lambda: QCheckBox("Shown"),
    "line": QLineEdit,
    "choice": Choice,
    "font": FontChoice,
    "number": Number,
    "moment": Moment,
    "day": Day,
}


@pytest.mark.parametrize("kind", CONTROLS)
@pytest.mark.parametrize("flat", [False, True])
def test_a_control_is_large_enough_to_be_hit(qtbot, kind, flat):
    made = CONTROLS[kind]()
    made.setProperty("flat", flat)
    qtbot.addWidget(made)
    made.ensurePolished()
    assert made.sizeHint().height() >= 32


def test_a_tab_is_large_enough_to_be_hit(qtbot):
    made = TabBar()
    qtbot.addWidget(made)
    made.addTab("Details")
    assert made.tabRect(0).height() >= 32


@pytest.mark.parametrize("kind", [Choice, FontChoice, Day, Moment, Number])
def test_a_field_that_opens_or_counts_shows_an_arrow(qtbot, kind):
    made = kind()
    made.resize(160, 32)
    qtbot.addWidget(made)
    image = made.grab().toImage()
    ratio = image.devicePixelRatio()
    end = [
        image.pixelColor(x, y)
        for x in range(round(134 * ratio), round(154 * ratio))
        for y in range(round(5 * ratio), round(27 * ratio))
    ]
    assert QColor("#7C817A") in end


@pytest.mark.parametrize("kind", [Choice, Number, Day, QLineEdit, QPlainTextEdit, QCheckBox, QPushButton, QToolButton])
def test_what_has_the_keyboard_has_a_ring_of_two_pixels(qtbot, kind):
    made = kind()
    made.resize(160, 32)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(made.hasFocus)
    image = made.grab().toImage()
    middle = image.width() // 2
    ring = [image.pixelColor(middle, y).name() for y in range(2)]
    assert ring == [QColor(theme.colours().accent).name()] * 2


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_what_a_field_is_for_can_be_read_before_anything_stands_in_it(qtbot, kind):
    made = kind()
    made.setPlaceholderText("MMMMMM")
    made.resize(160, 40)
    qtbot.addWidget(made)
    image = made.grab().toImage()
    darkest = min(
        (image.pixelColor(x, y).name() for x in range(12, 80) for y in range(8, 30)),
        key=luminance,
    )
    assert contrast(darkest, theme.colours().sheet) >= 4.5


def test_no_label_keeps_a_colour_of_the_other_theme(qtbot, window, desk, monkeypatch):
    window.features.articles.open(desk.in_review(sources=(DAWN,)))
    window.panes.inspector.show_tab("details")
    before = [label.text() for label in window.findChildren(QLabel) if theme.LIGHT.soft in label.text()]
    assert before
    monkeypatch.setattr(theme, "is_dark", lambda: True)
    theme.recolour(window)
    of_light = {theme.LIGHT.soft, theme.LIGHT.accent, theme.LIGHT.amber, theme.LIGHT.red, theme.LIGHT.ink}
    assert [label.text() for label in window.findChildren(QLabel) if any(one in label.text() for one in of_light)] == []
    monkeypatch.undo()
    theme.recolour(window)
    assert [label.text() for label in window.findChildren(QLabel) if theme.LIGHT.soft in label.text()] == before


def test_the_signs_of_bold_and_italic_are_so_from_the_start(qapp, window):
    tools = [window.findChild(QToolButton, name) for name in ("tool-write-bold", "tool-write-italic")]
    for _ in range(2):
        assert [(tool.font().bold(), tool.font().italic()) for tool in tools] == [(True, False), (False, True)]
        qapp.setStyleSheet(qapp.styleSheet() + " ")  # as a change of the theme does


def inked(place):
    """The first and last row, and the first and last column, of a place's picture with something that stands out."""
    image = place.viewport().grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    width, pixels = image.bytesPerLine(), bytes(image.constBits())
    lines = [pixels[y * width : y * width + image.width()] for y in range(image.height())]
    paper = lines[-1][0]
    rows = [y for y, line in enumerate(lines) if any(abs(one - paper) > 40 for one in (min(line), max(line)))]
    columns = [x for x in range(image.width()) if any(abs(line[x] - paper) > 40 for line in lines)]
    return rows[0], rows[-1], columns[0], columns[-1]


@pytest.mark.parametrize("language", ["en", "ur"])
def test_what_an_empty_field_asks_for_stands_where_it_is_written(qapp, window, language):
    window.workspace.article.start()
    window.workspace.text.edit(language=language)
    writing = window.panes.writing
    for _ in range(2):
        for place in (writing.headline, writing.standfirst, writing.editor):
            place.load("", language=language)
            window.panes.preview.setFocus()
            asked = inked(place)
            place.load(place.placeholderText(), language=language)
            written = inked(place)
            assert asked[:2] == written[:2], place.objectName()
            if language == "ur":  # words of English stand at the left there, too
                place.load("سرخی", language=language)
                assert abs(asked[3] - inked(place)[3]) <= 4, place.objectName()
            else:
                assert asked[2:] == written[2:], place.objectName()
        qapp.setStyleSheet(qapp.styleSheet() + " ")  # as a change of the theme does
        window.panes.writing.refresh_colours()
