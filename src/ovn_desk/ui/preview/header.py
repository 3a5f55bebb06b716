"""What stands above the page: which view of it is shown, and how large."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from ovn_desk.ui.widgets.overflow_bar import OverflowBar
from ovn_desk.ui.widgets.segments import Segments

ZOOMS = (50, 75, 90, 100, 110, 125, 150, 200)
"""In per cent of the page's own size."""


class PreviewHeader(QWidget):
    """Phone, page, search result or card, and the page's size."""

    view_chosen = Signal()
    zoomed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._percent = 100
        words = {
            "phone": self.tr("Phone"),
            "desktop": self.tr("Page"),
            "search": self.tr("Search"),
            "share": self.tr("Card"),
        }
        self.views = Segments(words, label=self.tr("How the page is shown"))
        self.views.choose("desktop")
        self.views.chosen.connect(lambda _: self.view_chosen.emit())
        self._button = QToolButton()
        self._button.setProperty("flat", True)
        self._button.setAccessibleName(self.tr("Size of the page"))
        self._button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self._button)
        for percent in ZOOMS:
            action = menu.addAction(self._words(percent))
            action.triggered.connect(lambda _=False, chosen=percent: self._choose(chosen))
        self._button.setMenu(menu)
        self._choose(100)
        bar = OverflowBar(spacing=8)
        bar.add(self.views, is_kept=True)
        bar.add_stretch()
        bar.add(self._button)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.addWidget(bar)

    @property
    def zoom(self) -> int:
        """In per cent of the page's own size."""
        return self._percent

    @zoom.setter
    def zoom(self, percent: int) -> None:
        self._choose(min(max(percent, ZOOMS[0]), ZOOMS[-1]))

    def step(self, direction: int) -> None:
        """The next larger size (1), or the next smaller (-1)."""
        others = [one for one in ZOOMS if (one - self._percent) * direction > 0]
        if others:
            self._choose(min(others, key=lambda one: abs(one - self._percent)))

    def _choose(self, percent: int) -> None:
        self._percent = percent
        self._button.setText(self.tr("{percent} % ▾").format(percent=percent))
        self.zoomed.emit()

    def _words(self, percent: int) -> str:
        return self.tr("{percent} %").format(percent=percent)
