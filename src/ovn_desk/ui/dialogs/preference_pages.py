"""The sections of the preferences, but for the keys: each shows what holds now, and sets what is chosen in it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ovn_desk import settings
from ovn_desk.ui.commands import Command
from ovn_desk.ui.state.preferences import Preferences
from ovn_desk.ui.widgets import theme
from ovn_desk.ui.widgets.inputs import Choice, FontChoice, Number
from ovn_desk.usecases import spelling

_ZOOMS = (50, 75, 90, 100, 110, 125, 150, 200)


class Page(QWidget):
    """One section: a form, and below it what is to be known of it. `restored` names the preferences it is about."""

    restored: tuple[str, ...] = ()

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self._is_showing = False
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(16)
        self._form.setVerticalSpacing(8)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(12)
        self._column.addLayout(self._form)

    @property
    def defaults(self) -> dict[str, object]:
        """What the section's preferences are when nobody has chosen anything."""
        own = settings.Preferences()
        return {name: getattr(own, name) for name in self.restored}

    def show_values(self) -> None:
        """What holds now, in every field of the section, without setting it again."""
        self._is_showing = True
        self._fill()
        self._is_showing = False

    def _fill(self) -> None:
        """Puts what holds now into the fields."""

    def _set(self, **changes: object) -> None:
        if not self._is_showing:
            self._preferences.set(**changes)

    def _add(self, label: str, field: QWidget) -> None:
        field.setAccessibleName(label)
        self._form.addRow(label, field)

    def _add_switch(self, name: str, label: str) -> QCheckBox:
        box = QCheckBox(label)
        box.setObjectName(name)
        box.toggled.connect(lambda on: self._set(**{name: on}))
        self._form.addRow(box)
        return box

    def _add_note(self, sentence: str) -> QLabel:
        note = QLabel(sentence, wordWrap=True)
        note.setProperty("role", "soft")
        self._column.addWidget(note)
        return note

    def _add_button(self, command: Command) -> QPushButton:
        """A button that runs a command which asks for more."""
        button = QPushButton(command.label)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _=False: command.run())
        self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        return button

    def _end(self) -> None:
        self._column.addStretch()
        self.show_values()


class AppearancePage(Page):
    """Light or dark, and the size of the page."""

    restored = ("appearance", "page_zoom")

    def __init__(self, preferences: Preferences) -> None:
        super().__init__(preferences)
        self.look = Choice()
        for name, label in (
            (settings.SYSTEM, self.tr("As this computer is")),
            (settings.LIGHT, self.tr("Light")),
            (settings.DARK, self.tr("Dark")),
        ):
            self.look.addItem(label, userData=name)
        self.zoom = Choice()
        for percent in _ZOOMS:
            self.zoom.addItem(self.tr("{percent} %").format(percent=percent), userData=percent)
        self._add(self.tr("Light or dark"), self.look)
        self._add(self.tr("Size of the page beside the text"), self.zoom)
        self.look.currentIndexChanged.connect(lambda _: self._set(appearance=self.look.currentData()))
        self.zoom.currentIndexChanged.connect(lambda _: self._set(page_zoom=self.zoom.currentData()))
        self._add_note(self.tr("These are yours, on this computer. Stories and pages are the same for everybody."))
        self._end()

    def _fill(self) -> None:
        value = self._preferences.value
        self.look.setCurrentIndex(max(0, self.look.findData(value.appearance)))
        self.zoom.setCurrentIndex(self.zoom.findData(value.page_zoom))


class TextPage(Page):
    """Font, size and length of the lines one writes, and the quotation marks one types."""

    restored = (
        "face",
        "pixels",
        "columns",
        "is_naskh",
        "is_quoting",
        "is_quoting_urdu",
        "is_focused",
        "is_typewriting",
    )

    def __init__(self, preferences: Preferences) -> None:
        super().__init__(preferences)
        self.kind = Choice()
        for face, label in (
            ("", self.tr("Serif, as on the page")),
            (settings.MONOSPACE, self.tr("Monospaced: every letter as wide")),
            (None, self.tr("Another font…")),
        ):
            self.kind.addItem(label, userData=face)
        self.font_name = FontChoice()
        self.font_name.setEditable(False)
        self.sample = QLabel(wordWrap=True)
        self.pixels = Number()
        self.pixels.setRange(settings.SMALLEST_TEXT, settings.LARGEST_TEXT)
        self.pixels.setSuffix(self.tr(" pixels"))
        self.columns = Number()
        self.columns.setRange(*settings.LINE_LENGTHS)
        self.columns.setSuffix(self.tr(" letters"))
        self.urdu = Choice()
        self.urdu.addItem(self.tr("Nastaliq, as on the page"), userData=False)
        self.urdu.addItem(self.tr("Naskh, shorter lines"), userData=True)
        for label, field in (
            (self.tr("Font"), self.kind),
            (self.tr("Its name"), self.font_name),
            (self.tr("Sample"), self.sample),
            (self.tr("Size"), self.pixels),
            (self.tr("Length of a line"), self.columns),
            (self.tr("Font of Urdu"), self.urdu),
        ):
            self._add(label, field)
        self._switches = [
            self._add_switch("is_quoting", self.tr("In English, turn straight quotation marks into “ ”")),
            self._add_switch("is_quoting_urdu", self.tr("In Urdu, turn straight quotation marks into “ ”")),
            self._add_switch("is_focused", self.tr("Focus on the paragraph being written")),
            self._add_switch("is_typewriting", self.tr("Keep the line being written in the middle")),
        ]
        self.kind.currentIndexChanged.connect(lambda _: self._choose_kind())
        self.font_name.currentFontChanged.connect(self._choose_font)
        self.pixels.valueChanged.connect(lambda value: self._set(pixels=value))
        self.columns.valueChanged.connect(lambda value: self._set(columns=value))
        self.urdu.currentIndexChanged.connect(lambda _: self._set(is_naskh=self.urdu.currentData()))
        preferences.changed.connect(self._show_sample)
        self._add_note(self.tr("Ctrl + and Ctrl −, or Ctrl and the wheel over the text, change the size, too."))
        self._end()

    def _fill(self) -> None:
        value = self._preferences.value
        is_named = value.face not in {"", settings.MONOSPACE}
        self.kind.setCurrentIndex(2 if is_named else self.kind.findData(value.face))
        self.font_name.setCurrentFont(QFont(value.face if is_named else theme.serif()))
        self._form.setRowVisible(self.font_name, is_named)
        self.pixels.setValue(value.pixels)
        self.columns.setValue(value.columns)
        self.urdu.setCurrentIndex(int(value.is_naskh))
        for box in self._switches:
            box.setChecked(getattr(value, box.objectName()))
        self._show_sample()

    def _choose_kind(self) -> None:
        face = self.kind.currentData()
        self._form.setRowVisible(self.font_name, face is None)
        self._set(face=self.font_name.currentFont().family() if face is None else face)

    def _choose_font(self, font: QFont) -> None:
        if self.kind.currentData() is None:
            self._set(face=font.family())

    def _show_sample(self) -> None:
        value = self._preferences.value
        self.sample.setFont(theme.writing_font("en", face=value.face, pixels=value.pixels, is_naskh=value.is_naskh))
        self.sample.setText(self.tr("“The pumps cost Rs 1.5 billion,” she said."))


class SpellingPage(Page):
    """Whether words are checked as one types, and in which languages."""

    restored = ("is_spelling",)

    def __init__(self, preferences: Preferences, commands: Sequence[Command]) -> None:
        super().__init__(preferences)
        self.box = self._add_switch("is_spelling", self.tr("Underline words that no dictionary has"))
        self._names = self._add_note("")
        for command in commands:
            if command.name == "spelling.add_dictionary":
                self._add_button(command)
        self._add_note(self.tr("Words that you add with a right click are yours, on this computer."))
        self._end()

    def _fill(self) -> None:
        self.box.setChecked(self._preferences.value.is_spelling)
        names = ", ".join(_language(name) for name in spelling.dictionaries(settings.dictionaries()))
        self._names.setText(self.tr("Dictionaries on this computer: {names}.").format(names=names))


class BackupsPage(Page):
    """What is saved by itself, and where copies go: that is safer where somebody put it, and is never restored."""

    def __init__(self, preferences: Preferences, commands: Sequence[Command]) -> None:
        super().__init__(preferences)
        self._add_note(
            self.tr(
                "Everything you type is saved by itself, every second while you type. There is nothing to turn on, and "
                "nothing to turn off."
            )
        )
        self._add_note(
            self.tr("A checked copy of the newsroom is made every half hour while it changes, and when you quit.")
        )
        self.place = self._add_note("")
        for command in commands:
            if command.name in {"copies.place", "copies.away"}:
                self._add_button(command)
        preferences.changed.connect(self.show_values)
        self._end()

    def _fill(self) -> None:
        place = self._preferences.value.second_place
        self.place.setText(
            self.tr("Copies also go to {folder}.").format(folder=Path(place))
            if place
            else self.tr(
                "Copies are only beside the newsroom, on the same disk. Choose another disk or a stick as well."
            )
        )


class HubPage(Page):
    """The way to where the hub is; it belongs to the newsroom on this computer, and is never restored."""

    def __init__(self, preferences: Preferences, commands: Sequence[Command]) -> None:
        super().__init__(preferences)
        self._add_note(
            self.tr(
                "A hub is a database on a server, through which the computers of a newsroom exchange their stories by "
                "themselves, once a minute. Without one, stories travel as files."
            )
        )
        for command in commands:
            if command.name in {"hub.settings", "hub.sync"}:
                self._add_button(command)
        self._end()


def _language(name: str) -> str:
    """A dictionary's name with its language in words, as “English (en-GB)”."""
    locale = QLocale(name.replace("-", "_"))
    if locale.language() is QLocale.Language.C:
        return name
    return f"{QLocale.languageToString(locale.language())} ({name})"
