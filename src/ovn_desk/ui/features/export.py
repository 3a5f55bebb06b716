"""Exporting: the Export view for the open article, or for the whole site."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.workflow import EDITORS, Step
from ovn_desk.ui.commands import Command, Menu
from ovn_desk.ui.export import ExportPane
from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.steps import Steps
from ovn_desk.ui.widgets.middle import Middle


class ExportFeature(Feature):
    """Opens the Export view in the middle of the window."""

    def __init__(
        self,
        session: Session,
        article: OpenArticle,
        steps: Steps,
        *,
        pane: ExportPane,
        middle: Middle,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._article, self._steps, self._pane, self._middle = session, article, steps, pane, middle

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
            ),
            Command(
                "site.export",
                "Export the whole site…",
                "",
                Menu.FILE,
                self.open_site,
                lambda: self._session.person.role in EDITORS,
            ),
        )

    def open_article(self) -> None:
        """The view, with the open article ticked."""
        if self._article.id:
            self._open(self._article.id)

    def open_site(self) -> None:
        """The view, with everything ticked whose time has come."""
        self._open(None)

    def _open(self, only: ArticleId | None) -> None:
        self._middle.setCurrentWidget(self._pane)
        self._pane.open(only)
