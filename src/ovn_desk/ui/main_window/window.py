"""The desk's window: four columns, messages over the middle, a status bar below."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow

from ovn_desk.ui.bars.work_line import WorkLine
from ovn_desk.ui.commands.actions import Actions
from ovn_desk.ui.commands.context_menus import ContextMenus
from ovn_desk.ui.commands.palette import Palette
from ovn_desk.ui.editor import Editor
from ovn_desk.ui.main_window.columns import Columns
from ovn_desk.ui.main_window.features import Features
from ovn_desk.ui.main_window.keyboard import guard_keyboard
from ovn_desk.ui.main_window.memory import MemoryTrimmer
from ovn_desk.ui.main_window.messages import show_messages
from ovn_desk.ui.main_window.panes import Panes
from ovn_desk.ui.main_window.placement import Placement
from ovn_desk.ui.main_window.showing import follow_theme, show_copies
from ovn_desk.ui.main_window.stack import Stack
from ovn_desk.ui.state.workspace import Workspace
from ovn_desk.ui.widgets.file_drops import FileDrops
from ovn_desk.ui.widgets.side import Side
from ovn_desk.ui.widgets.uncovering import Uncovering

_LEAST_SIZE = (760, 480)


class MainWindow(QMainWindow):
    """Makes the panes and the features, places the panes, collects the commands, and closes what must be closed."""

    closed = Signal()

    def __init__(self, workspace: Workspace, editor: Editor, *, was_stopped: bool = False) -> None:
        """`editor` is the one whose `settle` the workspace was given.

        `was_stopped` says that the last window on this store was killed, or its computer stopped.
        """
        super().__init__()
        self.workspace = workspace
        shared = (workspace.session, workspace.article, workspace.text, workspace.steps)
        likes = (workspace.preferences, workspace.notices)
        self.resize(1440, 900)
        self.side = Side(self)
        self.panes = Panes(*shared, *likes, side=self.side, editor=editor, was_stopped=was_stopped, parent=self)
        self.palette_box, menus = Palette(self), ContextMenus()
        self.features = Features(
            self.panes, *shared, *likes, self.palette_box, menus, side=self.side, close=self.close, parent=self
        )
        features = self.features.all
        self._actions = Actions([command for one in features for command in one.commands()], self.menuBar())
        self.actions_by_name = self._actions.by_name
        choices = {sign: find for one in features for sign, find in one.choices().items()}
        self._actions.follow_keys(workspace.preferences)
        self.palette_box.offer(choices, self._actions.commands)
        menus.offer(self._actions)
        self._place()
        self.placement = Placement(self, self.side, self.columns, workspace.session, workspace.preferences)
        self._connect()
        self.refresh()
        self.features.versions.begin()
        self.features.copies.state.ask()
        self.features.disk.show()
        workspace.belong_to(self)  # the last of its children: what is shown goes first

    def refresh(self) -> None:
        """Shows anew what the commands, the bars and the title say of the article, the person and the hub."""
        panes, article, hub = self.panes, self.workspace.article, self.features.sharing.hub
        self._actions.refresh()
        panes.top_bar.refresh()
        panes.status_bar.refresh()
        standing = hub.standing() if hub.why_not else ""
        panes.status_bar.show_hub(standing, hub.why_not, is_in_need=hub.is_in_need)
        if article.folded is None:
            self.setWindowTitle("OVN Desk")
            panes.preview.show_message(self.tr("Choose an article in the list, or start one with + New."))
            return
        self.setWindowTitle(f"{self.workspace.text.content.headline or self.tr('New article')} – OVN Desk")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ends everything under way, unless the text can not be saved or is to be sent first, which the bar says."""
        if event.spontaneous() and not self.features.closing.may_close():
            event.ignore()
            return
        if not self.workspace.close():
            event.ignore()
            self.features.saving.refuse_to_close(self._abandon)
            return
        self.placement.keep()
        self.features.live_page.finish()
        self.panes.finish()
        for feature in sorted(self.features.all, key=lambda feature: feature is self.features.copies):
            feature.finish()  # the last copy is made when everything else has ended
        self.closed.emit()
        super().closeEvent(event)

    def _abandon(self) -> None:
        """Ends the desk without saving anything more."""
        self.workspace.abandon()
        self.features.live_page.finish()
        self.features.spelling.finish()
        self.closed.emit()
        QApplication.quit()

    def _place(self) -> None:
        stack = Stack(self)
        self.setCentralWidget(stack)
        self.columns = Columns(self.side, self.panes, stack)
        self.work_line = WorkLine(self.workspace.notices.work, self.panes.status_bar)
        stack.fill(self.panes, self.columns, self.work_line)
        self.setMinimumSize(*_LEAST_SIZE)
        self.panes.writing.add_tools(self.actions_by_name)
        self.panes.bar.lie_over(self.panes.middle)
        self.panes.bar.room_taken.connect(self.panes.writing.editor.leave_room)
        self.panes.bar.room_taken.connect(lambda pixels: self.panes.review.setContentsMargins(0, 0, 0, pixels))

    def _connect(self) -> None:
        space = self.workspace
        facts = [space.article.opened, space.article.changed, space.text.rested, space.session.person_changed]
        facts += [space.preferences.changed, space.steps.busy_changed]
        for fact in (*facts, self.features.sharing.changed):
            fact.connect(self.refresh)
        copies = self.features.copies.state
        copies.changed.connect(partial(show_copies, self.panes, copies, space.article))
        self.panes.middle.currentChanged.connect(lambda _: self.refresh())
        show_messages(space.notices, space.session, space.article, space.text, self.panes.bar)
        FileDrops(self, self.features.files.bring_in)
        guard_keyboard(self, writing=self.panes.writing, start=self.panes.articles.view)
        Uncovering(self)
        MemoryTrimmer(space.article, space.text, self)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_theme)
        QGuiApplication.instance().applicationStateChanged.connect(self._follow_focus)  # type: ignore[union-attr]

    def _follow_focus(self, state: Qt.ApplicationState) -> None:
        """Looks for what another process wrote when one comes back, and makes the one file whole when one goes."""
        if state == Qt.ApplicationState.ApplicationActive:
            self.workspace.session.look_for_others()
        else:
            self.workspace.text.flush()
            self.features.copies.make_whole()

    def _follow_theme(self) -> None:
        follow_theme(self.panes)
