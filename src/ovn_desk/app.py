"""Starting the window: builds the few objects the desk is made of, and passes them on."""

import argparse
import faulthandler
import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from ovn_desk import settings
from ovn_desk.domain.errors import DeskError
from ovn_desk.store import Store, open_store
from ovn_desk.text.helper import RenderHelper
from ovn_desk.ui import preview, theme
from ovn_desk.ui.first_start import FirstStart
from ovn_desk.ui.window import Desk
from ovn_desk.ui.workspace import Workspace

_SCREENSHOT_TIMEOUT_MS = 30_000

_log = logging.getLogger(__name__)


class Start:
    """Shows the first start or the desk; holds what must live as long as the program."""

    def __init__(self, app: QApplication, path: Path, *, article: str = "", picture: Path | None = None) -> None:
        self.app = app
        self.path = path
        self.article = article
        self.picture = picture
        self.renderer = RenderHelper()
        self.store: Store | None = None
        self.desk: Desk | None = None
        self.welcome: FirstStart | None = None

    def begin(self) -> None:
        if not self.path.exists():
            self.welcome = FirstStart(self.path)
            self.welcome.setWindowTitle("OVN Desk")
            self.welcome.resize(1000, 680)
            self.welcome.founded.connect(self._founded)
            self.welcome.show()
            return
        self._open(open_store(self.path), self._last_person())

    def finish(self) -> None:
        """Ends the pages before their profile, the store after the window."""
        if self.desk:
            self.desk.preview.end()
        if self.store:
            self.store.close()
        self.renderer.close()

    def _founded(self, store: Store, name: str) -> None:
        self._open(store, name)
        if self.welcome:
            self.welcome.close()

    def _open(self, store: Store, name: str) -> None:
        self.store = store
        with store.read() as reading:
            people = [person for person in reading.staff() if not person.is_retired]
            person = next((p for p in people if p.name == name), people[0])
            rows = reading.rows(limit=1)
        workspace = Workspace(store, self.renderer, person)
        workspace.person_changed.connect(lambda: self._remember(workspace.person.name))
        self._remember(person.name)
        self.desk = Desk(workspace)
        self.desk.show_fitting()
        wanted = self._wanted(store)
        if wanted or rows:
            self.desk.open_article(wanted or rows[0].id)
        if self.picture:
            self.desk.preview.shown.connect(self._photograph)
            QTimer.singleShot(_SCREENSHOT_TIMEOUT_MS, self.app.quit)

    def _wanted(self, store: Store) -> str:
        if not self.article:
            return ""
        with store.read() as reading:
            return reading.find(self.article)

    def _photograph(self) -> None:
        """One picture when the page is there; the compositor shows it a moment later."""
        if self.desk and self.picture:
            self.desk.preview.shown.disconnect(self._photograph)
            QTimer.singleShot(700, self._save_picture)

    def _save_picture(self) -> None:
        if self.desk and self.picture:
            self.picture.parent.mkdir(parents=True, exist_ok=True)
            self.desk.photograph().save(str(self.picture))
            self.desk.close()
            self.app.quit()

    def _last_person(self) -> str:
        file = self._person_file
        return file.read_text(encoding="utf-8").strip() if file.exists() else ""

    def _remember(self, name: str) -> None:
        self._person_file.write_text(name, encoding="utf-8")

    @property
    def _person_file(self) -> Path:
        """Who sits at this computer: beside the store, because the store may be shared."""
        return self.path.with_name(self.path.stem + "-person.txt")


def main() -> None:
    parser = argparse.ArgumentParser(prog="ovn-desk-window", description="The window of OVN Desk.")
    parser.add_argument("--store", type=Path)
    parser.add_argument("--open", default="", metavar="ID")
    parser.add_argument("--screenshot", type=Path)
    given = parser.parse_args()
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontCreateNativeWidgetSiblings)
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    preview.prepare()
    app = QApplication(sys.argv[:1])
    app.setApplicationName(settings.APP)
    _keep_log()
    theme.load_fonts()
    theme.apply(app)
    start = Start(app, settings.store_path(given.store), article=given.open, picture=given.screenshot)
    try:
        start.begin()
    except DeskError as error:
        _refuse(str(error))
        start.finish()
        sys.exit(1)
    status = app.exec()
    start.finish()
    sys.exit(status)


def _refuse(sentence: str) -> None:
    """There is no window yet to put a bar in."""
    print(f"ovn-desk: {sentence}", file=sys.stderr)  # noqa: T201
    if QApplication.platformName() != "offscreen":
        QMessageBox.critical(None, "OVN Desk", sentence)


def _keep_log() -> None:
    """A bug is written down; the text being written is in the store already."""
    folder = settings.log_folder()
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(folder / "desk.log", maxBytes=500_000, backupCount=2, encoding="utf-8")
    logging.basicConfig(handlers=[handler], level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    faulthandler.enable()

    def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        _log.critical("A bug in the desk", exc_info=(kind, error, trace))
        sys.__excepthook__(kind, error, trace)

    sys.excepthook = report


if __name__ == "__main__":
    main()
