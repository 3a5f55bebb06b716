"""Pictures come in by paste, drop or file: read off the window's thread, kept, and put into the text."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QObject, Signal
from PySide6.QtGui import QImage, QTextCursor
from PySide6.QtWidgets import QFileDialog, QWidget

from ovn_desk.domain import image as images
from ovn_desk.ui.background.jobs import Worker
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets.message_bar import MessageBar
from ovn_desk.ui.widgets.phrases import quantity
from ovn_desk.usecases import pictures

PictureGiven = Path | bytes | QImage

_TOPIC = "pictures"


class PictureImporter(QObject):
    """Says in the bar what it does and what came of it; each file comes in by itself, so one bad one stops no other."""

    came_in = Signal(str, object)
    """References as paragraphs, and the cursor that marks their place."""

    def __init__(
        self, session: Session, article: OpenArticle, text: WorkingText, bar: MessageBar, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session, self._article, self._text = session, article, text
        self._bar = bar
        self._window = window
        self._worker = Worker(self)

    def choose(self, place: QTextCursor) -> None:
        """Asks for files and puts their pictures in at a place."""
        if files := self._ask_files(QFileDialog.getOpenFileNames, self.tr("Add pictures")):
            self.bring_in(files, place)

    def choose_replacement(self, key: str) -> None:
        """Asks for the file that a picture is to show from now on."""
        if files := self._ask_files(QFileDialog.getOpenFileName, self.tr("Replace this picture")):
            self.replace(key, files[0])

    def bring_in(self, files: Sequence[PictureGiven], place: QTextCursor) -> None:
        """Adds pictures to the open article and their references to its text."""

        def keep(taken: pictures.TakenImages) -> None:
            known, keys = images.add_images(self._text.content.images, taken.images)
            self._text.edit(images=known)
            if keys:
                self.came_in.emit("\n\n".join(f"![](image:{key})" for key in keys), place)

        self._take(files, keep)

    def replace(self, key: str, file: PictureGiven) -> None:
        """Gives a picture another file; its card stays."""

        def keep(taken: pictures.TakenImages) -> None:
            for image in taken.images:
                self._text.edit(images=images.exchange_file(self._text.content.images, key, image))

        self._take([file], keep)

    def finish(self) -> None:
        self._worker.finish()

    def _take(self, files: Sequence[PictureGiven], keep: Callable[[pictures.TakenImages], None]) -> None:
        store, article = self._session.flushed_store(), self._article.id
        if store is None:
            return
        if self._article.edit_refusal:
            self._refuse(self._article.edit_refusal)
            return
        said = self.tr("Bringing in {count}…").format(count=quantity(len(files), "picture", "pictures"))
        self._bar.say(said, topic=_TOPIC)

        def end(taken: pictures.TakenImages) -> None:
            self._bar.withdraw(_TOPIC)
            if taken.refused:
                self._refuse(" ".join(taken.refused))
            if not taken.images:
                return
            if self._article.id != article or self._article.edit_refusal:
                self._refuse(self.tr("The article was left before its pictures were read. Open it and add them again."))
                return
            keep(taken)

        self._worker.run(
            lambda: pictures.import_images(store, [_as_file(file) for file in files]), done=end, refused=self._refuse
        )

    def _ask_files(self, dialog: Callable[..., tuple[str | list[str], str]], title: str) -> list[Path]:
        kinds = " ".join(f"*{kind}" for kind in pictures.KINDS)
        names, _ = dialog(self._window, title, "", f"{self.tr('Pictures')} ({kinds})")
        return [Path(name) for name in ([names] if isinstance(names, str) else names) if name]

    def _refuse(self, sentence: str) -> None:
        self._bar.say(sentence, tone="warn")


def _as_file(given: PictureGiven) -> Path | bytes:
    """A picture without a file as a PNG; runs in the job, because a large one takes its time."""
    if not isinstance(given, QImage):
        return given
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    given.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
