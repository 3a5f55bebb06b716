"""A line of text that is a link itself: as high as its words need, pressed by click, Enter and Space."""

from html import escape

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QSizePolicy, QStyle, QStyleOption, QWidget

from ovn_desk.ui.widgets import theme
from ovn_desk.ui.widgets.reading_field import follow_language


class LinkRow(QAbstractButton):
    """A mark and words that wrap; the arrow keys go from one to the next, Left and Right fold and unfold."""

    unfold_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None, *, is_field: bool = False, is_accented: bool = False) -> None:
        """`is_field` looks like a field to be opened; `is_accented` has its words in the colour of links."""
        super().__init__(parent)
        self.setProperty("role", "field" if is_field else "link")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._mark, self._words = QLabel(), QLabel(wordWrap=True)
        self._words_shown, self._more, self._sign = "", "", ("", "")
        self._colours = theme.colours()
        for label in (self._mark, self._words):
            upright = Qt.AlignmentFlag.AlignVCenter if is_field else Qt.AlignmentFlag.AlignTop
            label.setAlignment(upright | Qt.AlignmentFlag.AlignLeading)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._mark.setFixedWidth(16)
        self._words.setMinimumWidth(0)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(*((10, 6, 10, 6) if is_field else (4, 2, 4, 2)))
        self._words.setProperty("mark", "accent" if is_accented else "")
        row.setSpacing(4)
        row.addWidget(self._mark)
        row.addWidget(self._words, 1)

    def show_words(self, words: str, more: str = "", *, mark: str = "", role: str = "ink") -> None:
        """Says the words, and softer what follows; `role` is the colour of the mark. Without a mark it has no room."""
        if (words, more, (mark, role)) == (self._words_shown, self._more, self._sign):
            return  # said anew with each pause of the keys
        self._words_shown, self._more, self._sign = words, more, (mark, role)
        self._mark.setText(mark)
        self._mark.setVisible(bool(mark))
        self._mark.setProperty("mark", role)
        self._mark.style().unpolish(self._mark)
        self._mark.style().polish(self._mark)
        self._draw()
        self.setAccessibleName(f"{words} {more}".strip())

    def follow_language(self, language: str) -> None:
        """The words are in a language: there is room for its letters."""
        follow_language(self, language)
        self._words.setFont(self.font())

    def set_link(self, *, is_link: bool) -> None:
        """A line that leads nowhere takes no keyboard, and no click."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_link else Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not is_link)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.click()
            case Qt.Key.Key_Up:
                self.focusPreviousChild()
            case Qt.Key.Key_Down:
                self.focusNextChild()
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                is_back = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
                self.unfold_wanted.emit((event.key() == Qt.Key.Key_Right) is not is_back)
            case _:
                super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._colours != theme.colours():
            self._draw()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Its ground and the ring of the keyboard, as the style sheet has them."""
        option = QStyleOption()
        option.initFrom(self)
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)

    def _draw(self) -> None:
        """Colours are those of the theme now."""
        self._colours = theme.colours()
        soft = f' <span style="color:{self._colours.soft}">{escape(self._more)}</span>' if self._more else ""
        self._words.setText(f"{escape(self._words_shown)}{soft}")
