"""Uploading to WordPress from the Export view: where to, what that would do, and then doing it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.errors import DeskError
from ovn_desk.signing import Signer
from ovn_desk.text.helper import RenderHelper
from ovn_desk.ui.background.jobs import Worker
from ovn_desk.ui.export.outcome import Outcome
from ovn_desk.ui.state.notices import Notice, Notices
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.widgets import fitting
from ovn_desk.ui.widgets.phrases import quantity
from ovn_desk.usecases import queries, store_settings
from ovn_desk.usecases.queries import Store

if TYPE_CHECKING:
    from ovn_desk.usecases.uploading import Uploaded

_SILENCE = 20.0  # seconds: so long a site that says nothing holds the desk when it is closed, at most


class UploadDialog(QDialog):
    """Asks the site what would be done, and does that once it was seen; closed, it stops between two requests."""

    progressed = Signal(int, int)

    def __init__(self, session: Session, notices: Notices, ids: Sequence[ArticleId], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Upload to WordPress"))
        fitting.resize_to_fit(self, 640, 560)
        self._session, self._notices, self._ids = session, notices, tuple(ids)
        self._jobs = Worker(self)
        self._is_stopped = False
        self.site = QLineEdit(placeholderText="https://news.example")
        self.user = QLineEdit()
        self.password = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.is_kept = QCheckBox(self.tr("Keep the password in this login's keyring"))
        self.is_live = QCheckBox(self.tr("Publish at once; otherwise new posts are drafts"))
        self.may_overwrite = QCheckBox(self.tr("Also overwrite posts that were changed on the site"))
        self.outcome = Outcome()
        self.look = QPushButton(self.tr("Check what would be done"))
        self.go = QPushButton(self.tr("Upload"))
        self.go.setObjectName("primary")
        self.leave = QPushButton(self.tr("Close"))
        self.progress = QProgressBar(textVisible=False)
        self._lay_out()
        self._connect()
        last_site, last_user = store_settings.upload_login(session.store)
        self.site.setText(last_site)
        self.user.setText(last_user)
        self._forget_rehearsal()

    def rehearse(self) -> None:
        """Asks the site what would be done."""
        self._run(self._show_rehearsal, is_rehearsal=True)

    def upload(self) -> None:
        """Does what was seen."""
        if self.go.isEnabled():
            self._run(self._show_upload, is_rehearsal=False)

    def finish(self) -> None:
        """Ends the work under way."""
        self._is_stopped = True
        self._jobs.finish()

    def reject(self) -> None:
        """Stops what is under way, which says how far it came; with nothing under way it closes."""
        if self._jobs.is_busy:
            self._is_stopped = True
            self.leave.setEnabled(False)
            return
        super().reject()

    def _run(self, done: Callable[[Any], None], *, is_rehearsal: bool) -> None:
        if self._jobs.is_busy:
            return
        session = self._session
        store = session.flushed_store()
        if store is None:
            return
        from ovn_desk.usecases import uploading  # only those who upload need its libraries

        try:
            site, user = uploading.address(self.site.text()), self.user.text().strip()
        except DeskError as error:
            self.outcome.say(str(error))
            return
        if not user:
            self.outcome.say(self.tr("Name the user there who has the application password."))
            return
        how = uploading.How(self.is_live.isChecked(), self.may_overwrite.isChecked(), is_rehearsal)
        work = partial(
            _upload,
            store,
            self._ids,
            uploading.Access(site, user, self.password.text()),
            how,
            by=session.by,
            renderer=session.renderer,
            is_kept=self.is_kept.isChecked(),
            is_stopped=lambda: self._is_stopped,
            progress=self._move,
        )
        self._is_stopped = False
        self.progress.setRange(0, 0)
        self.outcome.say(self.tr("Asking the site…") if is_rehearsal else self.tr("Uploading…"))
        self._jobs.run(work, done=done, refused=self._refuse)
        self._show_busy(is_busy=True)

    def _move(self, done: int, whole: int) -> bool:
        self.progressed.emit(done, whole)
        return not self._is_stopped

    def _show_rehearsal(self, found: "Uploaded") -> None:
        self._show_busy(is_busy=False)
        self._show_found(found, _rehearsal_sentence(found))
        self.go.setEnabled(bool(found.new or found.changed or found.unchanged))
        self.go.setFocus()

    def _show_upload(self, found: "Uploaded") -> None:
        self._show_busy(is_busy=False)
        self.password.clear()
        self._show_found(found, _upload_sentence(found))
        site = QUrl(self.site.text().strip())
        answers = [(self.tr("Open the site"), lambda _: QDesktopServices.openUrl(site))]
        self._notices.said.emit(Notice(_upload_sentence(found), answers=answers))
        self.go.setEnabled(False)

    def _show_found(self, found: "Uploaded", sentence: str) -> None:
        left_out = (*found.refused, *found.waiting)
        headlines = queries.headlines(self._session.store, [one.id for one in left_out])
        self.outcome.show_groups(
            sentence,
            (
                (self.tr("New"), [sent.headline for sent in found.new]),
                (self.tr("Changed"), [sent.headline for sent in found.changed]),
                (self.tr("Unchanged"), [sent.headline for sent in found.unchanged]),
                (self.tr("New pictures, categories and tags"), found.added),
                (self.tr("Good to know"), found.notes),
            ),
            {self.tr("Refused"): found.refused, self.tr("Not yet"): found.waiting},
            headlines,
        )

    def _refuse(self, sentence: str) -> None:
        self._show_busy(is_busy=False)
        self.outcome.say(sentence)
        self.go.setEnabled(False)

    def _forget_rehearsal(self) -> None:
        """What was asked for is not what was looked at any more."""
        self.go.setEnabled(False)
        if not self._jobs.is_busy:
            count = quantity(len(self._ids), "article", "articles")
            self.outcome.say(self.tr("{articles} chosen. Nothing is sent before you check.").format(articles=count))

    def _show_busy(self, *, is_busy: bool) -> None:
        for widget in (self.site, self.user, self.password, self.is_live, self.may_overwrite, self.look):
            widget.setEnabled(not is_busy)
        self.is_kept.setEnabled(not is_busy)
        if is_busy:
            self.go.setEnabled(False)
        self.leave.setEnabled(True)
        self.leave.setText(self.tr("Stop") if is_busy else self.tr("Close"))
        self.progress.setVisible(is_busy)

    def _show_progress(self, done: int, whole: int) -> None:
        self.progress.setRange(0, whole)
        self.progress.setValue(done)
        self.outcome.say(self.tr("{done} of {whole} stories").format(done=done, whole=whole))

    def _connect(self) -> None:
        for field in (self.site, self.user, self.password):
            field.textEdited.connect(self._forget_rehearsal)
        for box in (self.is_live, self.may_overwrite):
            box.toggled.connect(self._forget_rehearsal)
        self.look.clicked.connect(self.rehearse)
        self.go.clicked.connect(self.upload)
        self.leave.clicked.connect(self.reject)
        self.progressed.connect(self._show_progress)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for label, field in (
            (self.tr("Site"), self.site),
            (self.tr("User name on the site"), self.user),
            (self.tr("Application password"), self.password),
        ):
            form.addRow(label, field)
            field.setAccessibleName(label)
        for box in (self.is_kept, self.is_live, self.may_overwrite):
            form.addRow("", box)
        note = QLabel(
            self.tr(
                "WordPress makes an application password under Users, Profile. "
                "Left empty, the one in the keyring is taken."
            ),
            wordWrap=True,
        )
        note.setProperty("role", "soft")
        self.progress.hide()
        end = QHBoxLayout()
        end.setSpacing(12)
        for button in (self.look, self.go):
            end.addWidget(button)
        end.addWidget(self.progress, 1)
        end.addStretch()
        end.addWidget(self.leave)
        self.leave.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addLayout(form)
        column.addWidget(note)
        column.addWidget(self.outcome, 1)
        column.addLayout(end)


def _upload(
    store: Store,
    ids: Sequence[ArticleId],
    access: Any,
    how: Any,
    *,
    by: Signer,
    renderer: RenderHelper,
    is_kept: bool,
    is_stopped: Callable[[], bool],
    progress: Callable[[int, int], bool],
) -> "Uploaded":
    """The round, off the window's thread; the keyring, too, may ask and take its time."""
    from ovn_desk.usecases import uploading

    if is_kept:
        uploading.check_keyring()
    password = access.password or uploading.kept_password(access.site, access.user)
    if not password:
        raise DeskError(_tr("Give the application password: none is kept for this site and user."))
    access = uploading.Access(access.site, access.user, password)
    store_settings.set_upload_login(store, access.site, access.user)
    with uploading.Site(access, silence=_SILENCE, is_stopped=is_stopped) as site:
        done = uploading.upload(store, ids, site, by=by, renderer=renderer, how=how, progress=progress)
    if is_kept:  # only one that the site knew
        uploading.keep_password(access)
    return done


def _tr(text: str) -> str:
    return QCoreApplication.translate("Upload", text)


def _rehearsal_sentence(found: "Uploaded") -> str:
    if not found.new and not found.changed:
        return _tr("The site is up to date.") if found.unchanged else _tr("Nothing can be uploaded.")
    return _tr("{new} to create, {changed} to change, {same} to leave.").format(
        new=quantity(len(found.new), "post", "posts"), changed=len(found.changed), same=len(found.unchanged)
    )


def _upload_sentence(found: "Uploaded") -> str:
    return _tr("Uploaded: {new} created, {changed} changed, {same} left.").format(
        new=quantity(len(found.new), "post", "posts"), changed=len(found.changed), same=len(found.unchanged)
    )
