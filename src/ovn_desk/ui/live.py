"""The preview's page, made again off the window's thread whenever the text changes."""

from PySide6.QtCore import QObject

from ovn_desk.domain.article import ArticleId
from ovn_desk.formats import page
from ovn_desk.ui.jobs import Latest
from ovn_desk.ui.preview import Preview
from ovn_desk.ui.workspace import Workspace
from ovn_desk.usecases import pictures, publishing


class LivePage(QObject):
    """Renders what is being written; what was typed meanwhile is rendered next, nothing in between is."""

    def __init__(self, workspace: Workspace, preview: Preview, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace, self._preview = workspace, preview
        self._renders = Latest(self)
        self._shown: tuple[ArticleId, str] | None = None

    def remake(self) -> None:
        """Shows the text as it is now, unless nobody looks."""
        space, preview = self._workspace, self._preview
        if space.article.folded is None or not preview.isVisible():
            return
        content, card = space.text.content, preview.card
        shown = (space.article.folded.id, card)

        def make() -> tuple[page.Parts, str]:
            show = pictures.in_preview
            parts = publishing.preview_parts(content, space.session.house, space.session.renderer, show=show, card=card)
            if shown == self._shown:
                return parts, ""
            return parts, publishing.preview(content, space.session.house, space.session.renderer, show=show, card=card)

        self._renders.ask(make, done=lambda made: self._show(shown, *made), refused=preview.show_message)

    def finish(self) -> None:
        self._renders.finish()

    def _show(self, shown: tuple[ArticleId, str], parts: page.Parts, document: str) -> None:
        self._shown = shown
        self._preview.show_page(parts, document=document)
