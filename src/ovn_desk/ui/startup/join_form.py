"""Joining a newsroom by invitation at the first start: the words or the file, and where the newsroom is."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
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

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.errors import DeskError
from ovn_desk.sync import BUNDLE_SUFFIX, bundle, exchange
from ovn_desk.ui.background.jobs import Worker
from ovn_desk.ui.startup.start_page import StartPage
from ovn_desk.ui.widgets.refusal import clear_when_edited
from ovn_desk.usecases import joining, merging, store_settings
from ovn_desk.usecases.queries import Store

_NOWHERE = (
    "Twelve words alone do not say where the newsroom is. Name its hub, or a file that a colleague handed over; "
    "or ask the chief for an invitation as a file."
)


class JoinForm(QWidget):
    """Makes the store and this person's own key; then `joined` with the store and their name, or `left`."""

    joined = Signal(object, str)
    left = Signal()

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._store: Store | None = None
        self._worker = Worker(self)
        self.invitation = _field(self.tr("Invitation"), self.tr("Twelve words, or a file"))
        self.source = _field(self.tr("Newsroom"), self.tr("With words only: its hub, or a file"))
        self.password = _field(self.tr("Hub password"), "")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.said = QLabel(wordWrap=True)
        self.said.hide()
        self.button = QPushButton(self.tr("Join"))
        self.button.setObjectName("primary")
        self.button.clicked.connect(self.join)
        self.back = QPushButton(self.tr("Back"))
        self.back.clicked.connect(self._leave)
        for field in (self.invitation, self.source, self.password):
            field.returnPressed.connect(self.button.click)
        self._form = QFormLayout()
        self._form.setVerticalSpacing(12)
        self._form.setHorizontalSpacing(16)
        self._form.addRow(self.tr("Invitation"), self._with_chooser(self.invitation, joining.SUFFIX))
        self._form.addRow(self.tr("Newsroom"), self._with_chooser(self.source, BUNDLE_SUFFIX))
        self._form.addRow(self.tr("Hub password"), self.password)
        self._form.setRowVisible(self.password, False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(self._form)
        column.addWidget(self.said)
        clear_when_edited(self, self.said)
        self.page = StartPage(
            self.tr("Join a newsroom"),
            self.tr("A chief gave you twelve words, or a file. Your own key is made with them, on this computer."),
            self,
            (self.button, self.back),
        )
        self.page.back_wanted.connect(self._leave)

    def begin(self, file: Path | None = None) -> None:
        """Shows the form; with the file of an invitation it joins at once."""
        self.invitation.setFocus()
        if file is not None:
            self.invitation.setText(str(file))
            self.join()

    def join(self) -> None:
        """Sets up the store, which may take a while from a hub, and uses the invitation."""
        if self._worker.is_busy:
            return
        words, source = self.invitation.text().strip(), self.source.text().strip()
        if not words:
            self._say(self.tr("Type the twelve words of your invitation, or choose its file."), tone="bad")
            self.invitation.setFocus()
            return
        store, path, password = self._store, self._path, self.password.text()
        for button in (self.button, self.back):
            button.setEnabled(False)
        self._say(self.tr("Fetching the newsroom…"), tone="calm")
        join = partial(_join_newsroom, path, store, words, source, password)
        self._worker.run(join, done=self._follow_joining, refused=self._say_refusal)

    def _follow_joining(self, found: tuple[Store, str, str]) -> None:
        """The store stays for the next try where the words were refused."""
        self._store, name, why = found
        if why:
            self._say_refusal(why)
            return
        self.joined.emit(self._store, name)

    def _say_refusal(self, why: str) -> None:
        for button in (self.button, self.back):
            button.setEnabled(True)
        self._say(why, tone="bad")
        if "://" in self.source.text():
            self._form.setRowVisible(self.password, True)

    def _leave(self) -> None:
        if self._store is not None:
            self.joined.emit(self._store, "")  # the newsroom is here, to be read
        elif not self._worker.is_busy:
            self.left.emit()

    def _with_chooser(self, field: QLineEdit, suffix: str) -> QHBoxLayout:
        def choose() -> None:
            name, _ = QFileDialog.getOpenFileName(
                self, field.accessibleName(), "", f"{field.accessibleName()} (*{suffix})"
            )
            if name:
                field.setText(name)

        button = QPushButton(self.tr("Choose a file…"))
        button.setAutoDefault(False)
        button.clicked.connect(choose)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(field, 1)
        row.addWidget(button)
        return row

    def _say(self, sentence: str, *, tone: str) -> None:
        self.said.setText(sentence)
        self.said.setProperty("chip", tone)
        self.said.style().polish(self.said)
        self.said.show()


def _join_newsroom(
    path: Path, store: Store | None, invitation: str, source: str, password: str
) -> tuple[Store, str, str]:
    """The store, the name of who joined, and why the invitation was refused where the store is there already."""
    is_file = " " not in invitation or Path(invitation).exists()
    words, rows = joining.read_file(Path(invitation)) if is_file else (invitation, [])
    if store is None:
        if source:
            store = _from_hub(path, source, password) if "://" in source else _from_bundle(path, Path(source))
        elif rows:
            store = exchange.join(path, rows)[0]
        else:
            raise DeskError(QCoreApplication.translate("JoinForm", _NOWHERE))
    try:
        exchange.absorb(store, rows)
        return store, joining.join(store, words).name, ""
    except DeskError as error:
        return store, "", str(error)


def _from_bundle(path: Path, file: Path) -> Store:
    store, came = bundle.join(path, file)
    merging.combine(store, came.articles)
    return store


def _from_hub(path: Path, address: str, password: str) -> Store:
    from ovn_desk.sync import postgres  # only those with a hub have its package

    def settle(store: Store, articles: Iterable[ArticleId]) -> object:
        return merging.combine(store, articles)

    url = postgres.address(address)
    store, _ = postgres.join(path, url, password=password, settle=settle)
    store_settings.set_hub_address(store, postgres.without_password(url))
    return store


def _field(name: str, hint: str) -> QLineEdit:
    field = QLineEdit(placeholderText=hint)
    field.setAccessibleName(name)
    return field
