"""The article being worked on: the only holder of the working text, and the way every action goes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from ovn_desk import settings
from ovn_desk.domain import workflow
from ovn_desk.domain.article import ArticleId, Content, RevisionId, tidy
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import House, Staff
from ovn_desk.domain.source import Source
from ovn_desk.domain.workflow import Article, State, Step
from ovn_desk.settings import Preferences
from ovn_desk.store import Store, records
from ovn_desk.store.database import Changes
from ovn_desk.text import undo
from ovn_desk.text.helper import RenderHelper
from ovn_desk.ui.jobs import Worker
from ovn_desk.ui.saving import SaveState, Saving
from ovn_desk.ui.steps import Steps
from ovn_desk.usecases import commenting, housekeeping, writing

AFTER_LAST_KEY_MS = 1_000
AFTER_FIRST_UNSAVED_MS = 5_000
REST_MS = 400


class Workspace(QObject):
    """Panes know the workspace and not each other. Signals are facts in the past tense."""

    opened = Signal()
    reloaded = Signal()
    """The open article has another text now, which was not typed."""
    content_changed = Signal()
    content_rested = Signal()
    article_changed = Signal()
    stored = Signal(object)
    save_state_changed = Signal()
    person_changed = Signal()
    preferences_changed = Signal()
    house_changed = Signal()
    refused = Signal(str)
    done = Signal(str)
    settle_wanted = Signal()
    _committed = Signal(object)

    def __init__(
        self,
        store: Store,
        renderer: RenderHelper,
        person: Staff,
        *,
        preferences_file: Path | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._preferences_file = preferences_file
        self.preferences = settings.read_preferences(preferences_file) if preferences_file else Preferences()
        self.store = store
        self.renderer = renderer
        self.person = person
        with store.read() as reading:
            self.house: House = reading.house()
        self.article: Article | None = None
        self.content = Content(language=self.house.languages[0])
        self.slug = ""
        self.undo_steps: tuple[undo.Step, ...] = ()
        self._kept_steps: tuple[undo.Step, ...] = ()
        self.save_state = SaveState()
        self._is_dirty = False
        self._saver = Worker(self)
        self.steps = Steps(self)
        self._after_last = QTimer(self, singleShot=True, interval=AFTER_LAST_KEY_MS)
        self._after_first = QTimer(self, singleShot=True, interval=AFTER_FIRST_UNSAVED_MS)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.content_rested)
        for timer in (self._after_last, self._after_first):
            timer.timeout.connect(self._autosave)
        self._committed.connect(self._on_commit)
        self._unsubscribe = store.on_changes(self._committed.emit)

    # What is open

    @property
    def id(self) -> ArticleId | None:
        return self.article.id if self.article else None

    @property
    def today(self) -> str:
        """The day it is where the newsroom is, as ISO date."""
        return records.now().astimezone(self.house.zone).date().isoformat()

    @property
    def edit_refusal(self) -> str:
        """Why the open text can not be changed by this person; empty when it can."""
        return (
            workflow.edit_refusal(self.article, self.person) if self.article else self.tr("Open or start an article.")
        )

    @property
    def next_step(self) -> Step | None:
        return workflow.next_step(self.article, self.person) if self.article else None

    def may(self, step: Step) -> bool:
        return self.article is not None and workflow.allowed(self.article, step, self.person)

    def open(self, article: ArticleId) -> None:
        """Shows another article; what was being written is saved as a revision first."""
        if self.id == article or not self.leave():
            return
        self._load(article)
        self.save_state = SaveState()
        self.opened.emit()
        self.save_state_changed.emit()

    def start(self, content: Content | None = None) -> None:
        """A new draft by this person, empty or with what a template begins with."""
        if not self.leave():
            return
        begun = content or Content(language=self.house.languages[0], byline=self.person.name)
        self.attempt(lambda: self.open(writing.start(self.store, begun, by=self.person)))

    def leave(self) -> bool:
        """Keeps the open text and cuts a revision of it; false when it could not be kept."""
        if not self.flush():
            return False
        article = self.id
        if article is not None and not self.edit_refusal:
            self.attempt(lambda: writing.save(self.store, article, by=self.person))
            if self.undo_steps != self._kept_steps:
                self.attempt(lambda: writing.keep_undo(self.store, article, self.undo_steps))
                self._kept_steps = self.undo_steps
        if article is not None and self.article and self.article.state is not State.DRAFT:
            self.attempt(lambda: commenting.mark_read(self.store, article, by=self.person))
        return True

    def become(self, person: Staff) -> None:
        """Another person sits down at this desk."""
        if person != self.person and self.leave():
            self.person = person
            self.person_changed.emit()
            self.article_changed.emit()

    def prefer(self, **changes: Any) -> None:
        """Sets what this person likes, and keeps it for the next time where there is a file to keep it in."""
        self.preferences = replace(self.preferences, **changes)
        if self._preferences_file:
            file = self._preferences_file
            self.attempt(lambda: settings.write_preferences(file, self.preferences))
        self.preferences_changed.emit()

    def change_house(self, text: str) -> None:
        """Another house file; raises DeskError for one that can not be read, or for anybody but a chief."""
        self.house = housekeeping.change_house(self.store, text, by=self.person)
        self.house_changed.emit()

    # Writing

    def touch(self) -> None:
        """A key was pressed: the text on screen is ahead of what is kept."""
        if not self._is_dirty:
            self._is_dirty = True
            self._after_first.start()
            self._say(SaveState(Saving.EDITING, self.save_state.at))
        self._after_last.start()

    def edit(self, **changes: Any) -> None:
        """Changes fields of the working text, kept soon after; `content_rested` waits for a pause in typing."""
        changed = replace(self.content, **changes)
        if changed == self.content or self.article is None:
            return
        self.content = changed
        self.touch()
        self.content_changed.emit()
        if changes.keys() == {"body"}:
            self._rest.start()
        else:
            self._rest.stop()
            self.content_rested.emit()

    def flush(self) -> bool:
        """Keeps everything typed, now; true when it is on disk."""
        self.settle_wanted.emit()
        self._after_last.stop()
        self._after_first.stop()
        self._saver.finish()
        if not self._is_dirty or self.article is None:
            return True
        try:
            writing.keep(self.store, self.article.id, self.content, by=self.person)
        except DeskError as error:
            self._not_saved(str(error))
            return False
        self._kept(self.content)
        return True

    def save(self) -> None:
        """Cuts a revision, which stays in the history."""
        article = self.id
        if article is not None and self.flush():
            self.attempt(lambda: writing.save(self.store, article, by=self.person))

    def set_source(self, source: Source, *, was: str = "") -> None:
        """Adds a source, or changes the one whose key was `was`."""
        tidied = tidy(Content(sources=(source,))).sources[0]
        others = [old.key for old in self.content.sources if old.key != was]
        if tidied.key in others:
            raise DeskError(
                self.tr("There is a source “{key}” already. Give this one another key.").format(key=tidied.key)
            )
        if was:
            sources = tuple(tidied if old.key == was else old for old in self.content.sources)
        else:
            sources = (*self.content.sources, tidied)
        self.edit(sources=sources)

    def move_source(self, key: str, by: int) -> None:
        sources = list(self.content.sources)
        index = next(i for i, source in enumerate(sources) if source.key == key)
        target = index + by
        if 0 <= target < len(sources):
            sources.insert(target, sources.pop(index))
            self.edit(sources=tuple(sources))

    def remove_source(self, key: str) -> None:
        self.edit(sources=tuple(source for source in self.content.sources if source.key != key))

    def discard(self) -> None:
        """Goes back to the newest revision."""
        article = self.id
        if article is None:
            return
        self._is_dirty = False
        self.attempt(lambda: writing.discard(self.store, article))
        self.reload(article)

    def bring_back(self, revision: RevisionId) -> None:
        """An older text becomes the working text."""
        article = self.id
        if article is None or not self.flush():
            return
        if self.attempt(lambda: writing.bring_back(self.store, article, revision, by=self.person)):
            self.reload(article)

    def close(self) -> bool:
        """Keeps the text and ends the work under way; false when the text could not be kept."""
        if not self.leave():
            return False
        self.abandon()
        return True

    def abandon(self) -> None:
        """Ends the work under way without keeping anything more."""
        self._after_last.stop()
        self._after_first.stop()
        self._saver.finish()
        self.steps.finish()
        self._unsubscribe()
        self._unsubscribe = lambda: None

    def attempt(self, action: Callable[[], Any]) -> bool:
        """Does something that may be refused; what is refused is said."""
        try:
            action()
        except DeskError as error:
            self.refused.emit(str(error))
            return False
        return True

    def reload(self, article: ArticleId) -> None:
        """Shows the text the store has now, which was not typed here."""
        self._load(article)
        self.reloaded.emit()
        self.content_changed.emit()
        self.content_rested.emit()

    def _load(self, article: ArticleId) -> None:
        with self.store.read() as reading:
            self.article = reading.article(article)
            self.content = writing.text_of(reading, article)
            self.slug = reading.row(article).slug
            self.undo_steps = self._kept_steps = writing.undo_steps(reading, article)
        self._is_dirty = False

    def _autosave(self) -> None:
        self._after_last.stop()
        self._after_first.stop()
        self.settle_wanted.emit()
        if self.article is None or not self._is_dirty:
            return
        article, content, person = self.article.id, self.content, self.person
        self._is_dirty = False  # what is typed from here on asks to be kept again
        self._saver.run(
            lambda: writing.keep(self.store, article, content, by=person),
            done=lambda _: self._kept(content),
            refused=self._not_saved,
        )

    def _kept(self, content: Content) -> None:
        now = datetime.now().astimezone()
        if content is self.content:
            self._is_dirty = False
            self._say(SaveState(Saving.SAVED, now))
        else:
            self._say(SaveState(Saving.EDITING, now))

    def _not_saved(self, why: str) -> None:
        self._is_dirty = True
        self._after_first.start()  # try again: the disk may have room by then
        self._say(SaveState(Saving.NOT_SAVED, self.save_state.at, why))

    def _say(self, state: SaveState) -> None:
        if state.saving is Saving.EDITING and self.save_state.saving is Saving.NOT_SAVED:
            return  # stays until a save succeeds
        self.save_state = state
        self.save_state_changed.emit()

    def _on_commit(self, changes: Changes) -> None:
        if self.id in changes.articles and self.id is not None:
            with self.store.read() as reading:
                now = (reading.article(self.id), reading.row(self.id).slug)
            if now != (self.article, self.slug):
                self.article, self.slug = now
                self.article_changed.emit()
        self.stored.emit(changes.articles)
