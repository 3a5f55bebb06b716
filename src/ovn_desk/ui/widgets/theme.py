"""Colours, type and spacing of the window, light and dark (design: look/README)."""

import re
from dataclasses import dataclass
from functools import cache
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from ovn_desk import assets, settings

URDU_FACE, NASKH_FACE = "OVN Nastaliq", "OVN Naskh"  # docs/decisions/0004


@dataclass(frozen=True, slots=True)
class Colours:
    """One role a colour; the same roles in light and dark.

    `soft` is the faintest that words may have (4.5:1 on every ground); `faint` is for the edges of fields, for marks
    and for what is disabled (3:1); `line` parts what needs no edge to be found. `tests/ui/test_theme.py` measures it.
    """

    paper: str
    panel: str
    sheet: str
    line: str
    ink: str
    soft: str
    faint: str
    accent: str
    accent_tint: str
    on_accent: str
    amber: str
    amber_tint: str
    red: str
    red_tint: str


LIGHT = Colours(
    paper="#FBFAF7",
    panel="#F4F2EC",
    sheet="#FFFFFF",
    line="#E2DED3",
    ink="#1F2421",
    soft="#62675F",
    faint="#7C817A",
    accent="#0B6E4F",
    accent_tint="#E3F0EA",
    on_accent="#FFFFFF",
    amber="#94550A",
    amber_tint="#FBF0DD",
    red="#B3261E",
    red_tint="#FBE9E7",
)
DARK = Colours(
    paper="#1C1F1D",
    panel="#232725",
    sheet="#171A18",
    line="#373D39",
    ink="#E8E6DF",
    soft="#A9AEA6",
    faint="#7C817A",
    accent="#4CC29A",
    accent_tint="#1F3A30",
    on_accent="#10201A",
    amber="#E5A85A",
    amber_tint="#3B2F1C",
    red="#F2877F",
    red_tint="#40211E",
)

_CHOSEN, _STYLED = "appearance", "styled"
_SCHEMES = {settings.LIGHT: Qt.ColorScheme.Light, settings.DARK: Qt.ColorScheme.Dark}
SERIFS = ("Noto Serif", "Source Serif 4", "Charter", "Georgia", "Cambria", "Liberation Serif", "DejaVu Serif")
"""What the text is written in where nothing was chosen: the first that the computer has, in the drawing's order."""

_OF_WORDS = ("ink", "soft", "accent", "accent_tint", "amber", "amber_tint", "red", "red_tint")
_COLOUR = re.compile(r"#[0-9A-F]{6}")
_SHEET = Template(assets.text("css/desk.qss"))


def is_dark() -> bool:
    """As was chosen, else as the computer is."""
    app = QGuiApplication.instance()
    chosen = app.property(_CHOSEN) if app is not None else None
    return chosen == settings.DARK if chosen else QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark


def choose(appearance: str) -> bool:
    """Has the window light, dark or as the computer is from the next `apply` on; says whether that is another look.

    Not every computer does what Qt asks of it, so the choice is kept beside the question, on the application.
    """
    app, was_dark = QGuiApplication.instance(), is_dark()
    if app is None:
        return False
    app.setProperty(_CHOSEN, appearance if appearance in _SCHEMES else "")
    QGuiApplication.styleHints().setColorScheme(_SCHEMES.get(appearance, Qt.ColorScheme.Unknown))
    return is_dark() is not was_dark


def colours() -> Colours:
    return DARK if is_dark() else LIGHT


def apply(app: QApplication) -> None:
    """Fusion with our palette and style; called again when the system turns light or dark."""
    now = colours()
    if app.property(_STYLED) is None:  # another style deletes the first, which Python's widgets still know
        app.setProperty(_STYLED, "Fusion")
        app.setStyle("Fusion")
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in {
        roles.Window: now.paper,
        roles.WindowText: now.ink,
        roles.Base: now.sheet,
        roles.AlternateBase: now.panel,
        roles.Text: now.ink,
        roles.Button: now.paper,
        roles.ButtonText: now.ink,
        roles.Highlight: now.accent,
        roles.HighlightedText: now.on_accent,
        roles.PlaceholderText: now.soft,
        roles.Link: now.accent,
        roles.ToolTipBase: now.sheet,
        roles.ToolTipText: now.ink,
    }.items():
        palette.setColor(role, QColor(colour))
    app.setPalette(palette)
    values = {name: getattr(now, name) for name in Colours.__dataclass_fields__}
    app.setStyleSheet(_SHEET.substitute(values, icons=(assets.folder() / "icons").as_posix()))
    app.setWindowIcon(QIcon(str(assets.folder() / "icons" / "ovn-desk.svg")))


def recolour(window: QWidget) -> None:
    """Gives the words of labels that carry a colour of the other theme that of this one."""
    now = colours()
    was = LIGHT if now is DARK else DARK
    turned = {getattr(was, role): getattr(now, role) for role in _OF_WORDS}
    for label in window.findChildren(QLabel):
        text = label.text()
        if "#" in text and (new := _COLOUR.sub(lambda found: turned.get(found[0], found[0]), text)) != text:
            label.setText(new)


def load_fonts() -> None:
    """The Urdu face comes with the desk: a laptop may have none, or one that Qt sets wrongly."""
    for file in sorted((assets.folder() / "fonts").glob("*.woff2")):
        QFontDatabase.addApplicationFontFromData(file.read_bytes())


def reading_font(pixels: int, *, language: str, bold: bool = False) -> QFont:
    """The interface's own face, or Nastaliq for Urdu."""
    font = QFont(URDU_FACE) if language == "ur" else QFont(QApplication.font())
    font.setPixelSize(pixels)
    font.setBold(bold)
    return font


def writing_font(language: str, *, face: str, pixels: int, is_naskh: bool) -> QFont:
    """The font of the text being written: the writer's own choice, or a serif; `monospace` is the system's own.

    Urdu is set larger, for its letters stand smaller in their line: Nastaliq by 3 pixels, Naskh by 4.
    """
    if language == "ur":
        font = QFont(NASKH_FACE if is_naskh else URDU_FACE)
        font.setPixelSize(pixels + (4 if is_naskh else 3))
        return font
    is_fixed = face == settings.MONOSPACE
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont) if is_fixed else QFont(face or serif())
    font.setPixelSize(pixels)
    font.setKerning(False)  # each key sets its whole paragraph: with kerning and finer places it costs a fifth more
    font.setHintingPreference(QFont.HintingPreference.PreferFullHinting)
    return font


@cache
def serif() -> str:
    """The serif to write in on this computer."""
    return next((name for name in SERIFS if QFontDatabase.hasFamily(name)), "serif")
