"""The house file, changed in the desk: read as it is typed, so that a mistake is named by its line at once."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from ovn_desk.domain.errors import DeskError
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.widgets import fitting
from ovn_desk.usecases import housekeeping, queries

_PAUSE_MS = 300


class HouseDialog(QDialog):
    """Name, address, categories, checklists and style rules: one text, kept only when it can be read."""

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Newsroom settings"))
        fitting.resize_to_fit(self, 780, 720)
        self._session = session
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(self.tr("The newsroom file"))
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setPlainText(session.house.text)
        self.verdict = QLabel(wordWrap=True)
        lead = QLabel(
            self.tr(
                'A category whose key changes keeps its stories with was = ["old-key"]. '
                "Categories, [checklist] items (off, advice, approval, filing) and [[rules]] of style stand here. "
                "A rule of the desk is switched off with its id and off = true."
            )
        )
        lead.setWordWrap(True)
        lead.setProperty("role", "soft")
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Save | kinds.Cancel)
        self.buttons.accepted.connect(self._save)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        for widget in (lead, self.text, self.verdict, self.buttons):
            column.addWidget(widget, 1 if widget is self.text else 0)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.check)
        self.text.textChanged.connect(self._pause.start)
        self.check()

    def check(self) -> None:
        """Says whether the text can be kept, or where the mistake is."""
        try:
            house = housekeeping.read_whole_house(self.text.toPlainText())
            touched = queries.ask(self._session.store, housekeeping.changed_sections, house)
        except DeskError as error:
            self._say(str(error), is_good=False)
            return
        said = "\n".join((self.tr("No mistakes were found: it can be saved."), *(one.sentence for one in touched)))
        self._say(said, is_good=True, is_calm=all(one.new for one in touched))

    def _say(self, sentence: str, *, is_good: bool, is_calm: bool = True) -> None:
        self.verdict.setText(sentence)
        self.verdict.setProperty("chip", "bad" if not is_good else "calm" if is_calm else "warn")
        self.verdict.style().polish(self.verdict)
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(is_good)

    def _save(self) -> None:
        store = self._session.flushed_store()
        if store is None:
            return
        try:
            housekeeping.change_house(store, self.text.toPlainText(), by=self._session.by)
        except DeskError as error:
            self._say(str(error), is_good=False)
            return
        self.accept()
