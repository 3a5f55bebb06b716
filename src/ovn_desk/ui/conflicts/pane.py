"""What has to be decided between two versions, one card a thing, and the whole when all is decided."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ovn_desk.domain.article import Revision
from ovn_desk.domain.errors import DeskError
from ovn_desk.ui.conflicts.card import ConflictCard
from ovn_desk.ui.state.clock import newsroom_time
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.widgets.phrases import quantity
from ovn_desk.usecases import merging, queries


class ConflictsPane(QWidget):
    """Theirs and mine beside what they were made from; nothing of either is lost, both stay in the history."""

    left = Signal()

    def __init__(self, session: Session, article: OpenArticle, notices: Notices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("deciding")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session, self._article, self._notices = session, article, notices
        self._decision: merging.Decision | None = None
        self.cards: list[ConflictCard] = []
        self._title = QLabel(self.tr("Two versions"))
        self._title.setProperty("role", "title")
        self._lead = QLabel(wordWrap=True)
        self._lead.setProperty("role", "soft")
        self.button = QPushButton(self.tr("Keep this version"))
        self.button.setObjectName("primary")
        self.button.clicked.connect(self.decide)
        self._left_over = QLabel()
        self._left_over.setProperty("role", "soft")
        self._list = QVBoxLayout()
        self._list.setSpacing(14)
        self._lay_out()

    def open(self) -> bool:
        """Shows what is to be decided of the open article; false where that is nothing."""
        if self._article.id is None:
            return False
        if not self._article.edit_refusal:
            self._article.save()  # what is being written is one of the versions
        try:
            found = queries.ask(self._session.store, merging.next_decision, self._article.id)
        except DeskError as error:
            self._notices.refused.emit(str(error))
            return False
        self._decision = found
        names = queries.staff_names(self._session.store)

        def of(revision: Revision) -> str:
            at = newsroom_time(self._session.house, revision.at)
            return f"{names.get(revision.by, '')}, {at:%d %b %H:%M}"

        said = self.tr("Theirs: {theirs}. Mine: {mine}. What only one of you changed is combined already.")
        more = self.tr(" After this, {n} more.").format(n=quantity(found.more, "version", "versions"))
        self._lead.setText(said.format(theirs=of(found.theirs), mine=of(found.mine)) + (more if found.more else ""))
        for card in self.cards:
            card.setParent(None)
            card.deleteLater()
        self.cards = [ConflictCard(conflict) for conflict in found.merged.conflicts]
        for place, card in enumerate(self.cards):
            card.decided.connect(self._count)
            self._list.insertWidget(place, card)
        self._count()
        return True

    def decide(self) -> None:
        """Makes one version of the two, which is open then and has to be read before it is filed."""
        found = self._decision
        if found is None or self._article.id is None:
            return
        choices = {card.conflict.id: card.choice for card in self.cards if card.choice is not None}
        store, article = self._session.flushed_store(), self._article.id
        if store is None:
            return
        is_done = self._notices.try_action(
            lambda: merging.decide(store, article, choices, between=found.between, by=self._session.by)
        )
        if not is_done:
            return
        if not (found.more and self.open()):
            self._notices.done.emit(self.tr("Decided. Read the whole once more before you file it."))
            self.left.emit()

    def _count(self) -> None:
        undecided = sum(card.choice is None for card in self.cards)
        self.button.setEnabled(not undecided)
        said = self.tr("{things} to decide").format(things=quantity(undecided, "thing", "things"))
        self._left_over.setText(said if undecided else self.tr("Everything is decided."))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        back = QPushButton(self.tr("Write"))
        back.clicked.connect(self.left)
        top.addWidget(self._title, 1)
        for widget in (self._left_over, self.button, back):
            top.addWidget(widget)
        inside = QWidget()
        inside.setLayout(self._list)
        self._list.setContentsMargins(0, 0, 12, 0)
        self._list.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 20, 20, 16)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self._lead)
        column.addWidget(area, 1)
