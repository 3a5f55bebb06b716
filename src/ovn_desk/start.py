"""What a start of the window is made of: the store, the person who sits there, the first start or the desk."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QTimer
from PySide6.QtWidgets import QApplication

from ovn_desk import files, settings
from ovn_desk.store import Store, open_store
from ovn_desk.text.helper import RenderHelper
from ovn_desk.ui.window import Desk
from ovn_desk.ui.workspace import Workspace
from ovn_desk.usecases import people

if TYPE_CHECKING:
    from ovn_desk.ui.first_start import FirstStart

_SCREENSHOT_TIMEOUT_MS = 30_000


class Start:
    """Shows the first start or the desk; holds what must live as long as the program."""

    def __init__(
        self,
        app: QApplication,
        path: Path,
        *,
        renderer: RenderHelper,
        article: str = "",
        picture: Path | None = None,
        file: Path | None = None,
    ) -> None:
        self.app = app
        self.path = path
        self.article = article
        self.picture = picture
        self.file = file
        self.renderer = renderer
        self.store: Store | None = None
        self.desk: Desk | None = None
        self.welcome: FirstStart | None = None

    def begin(self) -> None:
        if not self.path.exists():
            from ovn_desk.ui.first_start import FirstStart  # only the first start needs it

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
            staff = [person for person in reading.staff() if not person.is_retired]
            # Nobody sat here yet: whoever has a key on this laptop will.
            mine = (one for one in staff if people.key_path(store, one))
            person = next((one for one in staff if one.name == name), None) or next(mine, staff[0])
            rows = reading.rows(limit=1)
        workspace = Workspace(store, self.renderer, person, preferences_file=settings.preferences_file())
        workspace.person_changed.connect(lambda: self._remember(workspace.person.name))
        self._remember(person.name)
        self.desk = Desk(workspace)
        self.desk.show_fitting()
        wanted = self._wanted(store)
        if wanted or rows:
            self.desk.open_article(wanted or rows[0].id)
        if self.file:
            self.desk.files.bring_in([self.file])
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
            data = QBuffer()
            self.desk.photograph().save(data, self.picture.suffix.removeprefix(".") or "png")
            files.write(self.picture, bytes(data.data().data()))
            self.desk.close()
            self.app.quit()

    def _last_person(self) -> str:
        file = self._person_file
        return file.read_text(encoding="utf-8").strip() if file.exists() else ""

    def _remember(self, name: str) -> None:
        with suppress(OSError):  # whoever sits here next can say who they are
            files.write(self._person_file, name.encode(), is_private=True)

    @property
    def _person_file(self) -> Path:
        """Who sits at this computer: beside the store, because the store may be shared."""
        return self.path.with_name(self.path.stem + "-person.txt")
