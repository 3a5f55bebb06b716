"""Pictures: from files, the clipboard or a drop into the article, and from its cards into the text."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextCursor

from ovn_desk.ui.commands import Command, Menu
from ovn_desk.ui.editor import Editor, typing
from ovn_desk.ui.features.conditions import may_type
from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.inspector.images import ImageList, PictureImporter
from ovn_desk.ui.state.open_article import OpenArticle


class PicturesFeature(Feature):
    """Connects where pictures are given with where they are kept, shown and referred to."""

    def __init__(
        self, article: OpenArticle, *, importer: PictureImporter, cards: ImageList, editor: Editor, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._article, self._editor, self.importer = article, editor, importer
        editor.pictures_given.connect(importer.bring_in)
        importer.came_in.connect(self._insert)
        cards.add_wanted.connect(self.add)
        cards.reference_wanted.connect(self.insert_reference)
        cards.replacement_wanted.connect(importer.choose_replacement)

    def commands(self) -> Sequence[Command]:
        may = partial(may_type, self._article, self._editor)
        return (Command("write.image", "Image…", "Ctrl+Shift+I", Menu.INSERT, self.add, may),)

    def finish(self) -> None:
        """Waits for the pictures that are being read."""
        self.importer.finish()

    def add(self) -> None:
        """Asks for files, and puts their pictures in at the cursor."""
        self.importer.choose(self._editor.textCursor())

    def insert_reference(self, key: str) -> None:
        """Puts a picture of the article into its text, at the cursor."""
        self._insert(f"![](image:{key})", self._editor.textCursor())
        self._editor.setFocus()

    def _insert(self, paragraph: str, place: QTextCursor) -> None:
        typing.insert_paragraph(self._editor, paragraph, place)
