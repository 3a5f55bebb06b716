"""Small pictures for cards and forms, made off the window's thread and as fine as the screen."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QImage

from ovn_desk.domain.image import Image
from ovn_desk.store import Store
from ovn_desk.ui.jobs import Worker
from ovn_desk.usecases import pictures


class Thumbnails(QObject):
    """Asks for a picture in a size; what was made once is given at once."""

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._worker = Worker(self)
        self._made: dict[tuple[object, ...], QImage] = {}

    def ask(
        self,
        image: Image,
        size: QSize,
        *,
        ratio: float,
        done: Callable[[QImage], None],
        refused: Callable[[str], None],
    ) -> None:
        """Gives `done` the picture at most as large as `size`, for a screen with `ratio` pixels to a point."""
        name = (image.sha256, image.box, size.width(), size.height(), ratio)
        if name in self._made:
            done(self._made[name])
            return

        def keep(made: QImage) -> None:
            self._made[name] = made
            done(made)

        self._worker.run(lambda: _made(self._store, image, size, ratio), done=keep, refused=refused)

    def finish(self) -> None:
        self._worker.finish()


def _made(store: Store, image: Image, size: QSize, ratio: float) -> QImage:
    files = pictures.copies(store, image).files
    picture = QImage.fromData(files[0][1]) if files else QImage()
    fine = QSize(round(size.width() * ratio), round(size.height() * ratio))
    if picture.width() > fine.width() or picture.height() > fine.height():
        picture = picture.scaled(fine, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    picture.setDevicePixelRatio(ratio)
    return picture
