"""Handing stories over as a file: for whom, what goes into it, who can open it, and what happens next."""

import textwrap
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ovn_desk.domain.article import ArticleId, StaffId
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Role, Staff
from ovn_desk.domain.texts import slug_of
from ovn_desk.sync import BUNDLE_SUFFIX, bundle
from ovn_desk.sync.bundle import BundleSummary
from ovn_desk.ui.background.jobs import Latest, Worker
from ovn_desk.ui.sharing import file_names, next_words
from ovn_desk.ui.state.clock import newsroom_now
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets import fitting
from ovn_desk.ui.widgets.inputs import Choice
from ovn_desk.ui.widgets.phrases import quantity
from ovn_desk.ui.widgets.refusal import clear_when_edited
from ovn_desk.ui.widgets.saving_place import suggest_file
from ovn_desk.usecases import handing_over, join_requests, joining, queries, store_settings
from ovn_desk.usecases.handing_over import HandedOver
from ovn_desk.usecases.queries import Readable

THIS, UNSEEN, ALL, REQUEST = range(4)
"""What goes into the file: the open story, what somebody is not known to have, everything, or who asks to join."""

_SHOWN = 48  # letters of a headline


class HandOverDialog(QDialog):
    """Writes a bundle that the person at the desk signs; `written` says what it is and where it lies."""

    written = Signal(str, object)

    def __init__(
        self,
        session: Session,
        article: OpenArticle,
        text: WorkingText,
        parent: QWidget,
        *,
        person: StaffId | None = None,
    ) -> None:
        """It is for this `person` at first, where one is named."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Hand over as a file"))
        self._session, self._article, self._text, self._story = session, article, text, article.id
        article.opened.connect(self._leave_story)
        self._jobs, self._counts = Worker(self), Latest(self)
        invited = queries.ask(session.store, joining.invited_people)
        staff = [one for one in queries.active_staff(session.store) if one.id != session.person.id]
        self._people, self._invited = {one.id: one for one in (*staff, *invited)}, {one.id for one in invited}
        self._with_key = queries.staff_with_key(session.store)
        request = queries.ask(session.store, join_requests.own_request)
        self._is_asking = request is not None and request.person == session.person.id
        self._wants_seal, self._wants_whole_seal = True, False
        self._unseen: list[ArticleId] | None = None
        """The stories that the person chosen is not known to have; None while that is being counted."""
        self._named = ""
        """The name of the file as it was proposed last: one that somebody typed stays."""
        self.to = Choice()
        for one in self._people.values():
            said = self.tr("{name}, {role}, invited") if one.id in self._invited else self.tr("{name}, {role}")
            self.to.addItem(said.format(name=one.name, role=one.role), one.id)
        self.to.addItem(self.tr("Whoever gets the file"), "")
        self.what = QButtonGroup(self)
        self.choices = {kind: QRadioButton() for kind in (THIS, UNSEEN, ALL, REQUEST)}
        for kind, button in self.choices.items():
            self.what.addButton(button, kind)
        self.is_sealed = QCheckBox()
        self.file, self.folder = QLineEdit(), QLineEdit()
        self.passphrase = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.inside, self.next = QLabel(wordWrap=True), QLabel(wordWrap=True)
        self.verdict = QLabel(wordWrap=True)
        self.verdict.setProperty("chip", "bad")
        self.verdict.hide()
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Save | kinds.Cancel)
        self._save = self.buttons.button(kinds.Save)
        self._save.setText(self.tr("Write the file"))
        self._save.setObjectName("primary")
        self._lay_out()
        self._begin(person)
        self.to.currentIndexChanged.connect(lambda _: self._choose_person())
        self.what.idClicked.connect(lambda _: self._show())
        self.is_sealed.clicked.connect(self._choose_seal)
        self.buttons.accepted.connect(self.write)
        self.buttons.rejected.connect(self.reject)
        self.finished.connect(lambda _: self._counts.finish())

    def _leave_story(self) -> None:
        """Another story is open: “this story” would be another one than was meant."""
        if self._article.id != self._story:
            self.reject()

    @property
    def person(self) -> Staff | None:
        """Whom it is for; none for anybody in the newsroom."""
        return self._people.get(self.to.currentData())

    @property
    def _is_unconfirmed(self) -> bool:
        """Whether the open story is by the person here, who is not let in yet."""
        folded = self._article.folded
        return self._is_asking and folded is not None and folded.reporter == self._session.person.id

    def write(self) -> None:
        """Writes the bundle off the window's thread, under a name that no other file has."""
        if not self.file.text().strip():
            self._refuse(self.tr("Give the file a name."))
            return
        try:
            if self.passphrase.text():
                self._session.key.open(self.passphrase.text())
            by, to = self._session.by, self._free_path()
        except DeskError as error:
            self._refuse(str(error))
            return
        kind, person, me = self.what.checkedId(), self.person, self._session.person
        if not self._article.edit_refusal:
            self._article.save()  # what travels are versions: what is being written becomes one
        store = self._session.flushed_store()
        if store is None:
            return
        articles = [self._article.id] if kind == THIS and self._article.id else [] if kind == REQUEST else None
        for_whom = {
            "unseen_by": person if kind == UNSEEN else None,
            "sealed_to": person if self.is_sealed.isChecked() else None,
            "addressee": person,
        }

        def make() -> tuple[BundleSummary, int]:
            if kind in {UNSEEN, ALL}:
                handing_over.save_texts(store, by=by)
            stories = queries.ask(store, bundle.unseen_articles, person) if kind == UNSEEN and person else articles
            state = queries.ask(store, handing_over.state_of, stories)
            made = bundle.write(store, to, articles, by=by, is_new=True, **for_whom)
            if person and kind != REQUEST:
                handing_over.remember(store, person, state, at=datetime.now(UTC))
            store_settings.set_handed_over(store, str(to.parent), person.id if person else "")
            left = [] if kind == REQUEST else queries.ask(store, handing_over.stories_left, me, stories)
            return made, len(left)

        self._save.setEnabled(False)
        self._jobs.run(make, done=self._say_written, refused=self._refuse)

    def reject(self) -> None:
        """Closes it; not while the file is being written, which is one piece and soon done."""
        if not self._jobs.is_busy:
            super().reject()

    # What is asked, and what it begins with

    def _begin(self, person: StaffId | None) -> None:
        """Presets whom the open story concerns besides the person here, or who got the last file."""
        store, folded = self._session.store, self._article.folded
        wanted: list[str | None] = [person, *([folded.holder, folded.reporter] if folded else [])]
        wanted += [one.id for one in self._people.values() if one.role is Role.CHIEF and self._is_asking]
        wanted += [store_settings.last_handed_to(store), *self._people]
        first = next((one for one in wanted if one in self._people), "")
        self.to.setCurrentIndex(self.to.findData(first))
        self.choices[THIS].setVisible(folded is not None)
        self.choices[REQUEST].setVisible(self._is_asking)
        usual = REQUEST if self._is_asking else UNSEEN if first else ALL
        is_usual_story = person is None and folded is not None and self._is_unconfirmed is self._is_asking
        self.choices[THIS if is_usual_story else usual].setChecked(True)
        remembered = store_settings.hand_over_folder(store)
        is_there = bool(remembered) and Path(remembered).is_dir()
        self.folder.setText(remembered if is_there else suggest_file(""))
        self._choose_person()

    def _choose_person(self) -> None:
        """Counts what this person is not known to have."""
        person, store, me = self.person, self._session.flushed_store() or self._session.store, self._session.person
        self._unseen, self._handed = None, HandedOver()
        if person is not None:
            self._counts.ask(
                lambda: _unseen_stories(store, person, me),
                done=self._show_unseen,
                refused=self._refuse,
            )
        elif self.what.checkedId() == UNSEEN:
            self.choices[ALL].setChecked(True)
        self._show()

    def _choose_seal(self, is_wanted: bool) -> None:  # noqa: FBT001 - Qt's signal
        if self.what.checkedId() == ALL:
            self._wants_whole_seal = is_wanted
        else:
            self._wants_seal = is_wanted
        self._show()

    def _show_unseen(self, found: tuple[list[ArticleId], HandedOver]) -> None:
        self._unseen, self._handed = unseen, _ = found
        if not unseen and self.choices[UNSEEN].isChecked():
            self.choices[THIS if self._article.id else ALL].setChecked(True)
        self._show()

    def _show(self) -> None:
        """Says in words what will be in the file, who can open it, and what is to be done with it."""
        name, kind, unseen = self.person.name if self.person else "", self.what.checkedId(), self._unseen
        headline = textwrap.shorten(self._text.content.headline, _SHOWN, placeholder="…")
        headline = headline or self.tr("No headline yet")
        self.choices[THIS].setText(self.tr("This story: {headline}").format(headline=headline))
        self.choices[ALL].setText(self.tr("The whole newsroom, to set up a laptop"))
        self.choices[UNSEEN].setText(self._name_unseen(name))
        self.choices[UNSEEN].setEnabled(bool(unseen))
        self.choices[REQUEST].setText(self.tr("Only that you ask to be let in"))
        can_seal = self.person is not None and self.person.id in self._with_key
        self.is_sealed.setEnabled(can_seal)
        self.is_sealed.setChecked(can_seal and (self._wants_whole_seal if kind == ALL else self._wants_seal))
        self.is_sealed.setText(
            self.tr("Only {name} can open it").format(name=name) if name else self.tr("Only one person can open it")
        )
        sentences = [self._describe_inside(kind), self._describe_seal(name)]
        if kind == THIS and self._is_unconfirmed:
            sentences.append(
                self.tr("You are not let in yet: there it is shown as not yet confirmed, until a chief lets you in.")
            )
        self.inside.setText(" ".join(sentences))
        self.next.setText(next_words.describe_next(name, is_whole=kind == ALL))
        if self.file.text() == self._named:
            self._named = self._propose_name()
            self.file.setText(self._named)
        self._save.setEnabled(kind != UNSEEN or bool(unseen))

    def _name_unseen(self, name: str) -> str:
        if not name:
            return self.tr("What somebody is not known to have: choose for whom")
        if self._unseen is None:
            return self.tr("What {name} is not known to have").format(name=name)
        if not self._unseen:
            return self.tr("What {name} is not known to have: nothing").format(name=name)
        return next_words.describe_unseen(name, len(self._unseen), self._handed, newsroom_now(self._session.house))

    def _describe_inside(self, kind: int) -> str:
        if kind == THIS:
            return self.tr(
                "In the file: the story with its versions, comments, sources and pictures, and who is in the newsroom."
            )
        if kind == UNSEEN:
            inside = self.tr(
                "In the file: each of these stories with its versions, comments, sources and pictures, and who is in "
                "the newsroom."
            )
            handed = next_words.describe_handed(
                len(self._unseen or ()), self._handed, newsroom_now(self._session.house)
            )
            return " ".join(part for part in (handed, inside) if part)
        if kind == REQUEST:
            return self.tr("In the file: who you are, and the number of your key. No story goes along.")
        return self.tr(
            "In the file: every story with its versions, comments, sources and pictures, people and settings."
        )

    def _describe_seal(self, name: str) -> str:
        return next_words.describe_seal(
            name,
            is_whole=self.what.checkedId() == ALL,
            is_sealed=self.is_sealed.isChecked(),
            may_be_sealed=self.is_sealed.isEnabled(),
            is_invited=self.to.currentData() in self._invited,
        )

    # The file

    def _propose_name(self) -> str:
        """A name that says what is in it and for whom, and that no file in the folder has."""
        kind, person = self.what.checkedId(), self.person
        story = slug_of(self._text.content.headline, limit=40) if self._text.content.headline else self._article.slug
        house, asker = slug_of(self._session.house.name, limit=40), slug_of(self._session.person.name)
        what = {THIS: story or "story", UNSEEN: "new", ALL: house, REQUEST: f"{asker}-asks"}[kind]
        parts = [what, f"for-{slug_of(person.name.split()[0])}" if person else "", self._session.today]
        return file_names.free_name(self.folder.text(), "-".join(part for part in parts if part))

    def _free_path(self) -> Path:
        """Where the file goes: a whole path may be typed as its name, and one that is taken gets a number."""
        to = file_names.free_path(self.folder.text(), self.file.text())
        self.folder.setText(str(to.parent))
        self.file.setText(to.name.removesuffix(BUNDLE_SUFFIX))
        return to

    def _say_written(self, result: tuple[BundleSummary, int]) -> None:
        made, left = result
        what = {
            THIS: f"“{self._text.content.headline or self.tr('No headline yet')}”",
            UNSEEN: quantity(made.articles, "story", "stories"),
            ALL: self.tr("the whole newsroom, {stories}").format(stories=quantity(made.articles, "story", "stories")),
            REQUEST: self.tr("that you ask to be let in"),
        }[self.what.checkedId()]
        name = self.person.name if self.person else ""
        said = self.tr("Written to {file} in {folder}: {what}.").format(
            file=made.path.name, folder=made.path.parent, what=what
        )
        if made.missing:
            lacking = quantity(made.missing, "picture or file is", "pictures or files are")
            said += " " + self.tr("{pictures} not on this computer and stayed behind.").format(pictures=lacking)
        by_hand = self.what.checkedId() == ALL and not self.is_sealed.isChecked()
        more = (next_words.describe_left(left), next_words.describe_way(name, is_by_hand=by_hand))
        self.written.emit(" ".join(filter(None, [said, *more])), made.path)
        self.accept()

    def _refuse(self, sentence: str) -> None:
        self._show()
        self.verdict.setText(sentence)
        self.verdict.show()

    def _choose_folder(self) -> None:
        if chosen := QFileDialog.getExistingDirectory(self, self.tr("Write the file into"), self.folder.text()):
            self.folder.setText(chosen)
            self._show()

    def _lay_out(self) -> None:
        fitting.resize_to_fit(self, 620, 480)
        choose = QPushButton(self.tr("Choose…"))
        choose.setAccessibleName(self.tr("Choose the folder"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose_folder)
        named, where, what = QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        named.addWidget(self.file, 1)
        named.addWidget(QLabel(BUNDLE_SUFFIX))
        where.addWidget(self.folder, 1)
        where.addWidget(choose)
        what.setSpacing(0)
        for button in self.choices.values():
            what.addWidget(button)
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(self.tr("For"), self.to)
        form.addRow(self.tr("What"), what)
        form.addRow("", self.is_sealed)
        form.addRow(self.tr("Name"), named)
        form.addRow(self.tr("Folder"), where)
        fields = ((self.tr("For"), self.to), (self.tr("Name of the file"), self.file), (self.tr("Folder"), self.folder))
        for label, field in fields:
            field.setAccessibleName(label)
        if not self._session.key.is_open and self._session.key.is_sealed:
            form.addRow(self.tr("Your passphrase"), self.passphrase)
            self.passphrase.setAccessibleName(self.tr("Your passphrase"))
        rule = QFrame()
        rule.setObjectName("rule")
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(24, 20, 24, 8)
        column.setSpacing(10)
        column.addLayout(form)
        column.addWidget(rule)
        column.addWidget(self.inside)
        column.addWidget(self.next)
        column.addWidget(self.verdict)
        column.addStretch(1)
        room = QScrollArea(widgetResizable=True)  # a low screen has room for less
        room.setFrameShape(QFrame.Shape.NoFrame)
        room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        room.setWidget(inner)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 8, 24, 16)
        foot.addWidget(self.buttons)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(room, 1)
        whole.addLayout(foot)
        clear_when_edited(self, self.verdict)


def _unseen_stories(store: Readable, person: Staff, me: Staff) -> tuple[list[ArticleId], HandedOver]:
    """The stories that a colleague is not known to have as they will be here once texts are versions.

    And which of them, without a text, were handed to them.
    """
    unseen, texts = queries.ask(store, bundle.unseen_articles, person), handing_over.stories_with_text
    unfinished = set(queries.ask(store, texts, me))
    waiting = [article for article in unseen if article not in unfinished]
    return sorted({*unseen, *unfinished}), queries.ask(store, handing_over.find_handed_over, person, waiting)
