"""Starting, opening and saving articles: from nothing, from a template, as a translation."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from textwrap import shorten

from PySide6.QtCore import QObject

from ovn_desk import settings
from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.errors import DeskError
from ovn_desk.ui.articles.pane import ArticleList
from ovn_desk.ui.commands import Command, Menu, Submenu
from ovn_desk.ui.commands.palette import Choice, Find, Palette
from ovn_desk.ui.editor.writing_pane import WritingPane
from ovn_desk.ui.features.conditions import is_open, may_write
from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.state.custody import custody_names, custody_text
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.usecases import queries, templates, translating
from ovn_desk.usecases.templates import Template

_MOST_FOUND = 8
_LONGEST_HEADLINE = 48  # letters, so that who has the story stands behind it


class ArticlesFeature(Feature):
    """The open article changes here, whoever asks for it; the cursor goes to where one writes on."""

    def __init__(
        self,
        session: Session,
        article: OpenArticle,
        text: WorkingText,
        notices: Notices,
        *,
        pane: ArticleList,
        writing: WritingPane,
        palette: Palette,
        show_text: Callable[[], object],
        parent: QObject,
    ) -> None:
        """`show_text` brings the text in front of whatever stands in the middle."""
        super().__init__(parent)
        self._session, self._article, self._text, self._notices = session, article, text, notices
        self._pane, self._writing, self._palette = pane, writing, palette
        self._show_text = show_text
        pane.open_wanted.connect(self.open)
        pane.write_wanted.connect(self._write)

    def commands(self) -> Sequence[Command]:
        may = partial(may_write, self._article)
        into = self._translation
        return (
            Command("article.new", "New article", "Ctrl+N", Menu.FILE, self.start),
            Command(
                "article.template",
                "New from a template…",
                "Ctrl+Shift+N",
                Menu.FILE,
                partial(self._palette.open, "+"),
            ),
            into("article.to_urdu", "Translate into Urdu", "ur"),
            into("article.to_english", "Translate into English", "en"),
            Command("article.save", "Save a version", "Ctrl+S", Menu.FILE, self._article.save, may, starts_group=True),
            Command(
                "article.revert",
                "Go back to the last version",
                "",
                Menu.FILE,
                self.revert,
                may,
                submenu=Submenu.VERSIONS,
            ),
        )

    def choices(self) -> Mapping[str, Find]:
        return {"": self.find_articles, "#": self.find_categories, "+": self.find_templates}

    def finish(self) -> None:
        self._palette.finish()

    def start(self) -> None:
        """A new article, with the cursor in its headline."""
        self._article.start()
        self._write_headline()

    def open(self, article: str) -> None:
        """Opens an article, with the cursor in its text unless the list is being walked by key."""
        is_in_list = self._pane.view.hasFocus()
        self._article.open(ArticleId(article))
        if is_in_list:
            self._pane.view.setFocus()
        elif not self._article.edit_refusal:
            self._writing.editor.setFocus()

    def _write(self) -> None:
        """The keyboard goes to the text, where the text is what is seen."""
        if self._writing.editor.isVisible():
            self._writing.editor.setFocus()

    def start_from(self, template: Template) -> None:
        """A new article with what a template begins with."""
        session = self._session
        try:
            content = templates.fill(template, session.house, by=session.person, language=self._text.content.language)
        except DeskError as error:
            self._notices.refused.emit(str(error))
            return
        self._article.start(content)
        self._write_headline()

    def translate(self, language: str) -> None:
        """A new draft in another language, with what holds in any."""
        if self._article.id is None:
            return
        try:
            content = translating.begin_translation(
                self._text.content, self._article.id, self._session.house, language=language
            )
        except DeskError as error:
            self._notices.refused.emit(str(error))
            return
        self._article.start(content)
        self._write_headline()

    def revert(self) -> None:
        """The text of the last version again; what is there now stays in the history."""
        self._article.save()
        if self._article.folded and (parent := queries.parent_of(self._session.store, self._article.folded.head)):
            self._article.bring_back(parent)

    def find_articles(self, words: str) -> list[Choice]:
        """For the palette: articles with these words, the newest first."""
        session, names = self._session, custody_names(self._session, is_short=False)
        return [
            Choice(
                shorten(row.headline, _LONGEST_HEADLINE, placeholder="…") or self.tr("No headline yet"),
                custody_text(session, row.id, row.custody, row.state, names),
                partial(self.open, row.id),
            )
            for row in queries.find_articles(session.store, words, limit=_MOST_FOUND)
        ]

    def find_templates(self, words: str) -> list[Choice]:
        """For the palette: the desk's templates and one's own."""
        own = settings.data_folder() / "templates"
        return [
            Choice(one.name, "your own" if one.is_own else "", partial(self.start_from, one))
            for one in templates.templates(self._text.content.language, own=own)
            if words in one.name.casefold()
        ]

    def find_categories(self, words: str) -> list[Choice]:
        """For the palette: the house's categories; choosing one gives it to the open article."""
        if self._article.edit_refusal:
            return []
        return [
            Choice(category.name("en"), category.key, partial(self._text.edit, category=category.key))
            for category in self._session.house.categories
            if any(words in name.casefold() for name in (category.key, *category.names.values()))
        ]

    def _write_headline(self) -> None:
        """The cursor goes to the headline, from wherever the article was begun; behind another view nobody types."""
        self._show_text()
        self._writing.headline.setFocus()

    def _translation(self, name: str, label: str, language: str) -> Command:
        def may_translate() -> bool:
            is_other = self._text.content.language != language
            return is_open(self._article) and is_other and language in self._session.house.languages

        run = partial(self.translate, language)
        return Command(name, label, "", Menu.STORY, run, may_translate, submenu=Submenu.TRANSLATE, after="write.length")
