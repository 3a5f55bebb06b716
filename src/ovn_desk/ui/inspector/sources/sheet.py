"""The sheet of one source: what kind it is, then that kind's fields, its words, and what readers may know of it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QMimeData, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QImageWriter, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QWidget

from ovn_desk.domain.source import Attachment, Source, SourceKind
from ovn_desk.domain.texts import key_for
from ovn_desk.ui.inspector.sources.kinds import KINDS, Shape, shape_of, words_label
from ovn_desk.ui.inspector.sources.sheet_layout import SheetLayout
from ovn_desk.ui.state.incoming_files import is_ours
from ovn_desk.ui.widgets.file_drops import take_files
from ovn_desk.usecases import sourcing

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_TAKES_ADDRESSES = frozenset({"url", "contact"})
_IDENTIFYING = ("name", "outlet", "url")


class SourceSheet(QFrame):
    """Shows a source, or a new one, and says what was made of it; it keeps and cites nothing itself."""

    saved = Signal(object, object, bool)
    """The source, the one that was shown (None for a new one), and whether it is to be cited at the cursor."""
    edited = Signal()
    left = Signal()
    """Escape: what is filled in is to be kept as a draft."""
    discarded = Signal()
    files_given = Signal(object)
    """Paths, and the bytes of a PNG where a picture came from the clipboard."""
    file_wanted = Signal(object)

    def __init__(self, today: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.setObjectName("source-sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        take_files(self, lambda data, _: self.take(data), wants=lambda files: not any(map(is_ours, files)))
        self.setAcceptDrops(True)
        self._is_refused = False
        self._was: Source | None = None
        self._shown = Source()
        self._begun = Source()
        self._taken: tuple[str, ...] = ()
        self._known: dict[str, Source] = {}
        self._before_files: tuple[Source, Shape] | None = None
        """What stood here before the files came that are being read, where anything did."""
        self.parts = SheetLayout(self)
        self._name_rest = QTimer(self, singleShot=True, interval=250)
        self._connect()
        self.show_source(None, ())

    # What stands in it

    @property
    def title(self) -> str:
        """What a person calls the source that is written down here, for a sentence about it."""
        now = self.source()
        return now.name or now.outlet or now.url or " ".join(" ".join(now.excerpts).split()[:5])

    @property
    def is_filled(self) -> bool:
        """Whether anything was typed that saving, or a draft, would have to keep."""
        return not self._is_refused and self.source() != self._begun

    @property
    def is_asked(self) -> bool:
        """Whether it was said here that they were asked for a reply."""
        asked = self.parts.fields.asked
        return asked.isEnabled() and asked.isVisibleTo(self) and asked.isChecked()

    def source(self) -> Source:
        """The source as the sheet has it now, its key perhaps still empty."""
        parts, shown = self.parts, self._shown
        text = parts.words.toPlainText()
        excerpts = tuple(kept for part in text.split("\n\n") if (kept := part.strip()))
        return replace(
            parts.fields.source(shown),
            **parts.terms.answers(),
            terms=parts.terms.value,
            excerpts=shown.excerpts if text == _excerpts_text(shown) else excerpts,
            publish_excerpts=parts.publish.isChecked(),
            files=tuple(parts.files.files),
        )

    def show_source(
        self,
        source: Source | None,
        taken: tuple[str, ...],
        *,
        start: Source | None = None,
        shape: Shape | None = None,
        known: Sequence[Source] = (),
        is_asked: bool = False,
        refusal: str = "",
    ) -> None:
        """Shows a source, or a new one; `start` is what is to stand in it already, `known` those of earlier stories.

        `shape` is the choice it was written under, where that can not be told from the source; `refusal` says why
        nothing can be saved.

        `taken` are the keys of the article's other sources.
        """
        parts = self.parts
        self._was, self._taken = source, taken
        self._known = {one.label: one for one in known}
        parts.fields.offer_names(list(self._known))
        self._before_files = None
        self._begun = source or Source(kind=SourceKind.PERSON)
        self._shown = shown = start or self._begun
        if start and not source:
            self._begun = replace(self._begun, key=start.key)  # it came from the text, and nobody would miss it
        with_more = self._fill(shown, is_asked=is_asked)
        if shape is not None and shown.kind in KINDS[shape]:
            self._arrange(shape)
        parts.terms.show_source(shown, was=source.terms if source else None)
        parts.unfold(on=with_more)
        parts.begin(is_new=source is None, refusal=refusal)
        self._is_refused = bool(refusal)
        self.show_fields()
        self._show_known()

    def focus_first(self) -> None:
        """Puts the keyboard where one begins to type."""
        next(self.parts.fields.inputs()).setFocus()

    def add_files(self, files: Sequence[Attachment]) -> None:
        """Files that were stored; the first names a source that has no name yet."""
        line = self.parts.fields.lines["name"]
        if self._is_nobody():
            self._arrange(Shape.DOCUMENT)
        self.parts.files.add(files)
        if files and not line.text().strip() and self.parts.fields.shape is Shape.DOCUMENT:
            line.setText(Path(files[0].name).stem)
        before, self._before_files = self._before_files, None
        if files and before is not None:
            self.parts.added.emit(*before)

    def add_excerpt(self, words: str) -> None:
        """Words somebody chose in a file of the source, or pasted."""
        before = self.parts.words.toPlainText().strip()
        self.parts.words.setPlainText(f"{before}\n\n{words.strip()}".strip())

    # What comes in

    def show_file(self, viewer: QWidget) -> None:
        """A file of the source in place of its fields, until its viewer is left."""
        self.parts.stack.addWidget(viewer)
        self.parts.stack.setCurrentWidget(viewer)
        viewer.setFocus()

    def show_fields(self) -> None:
        """The fields again, and no file."""
        while (viewer := self.parts.stack.widget(1)) is not None:
            self.parts.stack.removeWidget(viewer)
            viewer.hide()
            viewer.deleteLater()

    def take(self, data: QMimeData) -> None:
        """What was pasted or dropped on the sheet goes where it belongs; nothing that was typed is lost."""
        was_filled, before = self.is_filled, (self.source(), self.parts.fields.shape)
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        self._before_files = before if was_filled else None
        if files:
            self.files_given.emit(files)
        elif data.text().strip():
            known = tuple(self._known.values())
            self.take_source(sourcing.from_words(data.text(), today=self._today(), html=data.html(), known=known))
        elif data.hasImage():
            self.files_given.emit([_png(data.imageData())])
        if was_filled and not files and data.text().strip() and sourcing.is_address(data.text()):
            self.parts.added.emit(*before)

    def take_source(self, came: Source) -> None:
        """Takes over what is known of a source; its kind too, where it is not said yet who or what this one is."""
        if self._is_nobody() and (came.url or not self.parts.words.toPlainText().strip()):
            self._arrange(shape_of(came))
        for name in (*_IDENTIFYING, "retrieved"):
            line = self.parts.fields.lines[name]
            value = getattr(came, name)
            if value and (name == "url" or not line.text().strip()):
                line.selectAll()
                line.insert(value)  # so that Ctrl+Z in the field brings back what stood there
        for excerpt in came.excerpts:
            self.add_excerpt(excerpt)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.take(event.mimeData())
        event.acceptProposedAction()

    # Keys

    def event(self, event: QEvent) -> bool:
        """Keeps Ctrl+Enter and Escape for the sheet: in the window the first of them files, or signs, the story."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_own(event):
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field would take these keys for its own."""
        if not isinstance(event, QKeyEvent) or event.type() not in {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride}:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride:
            if _is_own(event):
                event.accept()
            return super().eventFilter(watched, event)
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._save(is_cited=True)
            return True
        if event.matches(QKeySequence.StandardKey.Paste) and self._is_for_sheet(watched):
            self.take(QGuiApplication.clipboard().mimeData())
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.parts.stack.count() > 1:
            self.show_fields()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._save(is_cited=True)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.take(QGuiApplication.clipboard().mimeData())
        else:
            super().keyPressEvent(event)

    def _is_for_sheet(self, field: QObject) -> bool:
        """Whether what is on the clipboard is meant for the sheet though the keyboard is in a field."""
        data = QGuiApplication.clipboard().mimeData()
        if any(url.isLocalFile() for url in data.urls()) or not data.text().strip():
            return data.hasUrls() or data.hasImage()
        is_other = sourcing.is_address(data.text()) or sourcing.is_quotation(data.text())
        lines = self.parts.fields.lines
        return is_other and any(field is line for name, line in lines.items() if name not in _TAKES_ADDRESSES)

    def _key(self, made: Source) -> str:
        """The key that was written down; one that was only begun in the text goes on where the name goes on with it."""
        from_name = key_for(made.name or made.outlet, self._taken)
        is_begun = self._was is None and made.key == self._begun.key and from_name.startswith(made.key)
        return from_name if is_begun or not made.key else made.key

    # Parts

    def _connect(self) -> None:
        parts = self.parts
        parts.shape_chosen.connect(self._arrange)
        parts.paste_now.triggered.connect(lambda: self.take(QGuiApplication.clipboard().mimeData()))
        parts.save_and_cite.clicked.connect(lambda: self._save(is_cited=True))
        parts.save.clicked.connect(lambda: self._save(is_cited=False))
        parts.discard.clicked.connect(self.discarded)
        parts.earlier.use_wanted.connect(self._use_earlier)
        for part in (parts.fields, parts.terms, parts.files):
            part.edited.connect(self.edited)
        parts.words.textChanged.connect(self.edited)
        parts.publish.toggled.connect(lambda _: self.edited.emit())
        parts.fields.entered.connect(self._enter)
        parts.terms.entered.connect(self._enter)
        parts.fields.named.connect(lambda label: self._use_earlier(self._known.get(label)))
        parts.fields.lines["name"].textChanged.connect(lambda _: self._name_rest.start())
        self._name_rest.timeout.connect(self._show_known)
        parts.files.files_given.connect(self.files_given)
        parts.files.file_wanted.connect(self.file_wanted)
        for field in parts.typed_into():
            field.installEventFilter(self)

    def _fill(self, shown: Source, *, is_asked: bool) -> bool:
        """Puts a source into the fields; returns whether any of it stands under “More”."""
        parts = self.parts
        parts.fields.show_source(shown, is_asked=is_asked)
        parts.files.show_files(shown.files)
        parts.words.setPlainText(_excerpts_text(shown))
        parts.publish.setChecked(shown.publish_excerpts)
        self._arrange(parts.fields.shape)
        return parts.fields.has_more()

    def _arrange(self, shape: Shape) -> None:
        self.parts.arrange(shape, words_label(shape))
        self.edited.emit()

    def _is_nobody(self) -> bool:
        """Whether nothing says yet whom or what this source is."""
        lines = self.parts.fields.lines
        return self._was is None and not any(lines[name].text().strip() for name in _IDENTIFYING)

    def _show_known(self) -> None:
        """Somebody of that name in an earlier story, as far as what is known of them is not here already."""
        name = self.parts.fields.lines["name"].text().strip().casefold()
        found = (one for one in self._known.values() if name and name in {one.name.casefold(), one.label.casefold()})
        known = next(found, None)
        lines = self.parts.fields.lines
        is_news = known is not None and any(
            getattr(known, part) and getattr(known, part) != lines[part].text().strip()
            for part in ("name", "role", "outlet", "url")
        )
        self.parts.earlier.show_source(known if is_news or (known and self._was is None) else None)

    def _use_earlier(self, known: Source | None) -> None:
        if known is None:
            return
        self._arrange(shape_of(known))
        for name in ("name", "role", "outlet", "url"):
            if getattr(known, name):
                self.parts.fields.lines[name].setText(getattr(known, name))
        self.parts.words.setFocus()

    def _enter(self) -> None:
        """Enter in a line does what the first button says."""
        self._save(is_cited=self._was is None)

    def _save(self, *, is_cited: bool) -> None:
        if self._is_refused:
            return
        made, terms = self.source(), self.parts.terms
        if not (made.name or made.outlet):
            self.parts.complaint = self.tr("Give the source a name, or say who published it.")
            self.focus_first()
            return
        if self._was and terms.is_loosened and not terms.agreed.isChecked():
            words = self.tr("This source is {terms}. Say that it agreed to be {new}, or leave the terms as they were.")
            self.parts.complaint = words.format(terms=self._was.terms, new=made.terms)
            terms.agreed.setFocus()
            return
        today = self._today()
        made = replace(
            made,
            key=self._key(made),
            published=sourcing.date_said(made.published, today=today),
            retrieved=sourcing.date_said(made.retrieved, today=today),
        )
        self.saved.emit(made, self._was, is_cited)


def _is_own(event: QKeyEvent) -> bool:
    is_enter = event.key() in _ENTER and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return is_enter or event.key() == Qt.Key.Key_Escape


def _excerpts_text(source: Source) -> str:
    """The excerpts as the sheet shows them, an empty line between two."""
    return "\n\n".join(source.excerpts)


def _png(picture: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(picture)
    return bytes(buffer.data().data())
