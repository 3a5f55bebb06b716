"""What whoever founds a newsroom is asked: names, languages, categories. Nothing is written here."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimeZone, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Category, House
from ovn_desk.ui.widgets.flow import Flow
from ovn_desk.ui.widgets.inputs import Choice
from ovn_desk.ui.widgets.phrases import quantity
from ovn_desk.usecases import founding, housekeeping
from ovn_desk.usecases.founding import Answers


class FoundingForm(QWidget):
    """The answers, or a newsroom file in place of them; `complaint_wanted` says what is wrong with the file."""

    done = Signal()
    """Enter in the last field that has to be filled."""
    complaint_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.newsroom = QLineEdit(placeholderText=self.tr("As readers know it"))
        self.newsroom.setObjectName("welcome-newsroom")
        self.name = QLineEdit(placeholderText=self.tr("As in a byline"))
        self.name.setObjectName("welcome-name")
        self.english, self.urdu = QCheckBox(self.tr("English")), QCheckBox(self.tr("Urdu"))
        for box in (self.english, self.urdu):
            box.setChecked(True)
        ticks: list[QCheckBox] = []
        self.sections = {one.key: (one, _Tick(ticks)) for one in founding.offered_sections()}
        for key, (section, box) in self.sections.items():
            box.setText(section.name("en").replace("&", "&&"))  # one & would underline the letter behind it
            box.setChecked(key in founding.USUAL_SECTIONS)
        self._ticks = Flow(spacing=8)
        self._ticks.show_widgets([box for _, box in self.sections.values()])
        self.own = QLineEdit(placeholderText=self.tr("Others, with commas between them"))
        self._folded = QWidget()
        self.more = QPushButton()
        self.more.setProperty("flat", True)
        self.more.clicked.connect(lambda _=False: self._fold(not self._folded.isHidden()))
        self.address = QLineEdit(placeholderText=self.tr("https://news.example, can wait"))
        self.tagline = QLineEdit(placeholderText=self.tr("A line under the name, can wait"))
        self.zone = Choice()
        self._file: Path | None = None
        self._about_file = QLabel(wordWrap=True)
        self._about_file.setProperty("role", "soft")
        self.file_button = QPushButton(self.tr("Use a newsroom file…"))
        self.file_button.clicked.connect(self._choose)
        self.story = QCheckBox(self.tr("Put in a sample story to play with (one click throws it away)"))
        self.story.setChecked(True)
        self._lay_out()
        self.newsroom.returnPressed.connect(self.name.setFocus)
        self.name.returnPressed.connect(self.done)

    def house_text(self) -> str:
        """The newsroom file that this makes; raises DeskError, a sentence that says what is missing."""
        if self._file is not None:
            return housekeeping.read_house_file(self._file)
        ticked = tuple(section for section, box in self.sections.values() if box.isChecked())
        languages = [code for code, box in (("en", self.english), ("ur", self.urdu)) if box.isChecked()]
        return founding.house_text(
            Answers(
                self.newsroom.text(),
                tuple(languages),
                (*ticked, *founding.own_sections(self.own.text(), self._offered)),
                self.zone.currentText(),
                self.address.text(),
                self.tagline.text(),
            )
        )

    @property
    def file_name(self) -> str:
        return self._file.name if self._file else "newsroom.toml"

    def focus_missing(self) -> None:
        """The keyboard to the first field that has to be filled and is not."""
        fields = (self.name,) if self._file else (self.newsroom, self.name)
        next((field for field in fields if not field.text().strip()), self.name).setFocus()

    def use_file(self, file: Path | None) -> None:
        """Takes everything but who founds from a file, or from the form again."""
        said = ""
        if file is not None:
            try:
                house = housekeeping.read_whole_house(housekeeping.read_house_file(file), name=file.name)
            except DeskError as error:
                self.complaint_wanted.emit(str(error))
                return
            said = self._describe(file, house)
        self._file = file
        self._about_file.setText(said)
        self._about_file.setVisible(bool(said))
        self.file_button.setText(
            self.tr("Use a newsroom file…") if file is None else self.tr("Fill in the form instead")
        )
        boxes = [box for _, box in self.sections.values()]
        for field in (self.newsroom, self.english, self.urdu, *boxes, self.own, self.address, self.tagline, self.zone):
            field.setEnabled(file is None)
        self.complaint_wanted.emit("")

    @property
    def _offered(self) -> tuple[Category, ...]:
        return tuple(section for section, _ in self.sections.values())

    def _describe(self, file: Path, house: House) -> str:
        sections = quantity(len(house.categories), "category", "categories")
        said = self.tr("{newsroom}, {sections}, from {file}.").format(
            newsroom=house.name, sections=sections, file=file.name
        )
        people = quantity(len(house.roster), "person", "people")
        return said + (" " + self.tr("It puts {people} on the roster.").format(people=people) if house.roster else "")

    def _choose(self) -> None:
        if self._file is not None:
            self.use_file(None)
            return
        name, _ = QFileDialog.getOpenFileName(self, self.tr("The newsroom as a file"), "", "TOML (*.toml)")
        if name:
            self.use_file(Path(name))

    def _fold(self, is_folded: bool) -> None:  # noqa: FBT001 - whether it is, and no other argument
        self._folded.setHidden(is_folded)
        self.more.setText(self.tr("▸ More: address, time zone, a newsroom file") if is_folded else self.tr("▾ Less"))

    def _fill_zones(self) -> None:
        here = bytes(QTimeZone.systemTimeZoneId().data()).decode()
        zones = [bytes(one.data()).decode() for one in QTimeZone.availableTimeZoneIds()]
        self.zone.addItems([one for one in zones if "/" in one and not one.startswith("Etc/")])
        self.zone.setCurrentText(here if "/" in here and not here.startswith("Etc/") else founding.USUAL_ZONE)

    def _lay_out(self) -> None:
        languages, sections = QHBoxLayout(), QVBoxLayout()
        for box in (self.english, self.urdu):
            languages.addWidget(box)
        languages.setSpacing(24)
        languages.addStretch()
        sections.setSpacing(4)
        sections.addWidget(self._ticks)
        sections.addWidget(self.own)
        form, folded = _form(), _form()
        who = QLabel(self.tr("You start it, so you are its chief: you invite the others and set the rules."))
        who.setWordWrap(True)
        who.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        who.setProperty("role", "soft")
        for label, field in (
            (self.tr("Newsroom"), self.newsroom),
            (self.tr("Your name"), self.name),
            ("", who),
            (self.tr("Languages"), languages),
            (self.tr("Categories"), sections),
        ):
            form.addRow(label, field)
        self.zone.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for label, more in (
            (self.tr("Web address"), self.address),
            (self.tr("Tagline"), self.tagline),
            (self.tr("Time zone"), self.zone),
        ):
            folded.addRow(label, more)
        folded.addRow("", self.file_button)
        folded.addRow("", self._about_file)
        named = (
            (self.tr("The newsroom's name"), self.newsroom),
            (self.tr("Your name"), self.name),
            (self.tr("Other categories"), self.own),
            (self.tr("Web address"), self.address),
            (self.tr("Tagline"), self.tagline),
            (self.tr("Time zone"), self.zone),
        )
        for words, one in named:
            one.setAccessibleName(words)
        self._folded.setLayout(folded)
        folded.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(form)
        column.addWidget(self.story)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self._folded)
        self._about_file.hide()
        self._fill_zones()
        self._fold(is_folded=True)


class _Tick(QCheckBox):
    """A box as wide as the widest of its kind, so that they stand in columns however many find room in a line."""

    def __init__(self, kind: list[QCheckBox]) -> None:
        super().__init__()
        self._kind = kind
        kind.append(self)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(max(QCheckBox.sizeHint(one).width() for one in self._kind), hint.height())


def _form() -> QFormLayout:
    form = QFormLayout()
    form.setVerticalSpacing(8)
    form.setHorizontalSpacing(16)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    return form
