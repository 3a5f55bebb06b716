"""Samples: says which story or newsroom is invented, and throws the story away with one click."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QProcess
from PySide6.QtWidgets import QWidget

from ovn_desk import processes
from ovn_desk.domain.article import ArticleId
from ovn_desk.ui.background.jobs import Worker
from ovn_desk.ui.commands import Command, Menu
from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.widgets.note_line import NoteLine
from ovn_desk.usecases import sample
from ovn_desk.usecases.queries import Changes, Kind


class SamplesFeature(Feature):
    """A line above the sample story says that it is one; the bar says it once of the sample newsroom."""

    def __init__(
        self,
        session: Session,
        article: OpenArticle,
        notices: Notices,
        *,
        discard: Callable[[Sequence[ArticleId]], object],
        put_above: Callable[[QWidget], object],
        close: Callable[[], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._article, self._notices, self._discard = session, article, notices, discard
        self._story = self._marked = sample.story_to_try(session.store)  # the latter after it is discarded, too
        acts = ((self.tr("Throw it away"), self.throw_away), (self.tr("Keep it"), self._keep))
        self.line = NoteLine()
        self.line.fill(self.tr("A sample story to play with: its facts are invented."), acts)
        put_above(self.line)
        session.committed.connect(self._hear)
        self._close = close
        self._is_newsroom = bool(sample.sample_reporter(session.store))
        self._is_told = False
        self._worker = Worker(self)
        article.opened.connect(self._describe)

    def commands(self) -> Sequence[Command]:
        return (
            Command(
                "sample.throw_away",
                "Throw the sample story away",
                "",
                Menu.HELP,
                self.throw_away,
                self._may_throw,
                after="help.first_story",
            ),
            Command(
                "sample.open",
                "Open the sample newsroom",
                "",
                Menu.HELP,
                self.open_newsroom,
                lambda: not self._is_newsroom,
                after="help.first_story",
            ),
            Command(
                "sample.leave",
                "Leave the sample newsroom…",
                "",
                Menu.HELP,
                self.leave,
                lambda: self._is_newsroom,
                after="help.first_story",
            ),
        )

    def open_newsroom(self) -> None:
        """Opens the sample newsroom in a window of its own; it is made first where there is none yet."""
        path = sample.sample_path(self._session.store.path)
        if path.exists():
            self._start(path)
        elif not self._worker.is_busy:
            task = self._notices.work.begin(self.tr("Making the sample newsroom"))

            def start() -> None:
                task.end()
                self._start(path)

            def refuse(why: str) -> None:
                task.end()
                self._notices.refused.emit(why)

            self._worker.run(lambda: sample.make_sample_newsroom(path).close(), done=lambda _: start(), refused=refuse)

    def finish(self) -> None:
        self._worker.finish()

    def _start(self, path: Path) -> None:
        program, *arguments = processes.command("--store", str(path))
        QProcess.startDetached(program, arguments)

    def leave(self) -> None:
        """Starts the desk in the newsroom of one's own, or where one founds it, and closes the sample newsroom."""
        own = sample.own_path(self._session.store.path)
        program, *arguments = processes.command(*(["--store", str(own)] if own else []))
        if self._close():
            QProcess.startDetached(program, arguments)

    def throw_away(self) -> None:
        """Discards the sample story, which has its Undo as every draft has."""
        if self._story is not None:
            self._discard([self._story])

    def _keep(self) -> None:
        if store := self._session.flushed_store():
            sample.forget_story(store)

    def _hear(self, changes: Changes) -> None:
        if changes.kinds & Kind.SETTINGS or changes.may_touch(self._marked):
            self._story = sample.story_to_try(self._session.store)
            self._describe()

    def _may_throw(self) -> bool:
        return self._story is not None and not self._session.why_read_only

    def _describe(self) -> None:
        self.line.setVisible(self._story is not None and self._article.id == self._story and self._may_throw())
        if self._is_newsroom and not self._is_told:
            self._is_told = True
            self._describe_newsroom()

    def _describe_newsroom(self) -> None:
        said = self.tr(
            "The sample newsroom: people and stories are invented. The name at the top right makes you somebody else. "
            "Help leads from here to your own."
        )
        self._notices.done.emit(said)
