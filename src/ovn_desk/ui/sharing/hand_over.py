"""Handing articles over as a file: what goes into it, whom it is for, and who can open it."""

import textwrap
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Staff
from ovn_desk.sync import BUNDLE_SUFFIX, bundle
from ovn_desk.sync.bundle import BundleSummary
from ovn_desk.ui.background.jobs import Worker
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets import fitting
from ovn_desk.ui.widgets.inputs import Choice
from ovn_desk.ui.widgets.phrases import quantity
from ovn_desk.ui.widgets.refusal import clear_when_edited
from ovn_desk.usecases import queries

_THIS, _LACKING, _ALL = range(3)


_SHOWN = 40  # letters of a headline in a list that opens


class HandOverDialog(QDialog):
    """Writes a bundle that the person at the desk signs; `written` says where it lies."""

    written = Signal(str, object)

    def __init__(self, session: Session, article: OpenArticle, text: WorkingText, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Hand over as a file"))
        fitting.resize_to_fit(self, 560, 320)
        self._session, self._article = session, article
        self._jobs = Worker(self)
        others = [one for one in queries.active_staff(session.store) if one.id != session.person.id]
        self._with_key = queries.staff_with_key(session.store)
        self._people: dict[str, Staff] = {one.id: one for one in others}
        self.what = Choice()
        if article.id:
            self.what.addItem(
                self.tr("This article: {name}").format(
                    name=textwrap.shorten(text.content.headline, _SHOWN, placeholder="…")
                ),
                _THIS,
            )
        self.what.addItem(self.tr("Everything they do not have yet"), _LACKING)
        self.what.addItem(self.tr("Everything"), _ALL)
        if not article.id:
            self.what.setCurrentIndex(self.what.findData(_ALL))
        self.to = Choice()
        self.to.addItem(self.tr("Anybody in this newsroom"), "")
        for one in others:
            self.to.addItem(f"{one.name}, {one.role}", one.id)
        self.is_sealed = QCheckBox(self.tr("Only they can open it"))
        self.file = QLineEdit()
        self.passphrase = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.verdict = QLabel(wordWrap=True)
        self.verdict.setProperty("chip", "bad")
        self.verdict.hide()
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Save | kinds.Cancel)
        self.buttons.button(kinds.Save).setText(self.tr("Write the file"))
        self.buttons.button(kinds.Save).setObjectName("primary")
        self._lay_out()
        self.what.currentIndexChanged.connect(lambda _: self._show())
        self.to.currentIndexChanged.connect(lambda _: self._show())
        self.buttons.accepted.connect(self.write)
        self.buttons.rejected.connect(self.reject)
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = article.slug or "articles"
        self.file.setText(str(Path(documents) / f"{name}-{session.today}{BUNDLE_SUFFIX}"))
        self._show()

    def write(self) -> None:
        """Writes the bundle off the window's thread; a file that stands there is replaced whole or not at all."""
        what = self.what.currentData()
        person = self._people.get(self.to.currentData())
        to = Path(self.file.text().strip()).expanduser()
        if not self.file.text().strip():
            self._refuse(self.tr("Name the file to write."))
            return
        to = to if to.suffix == BUNDLE_SUFFIX else to.with_name(to.name + BUNDLE_SUFFIX)
        if not self._article.edit_refusal:
            self._article.save()  # what travels are versions: what is being written becomes one
        store = self._session.flushed_store()
        if store is None:
            return
        try:
            if self.passphrase.text():
                self._session.key.open(self.passphrase.text())
            by = self._session.by
        except DeskError as error:
            self._refuse(str(error))
            return
        article = [self._article.id] if what == _THIS and self._article.id else None

        def make() -> BundleSummary:
            lacking = person if what == _LACKING else None
            sealed = person if self._is_sealed(person) else None
            return bundle.write(store, to, article, by=by, unseen_by=lacking, sealed_to=sealed)

        self.buttons.setEnabled(False)
        self._jobs.run(make, done=partial(self._say_written, to), refused=self._refuse)

    def reject(self) -> None:
        """Closes it; not while the file is being written, which is one piece and soon done."""
        if not self._jobs.is_busy:
            super().reject()

    def _is_sealed(self, person: Staff | None) -> bool:
        return person is not None and self.is_sealed.isEnabled() and self.is_sealed.isChecked()

    def _show(self) -> None:
        """A bundle of what somebody lacks is for somebody; only who has a key can be sealed to."""
        person = self.to.currentData()
        self.is_sealed.setEnabled(person in self._with_key)
        save = self.buttons.button(QDialogButtonBox.StandardButton.Save)
        save.setEnabled(bool(person) or self.what.currentData() != _LACKING)

    def _say_written(self, to: Path, made: BundleSummary) -> None:
        articles, files = quantity(made.articles, "article", "articles"), quantity(made.files, "picture", "pictures")
        said = self.tr("Handed over in {file}: {articles}, {files}.").format(file=to, articles=articles, files=files)
        if made.missing:
            lacking = quantity(made.missing, "picture is", "pictures are")
            said += " " + self.tr("{pictures} not on this computer and stayed behind.").format(pictures=lacking)
        self.written.emit(said, to)
        self.accept()

    def _refuse(self, sentence: str) -> None:
        self.buttons.setEnabled(True)
        self._show()
        self.verdict.setText(sentence)
        self.verdict.show()

    def _choose(self) -> None:
        kinds = f"{self.tr('Articles handed over')} (*{BUNDLE_SUFFIX})"
        name, _ = QFileDialog.getSaveFileName(self, self.windowTitle(), self.file.text(), kinds)
        if name:
            self.file.setText(name)

    def _lay_out(self) -> None:
        choose = QPushButton(self.tr("Choose…"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        where = QHBoxLayout()
        where.addWidget(self.file, 1)
        where.addWidget(choose)
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(self.tr("What"), self.what)
        form.addRow(self.tr("For"), self.to)
        form.addRow("", self.is_sealed)
        form.addRow(self.tr("File"), where)
        for label, field in ((self.tr("What"), self.what), (self.tr("For"), self.to), (self.tr("File"), self.file)):
            field.setAccessibleName(label)
        if not self._session.key.is_open and self._session.key.is_sealed:
            form.addRow(self.tr("Your passphrase"), self.passphrase)
            self.passphrase.setAccessibleName(self.tr("Your passphrase"))
        note = QLabel(self.tr("Text, history, comments and pictures go along, signed with your key."), wordWrap=True)
        note.setProperty("role", "soft")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addLayout(form)
        column.addWidget(note)
        column.addWidget(self.verdict)
        column.addStretch(1)
        column.addWidget(self.buttons)
        clear_when_edited(self, self.verdict)
