"""A menu of one's own at a point of the screen."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget


def popup(menu: QMenu, at: QPoint, window: QWidget) -> None:
    """Opens a menu of a window; it is deleted when it closes.

    Beside a native child, as a web page is, what a menu covered is not painted again by itself.
    """
    for one in (menu, *menu.findChildren(QMenu)):
        one.aboutToHide.connect(window.update)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(at)
