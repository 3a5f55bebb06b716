"""What a person chooses for this computer: every change shows at once behind the dialog, so nothing is confirmed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ovn_desk.settings import Preferences as Values
from ovn_desk.ui.commands import Command
from ovn_desk.ui.dialogs.key_page import KeyPage
from ovn_desk.ui.dialogs.preference_pages import AppearancePage, BackupsPage, Page, SpellingPage, TextPage
from ovn_desk.ui.state.preferences import Preferences

_SIZE = (740, 470)


class PreferencesDialog(QDialog):
    """Sections at the side, one of them open; what is restored is restored for all of them."""

    def __init__(self, preferences: Preferences, commands: Sequence[Command], parent: QWidget) -> None:
        """`commands` are those whose keys may be changed, and some that are offered beside what they change."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Preferences"))
        self.resize(*_SIZE)
        self._preferences = preferences
        self.pages: dict[str, Page] = {
            self.tr("Appearance"): AppearancePage(preferences),
            self.tr("Text"): TextPage(preferences),
            self.tr("Spelling"): SpellingPage(preferences, commands),
            self.tr("Saving and backups"): BackupsPage(preferences, commands),
            self.tr("Keys"): KeyPage(preferences, commands),
        }
        self.sections, self._stack = QListWidget(), QStackedWidget()
        self.sections.setObjectName("sections")
        self.sections.setAccessibleName(self.tr("Sections"))
        self.sections.setFixedWidth(168)
        for name, page in self.pages.items():
            self.sections.addItem(name)
            self._stack.addWidget(_scrolling(page))
        self.sections.currentRowChanged.connect(self._stack.setCurrentIndex)
        self.sections.setCurrentRow(0)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.restore = buttons.addButton(self.tr("Restore defaults"), QDialogButtonBox.ButtonRole.ResetRole)
        self.restore.clicked.connect(self._restore)
        self.restore.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.sections)
        row.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addLayout(row, 1)
        column.addWidget(buttons)

    def _restore(self) -> None:
        """Everything as it came, but for where copies go: those are safer where somebody put them."""
        self._preferences.set_all(Values(second_place=self._preferences.value.second_place))
        for page in self.pages.values():
            page.show_values()


def _scrolling(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
