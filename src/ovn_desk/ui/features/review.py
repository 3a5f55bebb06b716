"""Review: what changed, in the middle of the window, and comments beside the words they are about."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject

from ovn_desk.domain.article import RevisionId
from ovn_desk.text.anchors import Anchored
from ovn_desk.text.comments import PlacedComment
from ovn_desk.ui.commands import Command, Menu
from ovn_desk.ui.editor.margin import Sign
from ovn_desk.ui.editor.writing_pane import WritingPane
from ovn_desk.ui.features.arrivals import Arrivals
from ovn_desk.ui.features.conditions import is_open
from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.inspector.history import History
from ovn_desk.ui.inspector.tabs import Inspector
from ovn_desk.ui.review import CommentsPane, ReviewPane
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.widgets.middle import Middle


class ReviewFeature(Feature):
    """Connects the comparison, the comments, the history and the editor with each other."""

    def __init__(
        self,
        article: OpenArticle,
        *,
        pane: ReviewPane,
        comments: CommentsPane,
        inspector: Inspector,
        history: History,
        arrivals: Arrivals,
        writing: WritingPane,
        middle: Middle,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._article, self._pane, self._comments, self._inspector = article, pane, comments, inspector
        self._editor, self._middle = writing.editor, middle
        self._signs = writing.comment_signs
        pane.comment_wanted.connect(self.write_comment)
        comments.place_wanted.connect(self._show_words)
        comments.changed.connect(self._show_comments)
        history.comparison_wanted.connect(self.compare)
        arrivals.comparison_wanted.connect(lambda revision: self.compare(revision, ""))
        writing.margin.chosen.connect(self._show_sign)

    def commands(self) -> Sequence[Command]:
        opened = partial(is_open, self._article)
        return (
            Command(
                "review.changes",
                "What changed",
                "Ctrl+R",
                Menu.STORY,
                self.toggle_changes,
                opened,
                after="claims.source",
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
        )

    def toggle_changes(self) -> None:
        """What changed in the middle, or the editor again."""
        if self._middle.shows(self._pane):
            self._middle.show_home()
            return
        if not self._article.edit_refusal:
            self._article.save()  # only what is a version can be decided on
        self._middle.setCurrentWidget(self._pane)
        self._pane.open()
        self._pane.view.setFocus()

    def compare(self, older: str, newer: str) -> None:
        """Two versions laid over each other; without a newer one the text now."""
        self._middle.setCurrentWidget(self._pane)
        self._pane.compare(RevisionId(older), RevisionId(newer) if newer else None)

    def write_comment(self, field: str, start: int, end: int) -> None:
        """A comment about some letters of a field, ready to be typed."""
        self._inspector.show_tab("review")
        self._comments.write_about(field, start, end)

    def comment_on_selection(self) -> None:
        """A comment about what is selected in the text, ready to be typed."""
        self.write_comment("body", *self._editor.selection())

    def _show_comments(self) -> None:
        """The comments beside their words, and how many are open on the tab."""
        self._signs.show_comments(self._comments.placed)
        self._inspector.show_count("review", self._comments.open_count)

    def _show_words(self, placed: PlacedComment) -> None:
        """The words a comment is about, chosen in the text."""
        if isinstance(placed.place, Anchored) and placed.comment.on.field == "body":
            self._middle.show_home()
            self._editor.select(placed.place.start, placed.place.end)

    def _show_sign(self, sign: Sign) -> None:
        """The thread of a comment's sign in the margin."""
        if sign.name:
            self._editor.setTextCursor(sign.cursor)
            self._inspector.show_tab("review")
