"""An older version of a text, to be read: on a sheet beside the text of now."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
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
        is_urdu = content.language == "ur"
        self.text.setLayoutDirection(Qt.LayoutDirection.RightToLeft if is_urdu else Qt.LayoutDirection.LeftToRight)
        self.text.document().setDefaultFont(theme.reading_font(15, language=content.language))
        parts = (content.headline, content.standfirst, content.body)
        self.text.setPlainText("\n\n".join(part for part in parts if part))
        self.restore.setEnabled(not refusal)
        self.restore.setToolTip(refusal)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)
