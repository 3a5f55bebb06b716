"""From a line of the checklist to where it is mended: a place in the text, a field, a card."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from ovn_desk.domain.checklist import Problem
from ovn_desk.domain.claim import Field
from ovn_desk.domain.line_ends import split_joined_lines
from ovn_desk.ui.editor.margin import Sign
from ovn_desk.ui.editor.writing_pane import WritingPane
from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.inspector.details.pane import Details
from ovn_desk.ui.inspector.evidence import EvidencePane
from ovn_desk.ui.inspector.tabs import Inspector
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.widgets.message_bar import THIS_STORY, MessageBar

_FIELDS = {
    "category": "category",
    "language": "language",
    "byline": "byline",
    "ai-used": "ai_used",
    "ai-declaration": "ai_used",
}
_OF_REVIEW = {"comments", "suggestions"}
_OF_SOURCES = {"unused-source", "unnamed", "withheld", "off-record"}
_OF_PICTURES = {"alt-text", "image-credit", "unused-image"}


class ToSettleFeature(Feature):
    """Shows what a line of the checklist is about."""

    def __init__(
        self,
        article: OpenArticle,
        *,
        bar: MessageBar,
        details: Details,
        evidence: EvidencePane,
        inspector: Inspector,
        writing: WritingPane,
        open_source: Callable[[str], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._article, self._bar = article, bar
        self._details, self._evidence, self._inspector, self._writing = details, evidence, inspector, writing
        self._open_source = open_source
        details.problem_wanted.connect(self.show)
        evidence.problem_wanted.connect(self.show)
        writing.margin.chosen.connect(self._show_sign)

    def open(self) -> None:
        """Shows the list of what is open, with the keyboard in it."""
        self._inspector.show_tab("details")
        self._details.ensureWidgetVisible(self._details.to_settle)
        self._details.to_settle.take_focus()

    def show(self, problem: Problem) -> None:
        """Brings its place into sight, with the keyboard there."""
        name, key = problem.of.name, problem.spot.key
        if name in _OF_PICTURES and key:
            self._inspector.show_tab("details")
            self._details.images.open_card(key)
        elif name == "line-ends" and problem.line:
            self._offer_paragraphs(problem)
        elif problem.line:
            self._writing.editor.go_to(problem.line, problem.column)
        elif problem.field is Field.HEADLINE:
            self._writing.headline.setFocus()
        elif problem.field is Field.STANDFIRST:
            self._writing.standfirst.setFocus()
        elif name in _OF_REVIEW:
            self._inspector.show_tab("review")
        elif name in _OF_SOURCES and key:
            self._open_source(key)
        else:
            self._show_field(name)

    def _show_sign(self, sign: Sign) -> None:
        if sign.problem is not None:
            self.show(sign.problem)

    def _offer_paragraphs(self, problem: Problem) -> None:
        """Shows the lines that run together on the page, with the two ways to keep them apart."""
        editor = self._writing.editor
        editor.select(problem.start, problem.end)
        editor.setFocus()
        if self._article.edit_refusal:
            return
        self._bar.say(
            self.tr("These lines run on as one paragraph on the page."),
            answers=[
                (self.tr("Make paragraphs"), partial(self._part_lines, problem.start, as_paragraphs=True)),
                (self.tr("Keep the line breaks"), partial(self._part_lines, problem.start, as_paragraphs=False)),
            ],
            topic=THIS_STORY,
        )
        self._bar.setFocus()

    def _part_lines(self, place: int, _: str, *, as_paragraphs: bool) -> None:
        """As one step that can be undone; nothing where the lines were changed meanwhile."""
        editor = self._writing.editor
        editor.change(split_joined_lines(editor.text(), place, as_paragraphs=as_paragraphs))
        end = editor.selection()[1]
        editor.select(end, end)  # the next letter must not replace them
        editor.setFocus()

    def _show_field(self, name: str) -> None:
        if name == "reply":
            self._inspector.show_tab("evidence")
            self._evidence.fairness.add.setFocus()
        elif name == "sources":
            self._inspector.show_tab("details")
            self._details.sources.add.setFocus()
        elif name in _FIELDS:
            self._inspector.show_tab("details")
            self._details.show_field(_FIELDS[name])
        else:
            self._writing.editor.setFocus()
