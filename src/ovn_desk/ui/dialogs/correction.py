"""Opening a published article for a correction: what we said, what is so, as readers will be told."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from ovn_desk.domain.evidence import CorrectionKind
from ovn_desk.text import direction
from ovn_desk.ui.state.steps import Steps
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets import fitting, theme
from ovn_desk.ui.widgets.inputs import Choice
from ovn_desk.ui.widgets.refusal import clear_when_edited

_MEANING = {
    CorrectionKind.CORRECTION: "A fact was wrong.",
    CorrectionKind.CLARIFICATION: "It was right, but could mislead.",
    CorrectionKind.UPDATE: "There are new facts.",
    CorrectionKind.REFILE: "A small fix that changes no meaning.",
    CorrectionKind.EDITORS_NOTE: "Something readers should know about this story.",
    CorrectionKind.RETRACTION: "The story does not stand.",
}


class CorrectionDialog(QDialog):
    """The published text stays live until the corrected one is approved and exported."""

    def __init__(self, text: WorkingText, steps: Steps, parent: QWidget, *, said: str = "") -> None:
        """`said` are the words of the story that are to be corrected, where somebody chose them."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Open for correction"))
        fitting.resize_to_fit(self, 520, 420)
        self._steps = steps
        self.kind = Choice()
        for kind in CorrectionKind:
            self.kind.addItem(kind.value.capitalize(), kind)
        self.kind.setAccessibleName(self.tr("Kind"))
        self._meaning = QLabel()
        self._meaning.setProperty("role", "soft")
        self.said, self.in_fact = QPlainTextEdit(), QPlainTextEdit()
        self.said.setAccessibleName(self.tr("We said"))
        self.in_fact.setAccessibleName(self.tr("In fact"))
        for field in (self.said, self.in_fact):
            field.setTabChangesFocus(True)
            _lay_by_language(field, text.content.language)
        self.supersedes = Choice()
        self.supersedes.setAccessibleName(self.tr("In place of"))
        self.supersedes.addItem(self.tr("None"), "")
        for correction in text.content.corrections:
            self.supersedes.addItem(f"{correction.kind} {correction.at[:10]}", correction.key)
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.addRow(self.tr("Kind"), self.kind)
        form.addRow("", self._meaning)
        form.addRow(self.tr("We said"), self.said)
        form.addRow(self.tr("In fact"), self.in_fact)
        if text.content.corrections:
            form.addRow(self.tr("In place of"), self.supersedes)
        kinds = QDialogButtonBox.StandardButton
        self.refusal = QLabel(wordWrap=True)
        self.refusal.setProperty("chip", "warn")
        self.refusal.hide()
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        self.accept_button = buttons.button(kinds.Ok)
        self.accept_button.setText(self.tr("Open for correction"))
        buttons.accepted.connect(self._open)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.addLayout(form)
        column.addWidget(self.refusal)
        column.addWidget(buttons)
        clear_when_edited(self, self.refusal)
        self.kind.currentIndexChanged.connect(lambda _: self._explain())
        self._explain()
        self.said.setPlainText(said)
        (self.in_fact if said else self.said).setFocus()  # the kind is right for most, and words typed there go astray

    def _explain(self) -> None:
        self._meaning.setText(self.tr(_MEANING[CorrectionKind(self.kind.currentData())]))

    def _open(self) -> None:
        is_open = self._steps.correct(
            CorrectionKind(self.kind.currentData()),
            said=self.said.toPlainText(),
            in_fact=self.in_fact.toPlainText(),
            supersedes=str(self.supersedes.currentData()),
            refused=self._refuse,
        )
        if is_open:
            self.accept()

    def _refuse(self, why: str) -> None:
        """Says what is missing here, and goes to the first field without words."""
        self.refusal.setText(why)
        self.refusal.show()
        for field in (self.said, self.in_fact):
            if not field.toPlainText().strip():
                field.setFocus()
                return


def _lay_by_language(field: QPlainTextEdit, language: str) -> None:
    """What readers of a language read runs as it does, and in its letters, also while the field is empty."""
    is_rtl = language in direction.RTL
    way = Qt.LayoutDirection.RightToLeft if is_rtl else Qt.LayoutDirection.LeftToRight
    field.setLayoutDirection(way)
    option = field.document().defaultTextOption()
    sides = Qt.AlignmentFlag
    option.setAlignment((sides.AlignRight if is_rtl else sides.AlignLeft) | sides.AlignAbsolute)
    field.document().setDefaultTextOption(option)
    field.setFont(theme.reading_font(13, language=language))
