"""Icons to stand beside words: Lucide's drawings in the window's colours, drawn when they are first seen."""

from functools import lru_cache

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize
from PySide6.QtGui import QIcon, QIconEngine, QImageReader, QPainter, QPixmap

from ovn_desk import assets
from ovn_desk.ui.widgets import theme


@lru_cache(maxsize=256)
def icon(name: str, role: str = "ink") -> QIcon:
    """The icon of a name, as `trash-2`; `role` is the field of `theme.Colours` that it is drawn in.

    It follows the theme by itself, is crisp at any scale, and costs nothing until it is painted. Names are those of the
    files in `resources/icons/lucide`; `tests/ui/test_icons.py` sees that there is one for each.
    """
    return QIcon(_Drawing(name, role))


class _Drawing(QIconEngine):
    """Draws one icon in the colour of its role, or fainter where it is disabled."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name, self._role = name, role

    def clone(self) -> QIconEngine:
        return _Drawing(self._name, self._role)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        painter.drawPixmap(rect, self.scaledPixmap(rect.size(), mode, state, ratio))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:  # noqa: ARG002
        now = theme.colours()
        colour = now.faint if mode is QIcon.Mode.Disabled else getattr(now, self._role)
        drawn = QPixmap(_draw(self._name, colour, round(size.width() * scale), round(size.height() * scale)))
        drawn.setDevicePixelRatio(scale)
        return drawn


@lru_cache(maxsize=256)
def _svg(name: str) -> str:
    return assets.text(f"icons/lucide/{name}.svg")


@lru_cache(maxsize=512)
def _draw(name: str, colour: str, width: int, height: int) -> QPixmap:
    """The drawing in a colour, in device pixels."""
    buffer = QBuffer()
    buffer.setData(QByteArray(_svg(name).replace("currentColor", colour).encode()))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"svg"))
    reader.setScaledSize(QSize(width, height))
    return QPixmap.fromImage(reader.read())
