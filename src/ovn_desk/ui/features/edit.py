"""What every text knows: undo, the clipboard, select all, in whichever field has the keyboard; and the text's menu."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from ovn_desk.ui.commands import Command, Menu
from ovn_desk.ui.commands.context_menus import LINE, ContextMenus
from ovn_desk.ui.commands.palette import Palette
from ovn_desk.ui.editor import Editor, Field
from ovn_desk.ui.editor.writing_pane import WritingPane
from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.preview.pane import Preview
from ovn_desk.ui.widgets.focused_text import FocusedText, TextWidget, has_selection, selected_text

_MOST_SOUGHT = 60
_TEXT_MENU = (
    "source.cite",
    "source.add",
    "claims.source",
    LINE,
    "review.comment",
    "write.link",
    "write.bold",
    "write.italic",
)
_FIELD_MENU = (LINE, "edit.search_selection")


class EditFeature(Feature):
    """Acts on the text that has the keyboard: the story, a field of a form, the filter, the page."""

    def __init__(
        self,
        writing: WritingPane,
        preview: Preview,
        *,
        context_menus: ContextMenus,
        palette: Palette,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._writing, self._preview = writing, preview
        self._context_menus, self._palette = context_menus, palette
        self._focused = FocusedText(parent)
        for field in (writing.headline, writing.standfirst, writing.editor):
            field.menu.opening.connect(partial(self._fill_menu, field))

    def commands(self) -> Sequence[Command]:
        own_key = partial(Command, menu=Menu.EDIT, has_own_key=True)
        return (
            Command("write.undo", "Undo", "Ctrl+Z", Menu.EDIT, self.undo, self._may_write),
            Command("write.redo", "Redo", "Ctrl+Shift+Z", Menu.EDIT, self.redo, self._may_write),
            own_key("edit.cut", "Cut", "Ctrl+X", run=self.cut, when=self._may_cut, starts_group=True),
            own_key("edit.copy", "Copy", "Ctrl+C", run=self.copy, when=self._may_copy),
            own_key("edit.paste", "Paste", "Ctrl+V", run=self.paste, when=self._may_write),
            Command(
                "write.paste_plain",
                "Paste without formatting",
                "Ctrl+Shift+V",
                Menu.EDIT,
                self.paste_plain,
                self._may_write,
            ),
            own_key("edit.select_all", "Select all", "Ctrl+A", run=self.select_all),
            Command(
                "edit.search_selection",
                "Search all stories for the selection",
                "",
                Menu.EDIT,
                self.search_selection,
                self._has_words,
                after="write.replace",
            ),
        )

    def undo(self) -> None:
        """Takes back what was written last."""
        self._text.undo()

    def redo(self) -> None:
        """Writes again what was taken back."""
        self._text.redo()

    def cut(self) -> None:
        """Takes the selection out, and onto the clipboard."""
        self._text.cut()

    def copy(self) -> None:
        """The selection goes onto the clipboard, also that of the page."""
        if self._is_in_preview:
            self._preview.copy()
        else:
            self._text.copy()

    def paste(self) -> None:
        """What is on the clipboard goes in at the cursor."""
        self._text.paste()

    def paste_plain(self) -> None:
        """The letters on the clipboard go in at the cursor, without their looks."""
        text = self._text
        if isinstance(text, Editor):
            text.paste_plain()
        else:
            text.paste()

    def select_all(self) -> None:
        """Everything in the text, or on the page."""
        if self._is_in_preview:
            self._preview.select_all()
        else:
            self._text.selectAll()

    def search_selection(self) -> None:
        """Looks for the selected words in every story."""
        self._palette.open(" ".join(selected_text(self._text).split())[:_MOST_SOUGHT])

    @property
    def _text(self) -> TextWidget:
        """The one that has the keyboard, else the story."""
        return self._focused.text or self._writing.editor

    @property
    def _is_in_preview(self) -> bool:
        focus = self._focused.focus
        return focus is not None and self._preview.isAncestorOf(focus)

    def _may_write(self) -> bool:
        text = self._text
        return not text.isReadOnly() and text.isVisibleTo(text.window())

    def _may_cut(self) -> bool:
        return self._may_write() and has_selection(self._text)

    def _may_copy(self) -> bool:
        return self._is_in_preview or has_selection(self._text)

    def _has_words(self) -> bool:
        return has_selection(self._text) and bool(selected_text(self._text).strip())

    def _fill_menu(self, field: Editor | Field, menu: QMenu) -> None:
        """Puts what one does to words under the pointer below what every text has."""
        if isinstance(field, Editor):
            menu.addSeparator()
            self._context_menus.fill(menu, _TEXT_MENU)
        self._context_menus.fill(menu, _FIELD_MENU)
