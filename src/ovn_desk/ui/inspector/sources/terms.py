"""What was agreed with a source about naming it: three choices, what each means for readers, and what it asks for."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ovn_desk.domain.source import Source, Terms

UNNAMED = ("why_unnamed", "how_they_know", "known_to")


class TermsChoice(QWidget):
    """Buttons, not a list: nothing that a wheel passes over changes what was agreed."""

    edited = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._was: Terms | None = None
        self.buttons = {
            Terms.ON_RECORD: QPushButton(self.tr("On record")),
            Terms.BACKGROUND: QPushButton(self.tr("Background")),
            Terms.OFF_RECORD: QPushButton(self.tr("Off record")),
        }
        self.slip = {name: QLineEdit() for name in UNNAMED}
        self.agreed = QCheckBox(self.tr("The source agreed to this"))
        self._meaning = QLabel(wordWrap=True)
        self._meaning.setProperty("role", "soft")
        self._slip = QWidget()
        self._lay_out()
        self.show_source(Source(), was=None)

    @property
    def value(self) -> Terms:
        return next(terms for terms, button in self.buttons.items() if button.isChecked())

    @property
    def is_loosened(self) -> bool:
        """Whether readers would learn more of the source than was agreed with it."""
        return self._was is not None and self.value.is_looser_than(self._was)

    def show_source(self, source: Source, *, was: Terms | None) -> None:
        """Shows what was agreed; looser terms than there `was` need the source's word."""
        self._was = was
        for name, field in self.slip.items():
            field.setText(getattr(source, name))
        self.buttons[source.terms].setChecked(True)
        self._show_meaning()

    def answers(self) -> dict[str, Any]:
        """What is said of a source that is not named, by field."""
        return {name: field.text().strip() for name, field in self.slip.items()}

    def _lay_out(self) -> None:
        group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(4)
        for terms, button in self.buttons.items():
            button.setCheckable(True)
            button.setObjectName(f"source-terms-{terms.name.lower()}")
            group.addButton(button)
            row.addWidget(button)
        row.addStretch()
        group.buttonClicked.connect(lambda _: self._choose())
        questions = {
            "why_unnamed": (self.tr("Why are they not named?"), self.tr("What would happen if they were?")),
            "how_they_know": (self.tr("How do they know?"), self.tr("Were they there? Have they seen it?")),
            "known_to": (self.tr("Which editor knows who it is?"), ""),
        }
        inner = QVBoxLayout(self._slip)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(4)
        for name, (question, example) in questions.items():
            field = self.slip[name]
            field.setObjectName(f"source-{name}")
            field.setPlaceholderText(example)
            field.setAccessibleName(question)
            field.textChanged.connect(lambda _: self.edited.emit())
            field.returnPressed.connect(self.entered)
            label = QLabel(question)
            label.setProperty("role", "label")
            label.setBuddy(field)
            inner.addWidget(label)
            inner.addWidget(field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        for widget in (self._meaning, self._slip, self.agreed):
            column.addWidget(widget)

    def _choose(self) -> None:
        self._show_meaning()
        self.edited.emit()

    def _show_meaning(self) -> None:
        self._meaning.setText(
            {
                Terms.ON_RECORD: self.tr(
                    "Readers see who it is, and the words where you tick so. Notes and telephone never leave this desk."
                ),
                Terms.BACKGROUND: self.tr(
                    "Readers see that there is a source, and nothing of who it is. An editor has to know."
                ),
                Terms.OFF_RECORD: self.tr(
                    "Readers see nothing of it, and a story that cites it is not approved: it shows you where to look."
                ),
            }[self.value]
        )
        self._slip.setVisible(self.value is Terms.BACKGROUND)
        self.agreed.setChecked(False)
        self.agreed.setVisible(self.is_loosened)
