"""Sources: adding one, opening one, and citing it in the text."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from ovn_desk.domain.source import Source, SourceKind
from ovn_desk.domain.source_search import find_sources
from ovn_desk.domain.values import KEY
from ovn_desk.ui.commands import Command, Menu
from ovn_desk.ui.commands.palette import Choice, Find, Palette
from ovn_desk.ui.editor import Editor, citations
from ovn_desk.ui.editor.completion import Completion
from ovn_desk.ui.features.conditions import may_type, may_write
from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.inspector.sources import DRAFT, SourceList
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets.message_bar import MessageBar
from ovn_desk.ui.widgets.side import Side


class SourcesFeature(Feature):
    """Works on the article's sources and on their citations in the editor."""

    def __init__(
        self,
        article: OpenArticle,
        text: WorkingText,
        *,
        cards: SourceList,
        side: Side,
        editor: Editor,
        completion: Completion,
        palette: Palette,
        notices: Notices,
        bar: MessageBar,
        go_home: Callable[[], object],
        parent: QObject,
    ) -> None:
        """`go_home` shows the text where something else took the whole window."""
        super().__init__(parent)
        self._article, self._text, self._notices = article, text, notices
        self._side, self._editor, self._palette, self._bar = side, editor, palette, bar
        self._editing, self._go_home = cards.editing, go_home
        cards.citation_wanted.connect(self.cite)
        cards.place_wanted.connect(self.show_citation)
        self._editing.opened.connect(self._show_sheet)
        self._editing.closed.connect(self._put_sheet_away)
        self._editing.citation_wanted.connect(self.cite)
        self._editing.draft_changed.connect(self._withdraw_offer)
        self._editing.renamed.connect(self._rename_citations)
        side.sheet_hidden.connect(self._editing.leave)
        completion.new_wanted.connect(self._add_begun)

    def commands(self) -> Sequence[Command]:
        may = partial(may_write, self._article)
        return (
            Command(
                "source.cite",
                "Cite a source…",
                "Ctrl+Shift+C",
                Menu.INSERT,
                partial(self._palette.open, "@"),
                partial(may_type, self._article, self._editor),
                starts_group=True,
            ),
            Command("source.add", "Add a source…", "Ctrl+Shift+A", Menu.INSERT, self.add, may),
        )

    def choices(self) -> Mapping[str, Find]:
        return {"@": self.find_sources}

    def add(self) -> None:
        """The sheet for a new source."""
        self._editing.open_new()

    def open(self, key: str) -> None:
        """The sheet of a source the article has."""
        self._editing.open_source(key)

    def open_words(self, key: str) -> None:
        """The sheet of a source, with the keyboard where its own words are written down."""
        self._editing.open_source(key)
        self._editing.sheet.parts.words.setFocus()

    def cite(self, key: str) -> None:
        """Puts a citation in at the cursor; the keyboard is in the text then."""
        citations.insert_citation(self._editor, key)
        self._editor.setFocus()

    def cite_at(self, line: int, column: int) -> None:
        """Asks which source to cite at a place of the text."""
        self._editor.go_to(line, column)
        self._palette.open("@")

    def show_citation(self, key: str) -> None:
        """Selects the next place in the text where a source is cited, and after the last one the first."""
        if not citations.select_next(self._editor, key):
            self._notices.tell_of_story(self.tr("The text cites this source nowhere."))

    def find_sources(self, words: str) -> list[Choice]:
        """For the palette: the article's sources, and a new one; choosing one cites it."""
        found = [
            Choice(source.label, f"@{source.key}", partial(self.cite, source.key))
            for source in find_sources(self._text.content.sources, words)
        ]
        return [*found, Choice(self.tr("New source…"), "", self.add)]

    def _add_begun(self, name: str) -> None:
        """The sheet for a source whose citation was begun; what was typed of it is its key where that can be one."""
        self._editing.open_new(Source(kind=SourceKind.PERSON, key=name.lower()) if KEY.fullmatch(name) else None)

    def _show_sheet(self) -> None:
        """Beside the text, in which the place of the cursor stays in sight though its lines become shorter."""
        self._side.close_drawer()
        self._side.show_sheet(self._editing.sheet)
        if not self._side.arrangement.has_sheet:
            self._go_home()
        QTimer.singleShot(0, self._editor, self._editor.ensureCursorVisible)

    def _put_sheet_away(self) -> None:
        """What stood there comes back, and the keyboard goes to the text, where it was."""
        sheet = self._editing.sheet
        had_keys = sheet.isAncestorOf(QApplication.focusWidget() or sheet)
        if self._side.sheet is sheet:
            self._side.hide_sheet()
        if had_keys:
            self._editor.setFocus()

    def _withdraw_offer(self) -> None:
        """There is nothing to go on with once the draft is open again, or gone."""
        if self._editing.is_open or self._editing.draft is None:
            self._bar.withdraw(DRAFT)

    def _rename_citations(self, old: str, new: str) -> None:
        citations.rename_key(self._editor, old, new)
