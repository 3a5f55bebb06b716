"""The first start: whose newsroom this is, and who sits here."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ovn_desk import assets
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house_file import read_house
from ovn_desk.sync import BUNDLE_SUFFIX, bundle
from ovn_desk.text import foreign
from ovn_desk.ui.startup.join_form import JoinForm
from ovn_desk.usecases import housekeeping, merging, sample
from ovn_desk.usecases.queries import Store


class FirstStart(QWidget):
    """Makes the store; then `founded` with it and the person's name."""

    founded = Signal(object, str)

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._path = path
        self._house_file = assets.folder() / "samples" / "openvoicenews.toml"
        title = QLabel(self.tr("Welcome to OVN Desk"))
        title.setProperty("role", "title")
        lead = QLabel(
            self.tr(
                "Everything stays on this computer. Say whose newsroom this is and who you are: whoever makes it is "
                "its chief, and invites the others. A sample article is there to play with."
            ),
            wordWrap=True,
        )
        lead.setProperty("role", "soft")
        self._house = QLabel()
        choose = QPushButton(self.tr("Choose a house file…"))
        choose.clicked.connect(self._choose)
        house_row = QHBoxLayout()
        house_row.addWidget(self._house, 1)
        house_row.addWidget(choose)
        self.name = QLineEdit(placeholderText=self.tr("Your name, as in a byline"))
        self.name.setObjectName("welcome-name")
        self.name.setAccessibleName(self.tr("Your name"))
        self._made: Store | None = None
        self.join_form = JoinForm(path)
        self.join_form.setMaximumWidth(560)
        self.join_form.hide()
        self.join_form.joined.connect(self.founded)
        self._complaint = QLabel(wordWrap=True)
        self._complaint.setProperty("chip", "bad")
        self._complaint.hide()
        begin = QPushButton(self.tr("Open the desk"))
        begin.setObjectName("primary")
        begin.clicked.connect(self._begin)
        self.name.returnPressed.connect(self._begin)
        invited = QPushButton(self.tr("I was invited…"))
        invited.setProperty("flat", True)
        invited.clicked.connect(lambda _=False: self.join())
        look = QPushButton(self.tr("Only look into a file that a colleague gave you…"))
        look.setProperty("flat", True)
        look.clicked.connect(self._choose_bundle)
        form = QFormLayout()
        form.setVerticalSpacing(12)
        form.setHorizontalSpacing(16)
        form.addRow(self.tr("House"), house_row)
        form.addRow(self.tr("Name"), self.name)
        self._lay_out([title, lead], form, [begin, invited, look])
        self._show_house()
        self.name.setFocus()

    def _lay_out(self, words: list[QLabel], form: QFormLayout, buttons: list[QPushButton]) -> None:
        column = QVBoxLayout()
        column.setSpacing(16)
        for label in words:
            column.addWidget(label)
        column.addLayout(form)
        column.addWidget(self._complaint)
        for button in buttons:
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        self._box = box = QWidget()
        self.join_form.left.connect(box.show)
        box.setLayout(column)
        box.setMaximumWidth(560)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addWidget(box, 10)
        middle.addWidget(self._recovery_box(), 10)
        middle.addWidget(self.join_form, 10)
        middle.addStretch()
        outer.addLayout(middle)
        outer.addStretch(3)

    def _recovery_box(self) -> QWidget:
        """What is shown once, when the newsroom is made."""
        title = QLabel(self.tr("Write these twelve words on paper"))
        title.setProperty("role", "title")
        lead = QLabel(
            self.tr(
                "They are the recovery key of this newsroom: a chief who lost their key gets a new one with them. "
                "They are shown this once and kept nowhere. Keep the paper where only chiefs come."
            ),
            wordWrap=True,
        )
        lead.setProperty("role", "soft")
        self.recovery = QLabel(wordWrap=True)
        self.recovery.setObjectName("recovery-words")
        self.recovery.setAccessibleName(self.tr("The recovery key"))
        self.recovery.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.written_down = QPushButton(self.tr("I have written them down"))
        self.written_down.setObjectName("primary")
        self.written_down.setAutoDefault(True)
        self.written_down.clicked.connect(self._go_on)
        column = QVBoxLayout()
        column.setSpacing(16)
        for widget in (title, lead, self.recovery):
            column.addWidget(widget)
        column.addWidget(self.written_down, 0, Qt.AlignmentFlag.AlignLeading)
        self._recovery = QWidget()
        self._recovery.setLayout(column)
        self._recovery.setMaximumWidth(560)
        self._recovery.hide()
        return self._recovery

    def _go_on(self) -> None:
        if self._made is not None:
            self.founded.emit(self._made, self._name)

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("The house, as TOML"), "", "TOML (*.toml)")
        if name:
            self._house_file = Path(name)
            self._show_house()

    def _show_house(self) -> None:
        try:
            house = read_house(self._text(), name=self._house_file.name)
        except DeskError as error:
            self._complain(str(error))
            return
        self._complaint.hide()
        self._house.setText(house.name)
        self._house.setToolTip(house.tagline)

    def _text(self) -> str:
        return foreign.read_text(self._house_file)

    def _begin(self) -> None:
        name = " ".join(self.name.text().split())
        if not name:
            self._complain(self.tr("Say who you are: your name stands in the history and in bylines."))
            self.name.setFocus()
            return
        try:
            self._found_newsroom(name)
        except DeskError as error:
            self._complain(str(error))
            return
        self._box.hide()
        self._recovery.show()
        self.written_down.setFocus()

    def _found_newsroom(self, name: str) -> None:
        """Makes the newsroom; its recovery key is shown before anything else, for it is shown once."""
        made = housekeeping.create_newsroom(
            self._path, house_text=self._text(), house_name=self._house_file.name, chief=name
        )
        sample.add_sample(made.store, by=made.chief, text=assets.text("samples/rail-groups.md"))
        self.recovery.setText(made.recovery)
        self._made, self._name = made.store, made.chief.name

    def join(self, file: Path | None = None) -> None:
        """Joins by invitation: asks for it, or takes it from its file."""
        self._box.hide()
        self.join_form.begin(file)

    def _choose_bundle(self) -> None:
        kinds = f"{self.tr('Articles handed over')} (*{BUNDLE_SUFFIX})"
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Look into a file"), "", kinds)
        if name:
            self.look_into(Path(name))

    def look_into(self, file: Path) -> None:
        """Sets this computer up from a bundle, to read; an invitation can be used later."""
        try:
            store, came = bundle.join(self._path, file)
        except DeskError as error:
            self._complain(str(error))
            return
        merging.combine(store, came.articles)
        self.founded.emit(store, " ".join(self.name.text().split()))

    def _complain(self, sentence: str) -> None:
        self._complaint.setText(sentence)
        self._complaint.show()
