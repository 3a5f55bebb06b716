"""What a start of the window is made of: the store, the person who sits there, the first start or the desk."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QTimer
from PySide6.QtWidgets import QApplication

from ovn_desk import files, settings
from ovn_desk.domain.errors import DeskError
from ovn_desk.messages import Message
from ovn_desk.store import Readable, Store, open_store, open_to_read
from ovn_desk.sync import exchange
from ovn_desk.text.helper import RenderHelper
from ovn_desk.ui.editor import Editor
from ovn_desk.ui.main_window import MainWindow, showing
from ovn_desk.ui.preview.printing import print_folder
from ovn_desk.ui.startup import store_place
from ovn_desk.ui.startup.instance import Request, show_in_front
from ovn_desk.ui.startup.store_place import Place
from ovn_desk.ui.state import incoming_files
from ovn_desk.ui.state.workspace import Workspace
from ovn_desk.usecases import merging, opening, people, sample

if TYPE_CHECKING:
    from ovn_desk.ui.startup.first_start import FirstStart

_SCREENSHOT_TIMEOUT_MS = 30_000
_PICTURE = 1440, 900  # pixels, whatever screen there is


class Startup:
    """Shows the first start or the desk; holds what must live as long as the program."""

    def __init__(
        self,
        app: QApplication,
        path: Path,
        *,
        renderer: RenderHelper,
        place: Place | None = None,
        asked: Request | None = None,
        picture: Path | None = None,
    ) -> None:
        self.app = app
        self.path = path
        self.place = place
        self.asked = asked or Request()
        self.picture = picture
        self.renderer = renderer
        self.store: Store | None = None
        self.desk: MainWindow | None = None
        self.welcome: FirstStart | None = None

    def begin(self) -> None:
        """Shows the window; raises DeskError where the store can not be had."""
        if self.place is None:
            self.place = store_place.take_place(self.path, self.asked, may_ask=False)
        if self.place is None:
            raise DeskError("window-open-already", path=self.path)
        self._show(self.place)
        self._answer_calls()

    def _show(self, place: Place) -> None:
        if not self.path.exists():
            from ovn_desk.ui.startup.first_start import FirstStart  # only the first start needs it

            named = settings.read_preferences(settings.preferences_file()).second_place
            self.welcome = FirstStart(self.path, copy_folders=[Path(named)] if named else [])
            self.welcome.setWindowTitle("OVN Desk")
            self.welcome.resize(900, 680)
            self.welcome.founded.connect(self._open_new_store)
            self.welcome.sample_made.connect(self._open_sample)
            showing.show_fitting(self.welcome)
            self._begin_with_files()
            return
        self._open(self._open_store(place), self._last_person())

    def _answer_calls(self) -> None:
        if self.place and self.place.instance:
            self.place.instance.called.connect(self._come_to_front)
            self.place.instance.answer_calls()

    def close(self) -> None:
        """Closes the window and asks nothing; one whose text can not be saved stays, and says so."""
        for window in filter(None, (self.desk, self.welcome)):
            window.close()

    def finish(self) -> None:
        """Ends the pages before their profile, the store after the window."""
        if self.desk:
            self.desk.panes.preview.end()
        if self.store:
            self.store.close()
        self.renderer.close()
        self._release()

    def _open_store(self, place: Place) -> Store:
        if why := place.why_read_only:
            return open_to_read(self.path, why=Message(why))
        store = open_store(self.path, is_alone=True)
        if not store.why_read_only:
            with suppress(DeskError):  # it waits for another start
                merging.combine(store, exchange.retry_quarantined(store).articles)
        return store

    def _open_sample(self) -> None:
        """Goes to the sample newsroom, which is beside the one that is not made: that one's place is free again."""
        path = sample.sample_path(self.path)
        try:
            place = store_place.take_place(path, Request())
        except DeskError as error:
            if self.welcome:
                self.welcome.complain(str(error))
            return
        self._release()
        if place is None:  # it is open already, and comes to the front
            self.app.quit()
            return
        self.path, self.place = path, place
        store = self._open_store(place)
        self._open_new_store(store, self._last_person())
        self._answer_calls()

    def _release(self) -> None:
        if self.place and self.place.instance:
            self.place.instance.release()

    def _open_new_store(self, store: Store, name: str) -> None:
        if self.welcome:
            waiting = map(str, self.welcome.waiting)
            self.asked = Request(_once(self.asked.files, waiting), self.asked.article)
        self._open(store, name)
        if self.welcome:
            self.welcome.close()

    def _open(self, store: Store, name: str) -> None:
        self.store = store
        person = people.person_at_desk(store, name or sample.sample_reporter(store))
        first = opening.first_to_open(store, person)
        editor = Editor()
        workspace = Workspace(
            store,
            self.renderer,
            person,
            settle=editor.settle,
            print_folder=print_folder,
            preferences_file=None if self.picture else settings.preferences_file(),  # a picture is the same everywhere
        )
        session = workspace.session
        if not store.why_read_only:
            session.person_changed.connect(lambda: self._remember(session.person.name))
            self._remember(person.name)
        instance = self.place.instance if self.place else None
        self.desk = MainWindow(workspace, editor, was_stopped=instance is not None and instance.was_stopped)
        if instance:
            self.desk.closed.connect(instance.stop_listening)
        features = self.desk.features
        if self.picture:
            self.desk.resize(*_PICTURE)
            self.desk.show()
        else:
            self.desk.placement.show()
        features.people.greet()
        wanted: list[str] = []
        if self.asked.article:
            workspace.notices.try_action(lambda: wanted.append(_find(store, self.asked.article)))
        is_asking = self.desk.panes.recovery.isVisibleTo(self.desk)  # about a text that it opens when it is answered
        if wanted or (first and not is_asking):
            features.articles.open(wanted[0] if wanted else str(first))
        if self.asked.files:
            features.files.bring_in([Path(file) for file in self.asked.files])
        if self.picture:
            self.desk.panes.preview.shown.connect(self._photograph)
            QTimer.singleShot(_SCREENSHOT_TIMEOUT_MS, self.app.quit)

    def _come_to_front(self, asked: Request) -> None:
        """Another start on this store gave its place to this window, with what it was asked to open."""
        if self.desk is None:
            self.asked = Request(_once(self.asked.files, asked.files), asked.article or self.asked.article)
            if self.welcome:
                show_in_front(self.welcome, asked)
                self._begin_with_files()
            return
        features, space = self.desk.features, self.desk.workspace
        show_in_front(self.desk, asked)
        if asked.article:
            space.notices.try_action(lambda: features.articles.open(_find(space.session.store, asked.article)))
        if asked.files:
            features.files.bring_in([Path(file) for file in asked.files])

    def _begin_with_files(self) -> None:
        """Joins with the files that are for that; stories wait until there is a newsroom."""
        files = [Path(file) for file in self.asked.files]
        ours = [file for file in files if incoming_files.is_ours(file)]
        if self.welcome and ours:
            self.welcome.take_files(ours)
        self.asked = Request(tuple(str(file) for file in files if file not in ours), self.asked.article)

    def _photograph(self) -> None:
        """One picture when the page is there; the compositor shows it a moment later."""
        if self.desk and self.picture:
            self.desk.panes.preview.shown.disconnect(self._photograph)
            QTimer.singleShot(700, self._save_picture)

    def _save_picture(self) -> None:
        if self.desk and self.picture:
            while self.desk.panes.bar.isVisible():  # what it says is over the headline
                self.desk.panes.bar.put_away()
            data = QBuffer()
            showing.photograph(self.desk, self.desk.panes.preview).save(
                data, self.picture.suffix.removeprefix(".") or "png"
            )
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


def _once(given: Iterable[str], more: Iterable[str]) -> tuple[str, ...]:
    """Files that came one way or two, each once."""
    return tuple(dict.fromkeys((*given, *more)))


def _find(store: Readable, article: str) -> str:
    with store.read() as reading:
        return reading.find(article)
