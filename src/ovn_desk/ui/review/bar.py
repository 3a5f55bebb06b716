"""The bar above a review: what the text is compared with, the walk through the changes, the step at the end."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from ovn_desk.domain.workflow import State, Step
from ovn_desk.ui.state.custody import is_to_review_again, open_custody_text, shorter_custody_texts, take_label
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.steps import Steps
from ovn_desk.ui.widgets.arrangement import Room
from ovn_desk.ui.widgets.elastic_label import ElasticLabel
from ovn_desk.ui.widgets.inputs import Choice
from ovn_desk.ui.widgets.overflow_bar import OverflowBar
from ovn_desk.ui.widgets.segments import Segments
from ovn_desk.ui.widgets.side import Side
from ovn_desk.usecases.suggesting import Status

_NEXT_STEPS = {
    Step.FILE: "File to the desk",
    Step.APPROVE: "Approve and sign",
    Step.PUBLISH: "Export…",
}
_DECIDED = {Status.ACCEPTED: "accepted", Status.AS_EDITED: "kept as edited", Status.REJECTED: "rejected"}
_RANKS = {"accept": 9, "reject": 9, "comment": 8, "next": 7, "before": 6}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a review is: the number of the chosen change, whose it is and how it stands, and what may be done.

    `waiting`: how many changes of the desk nobody has decided.
    """

    here: int = 0
    changes: int = 0
    may_accept: bool = False
    may_reject: bool = False
    by: str = ""
    status: Status | None = None
    waiting: int = 0


class ReviewBar(QWidget):
    """Stands in the place of the window's own top bar while a story is reviewed."""

    step_wanted = Signal()
    send_back_wanted = Signal()
    person_wanted = Signal()
    """Another person is to be chosen who sits here."""
    form_chosen = Signal()
    """The text is wanted with its changes, or as it will stand."""

    def __init__(
        self, session: Session, article: OpenArticle, steps: Steps, side: Side, act: Callable[[str], object]
    ) -> None:
        """`act` is called with `before`, `next`, `accept`, `reject`, `comment` or `leave`."""
        super().__init__()
        self.setObjectName("bar-top")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session, self._article, self._steps, self._side, self._act = session, article, steps, side, act
        self.buttons: dict[str, QPushButton] = {}
        self.since = Choice()
        self.since.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        self.since.setAccessibleName(self.tr("What the text is compared with"))
        self._make_forms()
        self._where = QLabel()
        self._where.setTextFormat(Qt.TextFormat.RichText)
        self._where.setProperty("role", "soft")
        self._person = QPushButton()
        self._person.setProperty("flat", True)
        self._person.setToolTip(self.tr("Who sits here, and signs. Switch person"))
        self._person.clicked.connect(self.person_wanted)
        self.custody = ElasticLabel()
        self.send_back = QPushButton(self.tr("Send back…"))
        self.send_back.clicked.connect(self.send_back_wanted)
        self.next = QPushButton()
        self.next.setObjectName("next-step")
        self.next.clicked.connect(self.step_wanted)
        self._row = OverflowBar()
        self._place()
        side.changed.connect(self._show_places)
        for fact in (article.opened, article.changed, session.person_changed, steps.busy_changed):
            fact.connect(self.refresh)

    @property
    def is_clean(self) -> bool:
        """Whether the text is to be shown as readers will have it, without what went."""
        return self._is_clean

    def refresh(self) -> None:
        """Who has the story since when, and what may be done with it now."""
        step = self._article.next_step
        self.next.setVisible(step is not None)
        label = take_label(self._session, self._article.folded) if step is Step.TAKE else ""
        label = self.tr("Review again") if is_to_review_again(self._article) else label
        self.next.setText(self._steps.busy_with or label or (self.tr(_NEXT_STEPS[step]) if step else ""))
        self.next.setEnabled(step is not None and not self._steps.busy_with)
        if self._article.versions.are_undecided and not self._article.edit_refusal:
            self.next.setText(self.tr("Decide between versions"))
            self.next.setVisible(True)
            self.next.setEnabled(True)
        is_taken = self._article.folded is not None and self._article.folded.state is not State.FILED
        self.send_back.setVisible(is_taken and self._article.may(Step.SEND_BACK))  # whoever reads it takes it first
        self._person.setText(self._session.person.name)
        folded = self._article.folded
        words = open_custody_text(self._session, folded)
        self.custody.show_words(words, shorter=shorter_custody_texts(self._session, folded) if words else ())

    def show_standing(self, now: Standing) -> None:
        """Says which change is chosen, and enables what may be done with it."""
        where = self.tr("Change <b>{here} of {all}</b>").format(here=now.here, all=now.changes)
        if now.status in _DECIDED:
            decided = self.tr(_DECIDED[now.status])
            kept = self.tr("{where}, {decided}") if now.waiting else self.tr("{where}, {decided}; none waits")
            where = kept.format(where=where, decided=decided)
        elif now.by:
            where = self.tr("{where}, by {name}").format(where=where, name=escape(now.by))
        self._where.setText(where if now.here else self.tr("No changes") if not now.changes else "")
        for name in ("before", "next"):
            self.buttons[name].setEnabled(now.changes > 0)
        self.buttons["accept"].setEnabled(now.may_accept)
        self.buttons["reject"].setEnabled(now.may_reject)

    def _make_forms(self) -> None:
        """The text with its changes or as it will stand; in a narrow window also what else takes its place."""
        words = {"changes": self.tr("Changes"), "page": self.tr("Page"), "comments": self.tr("Comments")}
        self._is_clean = False
        self.forms = Segments(words, label=self.tr("What is shown"))
        tips = {
            "changes": self.tr("What went is struck through, what came is marked"),
            "page": self.tr("The text as readers will have it, with nothing struck through"),
            "comments": self.tr("The comments, and what is signed"),
        }
        for name, tip in tips.items():
            self.forms.buttons[name].setToolTip(tip)
        self.forms.choose("changes")
        self.forms.buttons["comments"].hide()
        self.forms.chosen.connect(self._choose_form)

    def _choose_form(self, name: str) -> None:
        if name == "comments":
            self._side.show_inspector("review")
            return
        self._is_clean = name == "page"
        self._side.show_text()
        self.form_chosen.emit()

    def _show_places(self) -> None:
        """Where the comments take the place of the text, there is a way to them and back."""
        seen = self._side.arrangement
        self.forms.buttons["comments"].setVisible(seen.room is Room.ONE)
        is_covered = seen.room is Room.ONE and seen.has_inspector
        self.forms.choose("comments" if is_covered else "page" if self._is_clean else "changes")

    def _place(self) -> None:
        back = QPushButton(self.tr("‹ Write"))
        back.setProperty("flat", True)
        back.setToolTip(self.tr("Back to the text (Escape)"))
        back.setAccessibleName(self.tr("Back to the text"))
        back.clicked.connect(lambda: self._act("leave"))
        self._row.add(back, rank=5)
        self._row.add(self.since, rank=4)
        self._row.add(self.forms, rank=11)
        self._row.add(self._where, is_kept=True)
        for name, label, tip in (
            ("before", "↑", self.tr("The change before (Alt+K)")),
            ("next", "↓", self.tr("The next change (Alt+J)")),
            ("accept", self.tr("Accept"), self.tr("Accept this change (Alt+A)")),
            ("reject", self.tr("Reject"), self.tr("Reject this change (Alt+R)")),
            ("comment", self.tr("Comment"), self.tr("Comment on the chosen words, or on this change (Ctrl+Shift+M)")),
        ):
            button = QPushButton(label)
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.clicked.connect(lambda _=False, what=name: self._act(what))
            self.buttons[name] = button
            self._row.add(button, rank=_RANKS[name])
        self._row.add_stretch()
        self._row.add(self._person, rank=2)
        self._row.add(self.custody, rank=12, is_elastic=True)  # whoever reads or signs knows who has it
        self._row.add(self.send_back, rank=10)
        self._row.add(self.next, is_kept=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.addWidget(self._row)
        self.refresh()
