"""Small pictures for cards and forms, made off the window's thread and as fine as the screen."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QImage

from ovn_desk.domain.image import Image
from ovn_desk.ui.background.jobs import Worker
from ovn_desk.usecases import pictures
from ovn_desk.usecases.queries import Readable

_MOST_BYTES = 32 * 1024 * 1024


class Thumbnails(QObject):
    """Asks for a picture in a size; of those made before the newest are given at once."""

    def __init__(self, store: Readable, parent: QObject | None = None) -> None:
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
            self._keep(name, made)
            done(made)

        self._worker.run(lambda: _make_thumbnail(self._store, image, size, ratio), done=keep, refused=refused)

    def _keep(self, name: tuple[object, ...], made: QImage) -> None:
        self._made[name] = made
        size = sum(image.sizeInBytes() for image in self._made.values())
        while size > _MOST_BYTES and len(self._made) > 1:
            size -= self._made.pop(next(iter(self._made))).sizeInBytes()

    def finish(self) -> None:
        self._worker.finish()


def _make_thumbnail(store: Readable, image: Image, size: QSize, ratio: float) -> QImage:
    files = pictures.renditions(store, image).files
    picture = QImage.fromData(files[0][1]) if files else QImage()
    fine = QSize(round(size.width() * ratio), round(size.height() * ratio))
    if picture.width() > fine.width() or picture.height() > fine.height():
        picture = picture.scaled(fine, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    picture.setDevicePixelRatio(ratio)
    return picture
