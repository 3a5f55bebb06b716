"""Versions that want a decision: two beside each other, and texts that were being written and are none yet."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from ovn_desk.ui.articles.pane import ArticleList
from ovn_desk.ui.bars.top_bar import TopBar
from ovn_desk.ui.commands import Command, Menu, Submenu
from ovn_desk.ui.conflicts import ConflictsPane
from ovn_desk.ui.conflicts.recovery import RecoveryPane
from ovn_desk.ui.features.arrivals import DECISION, Arrivals
from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.widgets.message_bar import MessageBar
from ovn_desk.ui.widgets.middle import Middle


class VersionsFeature(Feature):
    """Shows what has to be decided in the middle of the window."""

    def __init__(
        self,
        article: OpenArticle,
        *,
        conflicts: ConflictsPane,
        top_bar: TopBar,
        recovery: RecoveryPane,
        articles: ArticleList,
        arrivals: Arrivals,
        middle: Middle,
        bar: MessageBar,
        open_article: Callable[[str], object],
        write_at_end: Callable[[], object],
        parent: QObject,
    ) -> None:
        """`open_article` opens another one, `write_at_end` gives its text the keyboard, behind its last word."""
        super().__init__(parent)
        self._article, self._conflicts, self._recovery, self._middle = article, conflicts, recovery, middle
        self._bar, self._open_article, self._write_at_end = bar, open_article, write_at_end
        strip = conflicts.strip
        for asking in (arrivals, strip, top_bar):
            asking.decision_wanted.connect(self.decide)
        strip.comparison_wanted.connect(arrivals.comparison_wanted)
        strip.read.connect(arrivals.confirm_reading)
        conflicts.left.connect(strip.refresh)
        articles.view.badge_pressed.connect(self.decide_about)
        article.opened.connect(self._show_opened)
        article.versions.lost.connect(self.show_recovery)
        recovery.write_wanted.connect(self._write_on)
        recovery.left.connect(self._open_asked)
        articles.open_wanted.connect(self._leave_recovery)

    def commands(self) -> Sequence[Command]:
        return (
            Command(
                "desk.decide",
                "Decide between two versions",
                "Ctrl+Shift+Return",
                Menu.FILE,
                self.decide,
                self._has_several_versions,
                submenu=Submenu.VERSIONS,
            ),
            Command(
                "desk.recovery",
                "Texts not saved as a version yet",
                "",
                Menu.FILE,
                self.show_recovery,
                submenu=Submenu.VERSIONS,
            ),
        )

    def decide(self) -> None:
        """What has to be decided between two versions of the article; a decision under way stays as it is."""
        if self._conflicts.open():
            self._bar.withdraw(DECISION)  # it is being answered
            self._middle.setCurrentWidget(self._conflicts)

    def decide_about(self, article: str) -> None:
        """The same of another article, which is opened for it, or its text where somebody has only to read it."""
        self._open_article(article)
        if self._article.id == article and self._article.versions.are_undecided:
            self.decide()

    def begin(self) -> None:
        """As the window opens: what a stop of the desk left; where it left nothing, that it stopped."""
        self.show_recovery()
        if self._recovery.was_stopped and not self._middle.shows(self._recovery):
            self._bar.say(
                self.tr(
                    "The desk stopped without being closed last time. What was kept by then is here; the last words "
                    "that were typed may be missing."
                )
            )

    def show_recovery(self) -> None:
        """Texts that were being written and never became a version, if there are any."""
        if self._recovery.open():
            self._middle.setCurrentWidget(self._recovery)

    def _has_several_versions(self) -> bool:
        return self._article.versions.are_undecided

    def _show_opened(self) -> None:
        """A story that was opened or begun is seen, whatever stood in its place."""
        if self._middle.is_wide and not self._recovery.is_answering:
            self._middle.show_home()

    def _leave_recovery(self) -> None:
        """Back to writing, when an article was chosen in the list."""
        if self._middle.shows(self._recovery):
            self._middle.show_home()

    def _open_asked(self) -> None:
        """After a question that was put off nothing else is open than what it was about."""
        one = self._recovery.chosen
        if self._article.id is None and one is not None and one.newest is not None:  # else it counts nowhere
            self._open_article(one.article)

    def _write_on(self, article: str) -> None:
        self._open_article(article)
        self._middle.show_home()
        self._write_at_end()
