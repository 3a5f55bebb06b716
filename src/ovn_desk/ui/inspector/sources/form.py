"""One source, field by field: what readers see, what stays in the newsroom, and the files it came as."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QCompleter,
    QFileDialog,
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

from ovn_desk.domain.source import Attachment, Source, SourceKind, Terms
from ovn_desk.domain.texts import key_for
from ovn_desk.ui.widgets.inputs import Choice
from ovn_desk.usecases import sourcing

_PUBLIC = ("name", "role", "outlet", "url", "medium", "published", "retrieved", "locator", "key")
_UNNAMED = ("why_unnamed", "how_they_know", "known_to")


class SourceForm(QFrame):
    """Enter in a field saves, Escape leaves. `files_given` and `file_wanted` ask for files to be stored and shown."""

    saved = Signal(object, object)
    """The source, and the one that was shown; None for a new one."""
    files_given = Signal(object)
    file_wanted = Signal(object)

    def __init__(self, today: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.setObjectName("source-form")
        self.setProperty("role", "card")
        self._was: Source | None = None
        self._shown = Source()
        self._taken: tuple[str, ...] = ()
        self._known: dict[str, Source] = {}
        self._labels = QStringListModel(self)
        self._files: list[Attachment] = []
        self._kind, self._terms = Choice(), Choice()
        for kind in SourceKind:
            self._kind.addItem(kind.value.capitalize(), kind)
        for terms in Terms:
            self._terms.addItem(terms.value.capitalize(), terms)
        self._fields = {name: QLineEdit(placeholderText=hint) for name, (_, hint) in self._words().items()}
        self._excerpt = QPlainTextEdit(placeholderText=self.tr("The very words that support the story"))
        self._excerpt.setTabChangesFocus(True)
        self._excerpt.setFixedHeight(64)
        self._excerpt.setMinimumWidth(60)
        self._publish = QCheckBox(self.tr("Readers may see it"))
        self._independent = QCheckBox(self.tr("Independent"))
        self._publish.setAccessibleName(self.tr("Readers may see the excerpt"))
        self._independent.setToolTip(self.tr("Independent of those it speaks about"))
        self._agreed = QCheckBox(self.tr("The source agreed to this"))
        self._complaint = QLabel(wordWrap=True)
        self._complaint.hide()
        self._file_rows = QVBoxLayout()
        self._form = QFormLayout(self)
        self._lay_out()
        self._complete_names()
        self._terms.currentIndexChanged.connect(lambda _: self._show_terms())

    def edit(
        self,
        source: Source | None,
        taken: tuple[str, ...],
        *,
        start: Source | None = None,
        known: Sequence[Source] = (),
    ) -> None:
        """Shows a source, or a new one that begins as `start`; `known` are those of earlier stories."""
        self._was, self._taken = source, taken
        self._known = {one.label: one for one in known}
        self._labels.setStringList(list(self._known))
        self._shown = shown = source or start or Source(kind=SourceKind.ORGANISATION)
        for name, field in self._fields.items():
            field.setText(getattr(shown, name))
        self._kind.setCurrentIndex(self._kind.findData(shown.kind))
        self._terms.setCurrentIndex(self._terms.findData(shown.terms))
        self._excerpt.setPlainText(_excerpts_text(shown))
        self._publish.setChecked(shown.publish_excerpts)
        self._independent.setChecked(shown.is_independent)
        self._files = list(shown.files)
        self._show_files()
        self._show_terms()
        self._complaint.hide()
        self.show()
        self._fields["name"].setFocus()

    def complain(self, sentence: str) -> None:
        self._complaint.setText(sentence)
        self._complaint.setProperty("chip", "bad")
        self._complaint.show()

    def add_files(self, files: Sequence[Attachment]) -> None:
        """Files that were stored are named in the form; it is saved with them."""
        self._files += [file for file in files if file not in self._files]
        self._show_files()

    def add_excerpt(self, words: str) -> None:
        """Words somebody chose in a file of the source."""
        before = self._excerpt.toPlainText().strip()
        self._excerpt.setPlainText(f"{before}\n\n{words.strip()}".strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return
        super().keyPressEvent(event)

    def _words(self) -> dict[str, tuple[str, str]]:
        """Each field's label and what may stand in it."""
        return {
            "name": (self.tr("Name"), self.tr("Person, paper or body")),
            "role": (self.tr("Role"), self.tr("Minister of State for Railways")),
            "outlet": (self.tr("Outlet"), self.tr("Who published it")),
            "url": (self.tr("Address"), "https://"),
            "medium": (self.tr("Medium"), self.tr("Press note, interview, report…")),
            "published": (self.tr("Published"), "2025-07-20"),
            "retrieved": (self.tr("Retrieved"), "2025-07-20"),
            "locator": (self.tr("Page"), self.tr("Page or time")),
            "key": (self.tr("Key"), self.tr("made from the name")),
            "contact": (self.tr("Contact"), self.tr("Stays in the newsroom")),
            "why_unnamed": (self.tr("Why unnamed"), self.tr("What would happen if they were named?")),
            "how_they_know": (self.tr("How they know"), self.tr("Were they there? Have they seen it?")),
            "known_to": (self.tr("Known to"), self.tr("Which editor knows who it is?")),
        }

    def _lay_out(self) -> None:
        form, words = self._form, self._words()
        form.setContentsMargins(12, 10, 12, 10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        paste = QPushButton(self.tr("From the clipboard"))
        paste.setProperty("flat", True)
        paste.setToolTip(self.tr("An address becomes the address, words become the excerpt"))
        paste.clicked.connect(self._paste)
        form.addRow("", paste)
        for name in _PUBLIC:
            form.addRow(words[name][0], self._fields[name])
            if name == "name":
                form.addRow(self.tr("Kind"), self._kind)
                form.addRow(self.tr("Excerpt"), self._excerpt)
                form.addRow("", self._publish)
        form.addRow("", self._independent)
        form.addRow(self.tr("Terms"), self._terms)
        form.addRow("", self._agreed)
        for name in ("contact", *_UNNAMED):
            form.addRow(words[name][0], self._fields[name])
        for name, field in self._fields.items():
            field.setObjectName(f"source-{name}")
            field.setMinimumWidth(60)
            field.setAccessibleName(words[name][0])
            field.returnPressed.connect(self._finish)
        attach = QPushButton(self.tr("Attach a file…"))
        attach.clicked.connect(self._choose_files)
        form.addRow(self.tr("Files"), attach)
        form.addRow(self._file_rows)
        form.addRow(self._complaint)
        buttons = QHBoxLayout()
        save, cancel = QPushButton(self.tr("Save source")), QPushButton(self.tr("Cancel"))
        save.setObjectName("primary")
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(save)
        form.addRow(buttons)
        save.clicked.connect(self._finish)
        cancel.clicked.connect(self.hide)

    def _show_terms(self) -> None:
        """What is asked of a source that readers will not know by name, and of one that they now may."""
        terms = Terms(self._terms.currentData())
        for name in _UNNAMED:
            self._form.setRowVisible(self._fields[name], terms is Terms.BACKGROUND)
        self._agreed.setChecked(False)
        self._form.setRowVisible(self._agreed, self._loosens_terms())

    def _loosens_terms(self) -> bool:
        """Whether readers would learn more of the source than was agreed with it."""
        return self._was is not None and Terms(self._terms.currentData()).is_looser_than(self._was.terms)

    def _show_files(self) -> None:
        while taken := self._file_rows.takeAt(0):
            if widget := taken.widget():
                widget.hide()
                widget.deleteLater()
        for file in self._files:
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            show, drop = QToolButton(), QToolButton()
            show.setText(file.name)
            show.setToolTip(self.tr("Open {name}").format(name=file.name))
            show.clicked.connect(lambda _=False, f=file: self.file_wanted.emit(f))
            drop.setText("✕")
            drop.setAccessibleName(self.tr("Remove {name}").format(name=file.name))
            drop.clicked.connect(lambda _=False, f=file: self._drop(f))
            for button in (show, drop):
                button.setProperty("flat", True)
            line.addWidget(show, 1)
            line.addWidget(drop)
            self._file_rows.addWidget(row)

    def _drop(self, file: Attachment) -> None:
        self._files.remove(file)
        self._show_files()

    def _complete_names(self) -> None:
        """People and outlets of earlier stories, as one types their name."""
        completer = QCompleter(self._labels, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self._take)
        self._fields["name"].setCompleter(completer)

    def _take(self, label: str) -> None:
        known = self._known[label]
        for name in ("name", "role", "outlet", "url"):
            self._fields[name].setText(getattr(known, name))
        self._kind.setCurrentIndex(self._kind.findData(known.kind))

    def _paste(self) -> None:
        came = sourcing.from_words(QGuiApplication.clipboard().text(), today=self._today())
        for name in ("outlet", "url", "retrieved"):
            if getattr(came, name):
                self._fields[name].setText(getattr(came, name))
        for excerpt in came.excerpts:
            self.add_excerpt(excerpt)

    def _choose_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Attach files"), "", sourcing.FILTER)
        if names:
            self.files_given.emit([Path(name) for name in names])

    def _finish(self) -> None:
        values: dict[str, Any] = {name: field.text().strip() for name, field in self._fields.items()}
        if not (values["name"] or values["outlet"]):
            self.complain(self.tr("Give the source a name or an outlet."))
            return
        if self._was and self._loosens_terms() and not self._agreed.isChecked():
            words = self.tr("This source is {terms}. Say that it agreed to be {new}, or leave the terms as they were.")
            self.complain(words.format(terms=self._was.terms, new=self._terms.currentText().lower()))
            self._agreed.setFocus()
            return
        values["key"] = values["key"] or key_for(values["name"] or values["outlet"], self._taken)
        shown, text = self._shown, self._excerpt.toPlainText()
        excerpts = tuple(part.strip() for part in text.split("\n\n") if part.strip())
        made = replace(
            shown,
            **values,
            kind=SourceKind(self._kind.currentData()),
            terms=Terms(self._terms.currentData()),
            excerpts=shown.excerpts if text == _excerpts_text(shown) else excerpts,
            publish_excerpts=self._publish.isChecked(),
            is_independent=self._independent.isChecked(),
            files=tuple(self._files),
        )
        self.saved.emit(made, self._was)


def _excerpts_text(source: Source) -> str:
    """The excerpts as the form shows them, an empty line between two."""
    return "\n\n".join(source.excerpts)
