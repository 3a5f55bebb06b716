"""The card of one source in Details: who or what it is, how often it is cited, and what can be done with it."""

from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QDrag, QGuiApplication, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QVBoxLayout

from ovn_desk.domain.source import Source, SourceKind, Terms
from ovn_desk.text import direction
from ovn_desk.ui.inspector.sources.kinds import kind_name
from ovn_desk.ui.widgets import theme


@dataclass(frozen=True, slots=True)
class CardState:
    """What a card says besides its source: how often it is cited, and whether a quotation differs from it."""

    cited: int = 0
    is_differing: bool = False
    may_edit: bool = True


class SourceCard(QFrame):
    """A click or Enter opens the source; dragged into the text it is a citation; the menu has the rest."""

    opened = Signal(str)
    citation_wanted = Signal(str)
    place_wanted = Signal(str)
    """The place in the text where the source is cited."""
    move_wanted = Signal(str, int)
    removal_wanted = Signal(str)

    def __init__(self, source: Source, state: CardState) -> None:
        super().__init__()
        self.source, self._state = source, state
        self._pressed_at: QPoint | None = None
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Source {name}").format(name=source.label))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 6, 8)
        column.setSpacing(2)
        column.addLayout(self._title_row())
        column.addLayout(self._chip_row())

    def menu(self) -> QMenu:
        """Everything that can be done with the source."""
        key, menu = self.source.key, QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        may = self._state.may_edit
        for label, do, is_possible in (
            (self.tr("Cite at the cursor"), lambda: self.citation_wanted.emit(key), may),
            (self.tr("Edit…"), lambda: self.opened.emit(key), may),
            (self.tr("Show in the text"), lambda: self.place_wanted.emit(key), self._state.cited > 0),
            (self.tr("Copy its key"), lambda: QGuiApplication.clipboard().setText(f"[@{key}]"), True),
            (self.tr("Move up"), lambda: self.move_wanted.emit(key, -1), may),
            (self.tr("Move down"), lambda: self.move_wanted.emit(key, 1), may),
            (self.tr("Remove"), lambda: self.removal_wanted.emit(key), may),
        ):
            action = QAction(label, menu)
            action.setEnabled(is_possible)
            action.triggered.connect(lambda _=False, act=do: act())
            menu.addAction(action)
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and not event.modifiers():
            self.opened.emit(self.source.key)
        elif event.key() == Qt.Key.Key_Delete and self._state.may_edit:
            self.removal_wanted.emit(self.source.key)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu().popup(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed_at is None or not self._state.may_edit:
            return
        if (event.position().toPoint() - self._pressed_at).manhattanLength() >= QApplication.startDragDistance():
            self._pressed_at = None
            drag = QDrag(self)
            data = QMimeData()
            data.setText(f"[@{self.source.key}]")
            drag.setMimeData(data)
            drag.exec(Qt.DropAction.CopyAction)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was_pressed, self._pressed_at = self._pressed_at is not None, None
        if was_pressed and self.rect().contains(event.position().toPoint()):
            self.opened.emit(self.source.key)

    def _title_row(self) -> QHBoxLayout:
        source, now = self.source, theme.colours()
        title = QLabel()
        medium = "" if source.kind is SourceKind.PERSON else source.medium
        said = (kind_name(source), medium, source.locator, source.published)
        # isolates: a date keeps its order beside an Urdu name
        rest = "".join(f" · \u2068{escape(part)}\u2069" for part in said if part)
        title.setTextFormat(Qt.TextFormat.RichText)
        title.setText(f'<b>\u2068{escape(source.label)}\u2069</b><span style="color:{now.soft}">{rest}</span>')
        title.setWordWrap(True)
        title.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(title, 1)
        if self._state.may_edit:
            cite = QPushButton(self.tr("Cite"))
            cite.setProperty("link", True)
            cite.setAccessibleName(self.tr("Cite {name} at the cursor").format(name=source.label))
            cite.clicked.connect(lambda: self.citation_wanted.emit(source.key))
            row.addWidget(cite, 0, Qt.AlignmentFlag.AlignTop)
        more = QToolButton()
        more.setText("⋯")
        more.setProperty("flat", True)
        more.setAccessibleName(self.tr("More for {name}").format(name=source.label))
        more.clicked.connect(lambda: self.menu().popup(more.mapToGlobal(more.rect().bottomLeft())))
        row.addWidget(more, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _chip_row(self) -> QHBoxLayout:
        count = self._state.cited
        row = QHBoxLayout()
        row.setSpacing(6)
        chips = [(self.tr("cited {count}×").format(count=count) if count else self.tr("not cited"), bool(count))]
        if self._state.is_differing:
            chips.append((self.tr("differs"), False))
        if self.source.terms is not Terms.ON_RECORD:
            chips.append((self._terms_name(), False))
        for text, is_calm in chips:
            chip = QLabel(text)
            chip.setProperty("chip", "calm" if is_calm else "warn")
            row.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
        if self.source.excerpts:
            row.addWidget(_OneLine(f"“{self.source.excerpts[0]}”"), 1)
        else:
            row.addStretch()
        return row

    def _terms_name(self) -> str:
        return self.tr("background") if self.source.terms is Terms.BACKGROUND else self.tr("off record")


class _OneLine(QLabel):
    """As much of a text as its line has room for; all of it where one rests on it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._whole = " ".join(text.split())
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "soft")
        self.setToolTip(self._whole)
        self.setMinimumWidth(20)
        language = direction.language_of(self._whole) or "en"
        if language == "ur":
            self.setFont(theme.reading_font(14, language=language))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width()))
