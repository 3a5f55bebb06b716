"""Help: the sheet of keys, the guide, the first story, what is new, reporting a problem, and About."""

import platform
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QLibraryInfo, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from ovn_desk import __version__, assets, settings
from ovn_desk.domain.citing import citations
from ovn_desk.domain.workflow import State
from ovn_desk.ui.commands import Command, Menu
from ovn_desk.ui.commands.palette import Palette
from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.help.first_story import FirstStory, Step
from ovn_desk.ui.preview.pane import Preview
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.preferences import Preferences
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets.middle import Middle

_SEE_PAGE = 3


class HelpFeature(Feature):
    """What it shows comes with the desk: nothing is looked up anywhere, and nothing is sent."""

    def __init__(
        self,
        session: Session,
        article: OpenArticle,
        text: WorkingText,
        preferences: Preferences,
        notices: Notices,
        *,
        preview: Preview,
        palette: Palette,
        middle: Middle,
        start_article: Callable[[], object],
        parent: QWidget,
    ) -> None:
        """`palette` knows the commands; the card of the first story lies over `middle`."""
        super().__init__(parent)
        self._session, self._article, self._text, self._notices = session, article, text, notices
        self._preferences, self._preview, self._palette = preferences, preview, palette
        self._middle, self._start_article, self._window = middle, start_article, parent
        self._has_seen_page = False
        self.first_story: FirstStory | None = None

    def commands(self) -> Sequence[Command]:
        helping = partial(Command, shortcut="", menu=Menu.HELP)
        return (
            Command("help.keys", "Commands and keys", "F1", Menu.HELP, self.show_keys),
            helping("help.guide", "Guide", run=self.show_guide),
            helping("help.first_story", "Your first story", run=self.show_first_story, when=self._may_write),
            helping("help.news", "What is new", run=self.show_news),
            helping("help.report", "Report a problem…", run=self.copy_report, starts_group=True),
            helping("help.about", "About OVN Desk", run=self.show_about),
        )

    def show_keys(self) -> None:
        """Every command with its key, to be found and run."""
        from ovn_desk.ui.help.keys_sheet import KeysSheet  # not needed to begin

        sheet = KeysSheet(self._palette.commands, self._window)
        self._show(sheet)
        sheet.search.setFocus()

    def show_guide(self) -> None:
        """The desk in ten minutes, to be read beside it."""
        self._show_page(self.tr("Guide"), assets.text("help/guide.md"))

    def show_news(self) -> None:
        """What changed for those who use the desk."""
        title = self.tr("What is new in {version}").format(version=__version__.rpartition(".")[0])
        self._show_page(title, f"# {title}\n\n{assets.text('help/news.md')}")

    def show_about(self) -> None:
        """Version, licences, and where things are on this computer."""
        from ovn_desk.ui.help.about import AboutDialog  # not needed to begin

        self._show(AboutDialog(store=self._session.store.path, log=settings.log_folder(), parent=self._window))

    def copy_report(self) -> None:
        """Puts on the clipboard what whoever mends the desk asks first; sends nothing."""
        lines = (
            f"OVN Desk {__version__}, Qt {QLibraryInfo.version().toString()}, Python {platform.python_version()}",
            platform.platform(),
            f"Log: {settings.log_folder() / 'desk.log'}",
            "",
            self.tr("What I did:"),
            self.tr("What I saw:"),
            self.tr("What I expected:"),
        )
        QGuiApplication.clipboard().setText("\n".join(lines))
        self._notices.done.emit(
            self.tr(
                "Version and place of the log are on the clipboard; nothing was sent. Paste them into a message to "
                "whoever looks after your desk. The log may name stories: read it before you attach it."
            )
        )

    def show_first_story(self) -> None:
        """Begins the five steps, or goes on where they were left."""
        card = self.first_story or self._make_card()
        if card.is_running:
            card.raise_()
            return
        at = self._preferences.value.first_story
        self._middle.show_home()
        if at == 0 or at >= len(self._steps()) or self._article.folded is None:
            self._start_article()
        self._has_seen_page = False
        card.start(at)

    def _make_card(self) -> FirstStory:
        card = self.first_story = FirstStory(self._steps(), self._middle)
        card.left_at.connect(lambda at: self._preferences.set(first_story=at))
        for signal in (self._text.rested, self._article.changed, self._article.opened):
            signal.connect(card.look)
        for signal in (self._preview.view_changed, self._preview.zoomed, self._preview.scrolled):
            signal.connect(self._note_page)
        self._preview.place_wanted.connect(self._note_page)
        return card

    def _steps(self) -> Sequence[Step]:
        return (
            Step(
                self.tr("Write a headline"),
                self.tr("Say what happened in one line, at the top. Enter leads on to the standfirst and the text."),
                lambda: bool(self._text.content.headline.strip()),
            ),
            Step(
                self.tr("Add a source"),
                self.tr("Press Ctrl+Shift+A: whom or what does the story rest on? A name is enough to begin."),
                lambda: bool(self._text.content.sources),
            ),
            Step(
                self.tr("Cite it"),
                self.tr("Write a sentence of the story. Behind it type [@ and choose your source."),
                self._cites_source,
            ),
            Step(
                self.tr("See the page"),
                self.tr("The page follows what you write; F10 shows it. Choose Phone above it: most readers have one."),
                lambda: self._has_seen_page,
            ),
            Step(
                self.tr("File it"),
                self.tr("“File to the desk” at the top right hands it to an editor. It says what is missing before."),
                lambda: self._article.folded is not None and self._article.folded.state is not State.DRAFT,
            ),
        )

    def _cites_source(self) -> bool:
        content = self._text.content
        keys = {source.key for source in content.sources}
        return any(cited.key in keys for cited in citations(content.body))

    def _note_page(self) -> None:
        card = self.first_story
        if card is not None and card.is_running and card.at == _SEE_PAGE:
            self._has_seen_page = True
            card.look()

    def _may_write(self) -> bool:
        return not self._session.why_read_only

    def _show_page(self, title: str, markdown: str) -> None:
        from ovn_desk.ui.help.reading import ReadingDialog  # not needed to begin

        self._show(ReadingDialog(title, markdown, self._window))

    def _show(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()
