"""An older version of a text, to be read: on a sheet beside the text of now."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QTextEdit, QToolButton, QVBoxLayout, QWidget

from ovn_desk.domain.article import Content
from ovn_desk.ui.widgets import theme


class VersionSheet(QFrame):
    """Shows the words of a version; it can be restored or compared. Escape leaves it."""

    restore_wanted = Signal()
    comparison_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("version-sheet")
        self._title = QLabel(wordWrap=True)
        self._title.setProperty("role", "heading")
        self._about = QLabel(wordWrap=True)
        self._about.setProperty("role", "soft")
        close = QToolButton()
        close.setText("✕")
        close.setProperty("flat", True)
        close.setAccessibleName(self.tr("Close this version"))
        close.clicked.connect(lambda _=False: self.left.emit())
        self.text = QTextEdit(readOnly=True)
        self.text.setAccessibleName(self.tr("The text of this version"))
        self.text.setTabChangesFocus(True)
        self.restore = QPushButton(self.tr("Restore this version"))
        self.restore.setObjectName("primary")
        self.restore.clicked.connect(lambda _=False: self.restore_wanted.emit())
        compare = QPushButton(self.tr("Compare with now"))
        compare.clicked.connect(lambda _=False: self.comparison_wanted.emit())
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._about)
        top = QHBoxLayout()
        top.addLayout(words, 1)
        top.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.restore)
        buttons.addWidget(compare)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.text, 1)
        column.addLayout(buttons)

    def show_version(self, title: str, about: str, content: Content, *, refusal: str) -> None:
        """Shows a version; `refusal` is why it can not be restored, empty where it can."""
        self._title.setText(title)
        self._about.setText(about)
        self._show_text(content)
        self.restore.setEnabled(not refusal)
        self.restore.setToolTip(refusal)

    def _show_text(self, content: Content) -> None:
        """Headline, standfirst and text, each in its own size, in the direction of the story."""
        is_urdu = content.language == "ur"
        option = QTextOption(self.text.document().defaultTextOption())
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if is_urdu else Qt.LayoutDirection.LeftToRight)
        self.text.document().setDefaultTextOption(option)
        self.text.clear()
        cursor = self.text.textCursor()
        parts = ((content.headline, 20, True), (content.standfirst, 15, False), (content.body, 15, False))
        for words, pixels, is_bold in parts:
            if not words:
                continue
            form = QTextCharFormat()
            form.setFont(theme.reading_font(pixels, language=content.language, bold=is_bold))
            cursor.insertText(words if cursor.atStart() else f"\n\n{words}", form)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)
