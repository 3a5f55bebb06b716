"""Taking in what a colleague handed over: a look at it first, then all of it or nothing."""

import textwrap
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ovn_desk import signing
from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.errors import DeskError
from ovn_desk.sync import bundle
from ovn_desk.sync.bundle import Meeting, Preview
from ovn_desk.sync.exchange import IngestReport
from ovn_desk.ui.background.jobs import Worker
from ovn_desk.ui.sharing.coming_words import describe_coming, describe_effects, describe_meeting
from ovn_desk.ui.state.clock import newsroom_now, newsroom_time
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.widgets import fitting
from ovn_desk.ui.widgets.phrases import day_and_time, join_parts, quantity
from ovn_desk.ui.widgets.refusal import clear_when_edited
from ovn_desk.usecases import drafts, merging, people

_HEADLINE = 60  # letters
_LOW, _HIGH, _FEW = 320, 500, 3
"""The height in pixels with a few stories and with many, and how many are few."""


class TakeInDialog(QDialog):
    """Shows what a bundle would bring; `came` carries what it brought, once it is in the store."""

    came = Signal(object, object)
    """What it brought, and the `Preview` that was looked at before."""
    kept = Signal(list)
    """The ids of the drafts that were made of its texts, as it is by somebody who has left."""
    inviting_wanted = Signal(str)
    """The name of whoever wrote it, who has left and may be invited again."""

    def __init__(self, session: Session, article: OpenArticle, file: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Take in {name}").format(name=file.name))
        fitting.resize_to_fit(self, 720, _LOW)
        self.setMinimumWidth(min(560, self.width()))
        self._session, self._article, self.file = session, article, file
        self._jobs = Worker(self)
        self._is_taking = False
        self.found: Preview | None = None
        """What would come, as soon as it was looked at."""
        self.progress = QProgressBar(textVisible=False)
        self.progress.setRange(0, 0)
        self.progress.setAccessibleName(self.tr("Taking in"))
        self.progress.hide()
        self.lead = QLabel(self.tr("Checking what is in it…"), wordWrap=True)
        self.effects = QLabel(wordWrap=True)
        """What it would do beyond adding."""
        self.effects.setProperty("chip", "warn")
        self.effects.hide()
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(self.tr("What would come in"))
        self.tree.setHeaderLabels([self.tr("Story"), self.tr("Here")])
        self.tree.setRootIsDecorated(False)
        self.verdict = QLabel(wordWrap=True)
        self.verdict.setProperty("chip", "bad")
        self.verdict.hide()
        self.passphrase = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.passphrase.setPlaceholderText(self.tr("Your passphrase: it is sealed to your key"))
        self.passphrase.setAccessibleName(self.tr("Your passphrase"))
        self._opening = QPushButton(self.tr("Open"))
        self.next = QLabel(wordWrap=True)
        """The files that wait to be looked at after this one."""
        self.next.setProperty("role", "soft")
        self.next.hide()
        self.keep = QPushButton(self.tr("Keep its texts as drafts of yours"), self)
        self._invite = QPushButton(self)
        for widget in (self.keep, self._invite):
            widget.hide()
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        self.button = self.buttons.button(kinds.Ok)
        self.button.setText(self.tr("Take in"))
        self.button.setObjectName("primary")
        self.button.setEnabled(False)
        self._lay_out()
        self._opening.clicked.connect(self.look)
        self.passphrase.returnPressed.connect(self.look)
        self.keep.clicked.connect(self.keep_texts)
        self._invite.clicked.connect(self._go_on_inviting)
        self.buttons.accepted.connect(self.take)
        self.buttons.rejected.connect(self.reject)
        self._begin()

    def say_next(self, files: Sequence[Path]) -> None:
        """Names the files that are looked at once this one is taken in, or is not."""
        self.next.setText(self.tr("Then: {files}").format(files=", ".join(file.name for file in files)))
        self.next.setVisible(bool(files))

    def look(self) -> None:
        """Reads the bundle off the window's thread; nothing is changed."""
        self.verdict.hide()
        store, words = self._session.flushed_store(), self.passphrase.text()
        if store is None:
            return
        self._jobs.run(
            lambda: bundle.preview_bundle(store, self.file, key=self._key(words)),
            done=self._show,
            refused=self._refuse,
        )

    def take(self) -> None:
        """Brings all of it in, and combines versions where nobody has to decide.

        What is being written here of a story that comes is a version before: so both sides are seen at once.
        """
        coming = self.found.articles if self.found else ()
        if self._article.id in {one.id for one in coming} and not self._article.edit_refusal:
            self._article.save()
        store, words = self._session.flushed_store(), self.passphrase.text()
        if store is None:
            return

        def bring() -> IngestReport:
            came = bundle.import_bundle(store, self.file, key=self._key(words))
            merging.combine(store, came.articles)
            return came

        self._show_taking(is_taking=True)
        self._jobs.run(bring, done=self._say_came, refused=self._refuse)

    def keep_texts(self) -> None:
        """Makes drafts of the texts of a file by somebody who has left; nothing that they signed counts by it."""
        store, words = self._session.flushed_store(), self.passphrase.text()
        if store is None:
            return
        try:
            by = self._session.by
        except DeskError as error:
            self._refuse(str(error))
            return

        def make() -> list[ArticleId]:
            texts, files = bundle.read_texts(self.file, key=self._key(words))
            return drafts.keep_texts(store, texts, files, by=by)

        self.keep.setEnabled(False)
        self._show_taking(is_taking=True)
        self._jobs.run(make, done=self._say_kept, refused=self._refuse)

    def _go_on_inviting(self) -> None:
        name = self.found.names[self.found.writer] if self.found else ""
        self.accept()
        self.inviting_wanted.emit(name)

    def _say_kept(self, made: list[ArticleId]) -> None:
        self.kept.emit(made)
        self.accept()

    def reject(self) -> None:
        """Closes it; not while all of it comes in, which is one piece and soon done."""
        if not self._is_taking:
            super().reject()

    def _show_taking(self, *, is_taking: bool) -> None:
        self._is_taking = is_taking
        self.buttons.setEnabled(not is_taking)
        self.progress.setVisible(is_taking)

    def _begin(self) -> None:
        """Asks for a passphrase only where the bundle and the key want one."""
        self._ask_for_passphrase(is_asked=False)
        try:
            path = self._key_file()
            is_asked = path is not None and signing.is_sealed(path)
        except DeskError as error:
            self._refuse(str(error))
            return
        if is_asked:
            self._ask_for_passphrase(is_asked=True)
            self.lead.setText(self.tr("This file is sealed for you: your passphrase opens it."))
            self.passphrase.setFocus()
        else:
            self.look()

    def _ask_for_passphrase(self, *, is_asked: bool) -> None:
        for widget in (self.passphrase, self._opening):
            widget.setVisible(is_asked)

    def _key_file(self) -> Path | None:
        """The key here that the bundle is sealed to; none for an open one. Raises DeskError where it is not here."""
        wanted = bundle.sealed_to(self.file)
        return people.sealed_key_file(self._session.store, wanted) if wanted else None

    def _key(self, words: str) -> signing.Key | None:
        path = self._key_file()
        return signing.open_key(path, passphrase=words) if path else None

    def _show(self, found: Preview) -> None:
        self.found = found
        now, me = newsroom_now(self._session.house), self._session.person.id
        made = day_and_time(newsroom_time(self._session.house, datetime.fromisoformat(found.made_at)), now)
        self.lead.setText(self._describe(found, made))
        somebody = self.tr("somebody who is not known here")
        names = defaultdict(lambda: somebody, found.names)
        self.tree.clear()
        for one in sorted(found.articles, key=lambda one: (one.is_here, one.meeting is not Meeting.DECISION)):
            headline = textwrap.shorten(one.headline, _HEADLINE, placeholder="…") or self.tr("No headline yet")
            said = f"{headline}\n{describe_coming(one, names)}".strip()
            self.tree.addTopLevelItem(QTreeWidgetItem([said, describe_meeting(one, names, me=me)]))
        self.tree.resizeColumnToContents(1)
        self.effects.setText(describe_effects(found.effects, found.articles, names, me=me, now=now))
        self.effects.setVisible(bool(self.effects.text()) and not found.refusal)
        if len(found.articles) > _FEW:
            fitting.resize_to_fit(self, max(self.width(), 720), _HIGH)
        is_any = bool(found.people or found.files or any(not one.is_here for one in found.articles))
        self.button.setEnabled(not found.problem and is_any)
        if not is_any and not found.problem:
            self._offer_closing()
        self._fit()
        if found.refusal:
            said, has_left = found.problem, found.refusal.code in {bundle.WRITER_LEFT, bundle.ASKER_LEFT}
            if has_left and found.has_texts and not self._session.person.is_retired:
                self.buttons.addButton(self.keep, QDialogButtonBox.ButtonRole.ActionRole)  # a box shows each it has
                self.keep.show()
                said = f"{said} {self.tr('Its texts can be kept as drafts of yours.')}"
            if found.refusal.code == bundle.ASKER_LEFT and self._session.key.is_chiefs:
                self._invite.setText(self.tr("Invite {name} again…").format(name=names[found.writer]))
                self.buttons.addButton(self._invite, QDialogButtonBox.ButtonRole.ActionRole)
                self._invite.show()
            self._refuse(said)
            self._offer_closing()
        elif found.refused:
            first = found.refused[0]
            number = quantity(len(found.refused), "record", "records")
            said = self.tr("{number} would be refused, the first because it {why}.")
            self._warn(said.format(number=number, why=first.why))

    def _describe(self, found: Preview, made: str) -> str:
        """Whose file it is, and what is in it besides stories."""
        coming = [one for one in found.articles if not one.is_here]
        said = self.tr("From {name}, written {day}.")
        if found.is_asking:
            said = self.tr("From somebody who asks to be let in as {name}, written {day}. Nothing of it counts yet.")
        elif found.is_with_new_key:
            said = self.tr(
                "From {name}, written {day}, with a key that is new here: what you hand {name} can be sealed."
            )
        elif found.refusal and found.refusal.code == bundle.ASKER_LEFT:
            said = self.tr("From somebody who says that they are {name}, written {day}.")  # nothing proves it
        said = said.format(name=found.by, day=made)
        if found.refusal:
            return said
        if not (coming or found.people or found.files):
            return f"{said} {self.tr('All of it is here already.')}"
        parts = [quantity(len(coming), "story", "stories")] if coming else []
        parts += [quantity(found.files, "picture or file", "pictures and files")] if found.files else []
        if found.people and not (found.is_asking or found.is_with_new_key):
            parts.append(self.tr("news of who is in the newsroom"))
        return f"{said} {self.tr('It brings {parts}.').format(parts=join_parts(parts))}" if parts else said

    def _offer_closing(self) -> None:
        """There is nothing to take in: one button, which closes it."""
        self.button.hide()
        cancel = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setText(self.tr("Close"))
        cancel.setDefault(True)
        cancel.setFocus()

    def _fit(self) -> None:
        """As high as what there is to see: a list without a row is none."""
        self.tree.setVisible(self.tree.topLevelItemCount() > 0)
        if self.tree.isHidden():
            QTimer.singleShot(0, self, self.adjustSize)  # once the list is gone

    def _say_came(self, came: IngestReport) -> None:
        self.came.emit(came, self.found)
        self.accept()

    def _refuse(self, sentence: str) -> None:
        self._show_taking(is_taking=False)
        if self.found is None and self.passphrase.isHidden():
            self.lead.setText(self.tr("Nothing of it was taken in."))
            self._offer_closing()
        self.button.setEnabled(False)
        self._warn(sentence)
        self._fit()

    def _warn(self, sentence: str) -> None:
        self.verdict.setText(sentence)
        self.verdict.show()

    def _lay_out(self) -> None:
        secret = QHBoxLayout()
        secret.addWidget(self.passphrase, 1)
        secret.addWidget(self._opening)
        self._opening.setAutoDefault(False)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, header.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addWidget(self.lead)
        column.addLayout(secret)
        column.addWidget(self.effects)
        column.addWidget(self.tree, 1)
        column.addWidget(self.verdict)
        column.addWidget(self.progress)
        column.addWidget(self.next)
        column.addWidget(self.buttons)
        clear_when_edited(self, self.verdict)
