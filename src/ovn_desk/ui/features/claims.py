"""Claims: walking from one to the next that is not settled, waiving, and the annotated copy."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from ovn_desk import files
from ovn_desk.domain.verification import ClaimStatus
from ovn_desk.ui.articles.pane import ArticleList
from ovn_desk.ui.bars.status_bar import StatusBar
from ovn_desk.ui.commands import Command, Menu, Submenu
from ovn_desk.ui.editor import citations
from ovn_desk.ui.editor.claim_marks import ClaimMarks
from ovn_desk.ui.editor.margin import Sign
from ovn_desk.ui.editor.writing_pane import WritingPane
from ovn_desk.ui.features.conditions import is_open, may_write
from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.inspector.evidence import EvidencePane
from ovn_desk.ui.inspector.evidence.finding import find_claim
from ovn_desk.ui.inspector.tabs import Inspector
from ovn_desk.ui.review import ReviewPane
from ovn_desk.ui.state.checks import Checks
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.widgets.saving_place import suggest_file
from ovn_desk.usecases import checking, housekeeping, queries


class ClaimsFeature(Feature):
    """Keeps the card of the evidence pane and the cursor in the text together."""

    def __init__(
        self,
        session: Session,
        article: OpenArticle,
        notices: Notices,
        *,
        articles: ArticleList,
        evidence: EvidencePane,
        checks: Checks,
        inspector: Inspector,
        status: StatusBar,
        writing: WritingPane,
        marks: ClaimMarks,
        review: ReviewPane,
        open_source: Callable[[str], object],
        open_words: Callable[[str], object],
        cite_at: Callable[[int, int], object],
        write_page: Callable[[str, Path], object],
        parent: QWidget,
    ) -> None:
        """`write_page` writes a page to a file, as HTML or PDF."""
        super().__init__(parent)
        self._session, self._article, self._notices = session, article, notices
        self._articles = articles
        self._evidence, self._checks, self._inspector, self._status = evidence, checks, inspector, status
        self._editor, self._marks, self._review = writing.editor, marks, review
        self._open_source, self._write_page, self._window = open_source, write_page, parent
        writing.margin.chosen.connect(self._show_sign)
        marks.stood_at.connect(self._follow_cursor)
        evidence.place_wanted.connect(writing.editor.go_to)
        evidence.cite_wanted.connect(cite_at)
        evidence.source_wanted.connect(open_source)
        evidence.words_wanted.connect(open_words)
        evidence.counted.connect(self._show_counts)
        evidence.card.rule_off_wanted.connect(self.switch_rule_off)

    def commands(self) -> Sequence[Command]:
        opened, may = partial(is_open, self._article), partial(may_write, self._article)
        claims = partial(Command, menu=Menu.STORY, when=opened, submenu=Submenu.CLAIMS, after="write.length")
        return (
            Command(
                "article.annotate",
                "Annotated copy…",
                "",
                Menu.FILE,
                self.save_annotated_copy,
                opened,
                after="site.export",
                submenu=Submenu.EXPORT,
            ),
            claims("claims.next", "Next claim to settle", "F7", run=partial(self.go, 1), starts_group=True),
            claims("claims.previous", "Previous claim to settle", "Shift+F7", run=partial(self.go, -1)),
            claims("claims.waive", "Needs no source…", "Ctrl+Shift+X", run=self.waive_at_cursor, when=may),
            claims(
                "claims.compare", "Compare with the source at the cursor", "Ctrl+Shift+D", run=self.compare_at_cursor
            ),
            claims("claims.source", "Open the source at the cursor", "Ctrl+Shift+O", run=self.open_source_at_cursor),
        )

    def go(self, step: int) -> None:
        """The cursor goes to the next place (1) that is not settled, or the one before (-1), and the card says why."""
        if self._marks.go(step):
            self.show_at_cursor()
        else:
            self._notices.tell_of_story(self.tr("Every claim in the text has a source or a reason."))

    def show_at_cursor(self) -> None:
        """The card of what the cursor stands in."""
        self._inspector.show_tab("evidence")
        self._evidence.select(self._marks.at_cursor())
        self._editor.setFocus()

    def compare_at_cursor(self) -> None:
        """The card of the claim at the cursor, settled or not, with its source's words; else the source cited there."""
        is_reading = self._review.isVisible()
        place = self._review.view.place_at_cursor() if is_reading else ("body", self._editor.selection()[0])
        item, key = find_claim(self._checks.latest.claims, self._checks.content, *place) if place else (None, "")
        if item is None and key:
            self._open_source(key)
            return
        if item is None:
            self._notices.tell_of_story(self.tr("Put the cursor into a claim, or a citation, to see its source."))
            return
        self._inspector.show_tab("evidence")
        self._evidence.select(item)
        (self._review.view if is_reading else self._editor).setFocus()

    def waive_at_cursor(self) -> None:
        """Asks why the claim at the cursor may stand."""
        self.show_at_cursor()
        self._evidence.card.waive()

    def open_source_at_cursor(self) -> None:
        """The source that is cited at the cursor, or that the claim there is judged by."""
        key = citations.key_at_cursor(self._editor)
        item = self._marks.at_cursor()
        keys = [key] if key else list(item.sources) if isinstance(item, ClaimStatus) else []
        if keys:
            self._open_source(keys[0])

    def save_annotated_copy(self) -> None:
        """Asks for a file, and writes the annotated copy there: a page, or a PDF to print."""
        if self._article.id is None:
            return
        name, kind = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Annotated copy"),
            suggest_file(f"{self._article.slug or 'article'}-annotated.pdf"),
            "PDF (*.pdf);;HTML (*.html)",
        )
        if name and (store := self._session.flushed_store()):
            to = Path(name)
            if to.suffix.lower() not in {".pdf", ".html", ".htm"}:
                to = files.with_ending(to, ".html" if "html" in kind else ".pdf")
            self._write_page(queries.ask(store, checking.annotated_copy, self._article.id), to)

    def switch_rule_off(self, rule: str) -> None:
        """A style rule is off for the whole house; the house file says so, and can say otherwise again."""
        session, store = self._session, self._session.flushed_store()
        if store is None:
            return

        def switch_off() -> None:
            housekeeping.change_house(store, housekeeping.switch_off_rule(session.house.text, rule), by=session.by)

        if self._notices.try_action(switch_off):
            self._notices.done.emit(
                self.tr("The rule {rule} is off. Newsroom settings bring it back.").format(rule=rule)
            )

    def _show_sign(self, sign: Sign) -> None:
        """The card of a sign in the margin, where it is a claim's."""
        if not sign.name and sign.problem is None:
            self._editor.setTextCursor(sign.cursor)
            self._inspector.show_tab("evidence")
            self._evidence.select(self._marks.at_cursor())

    def _show_counts(self) -> None:
        """The one count of what is to be settled, in the status bar, on the tab and in the list."""
        number = self._checks.to_settle
        self._status.show_to_settle(number, *self._checks.claim_counts)
        self._inspector.show_count("evidence", number)
        self._articles.show_to_settle(self._checks.article, number)

    def _follow_cursor(self, item: object) -> None:
        if item is not None and self._evidence.isVisible():
            self._evidence.select(self._marks.at_cursor())
