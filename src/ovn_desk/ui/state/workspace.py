"""What the panes work with, put together: who sits here, the open article and its text, what is liked and said."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from ovn_desk.domain.house import Staff
from ovn_desk.text.helper import RenderHelper
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.preferences import Preferences
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.steps import Steps
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.usecases.printing import PrintFolder, print_nothing
from ovn_desk.usecases.queries import Store


class Workspace:
    """What a window is made of, put together: `settle` makes the editor push what it holds back."""

    def __init__(
        self,
        store: Store,
        renderer: RenderHelper,
        person: Staff,
        *,
        settle: Callable[[], object] = lambda: None,
        print_folder: PrintFolder = print_nothing,
        preferences_file: Path | None = None,
    ) -> None:
        self._owner = owner = QObject()
        self.notices = Notices(owner)
        self.text = WorkingText(store, settle=settle, parent=owner)
        self.session = Session(store, renderer, person, flush=self.text.flush, print_folder=print_folder, parent=owner)
        self.article = OpenArticle(self.session, self.text, self.notices, owner)
        self.preferences = Preferences(preferences_file, self.notices, owner)
        self.steps = Steps(self.session, self.article, self.text, self.notices, owner)

    def close(self) -> bool:
        """Keeps the text and ends the work under way; false when the text could not be kept."""
        if not self.article.save_and_close():
            return False
        self.abandon()
        return True

    def abandon(self) -> None:
        """Ends the work under way without keeping anything more."""
        self.text.abandon()
        self.notices.work.stop()
        self.steps.finish()
        self.session.close()

    def belong_to(self, window: QObject) -> None:
        """Goes with its window: what is connected to signals stays in memory as long as the objects that send them."""
        self._owner.setParent(window)
