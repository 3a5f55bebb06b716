"""Where everything on the sheet of a source stands: a head, a middle that scrolls, and buttons always in sight."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from ovn_desk.ui.inspector.sources.earlier import EarlierCard
from ovn_desk.ui.inspector.sources.fields import SourceFields
from ovn_desk.ui.inspector.sources.files import FileList
from ovn_desk.ui.inspector.sources.kinds import Shape, shape_label
from ovn_desk.ui.inspector.sources.terms import TermsChoice
from ovn_desk.ui.widgets.steady import SteadyPushButton
from ovn_desk.ui.widgets.urdu_words import follow_words

_WORDS_HEIGHT, _URDU_HEIGHT, _SIDE = 84, 124, 20


class SheetLayout(QObject):
    """The parts of the sheet, in their places."""

    shape_chosen = Signal(object)
    added = Signal(object, object)
    """A file or an address came to what was filled in already: the source and its shape before that."""

    def __init__(self, sheet: QFrame) -> None:
        super().__init__(sheet)
        self._title, self._escape = QLabel(), QLabel(self.tr("Esc keeps it as a draft"))
        self._title.setProperty("role", "sheet-title")
        self._escape.setProperty("role", "soft")
        self.paste = QPushButton()
        self.paste.setAccessibleName(self.tr("Paste an address, a quotation or a file"))
        self.paste_now = QAction(self.tr("Paste"), self.paste)
        """In the menu under the pointer: what is on the clipboard may be old, and a press alone pastes nothing."""
        self._is_narrow = False
        self.paste.setObjectName("source-paste")
        self.shapes = {shape: SteadyPushButton(shape_label(shape)) for shape in Shape}
        self.fields, self.terms, self.files = SourceFields(), TermsChoice(), FileList()
        self.words = QPlainTextEdit()
        self._words_label = QLabel()
        self.publish = QCheckBox(self.tr("Readers may see these words"))
        self._more = QPushButton()
        self.earlier = EarlierCard()
        self._complaint = QLabel(wordWrap=True)
        self._complaint.setProperty("chip", "bad")
        self.save_and_cite = QPushButton(self.tr("Save and cite"))
        self.save, self.discard = QPushButton(self.tr("Save")), QPushButton(self.tr("Discard"))
        self._prepare()
        self.stack = QStackedLayout(sheet)
        self._form = QWidget()
        self.stack.addWidget(self._form)
        column = QVBoxLayout(self._form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._middle())
        self._scroll.viewport().installEventFilter(self)
        self._fit()
        column.addWidget(self._scroll, 1)
        column.addWidget(self._complaint)
        column.addLayout(self._foot())

    def typed_into(self) -> Iterator[QWidget]:
        """Whatever takes keys, in the order in which Tab goes through."""
        yield self.paste
        yield from self.shapes.values()
        yield from self.fields.lines.values()
        yield from (self.fields.kind, self.fields.language, self.fields.note)
        yield from (self.words, self.publish)
        yield from self.terms.slip.values()

    def arrange(self, shape: Shape, words: str) -> None:
        """Shows the fields of a shape, files among the first of them where it is a document."""
        self.shapes[shape].setChecked(True)
        self.fields.arrange(shape)
        self._words_label.setText(words)
        self.words.setAccessibleName(words)
        is_document = shape is Shape.DOCUMENT
        (self._document_files if is_document else self._more_files).addWidget(self.files)
        self.files.setVisible(is_document or self._more.isChecked())
        self._order_tabs()

    def unfold(self, *, on: bool) -> None:
        """Shows or folds what stands under “More”."""
        self._more.setChecked(on)
        self._show_more()

    def begin(self, *, is_new: bool, refusal: str) -> None:
        """Words and main button for a source that is new, or one that is changed; its first field in sight.

        With a `refusal`, a sentence, nothing can be saved.
        """
        self.complaint = refusal
        self._name_paste(is_explained=False)
        for button in (self.save, self.save_and_cite):
            button.setEnabled(not refusal)
        self._escape.setVisible(not refusal)
        self._scroll.verticalScrollBar().setValue(0)
        self._title.setText(
            self.tr("Source") if refusal else self.tr("New source") if is_new else self.tr("Change the source")
        )
        self.discard.setText(
            self.tr("Close") if refusal else self.tr("Discard") if is_new else self.tr("Discard changes")
        )
        main, other = (self.save_and_cite, self.save) if is_new else (self.save, self.save_and_cite)
        for button, name in ((main, "primary"), (other, "")):
            button.setObjectName(name)
            button.style().unpolish(button)
            button.style().polish(button)
        self._buttons.insertWidget(0, main)
        self._order_tabs()

    @property
    def complaint(self) -> str:
        """What is wrong with the source, in a sentence above the buttons; empty for nothing."""
        return self._complaint.text()

    @complaint.setter
    def complaint(self, sentence: str) -> None:
        self._complaint.setText(sentence)
        self._complaint.setVisible(bool(sentence))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """The choices in one row where all their words have room, else in two; shorter words where it is narrow."""
        room = self._scroll.viewport().width() - 2 * _SIDE
        needed = sum(button.sizeHint().width() + 6 for button in self.shapes.values())
        if self._shape_grid.count() and self._is_narrow is (needed > room):
            return
        self._is_narrow = needed > room
        columns = 3 if self._is_narrow else len(self.shapes)
        for number, button in enumerate(self.shapes.values()):
            self._shape_grid.addWidget(button, number // columns, number % columns)
        self._name_paste(is_explained=False)
        self._name_more()

    def _explain_paste(self) -> None:
        """A press pastes nothing: what is on the clipboard may be of the source before."""
        self.paste.setFocus()
        self._name_paste(is_explained=True)

    def _name_paste(self, *, is_explained: bool) -> None:
        if is_explained:
            words = self.tr("Ctrl+V pastes here") if self._is_narrow else self.tr("Ctrl+V pastes here what was copied")
        else:
            what = self.tr("Paste") if self._is_narrow else self.tr("Paste an address, a quotation or a file")
            words = f"{what}   Ctrl V"
        self.paste.setText(words)

    def _name_more(self) -> None:
        if self._more.isChecked():
            self._more.setText(self.tr("Less ▴"))
        elif self._is_narrow:
            self._more.setText(self.tr("More: notes · file · language ▸"))
        else:
            self._more.setText(self.tr("More: telephone and notes · file · language · asked for a reply ▸"))

    def _prepare(self) -> None:
        group = QButtonGroup(self)
        for shape, button in self.shapes.items():
            button.setCheckable(True)
            button.setProperty("choice", True)
            button.setObjectName(f"source-shape-{shape.name.lower()}")
            button.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)
            group.addButton(button)
            button.clicked.connect(lambda _=False, chosen=shape: self.shape_chosen.emit(chosen))
        self.paste.addAction(self.paste_now)
        self.paste.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.paste.setToolTip(self.tr("Copy it where it stands, then press Ctrl+V here, or drop it"))
        self.paste.clicked.connect(self._explain_paste)
        self.words.setObjectName("source-words")
        self.words.setTabChangesFocus(True)
        follow_words(self.words, height=_WORDS_HEIGHT, urdu_height=_URDU_HEIGHT)
        self.words.setMinimumWidth(60)
        self._words_label.setProperty("role", "label")
        self._words_label.setBuddy(self.words)
        self._more.setCheckable(True)
        self._more.setProperty("link", True)
        self._more.setObjectName("source-more")
        self._more.clicked.connect(lambda _: self._show_more())
        self._complaint.setContentsMargins(_SIDE, 6, _SIDE, 6)
        self._complaint.setObjectName("source-complaint")

    def _head(self) -> QVBoxLayout:
        top = QHBoxLayout()
        top.addWidget(self._title)
        top.addStretch()
        top.addWidget(self._escape)
        head = QVBoxLayout()
        head.setContentsMargins(_SIDE, 12, _SIDE, 8)
        head.setSpacing(8)
        head.addLayout(top)
        return head

    def _middle(self) -> QWidget:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(_SIDE, 0, _SIDE, 8)
        column.setSpacing(8)
        self._document_files, self._more_files = QVBoxLayout(), QVBoxLayout()
        self._shape_grid = QGridLayout()
        self._shape_grid.setSpacing(6)
        readers = QLabel(self.tr("May readers know who it is?"))
        readers.setProperty("role", "label")
        said = QVBoxLayout()
        said.setSpacing(4)
        for widget in (self._words_label, self.words, self.publish):
            said.addWidget(widget)
        row = QHBoxLayout()
        row.addWidget(self.paste)
        row.addStretch()
        column.addLayout(row)
        column.addLayout(self._shape_grid)
        column.addWidget(self.fields.main)
        column.addWidget(self.earlier)
        column.addLayout(self._document_files)
        column.addLayout(said)
        column.addWidget(readers)
        column.addWidget(self.terms)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self.fields.more)
        column.addLayout(self._more_files)
        column.addStretch(1)
        return middle

    def _foot(self) -> QHBoxLayout:
        self._buttons = QHBoxLayout()
        self._buttons.setContentsMargins(_SIDE, 10, _SIDE, 14)
        self._buttons.setSpacing(10)
        for button in (self.save_and_cite, self.save, self.discard):
            self._buttons.addWidget(button)
        self._buttons.addStretch()
        return self._buttons

    def _show_more(self) -> None:
        is_on = self._more.isChecked()
        self._name_more()
        self.fields.more.setVisible(is_on)
        self.files.setVisible(is_on or self.fields.shape is Shape.DOCUMENT)

    def _order_tabs(self) -> None:
        """Tab goes down the sheet as the eye does."""
        files = self.files.buttons()
        is_document = self.fields.shape is Shape.DOCUMENT
        stops = [
            self.paste,
            *self.shapes.values(),
            *self.fields.inputs(),
            self.earlier.use,
            *(files if is_document else ()),
            self.words,
            self.publish,
            *self.terms.buttons.values(),
            *self.terms.slip.values(),
            self.terms.agreed,
            self._more,
            *self.fields.more_inputs(),
            *(() if is_document else files),
            *self._foot_buttons(),
        ]
        for one, next_one in pairwise(stops):
            QWidget.setTabOrder(one, next_one)

    def _foot_buttons(self) -> list[QPushButton]:
        """As they stand, from the leading side."""
        items = (self._buttons.itemAt(place) for place in range(self._buttons.count()))
        return [widget for item in items if item and isinstance(widget := item.widget(), QPushButton)]
