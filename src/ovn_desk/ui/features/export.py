"""Exporting: the Export view for the open article, or for the whole site."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.workflow import EDITORS, Step
from ovn_desk.ui.articles.pane import ArticleList
from ovn_desk.ui.commands import Command, Menu, Submenu
from ovn_desk.ui.export import ExportPane
from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.state.notices import Notice, Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.steps import Steps
from ovn_desk.ui.widgets.middle import Middle
from ovn_desk.ui.widgets.opening import open_file
from ovn_desk.ui.widgets.phrases import quantity
from ovn_desk.usecases import exportable

if TYPE_CHECKING:
    from ovn_desk.usecases.publishing import Exported, ExportRequest


class ExportFeature(Feature):
    """Opens the Export view in the middle of the window."""

    def __init__(
        self,
        session: Session,
        article: OpenArticle,
        steps: Steps,
        notices: Notices,
        *,
        pane: ExportPane,
        articles: ArticleList,
        middle: Middle,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._article, self._steps, self._pane, self._middle = session, article, steps, pane, middle
        self._notices = notices
        steps.exported.connect(self._say_exported)
        article.opened.connect(self._leave)
        articles.open_wanted.connect(self._leave)

    def commands(self) -> Sequence[Command]:
        return (
            Command(
                "article.export",
                "Export this article…",
                "Ctrl+Shift+E",
                Menu.FILE,
                self.open_article,
                lambda: self._article.may(Step.PUBLISH) and not self._steps.busy_with,
                starts_group=True,
                submenu=Submenu.EXPORT,
            ),
            Command(
                "site.export",
                "Export the whole site…",
                "",
                Menu.FILE,
                self.open_site,
                lambda: self._session.person.role in EDITORS,
                submenu=Submenu.EXPORT,
            ),
        )

    def open_article(self) -> None:
        """The view, with the open article ticked."""
        if self._article.id:
            self.open_articles([self._article.id])

    def open_site(self) -> None:
        """The view, with everything ticked whose time has come."""
        self.open_articles([])

    def open_articles(self, only: Sequence[ArticleId]) -> None:
        """The view, with these articles ticked."""
        self._middle.setCurrentWidget(self._pane)
        self._pane.open(only)

    def _leave(self) -> None:
        """Back to writing, when an article was opened."""
        if self._middle.shows(self._pane):
            self._middle.show_home()

    def _say_exported(self, result: "Exported", asked: "ExportRequest") -> None:
        """How many files are where, and the way to them."""
        if result.refused:
            self._notices.refused.emit(result.refused[0].reason)
        if not result.written and not result.unchanged:
            return
        number = quantity(len(result.written), "file", "files")
        said = self.tr("Exported: {number} in {folder}.") if result.written else self.tr("Nothing changed in {folder}.")
        page = exportable.file_to_see(self._session.store, asked, result.written)
        see = self.tr("See the page") if page and page.suffix == ".html" else self.tr("Open the file")
        folder = asked.to.parent if asked.as_zip else asked.to
        acts: list[tuple[str, Callable[[], object]]] = (
            [(see, partial(open_file, page, self._notices.warn))] if page else []
        )
        acts.append((self.tr("Open folder"), partial(open_file, folder, self._notices.warn)))
        sentence = " ".join((said.format(number=number, folder=asked.to), *result.notes))
        if self._middle.shows(self._pane):
            self._pane.show_result(sentence, acts)
        else:
            self._notices.said.emit(Notice(sentence, answers=[(words, _answer(act)) for words, act in acts]))


def _answer(act: Callable[[], object]) -> Callable[[str], object]:
    """What a button of the bar does, which is given what stands in the bar's field."""
    return lambda _: act()
