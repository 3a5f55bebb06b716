"""Opening a published article for a correction: what we said, what is so, as readers will be told."""

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
from ovn_desk.ui.state.steps import Steps
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets import fitting
from ovn_desk.ui.widgets.inputs import Choice

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

    def __init__(self, text: WorkingText, steps: Steps, parent: QWidget) -> None:
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
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        self.accept_button = buttons.button(kinds.Ok)
        self.accept_button.setText(self.tr("Open for correction"))
        buttons.accepted.connect(self._open)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.addLayout(form)
        column.addWidget(buttons)
        self.kind.currentIndexChanged.connect(lambda _: self._explain())
        self._explain()

    def _explain(self) -> None:
        self._meaning.setText(self.tr(_MEANING[CorrectionKind(self.kind.currentData())]))

    def _open(self) -> None:
        is_open = self._steps.correct(
            CorrectionKind(self.kind.currentData()),
            said=self.said.toPlainText(),
            in_fact=self.in_fact.toPlainText(),
            supersedes=str(self.supersedes.currentData()),
        )
        if is_open:
            self.accept()
