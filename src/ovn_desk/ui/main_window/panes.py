"""Everything one sees in the window, made over one newsroom and one open article, not yet in its place."""

from functools import partial

from PySide6.QtCore import QCoreApplication, QObject

from ovn_desk.domain.claim import Field
from ovn_desk.ui.articles.budget import Budget
from ovn_desk.ui.articles.pane import ArticleList
from ovn_desk.ui.bars.status_bar import StatusBar
from ovn_desk.ui.bars.top_bar import TopBar
from ovn_desk.ui.conflicts import ConflictsPane
from ovn_desk.ui.conflicts.recovery import RecoveryPane
from ovn_desk.ui.editor import Editor
from ovn_desk.ui.editor.claim_marks import ClaimMarks
from ovn_desk.ui.editor.writing_pane import WritingPane
from ovn_desk.ui.export import ExportPane
from ovn_desk.ui.inspector.details.pane import Details
from ovn_desk.ui.inspector.evidence import EvidencePane
from ovn_desk.ui.inspector.history import History
from ovn_desk.ui.inspector.images.thumbnails import Thumbnails
from ovn_desk.ui.inspector.tabs import Inspector
from ovn_desk.ui.preview.pane import Preview
from ovn_desk.ui.review import ReviewPane, ReviewSide
from ovn_desk.ui.review.reason_form import ReasonForm
from ovn_desk.ui.state.checks import Checks
from ovn_desk.ui.state.half_written import StoredHalfWritten
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.preferences import Preferences
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.steps import Steps
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets.message_bar import MessageBar
from ovn_desk.ui.widgets.middle import Middle
from ovn_desk.ui.widgets.side import Side
from ovn_desk.usecases import pictures


class Panes:
    """The panes do not know each other: what happens between them is the features'."""

    def __init__(
        self,
        session: Session,
        article: OpenArticle,
        text: WorkingText,
        steps: Steps,
        preferences: Preferences,
        notices: Notices,
        *,
        side: Side,
        editor: Editor,
        was_stopped: bool,
        parent: QObject,
    ) -> None:
        self._half_written = StoredHalfWritten(session, parent)
        self.bar = MessageBar(half_written=self._half_written)
        self.top_bar = TopBar(session, article, text, steps, side)
        self.status_bar = StatusBar(session, article, text)
        self.articles = ArticleList(session, article)
        self.status_bar.counted.connect(self.articles.show_length)
        self.writing = WritingPane(article, text, preferences, editor)
        self.preview = Preview(partial(pictures.rendition_at, session.store))
        self.checks = Checks(session, article, text, notices, parent)
        above = {Field.HEADLINE: self.writing.headline, Field.STANDFIRST: self.writing.standfirst}
        self.claim_marks = ClaimMarks(editor, self.writing.margin, self.checks, above)
        self.details = Details(session, article, text, preferences, notices, self.checks)
        self.evidence = EvidencePane(session, article, text, self.checks, self.bar)
        self.review_side = ReviewSide(session, article, text, self.checks, notices, half_written=self._half_written)
        self.history = History(session, article, notices, side)
        self._thumbnails = Thumbnails(session.store, parent)
        self.review = ReviewPane(
            session,
            article,
            text,
            steps,
            preferences,
            notices,
            side=side,
            form=ReasonForm(lambda: session.person.id, self._half_written),
            ask_picture=self._thumbnails.ask,
        )
        self.writing.put_above(self.review_side.note)
        self.budget = Budget(session)
        self.export = ExportPane(session, steps, notices)
        self.conflicts = ConflictsPane(session, article, notices)
        self.writing.put_above(self.conflicts.strip)
        self.recovery = RecoveryPane(session, article, text, notices, was_stopped=was_stopped)
        self.inspector = Inspector(
            {
                "details": ("list-checks", _translate("Details"), self.details),
                "evidence": ("search-check", _translate("Evidence"), self.evidence),
                "review": ("message-square", _translate("Review"), self.review_side),
                "history": ("history", _translate("History"), self.history),
            }
        )
        side.tab_wanted.connect(self.inspector.choose_tab)
        self.inspector.wanted.connect(side.show_inspector)
        self.middle = Middle(self.writing, editor, side)
        for field in (self.writing.headline, self.writing.standfirst, editor):
            field.wanted.connect(side.show_text)
        views = (self.budget, self.export, self.conflicts, self.recovery)
        self.middle.fill(self.review, views)
        for view in (self.review, *views):
            view.left.connect(self.middle.show_home)

    def finish(self) -> None:
        """Ends the work under way in the panes."""
        own = (self.details.sources, self.details.images, self.checks, self.review, self._thumbnails)
        for pane in (self.articles, *own, self.export, self._half_written):
            pane.finish()


def _translate(text: str) -> str:
    return QCoreApplication.translate("MainWindow", text)
