"""From a line of the checklist to where it is mended: a place in the text, a field, a card."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from ovn_desk.domain.checklist import Problem
from ovn_desk.domain.claim import Field
from ovn_desk.ui.editor.writing_pane import WritingPane
from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.inspector.details.pane import Details
from ovn_desk.ui.inspector.evidence import EvidencePane
from ovn_desk.ui.inspector.tabs import Inspector

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
        *,
        details: Details,
        evidence: EvidencePane,
        inspector: Inspector,
        writing: WritingPane,
        open_source: Callable[[str], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._details, self._evidence, self._inspector, self._writing = details, evidence, inspector, writing
        self._open_source = open_source
        details.problem_wanted.connect(self.show)
        evidence.problem_wanted.connect(self.show)

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
