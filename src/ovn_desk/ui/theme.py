"""Colours, type and spacing of the window, light and dark (design: look/README)."""

from dataclasses import dataclass
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from ovn_desk import assets

URDU_FACE = "OVN Nastaliq"  # docs/decisions/0004


@dataclass(frozen=True, slots=True)
class Colours:
    """One role a colour; the same roles in light and dark."""

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
    faint="#9A9E96",
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
    faint="#737972",
    accent="#4CC29A",
    accent_tint="#1F3A30",
    on_accent="#10201A",
    amber="#E5A85A",
    amber_tint="#3B2F1C",
    red="#F2877F",
    red_tint="#40211E",
)

_SHEET = Template("""
* { font-size: 13px; }
QWidget { color: $ink; }
QToolTip { background: $sheet; color: $ink; border: 1px solid $line; padding: 4px 8px; }
#bar-top, #status, #welcome { background: $paper; }
#bar-top { border-bottom: 1px solid $line; }
#status { border-top: 1px solid $line; }
#brand { font-weight: 700; font-size: 15px; }
#list-pane { background: $panel; border-right: 1px solid $line; }
#list { background: transparent; border: none; outline: none; }
#writing { background: $sheet; }
#preview-pane { background: $panel; border-left: 1px solid $line; }
#inspector { background: $paper; border-left: 1px solid $line; }
QSplitter::handle { background: transparent; }
QTextEdit { background: $sheet; border: none; selection-background-color: $accent; selection-color: $on_accent; }
#standfirst { color: $soft; }
#rule { background: $line; max-height: 1px; min-height: 1px; border: none; }
QLineEdit, QComboBox { background: $sheet; border: 1px solid $line; border-radius: 6px; padding: 5px 9px; min-height: 20px;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QComboBox:focus { border: 1px solid $accent; }
QLineEdit:disabled, QComboBox:disabled { color: $soft; background: $panel; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox QAbstractItemView { background: $sheet; color: $ink; selection-background-color: $accent_tint; selection-color: $ink; border: 1px solid $line; }
QPushButton, QToolButton { background: $sheet; border: 1px solid $line; border-radius: 7px; padding: 5px 12px; min-height: 20px; }
QPushButton:hover, QToolButton:hover { border-color: $soft; }
QPushButton:focus, QToolButton:focus { border: 1px solid $accent; }
QPushButton:pressed, QToolButton:pressed { background: $accent_tint; }
QPushButton:disabled, QToolButton:disabled { color: $faint; }
#next-step, #primary { background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 600; padding: 5px 16px; }
#next-step:hover, #primary:hover { border-color: $ink; }
#next-step:focus, #primary:focus { border: 2px solid $ink; }
#next-step:disabled, #primary:disabled { background: $line; color: $soft; border-color: $line; }
QToolButton[flat="true"], QPushButton[flat="true"] { background: transparent; border: 1px solid transparent; border-radius: 5px; padding: 3px 7px; color: $soft; }
QToolButton[flat="true"]:hover, QPushButton[flat="true"]:hover { background: $accent_tint; color: $ink; }
QToolButton[flat="true"]:focus, QPushButton[flat="true"]:focus { border: 1px solid $accent; }
QToolButton[flat="true"]:checked { background: $accent_tint; color: $accent; font-weight: 600; }
QToolButton::menu-indicator { image: none; }
QMenuBar { background: $paper; padding: 2px 8px; }
QMenuBar::item { padding: 4px 9px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $accent_tint; }
QMenu { background: $sheet; border: 1px solid $line; padding: 6px 0; }
QMenu::item { padding: 6px 28px 6px 18px; }
QMenu::item:selected { background: $accent_tint; color: $ink; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $line; margin: 5px 0; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $soft; padding: 10px 2px 8px 2px; margin: 0 9px; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $ink; font-weight: 600; border-bottom: 2px solid $accent; }
QTabBar::tab:focus { color: $accent; }
QComboBox { min-width: 40px; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar::handle:vertical { background: $line; border-radius: 3px; min-height: 32px; }
QScrollBar::handle:vertical:hover { background: $faint; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QListWidget { background: transparent; border: none; outline: none; }
QListWidget::item { padding: 7px 12px; border-radius: 5px; }
QListWidget::item:selected { background: $accent_tint; color: $ink; }
QLabel[role="label"] { color: $soft; }
QLabel[role="heading"] { font-weight: 700; }
QLabel[role="soft"] { color: $soft; }
QLabel[role="title"] { font-size: 25px; font-weight: 700; }
QFrame[role="card"] { background: $sheet; border: 1px solid $line; border-radius: 8px; }
QFrame[tone="calm"] { background: $accent_tint; }
QFrame[tone="warn"] { background: $amber_tint; }
QFrame[tone="bad"] { background: $red_tint; }
QLabel[chip="calm"] { background: $accent_tint; color: $accent; border-radius: 8px; padding: 1px 8px; font-size: 11px; font-weight: 600; }
QLabel[chip="warn"] { background: $amber_tint; color: $amber; border-radius: 8px; padding: 1px 8px; font-size: 11px; font-weight: 600; }
QLabel[chip="bad"] { background: $red_tint; color: $red; border-radius: 8px; padding: 1px 8px; font-size: 11px; font-weight: 600; }
#palette { background: $sheet; border: 1px solid $soft; }
#palette QLineEdit { border: none; border-bottom: 1px solid $line; border-radius: 0; padding: 10px 14px; font-size: 15px; }
""")


def is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark


def colours() -> Colours:
    return DARK if is_dark() else LIGHT


def apply(app: QApplication) -> None:
    """Fusion with our palette and style; called again when the system turns light or dark."""
    now = colours()
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
        roles.PlaceholderText: now.faint,
        roles.Link: now.accent,
        roles.ToolTipBase: now.sheet,
        roles.ToolTipText: now.ink,
    }.items():
        palette.setColor(role, QColor(colour))
    app.setPalette(palette)
    app.setStyleSheet(_SHEET.substitute({name: getattr(now, name) for name in Colours.__dataclass_fields__}))


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


def writing_font(pixels: int, *, language: str) -> QFont:
    """The face of the text being written: monospaced, or Nastaliq for Urdu."""
    if language == "ur":
        return reading_font(pixels + 3, language="ur")
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(pixels)
    return font
