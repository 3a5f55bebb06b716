"""Fields for words that stand in the language of the story, among fields that stand in the desk's."""

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QWidget

from ovn_desk.ui.widgets import theme

_HEIGHTS = {"en": 0, "ur": 40}  # Naskh is taller than Latin letters, Nastaliq would be cut in a field


def follow_language(field: QWidget, language: str) -> None:
    """Gives a field room for the letters of a language; Latin ones in it keep their own face."""
    font = QFont(QApplication.font())
    font.setPixelSize(13)
    font.setFamilies([QApplication.font().family(), theme.NASKH_FACE])
    field.setFont(font)
    field.setMinimumHeight(_HEIGHTS.get(language, 0))
