"""What must be settled before a story is approved, and what exactly an approval signs; always in sight beside it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from html import escape

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ovn_desk.domain import checklist, workflow
from ovn_desk.domain.article import ArticleId, Content
from ovn_desk.domain.checklist import Problem
from ovn_desk.domain.workflow import EDITORS, Event, State, Step
from ovn_desk.ui.state.checks import Checks
from ovn_desk.ui.state.clock import newsroom_time
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.widgets import theme
from ovn_desk.ui.widgets.phrases import quantity, short_id, way_name
from ovn_desk.usecases import crediting, public_changes, queries, reviewing
from ovn_desk.usecases.writing import KeptCopy

_MOST_OTHERS = 4
_LOW = 640
_COUNTED = ("comments", "suggestions")
_OWN_ROWS = {"comments", "suggestions", "claims"}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list: what it says, whether it is in order, and where a click leads; empty leads nowhere."""

    words: str
    is_fine: bool = False
    leads_to: str = ""


class ApprovalCards(QWidget):
    """*Before approval*, each open line a link, and *You sign*, which asks once more before it signs."""

    row_wanted = Signal(str)
    """`comments`, `changes`, `claims` or `details`: where what a row says can be settled."""
    problem_wanted = Signal(object)
    """A `Problem` whose place is to be shown."""
    cancelled = Signal()

    def __init__(self, session: Session, article: OpenArticle, checks: Checks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._article, self._checks = session, article, checks
        self._shown: KeptCopy | None = None
        self._then: Callable[[], object] | None = None
        self._is_waiting = False
        self._others: list[Problem] = []
        self.rows: list[QLabel] = []
        self._list = QFrame()
        self._list.setProperty("role", "card")
        self._lines = QVBoxLayout(self._list)
        self._lines.setContentsMargins(12, 8, 12, 8)
        self._lines.setSpacing(2)
        heading = QLabel(self.tr("Before approval"))
        heading.setProperty("role", "heading")
        self._lines.addWidget(heading)
        self._make_signing_card()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(8)
        column.addStretch(1)  # where there is more room than they need, their lines stay together
        column.addWidget(self._list)
        column.addWidget(self.card)
        for fact in (article.opened, article.changed, session.person_changed, checks.changed):
            fact.connect(self.refresh)
        session.person_changed.connect(self.cancel)  # who was asked is not here any more
        self.refresh()

    def refresh(self) -> None:
        """Reads what is open and what is in order now."""
        folded = self._article.folded
        is_editor = self._session.person.role in EDITORS
        is_waiting = folded is not None and folded.state in {State.FILED, State.IN_REVIEW}
        is_signed = folded is not None and folded.approval is not None and folded.state is State.APPROVED
        self.setVisible((is_editor and is_waiting) or is_signed)
        self._is_waiting = is_waiting
        self._show_list()
        if is_waiting:
            self._draw(sorted(self._find_rows(), key=lambda row: row.is_fine))
        if not self._article.may(Step.APPROVE):
            self.cancel()
        self._show_facts()

    def show_text(self, shown: KeptCopy | None) -> None:
        """Which text the editor has before them: the one that *You sign* speaks of."""
        self._shown = shown
        self._show_facts()

    @property
    def is_asking(self) -> bool:
        """Whether one more Enter signs."""
        return self._then is not None

    def ask(self, then: Callable[[], object]) -> None:
        """Shows what is signed, and calls `then` on one more Enter."""
        self._then = then
        self._show_facts()
        self._show_list()
        self.sign.setFocus()
        QTimer.singleShot(0, self, self._show_card)  # once it has its place

    def cancel(self) -> None:
        """Nothing is signed."""
        if self._then is not None:
            self._then = None
            self._show_facts()
            self._show_list()
            self.cancelled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_asking and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            (self.cancel if self._back.hasFocus() else self._sign)()
            return
        if self.is_asking and event.key() == Qt.Key.Key_Escape:
            self.cancel()
            return
        super().keyPressEvent(event)

    # The list

    def _show_list(self) -> None:
        """In a low window the list makes room for the question."""
        is_crowded = self.is_asking and self.window().height() < _LOW
        self._list.setVisible(self._is_waiting and not is_crowded)

    def _show_card(self) -> None:
        """Scrolls to what is signed, where it has not all its height."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(self.card, 0, 0)

    def _find_rows(self) -> Iterator[Row]:
        if self._article.folded is None:
            return
        why = workflow.refusal(self._article.folded, Step.APPROVE, self._session.person)
        if not self._session.key.is_let_in:
            yield Row(self.tr("You have not been let in yet: an approval of yours does not count"))
        elif why:
            yield Row(str(why))
        elif self._has_own_words(self._article.folded.id):
            yield Row(self.tr("You changed this text yourself: you approve your own changes"))
        else:
            yield Row(self.tr("The reporter is not the approver"), is_fine=True)
        problems = [one for one in self._checks.latest.problems if one.blocks_approval]
        yield from self._comment_rows(problems)
        yield from self._claim_rows([one for one in problems if one.of.name == "claims"])
        if dated := self._date_words(self._checks.content.date):
            yield Row(self.tr("The page says {date}, not today").format(date=dated), leads_to="details")
        self._others = [one for one in problems if one.of.name not in _OWN_ROWS]
        for number, one in enumerate(self._others[:_MOST_OTHERS]):
            yield Row(one.message, leads_to=f"problem:{number}")
        if (more := len(self._others) - _MOST_OTHERS) > 0:
            yield Row(self.tr("{number} more in Details").format(number=more), leads_to="details")
        if line := checklist.held_line(self._checks.latest.problems, self._checks.content):
            words = str(line.said)
            yield Row(words[:1].upper() + words[1:], is_fine=True)

    def _comment_rows(self, problems: list[Problem]) -> Iterator[Row]:
        """Comments and changes of the desk: their problems say how many are open."""
        counts = {one.of.name: one.count for one in problems}
        comments, changes = (counts.get(name, 0) for name in _COUNTED)
        if changes:
            said = self.tr("{number} undecided").format(number=quantity(changes, "change", "changes"))
            yield Row(said, leads_to="changes")
        if comments:
            said = self.tr("{number} must be resolved").format(number=quantity(comments, "comment", "comments"))
            yield Row(said, leads_to="comments")
        else:
            yield Row(self.tr("No comment is left to resolve"), is_fine=True)

    def _claim_rows(self, open_claims: list[Problem]) -> Iterator[Row]:
        """How many claims hold, and what is the matter with the others: a misquotation is not merely a missing one."""
        held, whole = self._checks.claim_counts
        if open_claims:
            listed = "; ".join(str(line.said) for line in checklist.list_blocking(open_claims))
            said = self.tr("Claims {held} / {whole}: {listed}").format(held=held, whole=whole, listed=listed)
            yield Row(said, leads_to="claims")
        else:
            yield Row(self._held_words(held, whole) if whole else self.tr("No claims"), is_fine=True)

    def _held_words(self, held: int, whole: int) -> str:
        """How the claims were settled: only words that are in a stored excerpt have a stored source."""
        ways = self._checks.settled_ways
        if not ways:
            return self.tr("Claims {held} / {whole}, each with a stored source").format(held=held, whole=whole)
        parts = [self.tr("{number} with a stored source").format(number=held - sum(ways.values()))]
        parts += [f"{number} “{way_name(kind).lower()}”" for kind, number in ways.items()]
        said = self.tr("Claims {held} / {whole}: {ways}")
        return said.format(held=held, whole=whole, ways=", ".join(parts if held > sum(ways.values()) else parts[1:]))

    def _has_own_words(self, article: ArticleId) -> bool:
        """Whether this person changed what readers are given since it was last approved; settling a claim does not."""
        if self._session.person.id not in (self._article.folded.writers if self._article.folded else ()):
            return False
        return self._session.person.id in queries.ask(
            self._session.store, public_changes.writers_since_approval, article
        )

    def _draw(self, rows: list[Row]) -> None:
        now = theme.colours()
        for label in self.rows:
            self._lines.removeWidget(label)
            label.hide()
            label.deleteLater()
        self.rows = []
        flags = Qt.TextInteractionFlag
        for row in rows:
            sign, colour = ("✓", now.accent) if row.is_fine else ("●", now.amber)
            words = escape(row.words)
            if row.leads_to:
                words = f'<a href="{row.leads_to}" style="color:{now.ink};text-decoration:none">{words}</a>'
            label = QLabel(f'<span style="color:{colour}">{sign}</span> {words}', wordWrap=True)
            label.setTextFormat(Qt.TextFormat.RichText)
            if row.leads_to:
                label.setTextInteractionFlags(flags.LinksAccessibleByMouse | flags.LinksAccessibleByKeyboard)
                label.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            label.setAccessibleName(f"{self.tr('In order') if row.is_fine else self.tr('Open')}: {row.words}")
            label.linkActivated.connect(self._follow)
            self._lines.addWidget(label)
            self.rows.append(label)

    def _follow(self, leads_to: str) -> None:
        name, _, number = leads_to.partition(":")
        if name == "problem" and int(number) < len(self._others):
            self.problem_wanted.emit(self._others[int(number)])
        elif name != "problem":
            self.row_wanted.emit(name)

    # What is signed

    def _make_signing_card(self) -> None:
        self.card = QFrame()
        self.card.setObjectName("signing")
        self.card.setProperty("role", "card")
        self._heading = QLabel()
        self._heading.setProperty("role", "heading")
        self.facts = QLabel(wordWrap=True)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.credits = QLabel(wordWrap=True)
        self.credits.setObjectName("credits")
        self._who = QLabel(wordWrap=True)
        self._who.setProperty("role", "soft")
        self._back = QPushButton(self.tr("Go back"))
        self._back.setToolTip(self.tr("Sign nothing (Escape)"))
        self._back.clicked.connect(self.cancel)
        self.sign = QPushButton(self.tr("Sign this text"))
        self.sign.setObjectName("primary")
        self.sign.setToolTip(self.tr("Sign (Enter)"))
        self.sign.setAutoDefault(True)
        self.sign.clicked.connect(self._sign)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self._back)
        row.addWidget(self.sign)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(3)
        for widget in (self._heading, self.facts, self.credits, self._who):
            column.addWidget(widget)
        column.addLayout(row)
        self._show_question()

    def _show_facts(self) -> None:
        """What would be signed, where this person may sign it; what was signed, where somebody did."""
        folded = self._article.folded
        approval = folded.approval if folded and folded.state is State.APPROVED else None
        shown = self._shown
        self.card.setVisible(shown is not None and (approval is not None or self._article.may(Step.APPROVE)))
        if shown is None:
            return
        figures = reviewing.measure(shown.content)
        parts = [quantity(figures.words, "word", "words"), quantity(figures.sources, "source", "sources")]
        if figures.pictures:
            parts.append(quantity(figures.pictures, "picture", "pictures"))
        parts.append(self.tr("version {short}").format(short=short_id(approval.revision if approval else shown.base)))
        if dated := self._date_words(shown.content.date):
            parts.append(self.tr("dated {date}").format(date=dated))
        self.facts.setText(" · ".join(parts))
        self._show_credits(shown.content, approval)
        if approval:
            at = newsroom_time(self._session.house, approval.at)
            said = self.tr("by {name}, {at}. Any later change makes it void; readers can check it.")
            self._who.setText(said.format(name=approval.name, at=f"{at.day} {at:%b %H:%M}"))
        else:
            said = self.tr(
                "as {name}, with the key of this laptop. Any later change makes it void; readers can check it."
            )
            self._who.setText(said.format(name=self._session.person.name))
        self._show_question()

    def _show_credits(self, content: Content, approval: Event | None) -> None:
        """The sentence of the page that says who edited and approved, as it is signed or is about to be."""
        line = crediting.line_of(approval.credits, content, approver=approval.name) if approval else ""
        if self.is_asking and self._article.id is not None:
            ask, by = queries.ask, self._session.person
            line = ask(self._session.store, crediting.line_under, self._article.id, content, by=by)
        self.credits.setText(self.tr("On the page: {line}").format(line=f"\u2068{line}\u2069"))
        self.credits.setVisible(bool(line))

    def _date_words(self, text: str) -> str:
        """The date that the page will carry, where it is not today's; empty where it is, or none is given."""
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return ""
        return "" if text == self._session.today else f"{day.day} {day:%B %Y}"

    def _show_question(self) -> None:
        is_asking = self.is_asking
        is_signed = self._article.folded is not None and self._article.folded.state is State.APPROVED
        heading = self.tr("Signed") if is_signed else self.tr("You sign")
        self._heading.setText(self.tr("You sign this text: press Enter") if is_asking else heading)
        for button in (self._back, self.sign):
            button.setVisible(is_asking)
        self.card.setProperty("tone", "asking" if is_asking else "quiet")
        self.card.style().unpolish(self.card)
        self.card.style().polish(self.card)

    def _sign(self) -> None:
        then, self._then = self._then, None
        self._show_question()
        self._show_list()
        if then is not None:
            then()
