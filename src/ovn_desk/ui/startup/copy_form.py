"""Bringing a newsroom back from a copy, where there is none: which file, what came back, and then who one is."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ovn_desk.domain.errors import DeskError
from ovn_desk.text import foreign
from ovn_desk.ui.background.jobs import Worker
from ovn_desk.ui.startup.start_page import StartPage
from ovn_desk.ui.state.clock import newsroom_time
from ovn_desk.ui.widgets.copy_list import CopyList
from ovn_desk.ui.widgets.phrases import day_and_time
from ovn_desk.ui.widgets.verdict import Verdict
from ovn_desk.usecases import known_copies, queries, restoring
from ovn_desk.usecases.known_copies import KnownCopies
from ovn_desk.usecases.queries import Store
from ovn_desk.usecases.restoring import Restored

_LIST_HEIGHT = 170


class CopyForm(QObject):
    """Two pages. `brought` carries the store when whoever sits here goes on; nothing is written before the button."""

    brought = Signal(object)
    left = Signal()
    page_wanted = Signal(QWidget)

    def __init__(self, path: Path, parent: QObject, *, folders: Sequence[Path] = ()) -> None:
        super().__init__(parent)
        self._path, self._folders = path, folders
        self._worker = Worker(self)
        self._store: Store | None = None
        self.file = QLineEdit()
        self.file.setAccessibleName(self.tr("The copy's file"))
        self.file.setPlaceholderText(self.tr("newsroom-….ovn, on a stick or another disk"))
        self.copies = CopyList()
        self.copies.setMinimumHeight(_LIST_HEIGHT)
        self.copies.hide()
        self.choose = QPushButton(self.tr("Choose a file…"))
        self.choose.setAutoDefault(False)
        self.said = Verdict()
        self.bring = QPushButton(self.tr("Bring it back"))
        self.bring.setObjectName("primary")
        self.back = QPushButton(self.tr("Back"))
        self.came = QLabel(wordWrap=True)
        self.go_on = QPushButton(self.tr("Go on"))
        self.go_on.setObjectName("primary")
        self.file_page, self.came_page = self._make_file_page(), self._make_came_page()
        self.pages = (self.file_page, self.came_page)
        self.choose.clicked.connect(self._choose)
        self.file.returnPressed.connect(self.bring.click)
        self.copies.itemSelectionChanged.connect(self._fill_in)
        self.copies.taken.connect(self.bring.click)
        self.file.textEdited.connect(lambda _: self.copies.setCurrentRow(-1))
        self.copies.shown.connect(self._show_copies)
        self.file.textChanged.connect(lambda _: self.said.say("", tone="calm"))
        self.bring.clicked.connect(self.bring_back)
        self.back.clicked.connect(self._leave)
        self.file_page.back_wanted.connect(self._leave)
        self.go_on.clicked.connect(lambda: self.brought.emit(self._store))

    def begin(self, file: Path | None = None) -> None:
        """Asks for the file; one that was given stands there already."""
        self.said.say("", tone="calm")
        if file is not None:
            self.file.setText(str(file))
        self.copies.look(
            partial(known_copies.find_copies, self._path, self._folders), known_copies.take_stock, _local_now
        )
        self.page_wanted.emit(self.file_page)
        (self.bring if file else self.file).setFocus()

    @property
    def is_begun(self) -> bool:
        """Whether the newsroom is here already, or is being brought: no other file begins anew then."""
        return self._store is not None or self._worker.is_busy

    def bring_back(self) -> None:
        """Puts the copy where there is no newsroom, after every record in it was checked."""
        named = self.file.text().strip()
        if self._worker.is_busy:
            return
        if not named:
            self.said.say(self.tr("Choose the copy's file: its name ends in .ovn."), tone="bad")
            self.file.setFocus()
            return
        try:
            file = foreign.path_of(named)
        except DeskError as error:
            self._refuse(str(error))
            return
        self._enable(is_on=False)
        self.said.say(self.tr("Checking the copy and bringing it back…"), tone="calm")
        self._worker.run(
            partial(restoring.recover_and_open, self._path, file), done=self._show_what_came, refused=self._refuse
        )

    def _show_what_came(self, found: tuple[Store, Restored]) -> None:
        self._store, came = found
        self.copies.stop()
        self._enable(is_on=True)
        house = queries.house(self._store)
        when = day_and_time(came.made_at, newsroom_time(house, came.made_at))
        lead = self.tr("{newsroom}, as it was {when}.").format(newsroom=house.name, when=when)
        self.came_page.lead.setText(lead)
        self.came.setText("\n\n".join(map(str, came.sentences)))
        self.page_wanted.emit(self.came_page)
        self.go_on.setFocus()

    def _show_copies(self, found: KnownCopies) -> None:
        """The list stands above the file where there are copies; what was typed or dropped meanwhile stays."""
        self.copies.setVisible(bool(found.copies))
        is_waiting = not self.file.text().strip()
        if not found.copies or not is_waiting:
            self.copies.setCurrentRow(-1)
            return
        self._fill_in()
        if self.file.hasFocus():
            self.copies.setFocus()

    def _fill_in(self) -> None:
        if self.copies.isVisibleTo(self.file_page) and (file := self.copies.file) is not None:
            self.file.setText(str(file))

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self.file_page, self.choose.text(), "", "OVN Desk (*.ovn)")
        if name:
            self.file.setText(name)
            self.bring.setFocus()

    def _leave(self) -> None:
        if not self._worker.is_busy:
            self.copies.stop()
            self.left.emit()

    def _refuse(self, why: str) -> None:
        self._enable(is_on=True)
        self.said.say(why, tone="bad")
        self.file.setFocus()

    def _enable(self, *, is_on: bool) -> None:
        for widget in (self.bring, self.back, self.choose, self.file, self.copies):
            widget.setEnabled(is_on)

    def _make_file_page(self) -> StartPage:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.copies)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.file, 1)
        row.addWidget(self.choose)
        column.addLayout(row)
        column.addWidget(self.said)
        return StartPage(
            self.tr("Bring your newsroom back"),
            self.tr("A copy has every story, version and unfinished text of its day. The copy itself stays as it is."),
            body,
            (self.bring, self.back),
        )

    def _make_came_page(self) -> StartPage:
        return StartPage(self.tr("Your newsroom is back"), "", self.came, (self.go_on,))


def _local_now() -> datetime:
    """By this computer's clock: which newsroom it is, and so where, is not known yet."""
    return datetime.now(UTC).astimezone()
