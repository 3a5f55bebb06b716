"""Every claim by how it stands, the style rules' advice, and who was heard and asked."""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QLabel,
    QProgressBar,
    QScrollArea,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ovn_desk.domain import citing
from ovn_desk.domain.checklist import Problem, count_to_settle, line_and_column
from ovn_desk.domain.claim import CHECKED, ClaimKind, Field
from ovn_desk.domain.evidence import WaiverKind
from ovn_desk.domain.finding import Finding
from ovn_desk.domain.house import Role
from ovn_desk.domain.source import Source
from ovn_desk.domain.verification import HOLDS, ClaimStatus, Status, bare_statements
from ovn_desk.text.claims import citing_place
from ovn_desk.ui.inspector.evidence.card import ClaimCard, Item
from ovn_desk.ui.inspector.evidence.rows import ACTION, NOTE, ClaimRows
from ovn_desk.ui.inspector.fairness import Fairness
from ovn_desk.ui.state.checks import Checks
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets.message_bar import THIS_STORY, MessageBar
from ovn_desk.ui.widgets.phrases import way_name

_GROUPS = (
    (Status.UNCITED, "Without a source"),
    (Status.DIFFERS, "Not as in the source"),
    (Status.SECONDHAND, "From another outlet"),
    (Status.ATTRIBUTED, "Cited, without an excerpt"),
    (Status.SUPPORTED, "Supported"),
    (Status.WAIVED, "Settled with a reason"),
)
_REASONS = {
    WaiverKind.NOT_FACTUAL: "Why is this no factual claim?",
    WaiverKind.COMMON_KNOWLEDGE: "Why does this need no source?",
    WaiverKind.TRANSLATED: "Who translated it, and from which language?",
    WaiverKind.CONDENSED: "What was left out, and why?",
    WaiverKind.CLEANED: "What was put right, and why?",
}
_BLOCK = re.compile(r"(?:^[^\n]*\S[^\n]*(?:\n|\Z))+", re.MULTILINE)  # lines with nothing empty between them
_CITED = re.compile(rf"\s*{citing.PATTERN}")
_FEW = 5  # rows of a group that is open at first though nothing in it is to be settled
_SHOWN = 140  # letters of a row's words
_ITEM = Qt.ItemDataRole.UserRole
_PROBLEM = Qt.ItemDataRole.UserRole + 1


class EvidencePane(QScrollArea):
    """Chooses an item, shows its card, and does what the card asks for."""

    place_wanted = Signal(int, int)
    cite_wanted = Signal(int, int)
    source_wanted = Signal(str)
    words_wanted = Signal(str)
    """The key of a source whose own words are to be written down."""
    problem_wanted = Signal(object)
    """A line of the checklist that is no claim: where it is mended is to be shown."""
    counted = Signal()

    def __init__(
        self,
        session: Session,
        article: OpenArticle,
        text: WorkingText,
        checks: Checks,
        bar: MessageBar,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._session, self._article = session, article
        self._checks = checks
        self._bar = bar
        self._meter = QLabel()
        self._meter.setProperty("role", "heading")
        self._progress = QProgressBar(textVisible=False)
        self._progress.setFixedHeight(4)
        self._progress.setAccessibleName(self.tr("Claims with a source or a reason"))
        self.tree = ClaimRows()
        self.tree.setAccessibleName(self.tr("Claims and style"))
        self.card = ClaimCard(self)
        self.fairness = Fairness(session, article, text, bar)
        self._placed: list[tuple[str, list[Item]]] = []
        """The items by the title of their group, as they are shown."""
        self._is_held = False
        """Whether some stand where they stood before they were settled, for the pointer is on them."""
        self._empty = QLabel(wordWrap=True)
        self._empty.setProperty("role", "soft")
        for label in (self._meter, self._empty):
            label.setMinimumWidth(0)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(8)
        for widget in (self._meter, self._progress, self._empty, self.tree, self.fairness):
            column.addWidget(widget, 1 if widget is self.tree else 0)
        self.setWidget(inner)
        self._connect()

    def refresh(self) -> None:
        """Shows the newest check; what was chosen stays chosen where it is still there."""
        chosen = self.card.item
        check = self._checks.latest
        held, all_claims = self._checks.claim_counts
        self._meter.setText(
            self.tr("Claims {held} / {all}").format(held=held, all=all_claims) if all_claims else self.tr("Claims")
        )
        self._progress.setRange(0, max(1, all_claims))
        self._progress.setValue(held)
        self._progress.setVisible(bool(all_claims))
        groups = [(self.tr(title), self._claims_of(status)) for status, title in _GROUPS]
        numbers = {title: len(items) for title, items in groups}
        if self.tree.is_pointed_at:
            groups = _hold_places(groups, self._placed)
        self._placed = groups
        self._is_held = any(len(items) != numbers[title] for title, items in groups)
        self.tree.clear()
        for (title, items), (status, _) in zip(groups, _GROUPS, strict=True):
            self._add_group(title, items, is_open=status not in HOLDS or len(items) <= _FEW, number=numbers[title])
        self._add_problems(
            [one for one in check.problems if one.blocks_approval and one.of.name not in {"claims", "style"}]
        )
        self._add_group(self.tr("Style"), check.findings, is_open=True)
        self._add_group(self.tr("Worth a citation"), bare_statements(check.claims), is_open=False)
        is_empty = self.tree.topLevelItemCount() == 0
        self._empty.setVisible(is_empty)
        self.tree.setVisible(not is_empty)
        self._empty.setText(
            self.tr("No quotation and no figure in this text yet. Each one will be listed here, with what it rests on.")
            if self._article.folded
            else self.tr("Open an article to see what its claims rest on.")
        )
        self.tree.fit()
        self.select(chosen, show=False)
        self.fairness.refresh()
        self.counted.emit()

    def select(self, item: Item | None, *, show: bool = True) -> None:
        """Chooses an item, and shows its card."""
        found = next((row for row in self._rows() if _same(row.data(0, _ITEM), item)), None)
        self.tree.blockSignals(True)
        self.tree.clearSelection()
        if found:
            self.tree.setCurrentItem(found)
        self.tree.blockSignals(False)
        self._show_card(found)
        if found and show:
            self.tree.scrollToItem(found)
            self._show_chosen()

    def ask_to_waive(self, judged: ClaimStatus, kind: WaiverKind) -> None:
        self._ask(self.tr(_REASONS[kind]), lambda reason: self._checks.waive(judged, kind, reason))

    def ask_to_ignore(self, found: Finding) -> None:
        self._ask(self.tr("Why may it stay?"), lambda reason: self._checks.ignore(found, reason))

    def _connect(self) -> None:
        self._checks.changed.connect(self.refresh)
        self.tree.currentItemChanged.connect(lambda row, _: self._choose_by_key(row))
        self.tree.place_wanted.connect(self._go)
        self.tree.action_wanted.connect(self._act)
        self.tree.pointer_left.connect(self._let_go)
        self.card.cite_wanted.connect(self._cite)
        self.card.waive_wanted.connect(self.ask_to_waive)
        self.card.ignore_wanted.connect(self.ask_to_ignore)
        self.card.source_wanted.connect(self.source_wanted)
        self.card.taken_back.connect(self._checks.take_back)
        self._article.changed.connect(lambda: self.select(self.card.item, show=False))

    def _claims_of(self, status: Status) -> list[Item]:
        return [one for one in self._checks.latest.claims if one.status is status and one.claim.kind in CHECKED]

    def _let_go(self) -> None:
        """The pointer left the rows: each goes where it belongs."""
        if self._is_held:
            self.refresh()

    def _add_group(self, title: str, items: Sequence[Item], *, is_open: bool, number: int | None = None) -> None:
        """A group as somebody left it, at first open or not; `number` is said of it, that of its items if not given."""
        if not items:
            return
        group = self.tree.add_group(title, len(items) if number is None else number)
        for item in items:
            words = _words(item)
            row = QTreeWidgetItem([words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1].rstrip()}…"])
            row.setData(0, _ITEM, item)
            row.setData(0, NOTE, self._note(item))
            row.setData(0, ACTION, self._action_name(item))
            row.setToolTip(0, item.sentence if isinstance(item, Finding) else item.claim.sentence)
            group.addChild(row)
        group.setExpanded(self.tree.is_left_open(title, otherwise=is_open))

    def _add_problems(self, problems: list[Problem]) -> None:
        """What else stands in the way: the tab's number counts it, so it stands here, too."""
        if not problems:
            return
        group = self.tree.add_group(self.tr("Also to settle"), count_to_settle(problems))
        for problem in problems:
            row = QTreeWidgetItem([problem.message])
            row.setData(0, _PROBLEM, problem)
            row.setData(0, NOTE, self._place_of(problem))
            row.setData(0, ACTION, self.tr("Show"))
            group.addChild(row)
        group.setExpanded(self.tree.is_left_open(self.tr("Also to settle"), otherwise=True))

    def _place_of(self, problem: Problem) -> str:
        """The paragraph of what stands in the text; of what is about the whole story nothing."""
        if not problem.line or problem.field is not Field.BODY:
            return ""
        number = _paragraph_at(self._checks.content.body, problem.start)
        return self.tr("Paragraph {number}").format(number=number) if number else self.tr("In a heading")

    def _note(self, item: Item) -> str:
        """Where an item stands, and of one that is settled by whom."""
        field, start = (item.field, item.start) if isinstance(item, Finding) else (item.claim.field, item.claim.start)
        if field is Field.BODY:
            number = _paragraph_at(self._checks.content.body, start)
            place = self.tr("Paragraph {number}").format(number=number) if number else self.tr("In a heading")
        else:
            place = {
                Field.HEADLINE: self.tr("In the headline"),
                Field.STANDFIRST: self.tr("In the standfirst"),
                Field.CAPTION: self.tr("In a caption"),
            }[field]
        if isinstance(item, ClaimStatus) and item.waiver:
            return f"{place} · {way_name(item.waiver.kind)}"
        if isinstance(item, ClaimStatus):
            known = self._sources()
            return " · ".join([place, *(known[key].label for key in item.sources if key in known)])
        return place

    def _sources(self) -> dict[str, Source]:
        return {source.key: source for source in self._checks.content.sources}

    def _action_name(self, item: Item) -> str:
        """What to do next about an item; empty for what is settled, or can not be changed now."""
        if self._article.edit_refusal:
            return ""
        if isinstance(item, Finding):
            return self.tr("Keep it as it is…")
        if item.status is Status.UNCITED and item.claim.is_display:
            return self.tr("Show")  # it rests on the body, and has no citations of its own
        return {
            Status.UNCITED: self.tr("Cite…"),
            Status.DIFFERS: self.tr("Compare"),
            Status.SECONDHAND: self.tr("Open its source"),
            Status.ATTRIBUTED: self.tr("Add the words…"),
        }.get(item.status, "")

    def _act(self, row: QTreeWidgetItem) -> None:
        """Does what a row says is next; no card opens for it, which would move the rows below."""
        item = row.data(0, _ITEM)
        if isinstance(item, Finding):
            self.ask_to_ignore(item)
        elif not isinstance(item, ClaimStatus) or (item.status is Status.UNCITED and item.claim.is_display):
            self._go(row)
        elif item.status is Status.UNCITED:
            self._cite(item)
        elif item.status is Status.DIFFERS or not item.sources:
            self.select(item)
        elif item.status is Status.ATTRIBUTED:
            self.words_wanted.emit(item.sources[0])
        else:
            self.source_wanted.emit(item.sources[0])

    def _rows(self) -> list[QTreeWidgetItem]:
        groups = [self.tree.topLevelItem(number) for number in range(self.tree.topLevelItemCount())]
        rows = (group.child(number) for group in groups if group for number in range(group.childCount()))
        return [row for row in rows if row]

    def _show_card(self, row: QTreeWidgetItem | None) -> None:
        """The card below its row; without a row, or below one that is no claim, none."""
        item = row.data(0, _ITEM) if row else None
        self.card.may_change_house = self._session.person.role is Role.CHIEF
        self.card.show_item(item, self._sources(), may_edit=not self._article.edit_refusal)
        if row is None or item is None:
            self.tree.unseat()
        else:
            self.tree.seat(self.card, row)

    def _choose_by_key(self, row: QTreeWidgetItem | None) -> None:
        """Rows do not move under a mouse that is pressed: its click shows the card."""
        if QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton and row is not None:
            self._show_card(row)
            self._show_chosen()

    def _show_chosen(self) -> None:
        """Brings the card into sight, once it has its place."""
        QTimer.singleShot(0, self.card, lambda: self.ensureWidgetVisible(self.card, 0, 24))

    def _go(self, row: QTreeWidgetItem) -> None:
        item, problem = row.data(0, _ITEM), row.data(0, _PROBLEM)
        self._show_card(row)
        if problem is not None:
            self.problem_wanted.emit(problem)
            return
        field = item.field if isinstance(item, Finding) else item.claim.field
        start = item.start if isinstance(item, Finding) else item.claim.start
        problems = (one for one in self._checks.latest.problems if (one.field, one.start) == (field, start))
        if field is Field.BODY:
            self.place_wanted.emit(*line_and_column(self._checks.content.body, start))
        elif (problem := next(problems, None)) is not None:
            self.problem_wanted.emit(problem)

    def _cite(self, judged: ClaimStatus) -> None:
        body = self._checks.content.body
        self.cite_wanted.emit(*line_and_column(body, citing_place(body, judged.claim)))

    def _ask(self, question: str, do: Callable[[str], object]) -> None:
        self._bar.ask(
            question,
            answers=[(self.tr("Settle it"), do)],
            topic=THIS_STORY,
            needs=self.tr("A reason is needed."),
        )


def _paragraph_at(body: str, place: int) -> int:
    """Which paragraph a place is in, as people count them, from 1; 0 for one in a heading or a picture."""
    starts, numbers = _paragraphs(body)
    return numbers[max(0, bisect_right(starts, place) - 1)] if starts else 1


@lru_cache(maxsize=4)  # a long text has hundreds of claims
def _paragraphs(body: str) -> tuple[list[int], list[int]]:
    """Where each block of a text starts, and its number; 0 for what is no paragraph."""
    starts: list[int] = []
    numbers: list[int] = []
    last = 0
    for block in _BLOCK.finditer(body):
        starts.append(block.start())
        is_paragraph = not block[0].startswith(("#", "!["))
        last += is_paragraph
        numbers.append(last if is_paragraph else 0)
    return starts, numbers


def _words(item: Item) -> str:
    """What a row shows of an item: of an attribution its sentence, for its own words are no more than “said”."""
    if isinstance(item, Finding):
        return item.words
    return item.claim.sentence if item.claim.kind is ClaimKind.ATTRIBUTION else item.claim.words


def _hold_places(
    groups: list[tuple[str, list[Item]]], placed: list[tuple[str, list[Item]]]
) -> list[tuple[str, list[Item]]]:
    """The groups with each item where it was placed before, and what is new behind it, in the group it belongs to."""
    left: dict[tuple[str, ...], list[Item]] = {}
    for _, items in groups:
        for item in items:
            left.setdefault(_about(item), []).append(item)
    held = {title: list[Item]() for title, _ in groups}
    for title, items in placed:
        held[title] += [same.pop(0) for item in items if (same := left.get(_about(item)))]
    for title, items in groups:
        held[title] += [item for item in items if any(item is one for one in left[_about(item)])]
    return list(held.items())


def _about(item: Item) -> tuple[str, ...]:
    """What an item is about, wherever its words stand by now, and whatever is cited behind them."""
    if isinstance(item, Finding):
        return ("style", item.rule, item.sentence)
    return ("claim", item.claim.words, _CITED.sub("", item.claim.sentence))


def _same(one: Item | None, other: Item | None) -> bool:
    """Whether two items are about the same words."""
    return one is not None and other is not None and _about(one) == _about(other)
