"""What a person chooses for this computer: every change shows at once behind the dialog, so nothing is confirmed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ovn_desk.ui.commands import Command
from ovn_desk.ui.dialogs.files_page import FilesPage
from ovn_desk.ui.dialogs.key_page import KeyPage
from ovn_desk.ui.dialogs.preference_pages import AppearancePage, BackupsPage, HubPage, Page, SpellingPage, TextPage
from ovn_desk.ui.state.preferences import Preferences
from ovn_desk.usecases import file_associations

_SIZE = (740, 470)


class PreferencesDialog(QDialog):
    """Sections at the side, one of them open; only that one is restored, and Undo takes that back."""

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
            self.tr("Hub"): HubPage(preferences, commands),
        }
        if file_associations.can_register():
            self.pages[self.tr("Files")] = FilesPage(preferences)
        self.sections, self._stack = QListWidget(), QStackedWidget()
        self.sections.setObjectName("sections")
        self.sections.setAccessibleName(self.tr("Sections"))
        self.sections.setFixedWidth(168)
        for name, page in self.pages.items():
            self.sections.addItem(name)
            self._stack.addWidget(_scrolling(page))
        self._before: dict[str, object] = {}
        self.restore = QPushButton(self.tr("Restore defaults"))
        self.restore.setToolTip(self.tr("Only of the section that is shown"))
        self.restore.clicked.connect(lambda _=False: self._restore())
        self.undo = QPushButton(self.tr("Undo"))
        self.undo.clicked.connect(lambda _=False: self._put_back())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (self.restore, self.undo):
            button.setAutoDefault(False)
            foot.addWidget(button)
        foot.addWidget(buttons, 1)
        self.sections.currentRowChanged.connect(self._show_section)
        self.sections.setCurrentRow(0)
        preferences.changed.connect(self._show_restorable)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.sections)
        row.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addLayout(row, 1)
        column.addLayout(foot)

    @property
    def _page(self) -> Page:
        return list(self.pages.values())[self.sections.currentRow()]

    def _show_section(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        self._before = {}
        self._show_restorable()

    def _show_restorable(self) -> None:
        """What can be restored now; a choice that was made since then is not undone with it."""
        value = self._preferences.value
        self.restore.setEnabled(any(getattr(value, name) != own for name, own in self._page.defaults.items()))
        if self.restore.isEnabled():
            self._before = {}
        self.undo.setVisible(bool(self._before))

    def _restore(self) -> None:
        """The shown section as it came."""
        before = {name: getattr(self._preferences.value, name) for name in self._page.defaults}
        self._preferences.set(**self._page.defaults)
        self._page.show_values()
        self._before = before
        self._show_restorable()
        self.undo.setFocus()

    def _put_back(self) -> None:
        """The shown section as it was before it was restored."""
        self._preferences.set(**self._before)
        self._page.show_values()
        self.restore.setFocus()


def _scrolling(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
