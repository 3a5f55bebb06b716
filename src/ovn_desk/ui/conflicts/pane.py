"""What has to be decided between two versions, in the order of the text, and the whole when all is decided."""

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ovn_desk.domain.article import ArticleId, StaffId
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.workflow import WITH_DESK
from ovn_desk.text.merge import Conflict, ConflictId, Take
from ovn_desk.ui.conflicts import reading_order
from ovn_desk.ui.conflicts.card import ConflictCard
from ovn_desk.ui.conflicts.sides import Side, again_words, sides
from ovn_desk.ui.conflicts.strip import VersionsStrip
from ovn_desk.ui.conflicts.wording import Wording
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.widgets.phrases import quantity
from ovn_desk.usecases import deciding, merging, queries
from ovn_desk.usecases.deciding import PendingChoice, PendingChoices
from ovn_desk.usecases.queries import Changes

_TYPING_MS = 600  # after which one's own words are kept


class ConflictsPane(QWidget):
    """Theirs beside mine; nothing of either is lost, both stay in the history. What is chosen is kept at once."""

    left = Signal()

    def __init__(self, session: Session, article: OpenArticle, notices: Notices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("deciding")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session, self._article, self._notices = session, article, notices
        self.strip = VersionsStrip(session, article)
        """For whoever writes, to be put above the text."""
        self._decision: merging.Decision | None = None
        self._of: ArticleId | None = None
        self._shown_to: tuple[StaffId, str] | None = None
        """For whom it was shown, and why they may not decide."""
        self._names: dict[Take, Side] = {}
        self._undo: list[tuple[ConflictId, PendingChoice]] = []
        self._unkept: set[ConflictId] = set()
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self.keep)
        self.cards: list[ConflictCard] = []
        self._passages: list[QLabel] = []
        self._title = QLabel(self.tr("Two versions"))
        self._title.setProperty("role", "sheet-title")
        self.lead = QLabel(wordWrap=True)
        self.lead.setProperty("role", "soft")
        self._heads = {take: QLabel(wordWrap=True) for take in (Take.THEIRS, Take.MINE)}
        self.button = QPushButton(self.tr("Keep this version"))
        self.button.setObjectName("primary")
        self.button.clicked.connect(self.decide)
        self.next = QPushButton(self.tr("Next undecided"))
        self.next.clicked.connect(self.go_to_next)
        self._key_words = QLabel(wordWrap=True)
        self.progress = QLabel()
        self.progress.setProperty("role", "soft")
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self._area = QScrollArea(widgetResizable=True)
        self._lay_out()
        session.committed.connect(self._follow_changes)
        article.changed.connect(self._follow_standing)
        article.opened.connect(self._forget)

    def open(self) -> bool:
        """Shows what is to be decided of the open article; false where that is nothing. What was chosen is there."""
        if self._article.id is None:
            return False
        if self._of != self._article.id or not self.isVisible():
            if not self._article.edit_refusal:
                self._article.save()  # what is being written is one of the versions
            if not self._show():
                return False
        QTimer.singleShot(0, self, self._begin_at_next)
        return True

    def decide(self) -> None:
        """Makes one version of the two, which is open then and has to be read before it is filed."""
        found, article = self._decision, self._article.id
        store = self._session.flushed_store()
        if found is None or article is None or store is None or not self.keep():
            return
        choices = {card.conflict.id: choice for card in self.cards if (choice := card.pending.choice) is not None}
        self._decision = None  # what comes of it is not news from elsewhere
        is_done = self._notices.try_action(
            lambda: merging.decide(store, article, choices, between=found.between, by=self._session.by)
        )
        if not is_done:
            self._show()
            return
        self._forget()
        if self._article.versions.are_undecided and self.open():
            return
        folded = self._article.folded
        is_with_desk = folded is not None and folded.state in WITH_DESK
        said = self.tr("Decided. Read the whole once more before it is signed.")
        if not is_with_desk:
            is_mine = folded is not None and folded.reporter == self._session.person.id
            to_file = self.tr("Decided. Read the whole once more before you file it.")
            said = to_file if is_mine else self.tr("Decided. Read the whole once more before it is filed.")
        self._notices.tell_of_story(said)
        self.left.emit()

    def keep(self) -> bool:
        """Keeps one's own words that were typed since; false where that could not be done, which the window says."""
        self._typing.stop()
        kept = [self._keep(card) for card in self.cards if card.conflict.id in self._unkept]
        return all(kept)

    def _begin_at_next(self) -> None:
        if self.isVisible():  # it may be decided or left by then
            self.go_to_next()

    def go_to_next(self) -> None:
        """The keyboard to the next thing that is not decided, from where it is; else to what ends the decision."""
        here = next(
            (place for place, card in enumerate(self.cards) if card.isAncestorOf(self.focusWidget() or self)), -1
        )
        here = next((place for place, card in enumerate(self.cards) if card.hasFocus()), here)
        order = [*self.cards[here + 1 :], *self.cards[: here + 1]]
        following = next((card for card in order if not card.is_decided), None)
        if following is not None:
            self._show_card(following)
        elif self.button.isEnabled():
            self.button.setFocus()

    def refresh_colours(self) -> None:
        """The theme changed."""
        if self._decision is not None:
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        else:
            super().keyPressEvent(event)

    def undo(self) -> None:
        """Takes back the choice that was made last."""
        if not self._undo:
            return
        name, before = self._undo.pop()
        card = next((card for card in self.cards if card.conflict.id == name), None)
        if card is not None:
            card.show_choice(before)
            self._keep(card)
            self._show_card(card)

    def hideEvent(self, event: QHideEvent) -> None:
        self.keep()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.keep()
        super().changeEvent(event)

    # What is shown

    def _show(self) -> bool:
        """Reads the decision anew, with what was chosen before; false where there is nothing to decide."""
        article = self._article.id
        if article is None:
            return False
        try:
            found = queries.ask(self._session.store, merging.next_decision, article)
        except DeskError as error:
            self._notices.refused.emit(str(error))
            return False
        conflicts = found.merged.conflicts
        kept = queries.ask(self._session.store, deciding.pending_choices, article, conflicts)
        self._decision, self._of, self._undo = found, article, []
        self._shown_to = self._session.person.id, self._article.edit_refusal
        self._names = sides(self._session, found)
        self._fill(found, kept)
        headline = self._article.folded and queries.headline(self._session.store, article)
        self._title.setText(
            self.tr("Two versions of “{headline}”").format(headline=headline or self.tr("No headline yet"))
        )
        self.lead.setText(self._lead(found, kept))
        self.lead.setVisible(bool(self.lead.text()))
        for take, label in self._heads.items():
            label.setText(self._names[take].head)
        self._count()
        return True

    def _lead(self, found: merging.Decision, kept: PendingChoices) -> str:
        why = self._article.edit_refusal
        said = [self.tr("You can look at both, not decide. {why}").format(why=why) if why else ""]
        if found.is_again and found.merged.conflicts:
            said.append(again_words(self._session, found))
        if found.more:
            more = quantity(found.more, "version", "versions")
            said.append(self.tr("After this, {n} more.").format(n=more))
        if kept.changed:
            number = quantity(len(kept.changed), "thing", "things")
            said.append(self.tr("{number} changed since you chose, and is asked again.").format(number=number))
        if not found.merged.conflicts:
            said.append(self.tr("Nothing is in conflict: read the whole, and keep it."))
        return " ".join(filter(None, said))

    def _fill(self, found: merging.Decision, kept: PendingChoices) -> None:
        for widget in (*self.cards, *self._passages):
            widget.setParent(None)
            widget.deleteLater()
        self.cards, self._passages, self._unkept = [], [], set()
        wording = Wording(found.merged, self._session.house)
        is_enabled = not self._article.edit_refusal
        for place, entry in enumerate(reading_order.entries(found.merged, self._names)):
            if isinstance(entry, Conflict):
                self._list.insertWidget(place, self._make_card(entry, wording, kept, is_enabled=is_enabled))
            else:
                self._passages.append(_passage(entry))
                self._list.insertWidget(place, self._passages[-1])
        for text in kept.left:
            label = _left_words(text)
            self._passages.append(label)
            self._list.insertWidget(self._list.count() - 1, label)

    def _make_card(
        self, conflict: Conflict, wording: Wording, kept: PendingChoices, *, is_enabled: bool
    ) -> ConflictCard:
        card = ConflictCard(conflict, wording, self._names)
        card.is_enabled = is_enabled
        note = ""
        if conflict.id in kept.changed:
            note = self.tr("One of the versions changed since you chose here. What you typed is kept.")
        card.show_choice(kept.by_conflict.get(conflict.id, PendingChoice()), note)
        card.chosen.connect(lambda made, card=card: self._choose(card, made))
        card.typed.connect(lambda card=card: self._follow_typing(card))
        card.undo_wanted.connect(self.undo)
        card.next_wanted.connect(self.go_to_next)
        card.step_wanted.connect(lambda step, card=card: self._step(card, step))
        self.cards.append(card)
        return card

    def _choose(self, card: ConflictCard, made: PendingChoice) -> None:
        self._undo.append((card.conflict.id, card.pending))
        card.show_choice(made)
        self._keep(card)
        self._count()

    def _follow_typing(self, card: ConflictCard) -> None:
        self._unkept.add(card.conflict.id)
        self._typing.start()
        self._count()

    def _keep(self, card: ConflictCard) -> bool:
        store, article = self._session.flushed_store(), self._of
        if store is None or article is None or self._session.why_read_only:
            return False
        self._unkept.discard(card.conflict.id)
        is_kept = self._notices.try_action(
            lambda: store.write_with_reserve(lambda: deciding.keep_choice(store, article, card.conflict, card.pending))
        )
        self._count()
        return is_kept

    def _count(self) -> None:
        decided = sum(card.is_decided for card in self.cards)
        is_whole = decided == len(self.cards)
        self.button.setEnabled(is_whole and not self._article.edit_refusal)
        self.next.setEnabled(not is_whole)
        said = self.tr("{decided} of {all} decided").format(decided=decided, all=len(self.cards))
        self.progress.setText(said)
        for widget in (self.progress, self.next, self._key_words):  # of which there is no use without a question
            widget.setVisible(bool(self.cards))

    def _step(self, card: ConflictCard, step: int) -> None:
        place = self.cards.index(card) + step
        if 0 <= place < len(self.cards):
            self._show_card(self.cards[place])

    def _show_card(self, card: ConflictCard) -> None:
        card.setFocus()
        self._area.ensureWidgetVisible(card, 0, 24)

    # What happens elsewhere

    def _follow_changes(self, changes: Changes) -> None:
        """Another version of the same article came, or somebody else decided."""
        shown = self._decision
        if shown is None or self._of is None or not changes.may_touch(self._of) or self._of != self._article.id:
            return
        if not self._article.versions.are_undecided:
            self._say_decided_elsewhere()
            return
        found = queries.ask(self._session.store, merging.next_decision, self._of)
        if found.between == shown.between and self.isVisible():
            return
        if not self.isVisible():
            self._forget()
            return
        self.keep()
        if self._show():
            came = self.tr("Another version came meanwhile. Your choices are kept where nothing changed.")
            self.lead.setText(f"{came} {self.lead.text()}".strip())
            self.lead.show()
            self.go_to_next()

    def _follow_standing(self) -> None:
        """Another person sits here, or who may decide is another now."""
        now = self._session.person.id, self._article.edit_refusal
        if self._decision is not None and self.isVisible() and now != self._shown_to:
            self.keep()
            if self._article.versions.are_undecided:
                self._show()

    def _say_decided_elsewhere(self) -> None:
        typed = "\n\n".join(card.pending.text for card in self.cards if card.pending.text.strip())
        was_visible = self.isVisible()
        self._forget()
        if not was_visible:
            return
        said = self.tr("The versions became one meanwhile: somebody decided elsewhere, or took a change back.")
        answers = (
            [(self.tr("Copy what I typed"), lambda _: QGuiApplication.clipboard().setText(typed))] if typed else []
        )
        self._notices.warn(said, answers)
        self.left.emit()

    def _forget(self) -> None:
        """Another article is open: what was chosen is kept in the store."""
        self.keep()
        self._decision = self._of = None

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(10)
        back = QPushButton(self.tr("Back to writing"))
        back.clicked.connect(self.left)
        top.addWidget(self.progress)
        top.addWidget(self.next)
        top.addWidget(self.button)
        top.addStretch(1)
        top.addWidget(back)
        heads = QGridLayout()
        heads.setContentsMargins(29, 0, 24, 0)  # where the words of the cards begin
        heads.setHorizontalSpacing(16)
        for place, label in enumerate(self._heads.values()):
            label.setProperty("role", "heading")
            heads.addWidget(label, 0, place)
            heads.setColumnStretch(place, 1)
        inside = QWidget()
        inside.setLayout(self._list)
        self._list.setContentsMargins(0, 0, 12, 0)
        self._list.addStretch(1)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inside)
        self._key_words.setText(
            self.tr("Keys: ← and → take a side, B both, W your own words, N the next undecided, Ctrl+Z takes back")
        )
        self._key_words.setProperty("role", "soft")
        self._title.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 16, 20, 10)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addLayout(top)
        column.addWidget(self.lead)
        column.addLayout(heads)
        column.addWidget(self._area, 1)
        column.addWidget(self._key_words)


def _passage(html: str) -> QLabel:
    """What lies between two conflicts, to be read in order."""
    label = QLabel(html, wordWrap=True)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    label.setContentsMargins(29, 0, 29, 0)
    label.setMinimumWidth(1)
    return label


def _left_words(text: str) -> QLabel:
    """What was typed about something that is in no conflict any more, to be copied."""
    said = QCoreApplication.translate(
        "ConflictsPane", "You had typed this about words that are not in conflict any more:"
    )
    label = QLabel(f"{said}\n\n{text}", wordWrap=True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setProperty("role", "note")
    label.setMinimumWidth(1)
    return label
