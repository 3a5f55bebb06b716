"""Pictures: from files, the clipboard or a drop into the article, and between its cards and the text."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent, QTextCursor
from PySide6.QtWidgets import QMenu

from ovn_desk.text.offsets import from_utf16
from ovn_desk.ui.commands import Command, Menu
from ovn_desk.ui.editor import Editor, typing
from ovn_desk.ui.editor.highlight import PICTURE
from ovn_desk.ui.features.conditions import may_type
from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.inspector.images import ImageList, PictureGiven, PictureImporter
from ovn_desk.ui.inspector.tabs import Inspector
from ovn_desk.ui.state.open_article import OpenArticle


class PicturesFeature(Feature):
    """Connects where pictures are given with where they are kept, shown and referred to."""

    def __init__(
        self,
        article: OpenArticle,
        *,
        importer: PictureImporter,
        cards: ImageList,
        editor: Editor,
        inspector: Inspector,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._cards, self._inspector = cards, inspector
        self._article, self._editor, self.importer = article, editor, importer
        self._to_describe: list[str] = []
        self._given_in = ""
        """The text when pictures were given to it."""
        editor.pictures_given.connect(self._bring_in)
        importer.came_in.connect(self._take_in)
        cards.card_left.connect(self._leave_card)
        cards.add_wanted.connect(self.add)
        cards.reference_wanted.connect(self.insert_reference)
        cards.replacement_wanted.connect(importer.choose_replacement)
        editor.menu.opening.connect(self._fill_menu)
        editor.viewport().installEventFilter(self)

    def commands(self) -> Sequence[Command]:
        may = partial(may_type, self._article, self._editor)
        return (Command("write.image", "Image…", "Ctrl+Shift+I", Menu.INSERT, self.add, may),)

    def finish(self) -> None:
        """Waits for the pictures that are being read."""
        self.importer.finish()

    def add(self) -> None:
        """Asks for files, and puts their pictures in at the cursor."""
        self._given_in = self._editor.text()
        self.importer.choose(self._editor.textCursor())

    def bring_in(self, files: list[Path]) -> None:
        """Puts the pictures of files that were dropped beside the text in at its cursor."""
        self.importer.bring_in(files, self._editor.textCursor())

    def insert_reference(self, key: str) -> None:
        """Puts a picture of the article into its text, at the cursor."""
        self._insert(f"![](image:{key})", self._editor.textCursor())
        self._editor.setFocus()

    def open_card(self, key: str) -> None:
        """The form for the caption, alt text and credit of a picture, with the keyboard in it."""
        self._inspector.show_tab("details")
        self._cards.open_card(key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A double click on a picture in the text opens its form."""
        if event.type() == QEvent.Type.MouseButtonDblClick and isinstance(event, QMouseEvent):
            key = _key_at(self._editor.cursorForPosition(event.position().toPoint()))
            if key and event.button() == Qt.MouseButton.LeftButton:
                self.open_card(key)
                return True
        return super().eventFilter(watched, event)

    def _fill_menu(self, menu: QMenu) -> None:
        if key := _key_at(self._editor.textCursor()):
            menu.addSeparator()
            menu.addAction(self.tr("Caption, alt text and credit…"), partial(self.open_card, key))

    def _bring_in(self, files: Sequence[PictureGiven], place: QTextCursor) -> None:
        self._given_in = self._editor.text()
        self.importer.bring_in(files, place)

    def _take_in(self, paragraphs: str, place: QTextCursor) -> None:
        """Puts new pictures into the text and asks at once for what readers need of each.

        Who has gone on writing while they were read keeps the keyboard: the form of the first only stands open.
        """
        is_waiting = self._editor.text() == self._given_in
        self._insert(paragraphs, place)
        keys = [match[1] for match in PICTURE.finditer(paragraphs)]
        self._to_describe = [key for key in keys if self._cards.lacks_words(key)]
        if self._to_describe:
            self._describe_next(takes_keyboard=is_waiting)

    def _describe_next(self, *, takes_keyboard: bool = True) -> None:
        self._inspector.show_tab("details")
        self._cards.open_card(self._to_describe.pop(0), takes_keyboard=takes_keyboard)

    def _leave_card(self, is_done: bool) -> None:  # noqa: FBT001 - Qt's signal
        """On to the next new picture; who puts a form away is asked no more. At last back to the text."""
        if is_done and self._to_describe:
            self._describe_next()
            return
        self._to_describe = []
        self._editor.setFocus()

    def _insert(self, paragraph: str, place: QTextCursor) -> None:
        typing.insert_paragraph(self._editor, paragraph, place)


def _key_at(cursor: QTextCursor) -> str:
    """The key of the picture that a cursor stands in; empty for none."""
    line = cursor.block().text()
    at = from_utf16(line, cursor.positionInBlock())
    return next((match[1] for match in PICTURE.finditer(line) if match.start() <= at <= match.end()), "")
