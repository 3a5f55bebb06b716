"""Commands that change the text: find, Markdown's marks, the direction of a paragraph, snippets, its length."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from ovn_desk import settings
from ovn_desk.domain.errors import DeskError
from ovn_desk.text import tables
from ovn_desk.ui.commands import Command, Menu
from ovn_desk.ui.commands.palette import Choice, Find, Palette
from ovn_desk.ui.editor import markdown_commands, text_direction, typing
from ovn_desk.ui.editor.writing_pane import WritingPane
from ovn_desk.ui.features.conditions import is_open, may_type
from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets.message_bar import MessageBar
from ovn_desk.usecases import templates
from ovn_desk.usecases.templates import Template

_LONGEST = 100_000


class TextFeature(Feature):
    """Works on the editor, wherever the cursor is."""

    def __init__(
        self,
        session: Session,
        article: OpenArticle,
        text: WorkingText,
        notices: Notices,
        *,
        writing: WritingPane,
        palette: Palette,
        bar: MessageBar,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._article, self._text, self._notices = session, article, text, notices
        self._writing, self._editor, self._palette, self._bar = writing, writing.editor, palette, bar
        self._editor.refused.connect(notices.refused)
        session.person_changed.connect(writing.forget_steps)

    def commands(self) -> Sequence[Command]:
        editor, find_bar = self._editor, self._writing.find_bar
        make, palette = self._command, self._palette
        edit, insert = partial(make, menu=Menu.EDIT), partial(make, menu=Menu.INSERT)

        def wrap(before: str, after: str) -> Callable[[], None]:
            return partial(markdown_commands.wrap, editor, before, after)

        def prefix(mark: str) -> Callable[[], None]:
            return partial(markdown_commands.prefix_lines, editor, mark)

        def turn(language: str) -> Callable[[], None]:
            return partial(text_direction.turn_paragraphs, editor, language)

        def move(step: int) -> Callable[[], None]:
            return partial(typing.move_paragraph, editor, step)

        return (
            Command(
                "write.find",
                "Find in the text",
                "Ctrl+F",
                Menu.EDIT,
                partial(find_bar.open, replacing=False),
                partial(is_open, self._article),
                starts_group=True,
            ),
            edit("write.replace", "Find and replace", "Ctrl+H", partial(find_bar.open, replacing=True)),
            make("write.bold", "Bold", "Ctrl+B", wrap("**", "**")),
            make("write.italic", "Italic", "Ctrl+I", wrap("*", "*")),
            make("write.heading", "Heading", "Ctrl+2", prefix("## "), starts_group=True),
            make("write.subheading", "Subheading", "Ctrl+3", prefix("### ")),
            make("write.quote", "Block quotation", "Ctrl+Shift+.", prefix("> ")),
            make("write.bullets", "Bulleted list", "Ctrl+Shift+8", prefix("- ")),
            make("write.numbers", "Numbered list", "Ctrl+Shift+7", prefix("1. ")),
            edit("write.move_up", "Move paragraph up", "Alt+Up", move(-1), starts_group=True),
            edit("write.move_down", "Move paragraph down", "Alt+Down", move(1)),
            insert(
                "write.link",
                "Link",
                "Ctrl+Shift+K",
                partial(markdown_commands.insert_link, editor),
                after="write.image",
            ),
            insert("write.table", "Table…", "Ctrl+Shift+T", self.ask_table_size, after="write.link"),
            insert(
                "write.snippet",
                "Snippet…",
                "Ctrl+;",
                partial(palette.open, ":"),
                starts_group=True,
                after="review.comment",
            ),
            insert(
                "write.keep_snippet",
                "Keep the selection as a snippet…",
                "",
                self.ask_snippet_name,
                after="write.snippet",
            ),
            make("write.rtl", "Paragraph from right to left", "", turn("ur"), starts_group=True),
            make("write.ltr", "Paragraph from left to right", "", turn("en")),
            make("write.length", "Length to aim for…", "", self.ask_length, menu=Menu.STORY, after="desk.plan"),
        )

    def choices(self) -> Mapping[str, Find]:
        return {":": self.find_snippets}

    def find_snippets(self, words: str) -> list[Choice]:
        """For the palette: the desk's snippets and one's own; choosing one puts it in at the cursor."""
        if self._article.edit_refusal:
            return []
        return [
            Choice(one.name, "your own" if one.is_own else "", partial(self.insert_snippet, one))
            for one in templates.snippets(self._text.content.language, own=_snippets_folder())
            if words in one.name.casefold()
        ]

    def insert_snippet(self, snippet: Template) -> None:
        """Puts a snippet in at the cursor."""
        language = self._text.content.language
        self._notices.try_action(
            lambda: self._editor.insert(templates.snippet_text(snippet, self._session.house, language))
        )

    def ask_table_size(self) -> None:
        """Shows a grid at the cursor; what is chosen there is put in as a table, with its caption to be written."""
        from ovn_desk.ui.editor.table_grid import TableGrid

        grid = TableGrid(self._editor)
        grid.chosen.connect(self.insert_table)
        box = self._editor.cursorRect()
        grid.open_at(self._editor.viewport().mapToGlobal(box.bottomLeft()))

    def insert_table(self, rows: int, columns: int) -> None:
        """Puts a table in as paragraphs of its own, as one step that can be undone; the cursor is in its caption."""
        table, caption_end = tables.empty_table(rows, columns, language=self._editor.language)
        cursor = self._editor.textCursor()
        cursor.clearSelection()
        end = typing.insert_paragraph(self._editor, table, cursor)
        cursor.setPosition(end - len(table) + caption_end)
        self._editor.setTextCursor(cursor)
        self._editor.ensureCursorVisible()
        self._editor.setFocus()

    def ask_snippet_name(self) -> None:
        """Asks for a name, and keeps the selected words under it."""
        words = self._editor.selected_text()
        if not words.strip():
            self._notices.refused.emit(self.tr("Select the words to keep as a snippet first."))
            return
        keep = partial(self._keep_snippet, words)
        self._bar.ask(self.tr("Name of the snippet:"), answers=[(self.tr("Keep it"), keep)])

    def ask_length(self) -> None:
        """Asks how many words the article should have."""

        def set_length(answer: str) -> None:
            digits = "".join(letter for letter in answer if letter.isdecimal())
            self._text.edit(target_words=min(int(digits or 0), _LONGEST))

        self._bar.ask(
            self.tr("How many words should it have? Empty for no aim."),
            answers=[(self.tr("Set"), set_length)],
            value=str(self._text.content.target_words or ""),
        )

    def _keep_snippet(self, words: str, name: str) -> None:
        try:
            templates.keep_snippet(name, words, own=_snippets_folder())
        except DeskError as error:
            self._notices.refused.emit(str(error))
            return
        self._notices.done.emit(self.tr("Snippet saved. To insert it, press Ctrl+K and type : and its name."))

    def _command(
        self,
        name: str,
        label: str,
        shortcut: str,
        run: Callable[[], object],
        *,
        menu: Menu = Menu.FORMAT,
        starts_group: bool = False,
        after: str = "",
    ) -> Command:
        """A command that changes the text."""
        may = partial(may_type, self._article, self._editor)
        return Command(name, label, shortcut, menu, run, may, starts_group=starts_group, after=after)


def _snippets_folder() -> Path:
    return settings.data_folder() / "snippets"
