"""What is being written: the one owner of the open article's text, its undo, and whether it is kept."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from ovn_desk.domain.article import ArticleId, Content, tidy
from ovn_desk.domain.errors import DeskError
from ovn_desk.text import undo
from ovn_desk.ui.background.jobs import Worker
from ovn_desk.ui.state.save_state import SaveState, Saving
from ovn_desk.usecases import writing
from ovn_desk.usecases.autosave import Keeper
from ovn_desk.usecases.queries import Store
from ovn_desk.usecases.writing import KeptCopy, Writer

AFTER_FIRST_UNSAVED_MS = 1_000  # what a power cut may take, with the time that writing it takes
REST_MS = 400


class WorkingText(QObject):
    """Headline, standfirst, body, fields and undo of the open article.

    Whoever types pushes into it (`mark_dirty`, `edit`, `settle_body`); autosave reads from it. There are two ways in
    for a text that was not typed: `begin` another article's, and `show_version` of the same article. Both refuse while
    something is unsaved, so that no letter is ever replaced that is not in the store.
    """

    replaced = Signal()
    """Another text of the same article stands here, which was not typed."""
    changed = Signal()
    rested = Signal()
    save_state_changed = Signal()
    other_writer_met = Signal(str)
    """Another window kept a text meanwhile: both are versions now, and this is the id of the other's."""

    def __init__(self, store: Store, *, settle: Callable[[], object], parent: QObject | None = None) -> None:
        """`settle` makes whoever holds back what was just typed push it at once."""
        super().__init__(parent)
        self._store, self._settle = store, settle
        self._keeper: Keeper | None = None
        self._writer: Writer | None = None
        self._content = Content()
        self._undo_steps: tuple[undo.Step, ...] = ()
        self._kept_steps: tuple[undo.Step, ...] = ()
        self._is_dirty = False
        self.save_state = SaveState()
        self._saver = Worker(self)
        self._is_next_waiting = False
        self._after_first = QTimer(self, singleShot=True, interval=AFTER_FIRST_UNSAVED_MS)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.rested)
        self._after_first.timeout.connect(self._autosave)

    @property
    def content(self) -> Content:
        return self._content

    @property
    def undo_steps(self) -> tuple[undo.Step, ...]:
        return self._undo_steps

    @property
    def known(self) -> KeptCopy:
        """What is on disk of this text; raises DeskError where no article is open."""
        if self._keeper is None:
            raise DeskError(self.tr("Open or start an article."))
        return self._keeper.known

    @property
    def keeper(self) -> Keeper | None:
        """Who keeps this text, and asks for the transactions that do; None where no article is open."""
        return self._keeper

    @property
    def is_unsaved(self) -> bool:
        return self._is_dirty or self._saver.is_busy

    # Another text

    def begin(
        self,
        article: ArticleId | None,
        known: KeptCopy | None = None,
        steps: tuple[undo.Step, ...] = (),
        *,
        by: Writer | None = None,
    ) -> bool:
        """Another article's text, as the store has it, or none; False when the one that is open could not be kept."""
        if not self.flush():
            return False
        self._keeper = Keeper(self._store, article, known) if article and known else None
        self._writer = by
        self._content = known.content if known else Content()
        self._undo_steps = self._kept_steps = steps
        self._rest.stop()
        self.save_state = SaveState()
        self.save_state_changed.emit()
        return True

    def show_version(self, known: KeptCopy) -> bool:
        """The text that the store has now instead of the one here; False, and nothing is replaced, while it is unsaved.

        Where both say the same, what was typed stays as it was typed.
        """
        if self._keeper is None or self.is_unsaved:
            return False
        self._keeper.known = known
        if tidy(self._content) != known.content:
            self._content = known.content
            self._rest.stop()
            if self.save_state.saving is not Saving.NOTHING:  # what stands here now is kept since now
                self._say(SaveState(Saving.SAVED, datetime.now(UTC)))
            self.replaced.emit()
            self.changed.emit()
            self.rested.emit()
        return True

    def write_on(self, by: Writer) -> None:
        """Another person writes from here on, or the same with their key; nobody undoes what somebody else wrote."""
        if self._writer is not None and self._writer.id != by.id:
            self._undo_steps = ()
        self._writer = by

    # Writing

    def mark_dirty(self) -> None:
        """A key was pressed: the text on screen is ahead of what is kept."""
        if not self._is_dirty:
            self._is_dirty = True
            self._after_first.start()
            self._say(SaveState(Saving.EDITING, self.save_state.at))

    def settle_body(self, body: str, steps: tuple[undo.Step, ...]) -> None:
        """The body as it stands in the editor, and the steps that led to it."""
        self._undo_steps = steps
        self.edit(body=body)

    def edit(self, **changes: Any) -> None:
        """Changes parts of the text, kept soon after; `rested` waits for a pause in typing."""
        changed = replace(self._content, **changes)
        if changed == self._content or self._keeper is None:
            return
        self._content = changed
        self.mark_dirty()
        self.changed.emit()
        if changes.keys() == {"body"}:
            self._rest.start()
        else:
            self._rest.stop()
            self.rested.emit()

    # Keeping

    def flush(self) -> bool:
        """Keeps everything typed, now; true when it is on disk."""
        self._settle()
        self._saver.settle()
        self._after_first.stop()
        if not self._is_dirty or self._keeper is None or self._writer is None:
            return True
        try:
            kept = self._keeper.keep(self._content, by=self._writer)
        except DeskError as error:
            self._note_unsaved(self._keeper, str(error))
            return False
        self._is_dirty = False
        self._note_saved(self._keeper, self._content, kept)
        return True

    def keep_undo(self) -> None:
        """Keeps for the next run what can be undone; raises DeskError when it can not be written."""
        if self._keeper is not None and self._undo_steps != self._kept_steps:
            writing.keep_undo(self._store, self._keeper.article, self._undo_steps, known=self._keeper.known)
            self._kept_steps = self._undo_steps

    def abandon(self) -> None:
        """Ends the work under way without keeping anything more."""
        self._after_first.stop()
        self._rest.stop()
        self._saver.finish()

    def _autosave(self) -> None:
        self._after_first.stop()
        if self._saver.is_busy:  # a slow disk: what it writes next is the newest, not all that stood between
            self._is_next_waiting = True
            return
        self._settle()
        if self._keeper is None or self._writer is None or not self._is_dirty:
            return
        keeper, content, writer = self._keeper, self._content, self._writer
        self._is_dirty = False  # what is typed from here on asks to be kept again
        self._saver.run(
            lambda: keeper.keep(content, by=writer),
            done=lambda kept: self._note_saved(keeper, content, kept),
            refused=lambda why: self._note_unsaved(keeper, why),
        )

    def _go_on_saving(self) -> None:
        if self._is_next_waiting:
            self._is_next_waiting = False
            self._after_first.stop()
            QTimer.singleShot(0, self, self._autosave)

    def _note_saved(self, keeper: Keeper, content: Content, kept: KeptCopy) -> None:
        if keeper is not self._keeper:
            return
        now = datetime.now(UTC)
        if content is self._content and not self._is_dirty:  # a key may wait in the editor, not pushed yet
            self._say(SaveState(Saving.SAVED, now))
        else:
            self._say(SaveState(Saving.EDITING, now))
        self._go_on_saving()
        if not kept.is_mine:
            self.other_writer_met.emit(kept.other or "")

    def _note_unsaved(self, keeper: Keeper, why: str) -> None:
        if keeper is not self._keeper:
            return
        self._is_dirty, self._is_next_waiting = True, False
        self._after_first.start()  # try again: the disk may have room by then
        self._say(SaveState(Saving.NOT_SAVED, self.save_state.at, why))

    def _say(self, state: SaveState) -> None:
        if state.saving is Saving.EDITING and self.save_state.saving is Saving.NOT_SAVED:
            return  # stays until a save succeeds
        self.save_state = state
        self.save_state_changed.emit()
