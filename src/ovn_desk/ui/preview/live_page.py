"""The preview's page, made again off the window's thread whenever the text changes."""

from PySide6.QtCore import QObject

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.workflow import State
from ovn_desk.rendering import page
from ovn_desk.ui.background.jobs import Latest
from ovn_desk.ui.preview.pane import Preview
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.usecases import pictures, previewing, queries


class LivePage(QObject):
    """Renders what is being written; what was typed meanwhile is rendered next, nothing in between is."""

    def __init__(
        self, session: Session, article: OpenArticle, text: WorkingText, preview: Preview, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._article, self._text, self._preview = session, article, text, preview
        self._renders = Latest(self)
        self._shown: tuple[object, ...] = ()
        facts = (article.opened, text.changed, article.changed, preview.view_changed, session.house_changed)
        for fact in facts:
            fact.connect(self.remake)

    def remake(self) -> None:
        """Shows the text as it is now, unless nobody looks."""
        preview = self._preview
        if self._article.folded is None or not preview.isVisible():
            return
        preview.announce()
        if self._article.folded.state is State.WITHDRAWN:
            self._show_withdrawn(self._article.folded.id)
            return
        content, card, house = self._text.content, preview.card, self._session.house
        # what stands round the text (direction, faces, the newsroom's name and look) comes only with a whole page
        shown = (self._article.folded.id, card, content.language, house)

        def make() -> tuple[page.Parts, str]:
            show = pictures.preview_image
            parts = previewing.preview_parts(content, house, self._session.renderer, show=show, card=card)
            if shown == self._shown:
                return parts, ""
            return parts, previewing.preview(content, house, self._session.renderer, show=show, card=card)

        self._renders.ask(make, done=lambda made: self._show(shown, *made), refused=preview.show_message)

    def _show_withdrawn(self, article: ArticleId) -> None:
        """What readers find where the story was: not its text."""
        store, house = self._session.store, self._session.house
        shown = (article, State.WITHDRAWN, house)

        def make() -> str:
            return "" if shown == self._shown else queries.ask(store, previewing.withdrawn_page, article, house)

        def show(document: str) -> None:
            if document:
                self._show(shown, page.Parts("", (), ""), document)

        self._renders.ask(make, done=show, refused=self._preview.show_message)

    def finish(self) -> None:
        self._renders.finish()

    def _show(self, shown: tuple[object, ...], parts: page.Parts, document: str) -> None:
        self._shown = shown
        self._preview.show_page(parts, document=document)
