"""What stands beside a text under review: the comments, and always in sight what an approval needs and signs."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ovn_desk.ui.review.approval import ApprovalCards
from ovn_desk.ui.review.comments import CommentsPane
from ovn_desk.ui.review.note_card import NoteCard
from ovn_desk.ui.state.checks import Checks
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets.giving_way import GivingWay
from ovn_desk.ui.widgets.half_written import HalfWritten

_LEAST_CARDS, _LEAST_COMMENTS = 160, 150
"""Pixels of the cards, and of the comments above them, that are in sight in the lowest window."""


class ReviewSide(QWidget):
    """The comments scroll; what stands below them does not. `note` is for whoever writes, to be put above the text."""

    def __init__(
        self,
        session: Session,
        article: OpenArticle,
        text: WorkingText,
        checks: Checks,
        notices: Notices,
        *,
        half_written: HalfWritten,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.comments = CommentsPane(session, article, text, notices, half_written=half_written)
        self.approval = ApprovalCards(session, article, checks)
        self.note = NoteCard(session, article)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.comments.setMinimumHeight(_LEAST_COMMENTS)
        column.addWidget(self.comments, 1)
        column.addWidget(GivingWay(self.approval, least=_LEAST_CARDS))
