"""The sources of an article: what each is, how often it is cited, and a form to add or change one."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ovn_desk.domain import review
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.source import Source, SourceKind, Terms
from ovn_desk.domain.texts import key_for
from ovn_desk.ui.workspace import Workspace


class SourceList(QWidget):
    """Cards of the article's sources; a card can be cited, changed, moved and removed."""

    citation_wanted = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._heading = QLabel()
        self._heading.setProperty("role", "heading")
        self.add = QPushButton(self.tr("+ Add source"))
        self.add.setObjectName("add-source")
        self.add.setProperty("flat", True)
        self.form = SourceForm(self)
        self.form.hide()
        self._cards = QVBoxLayout()
        self._cards.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(self._heading, 1)
        top.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.form)
        column.addLayout(self._cards)
        self._shown: tuple[object, ...] = ()
        self.add.clicked.connect(self.open_form)
        self.form.saved.connect(self._save)
        workspace.opened.connect(self._another)
        workspace.content_rested.connect(self.refresh)
        workspace.article_changed.connect(self.refresh)

    def open_form(self) -> None:
        """An empty form, ready to be typed into."""
        if self._workspace.edit_refusal:
            self._workspace.refused.emit(self._workspace.edit_refusal)
            return
        self.form.edit(None, tuple(source.key for source in self._workspace.content.sources))

    def refresh(self) -> None:
        """Draws the cards anew when the sources, or how often they are cited, have changed."""
        content = self._workspace.content
        cited = [citation.key for citation in review.citations(content.body)]
        counts = tuple(cited.count(source.key) for source in content.sources)
        may_edit = not self._workspace.edit_refusal
        shown = (content.sources, counts, may_edit)
        if shown == self._shown:
            return
        self._shown = shown
        self.add.setEnabled(may_edit)
        self._heading.setText(self.tr("Sources {count}").format(count=len(content.sources) or ""))
        while taken := self._cards.takeAt(0):
            if widget := taken.widget():
                widget.hide()
                widget.deleteLater()
        for source, count in zip(content.sources, counts, strict=True):
            self._cards.addWidget(self._card(source, count, may_edit=may_edit))
        if not content.sources:
            empty = QLabel(self.tr("No sources yet. Add whom or what the story rests on, then cite it in the text."))
            empty.setWordWrap(True)
            empty.setProperty("role", "soft")
            self._cards.addWidget(empty)

    def _card(self, source: Source, count: int, *, may_edit: bool) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 8, 8, 6)
        column.setSpacing(4)
        title = QLabel()
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setText(" · ".join(part for part in (source.label, source.medium, source.published) if part))
        title.setWordWrap(True)
        title.setProperty("role", "heading")
        column.addWidget(title)
        if source.excerpts:
            excerpt = QLabel()
            excerpt.setTextFormat(Qt.TextFormat.PlainText)
            text = source.excerpts[0]
            excerpt.setText(text if len(text) < 120 else text[:117] + "…")
            excerpt.setWordWrap(True)
            excerpt.setProperty("role", "soft")
            column.addWidget(excerpt)
        row = QHBoxLayout()
        row.setSpacing(0)
        key = QLabel(f"@{source.key}")
        key.setProperty("role", "soft")
        chip = QLabel(self.tr("cited {count}×").format(count=count) if count else self.tr("not cited"))
        chip.setProperty("chip", "calm" if count else "warn")
        row.addWidget(key)
        row.addSpacing(8)
        row.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch()
        column.addLayout(row)
        if may_edit:
            actions = QHBoxLayout()
            actions.setSpacing(0)
            for button in self._buttons(source):
                actions.addWidget(button)
            actions.addStretch()
            column.addLayout(actions)
        return card

    def _buttons(self, source: Source) -> list[QToolButton]:
        taken = tuple(other.key for other in self._workspace.content.sources if other.key != source.key)
        actions = (
            (self.tr("Cite"), self.tr("Cite {name} at the cursor"), lambda: self.citation_wanted.emit(source.key)),
            (self.tr("Edit"), self.tr("Change {name}"), lambda: self.form.edit(source, taken)),
            ("↑", self.tr("Move {name} up"), lambda: self._workspace.move_source(source.key, -1)),
            ("↓", self.tr("Move {name} down"), lambda: self._workspace.move_source(source.key, 1)),
            ("✕", self.tr("Remove {name}"), lambda: self._workspace.remove_source(source.key)),
        )
        made = []
        for sign, meaning, do in actions:
            button = QToolButton()
            button.setText(sign)
            button.setProperty("flat", True)
            button.setToolTip(meaning.format(name=source.label))
            button.setAccessibleName(meaning.format(name=source.label))
            button.clicked.connect(lambda _=False, act=do: act())
            made.append(button)
        return made

    def _save(self, source: Source, was: str) -> None:
        try:
            self._workspace.set_source(source, was=was)
        except DeskError as error:
            self.form.complain(str(error))
            return
        self.form.hide()
        self.add.setFocus()

    def _another(self) -> None:
        self.form.hide()
        self.refresh()


class SourceForm(QFrame):
    """One source, field by field. Enter in a field saves, Escape leaves."""

    saved = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("source-form")
        self.setProperty("role", "card")
        self._was: Source | None = None
        self._taken: tuple[str, ...] = ()
        self._kind = QComboBox()
        for kind in SourceKind:
            self._kind.addItem(kind.value.capitalize(), kind)
        self._terms = QComboBox()
        for terms in Terms:
            self._terms.addItem(terms.value.capitalize(), terms)
        self._fields = {
            "name": QLineEdit(placeholderText=self.tr("Person, paper or body")),
            "outlet": QLineEdit(placeholderText=self.tr("Who published it")),
            "url": QLineEdit(placeholderText="https://"),
            "medium": QLineEdit(placeholderText=self.tr("Press note, interview, report…")),
            "published": QLineEdit(placeholderText="2025-07-20"),
            "locator": QLineEdit(placeholderText=self.tr("Page or time")),
            "key": QLineEdit(placeholderText=self.tr("made from the name")),
        }
        self._excerpt = QPlainTextEdit(placeholderText=self.tr("The very words that support the story"))
        self._excerpt.setTabChangesFocus(True)
        self._excerpt.setFixedHeight(64)
        self._excerpt.setMinimumWidth(60)
        self._publish = QCheckBox(self.tr("Readers may see the excerpt"))
        self._complaint = QLabel(wordWrap=True)
        self._complaint.hide()
        labels = {
            "name": self.tr("Name"),
            "outlet": self.tr("Outlet"),
            "url": self.tr("Address"),
            "medium": self.tr("Medium"),
            "published": self.tr("Published"),
            "locator": self.tr("Page"),
            "key": self.tr("Key"),
        }
        form = QFormLayout(self)
        form.setContentsMargins(12, 10, 12, 10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, field in self._fields.items():
            field.setObjectName(f"source-{name}")
            field.setMinimumWidth(60)
            field.setAccessibleName(labels[name])
            field.returnPressed.connect(self._finish)
            form.addRow(labels[name], field)
            if name == "name":
                form.addRow(self.tr("Kind"), self._kind)
        form.addRow(self.tr("Terms"), self._terms)
        form.addRow(self.tr("Excerpt"), self._excerpt)
        form.addRow("", self._publish)
        form.addRow(self._complaint)
        buttons = QHBoxLayout()
        save = QPushButton(self.tr("Save source"))
        save.setObjectName("primary")
        cancel = QPushButton(self.tr("Cancel"))
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(save)
        form.addRow(buttons)
        save.clicked.connect(self._finish)
        cancel.clicked.connect(self.hide)

    def edit(self, source: Source | None, taken: tuple[str, ...]) -> None:
        """Shows the form for a source, or for a new one."""
        self._was, self._taken = source, taken
        shown = source or Source(key="", kind=SourceKind.OUTLET)
        for name, field in self._fields.items():
            field.setText(getattr(shown, name))
        self._kind.setCurrentIndex(self._kind.findData(shown.kind))
        self._terms.setCurrentIndex(self._terms.findData(shown.terms))
        self._excerpt.setPlainText("\n\n".join(shown.excerpts))
        self._publish.setChecked(shown.publish_excerpts)
        self._complaint.hide()
        self.show()
        self._fields["name"].setFocus()

    def complain(self, sentence: str) -> None:
        self._complaint.setText(sentence)
        self._complaint.setProperty("chip", "bad")
        self._complaint.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return
        super().keyPressEvent(event)

    def _finish(self) -> None:
        values: dict[str, Any] = {name: field.text().strip() for name, field in self._fields.items()}
        if not (values["name"] or values["outlet"]):
            self.complain(self.tr("Give the source a name or an outlet."))
            return
        values["key"] = values["key"] or key_for(values["name"] or values["outlet"], self._taken)
        excerpts = tuple(part.strip() for part in self._excerpt.toPlainText().split("\n\n") if part.strip())
        made = replace(
            self._was or Source(key="new"),
            **values,
            kind=SourceKind(self._kind.currentData()),
            terms=Terms(self._terms.currentData()),
            excerpts=excerpts,
            publish_excerpts=self._publish.isChecked(),
        )
        self.saved.emit(made, self._was.key if self._was else "")
