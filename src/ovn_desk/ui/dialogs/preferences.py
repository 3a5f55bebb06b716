"""How this person likes to write: every change shows at once behind the dialog, so there is nothing to confirm."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from ovn_desk.ui.state.preferences import Preferences
from ovn_desk.ui.widgets import theme
from ovn_desk.ui.widgets.inputs import Choice, FontChoice, Number

_SMALLEST, _LARGEST = 11, 32


class PreferencesDialog(QDialog):
    """The writer's face, marks and ways of looking."""

    def __init__(self, preferences: Preferences, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Preferences"))
        self._preferences = preferences
        mine = preferences.value
        self.face = FontChoice()
        self.face.setEditable(False)
        self.face.setCurrentFont(QFont(mine.face or theme.writing_font("en", face="", pixels=15, is_naskh=False)))
        self.pixels = Number()
        self.pixels.setRange(_SMALLEST, _LARGEST)
        self.pixels.setValue(mine.pixels)
        self.pixels.setSuffix(self.tr(" pixels"))
        self.urdu = Choice()
        self.urdu.addItem(self.tr("Nastaliq, as on the page"), userData=False)
        self.urdu.addItem(self.tr("Naskh, shorter lines"), userData=True)
        self.urdu.setCurrentIndex(int(mine.is_naskh))
        self._switches = {
            "is_quoting": (self.tr("Turn straight quotation marks into “ ” while typing"), mine.is_quoting),
            "is_spelling": (self.tr("Underline words that no dictionary has"), mine.is_spelling),
            "is_focused": (self.tr("Focus: only this paragraph in ink"), mine.is_focused),
            "is_typewriting": (self.tr("Typewriter: the line stays in the middle"), mine.is_typewriting),
        }
        self._lay_out()
        self.face.currentFontChanged.connect(lambda font: preferences.set(face=font.family()))
        self.pixels.valueChanged.connect(lambda value: preferences.set(pixels=value))
        self.urdu.currentIndexChanged.connect(lambda index: preferences.set(is_naskh=bool(index)))

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        for label, field in (
            (self.tr("Face of the text"), self.face),
            (self.tr("Size"), self.pixels),
            (self.tr("Face of Urdu"), self.urdu),
        ):
            field.setAccessibleName(label)
            form.addRow(label, field)
        for name, (label, is_on) in self._switches.items():
            box = QCheckBox(label)
            box.setObjectName(name)
            box.setChecked(is_on)
            box.toggled.connect(lambda on, n=name: self._preferences.set(**{n: on}))
            form.addRow(box)
        note = QLabel(
            self.tr("These are yours, on this computer. The article is the same for everybody."), wordWrap=True
        )
        note.setProperty("role", "soft")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(16)
        column.addLayout(form)
        column.addWidget(note)
        column.addWidget(buttons)
