"""Review: the text with its changes in the middle of the window, comments and what is signed beside it."""

import re
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ovn_desk.domain.article import EventId, RevisionId
from ovn_desk.domain.checklist import Problem
from ovn_desk.domain.claim import Field
from ovn_desk.domain.workflow import State
from ovn_desk.text.anchors import Anchored
from ovn_desk.text.comments import PlacedComment
from ovn_desk.ui.commands import Command, Menu, Submenu
from ovn_desk.ui.editor.margin import Sign
from ovn_desk.ui.editor.writing_pane import WritingPane
from ovn_desk.ui.features.arrivals import Arrivals
from ovn_desk.ui.features.conditions import is_open
from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.inspector.history import History
from ovn_desk.ui.inspector.tabs import Inspector
from ovn_desk.ui.review import ReviewPane, ReviewSide
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.widgets.middle import Middle
from ovn_desk.usecases.writing import KeptCopy

_CITED = re.compile(r"\s*\[@[^\]\n]*\]")


class ReviewFeature(Feature):
    """Connects the comparison, the comments, the list before approval, the history and the editor with each other."""

    def __init__(
        self,
        article: OpenArticle,
        *,
        pane: ReviewPane,
        side: ReviewSide,
        bars: tuple[QWidget, QWidget],
        inspector: Inspector,
        history: History,
        arrivals: Arrivals,
        writing: WritingPane,
        middle: Middle,
        parent: QObject,
    ) -> None:
        """`bars` are the one that stands above a text that is written, and the one above a review."""
        super().__init__(parent)
        comments, approval = side.comments, side.approval
        self._article, self._pane, self._comments, self._inspector = article, pane, comments, inspector
        self._approval, self._bars = approval, bars
        self._editor, self._middle = writing.editor, middle
        self._signs = writing.comment_signs
        pane.comment_wanted.connect(self.write_comment)
        pane.comment_chosen.connect(lambda name: self._show_card(EventId(name)))
        pane.shown.connect(lambda: approval.show_text(pane.known))
        comments.place_wanted.connect(self._show_words)
        comments.changed.connect(self._show_comments)
        comments.left.connect(self._focus_text)
        comments.sent.connect(self._show_sent)
        approval.row_wanted.connect(self._show_row)
        approval.problem_wanted.connect(self._show_problem)
        approval.cancelled.connect(self._focus_text)
        side.note.review_wanted.connect(self.open)
        history.comparison_wanted.connect(self.compare)
        arrivals.comparison_wanted.connect(lambda revision: self.compare(revision, ""))
        writing.margin.chosen.connect(self._show_sign)
        middle.currentChanged.connect(lambda _: self._change_bars())
        article.opened.connect(self._leave_with_draft)
        self._bars[1].hide()

    def commands(self) -> Sequence[Command]:
        opened = partial(is_open, self._article)
        act = partial(partial, self._pane.act)
        change = partial(
            Command,
            menu=Menu.STORY,
            when=lambda: self.is_shown,
            after="review.changes",
            submenu=Submenu.REVIEW,
        )
        return (
            Command(
                "review.changes",
                "Changes and comments",
                "Ctrl+R",
                Menu.STORY,
                self.toggle_changes,
                opened,
                after="claims.source",
                submenu=Submenu.REVIEW,
            ),
            Command(
                "review.comment",
                "Comment on the selection",
                "Ctrl+Shift+M",
                Menu.INSERT,
                self.comment_on_selection,
                opened,
                after="source.add",
            ),
            change("review.next", "Next change", "Alt+J", run=act("next")),
            change("review.previous", "Previous change", "Alt+K", run=act("before")),
            change("review.accept", "Accept this change", "Alt+A", run=act("accept")),
            change("review.reject", "Reject this change", "Alt+R", run=act("reject")),
        )

    @property
    def is_shown(self) -> bool:
        """Whether the review is what stands in the middle."""
        return self._middle.shows(self._pane)

    @property
    def chosen_words(self) -> str:
        """What is selected in the text, without the citations that readers do not see; empty where nothing is."""
        return "" if self.is_shown else _CITED.sub("", self._editor.selected_text()).strip()

    def open(self) -> None:
        """The review of the open article, in the middle; one that is shown stays as it is."""
        if self.is_shown:
            self._pane.view.setFocus()
            return
        self._middle.setCurrentWidget(self._pane)
        self._pane.open()

    def leave(self) -> None:
        """The text to be written, whatever stands in the middle."""
        self._middle.show_home()

    def toggle_changes(self) -> None:
        """The review in the middle, or the editor again."""
        if self.is_shown:
            self._middle.show_home()
        else:
            self.open()

    def compare(self, older: str, newer: str) -> None:
        """Two versions laid over each other; without a newer one the text now."""
        self._middle.setCurrentWidget(self._pane)
        self._pane.compare(RevisionId(older), RevisionId(newer) if newer else None)

    def write_comment(self, field: str, start: int, end: int) -> None:
        """A comment about some letters of a field, ready to be typed."""
        self._inspector.show_tab("review")
        self._comments.write_about(field, start, end)

    def comment_on_selection(self) -> None:
        """A comment about what is selected, in the review or in the text, ready to be typed."""
        if self.is_shown:
            self._pane.act("comment")
        else:
            self.write_comment("body", *self._editor.selection())

    # What an approval asks for

    def check_shown(self) -> bool:
        """Whether what is shown is all that would be signed; says so where it is not."""
        return self._pane.check_current()

    def ask(
        self, question: str, label: str, then: Callable[[str], object], *, about: str, with_comments: bool = False
    ) -> None:
        """Asks for a reason below the text; `with_comments` offers what must be fixed to be put into it."""
        offered = "\n".join(
            f"“{one.on.exact}”: {one.text}" if one.on.exact else one.text for one in self._comments.must_fix
        )
        name = f"{about}:{self._article.id}"
        self._pane.form.ask(question, label, then, about=name, offered=offered if with_comments else "")

    def confirm(self, then: Callable[[KeptCopy], object]) -> None:
        """Shows what is signed, and calls `then` with it on one more Enter."""

        def sign() -> None:
            if self._pane.check_current() and self._pane.known is not None:
                then(self._pane.known)
                self._pane.view.setFocus()

        self._inspector.show_tab("review")
        self._approval.ask(sign)

    # What leads where

    def _leave_with_draft(self) -> None:
        """A story that nobody has filed is there to be written."""
        folded = self._article.folded
        if self.is_shown and folded is not None and folded.state is State.DRAFT:
            self._middle.show_home()

    def _change_bars(self) -> None:
        """The bar that belongs to what is shown in the middle."""
        for bar, is_wanted in zip(self._bars, (not self.is_shown, self.is_shown), strict=True):
            bar.setVisible(is_wanted)
        if not self.is_shown:
            self._approval.cancel()
            self._approval.show_text(None)

    def _focus_text(self) -> None:
        (self._pane.view if self.is_shown else self._editor).setFocus()

    def _show_sent(self) -> None:
        """The words that were commented on are marked, and chosen no more."""
        self._pane.view.forget_choice()
        self._focus_text()

    def _show_comments(self) -> None:
        """The comments beside their words, and how many are open on the tab."""
        self._signs.show_comments(self._comments.placed)
        self._pane.show_comments(self._comments.placed, self._comments.chosen)
        self._inspector.show_count("review", self._comments.open_count)

    def _show_words(self, placed: PlacedComment) -> None:
        """The words a comment is about: in the review, or chosen in the text."""
        if not isinstance(placed.place, Anchored):
            return
        field, start, end = placed.comment.on.field, placed.place.start, placed.place.end
        if self.is_shown:
            self._pane.view.show_words(field, start, end)
        elif field == "body":
            self._middle.show_home()
            self._editor.select(start, end)

    def show_comment(self, comment: str) -> None:
        """A comment of the open story beside its words."""
        self._show_card(EventId(comment))
        for placed in self._comments.placed:
            if placed.comment.id == comment:
                self._show_words(placed)

    def _show_card(self, comment: EventId) -> None:
        self._inspector.show_tab("review")
        self._comments.choose(comment)

    def _show_row(self, name: str) -> None:
        """Where what stands before an approval can be settled."""
        if name == "changes":
            self._pane.choose_undecided()
        elif name == "comments" and self._comments.must_fix:
            self.show_comment(self._comments.must_fix[0].id)
        else:
            self._inspector.show_tab("evidence" if name == "claims" else "details")

    def _show_problem(self, problem: Problem) -> None:
        is_placed = problem.line > 0 and problem.field is Field.BODY
        if not (is_placed and self._pane.view.show_words("body", problem.start, max(problem.end, problem.start + 1))):
            self._inspector.show_tab("details")

    def _show_sign(self, sign: Sign) -> None:
        """The thread of a comment's sign in the margin."""
        if sign.name:
            self._editor.setTextCursor(sign.cursor)
            self._show_card(EventId(sign.name))
