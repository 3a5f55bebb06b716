"""A row of controls, each whole: what has no room goes into a “⋯” menu at the end of the row."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QMenu, QSizePolicy, QStyle, QToolButton, QWidget

_KEPT = 1_000_000
"""The rank of what never goes into the menu."""


@dataclass(slots=True)
class _Item:
    """A place in the row: a control, or what pushes the others apart where it is None."""

    widget: QWidget | None
    rank: int
    is_elastic: bool
    is_away: bool = False


class OverflowBar(QWidget):
    """Lays its controls out from the leading edge; those of the lowest rank, and of them the last, go first.

    A button that went is an entry of the menu, a drop-down list a menu of its values; a label only goes. What its
    owner hides takes no room and is in no menu.
    """

    def __init__(self, *, spacing: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spacing = spacing
        self._items: list[_Item] = []
        self._rare: list[QAction] = []
        self._is_placing = False
        self._away = QWidget(self)  # never shown: whether its owner wants a control shown is still told by the control
        self._away.hide()
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.more = QToolButton(self)
        self.more.setText("⋯")
        self.more.setProperty("flat", True)
        self.more.setProperty("more", True)
        self.more.setAccessibleName(self.tr("More"))
        self.more.setToolTip(self.tr("More"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(self.menu)
        self.more.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def add(self, widget: QWidget, *, rank: int = 0, is_kept: bool = False, is_elastic: bool = False) -> None:
        """Puts a control at the end of the row.

        `is_kept` never goes into the menu. `is_elastic` is given what room is left, between its least and its own size.
        """
        widget.setParent(self)
        self._items.append(_Item(widget, _KEPT if is_kept else rank, is_elastic))
        widget.show()
        self.updateGeometry()

    def add_action(self, action: QAction, *, name: str = "", rank: int = 0) -> QToolButton:
        """Puts a flat button for an action at the end of the row; it shows the action's `iconText`.

        `name` is what the style sheet knows the button by: named later it would wait for the next sheet.
        """
        button = QToolButton()
        button.setObjectName(name)
        button.setProperty("flat", True)
        button.setDefaultAction(action)
        button.setAccessibleName(action.text())
        self.add(button, rank=rank)
        return button

    def add_to_menu(self, action: QAction) -> None:
        """Puts an action into the menu, however much room there is."""
        self._rare.append(action)

    def add_stretch(self) -> None:
        """Puts all that is free between what was added before and what comes after."""
        self._items.append(_Item(None, _KEPT, is_elastic=False))

    def sizeHint(self) -> QSize:
        shown = self._wanted_items()
        width = sum(self._own_width(one) for one in shown) + self._gaps(len(shown))
        if self._rare:
            width += self.more.sizeHint().width() + self._spacing
        return QSize(width, self._row_height())

    def minimumSizeHint(self) -> QSize:
        kept = [one for one in self._wanted_items() if one.rank == _KEPT]
        width = sum(self._least_width(one) for one in kept) + self._gaps(len(kept) + 1)
        return QSize(width + self.more.sizeHint().width(), self._row_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while the row was hidden asked for no other place."""
        super().showEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        """Qt posts a request when a control was shown, hidden, or has other words."""
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.LayoutDirectionChange}:
            self.updateGeometry()
            self._place()
        return super().event(event)

    def _wanted_items(self) -> list[_Item]:
        """What its owner wants shown, whether or not there is room for it."""
        return [one for one in self._items if one.widget is not None and not _is_hidden(one.widget)]

    def _place(self) -> None:
        if self._is_placing or not self.isVisible():
            return
        self._is_placing = True
        shown = self._wanted_items()
        away = self._choose_away(shown)
        for one in self._items:
            self._put(one, is_away=one in away)
        self.more.setVisible(bool(self._rare) or any(_has_entry(one.widget) for one in away))
        self._lay_out([one for one in self._items if one.widget is None or (one in shown and one not in away)])
        self._is_placing = False

    def _choose_away(self, shown: list[_Item]) -> list[_Item]:
        """What has to go so that the rest has its least width."""
        away: list[_Item] = []
        widths = [self._least_width(one) for one in shown]
        needed, more = sum(widths) + self._gaps(len(shown)), self.more.sizeHint().width() + self._spacing
        order = sorted(range(len(shown)), key=lambda place: (shown[place].rank, -place))
        for place in order:
            has_more = self._rare or any(_has_entry(one.widget) for one in away)
            if needed + (more if has_more else 0) <= self.width() or shown[place].rank == _KEPT:
                break
            away.append(shown[place])
            needed -= widths[place] + self._spacing
        return away

    def _put(self, item: _Item, *, is_away: bool) -> None:
        """Takes a control out of the row, or back into it, without changing whether its owner wants it shown."""
        if item.widget is None or item.is_away == is_away:
            return
        is_wanted = not _is_hidden(item.widget)
        item.is_away = is_away
        item.widget.setParent(self._away if is_away else self)
        if is_wanted and not is_away:
            item.widget.show()

    def _lay_out(self, items: list[_Item]) -> None:
        least = {id(one): self._least_width(one) for one in items if one.widget is not None}
        has_more = not self.more.isHidden()
        more_width = self.more.sizeHint().width() + self._spacing if has_more else 0
        free = max(0, self.width() - more_width - self._gaps(len(least)) - sum(least.values()))
        x, stretches = 0, len(items) - len(least)
        for one in items:
            if one.is_elastic:
                grown = min(free, self._own_width(one) - least[id(one)])
                least[id(one)] += grown
                free -= grown
        for one in items:
            if one.widget is None:
                x += free // stretches
                continue
            self._set_place(one.widget, x, least[id(one)])
            x += least[id(one)] + self._spacing
        if has_more:
            self._set_place(self.more, x, self.more.sizeHint().width())

    def _set_place(self, widget: QWidget, x: int, width: int) -> None:
        height = min(widget.sizeHint().height(), self.height())
        place = QRect(x, (self.height() - height) // 2, width, height)
        widget.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), place))

    def _fill_menu(self) -> None:
        self.menu.clear()
        for one in self._items:
            if one.is_away and one.widget is not None and not _is_hidden(one.widget):
                _add_entry(self.menu, one.widget)
        if self._rare and not self.menu.isEmpty():
            self.menu.addSeparator()
        self.menu.addActions(self._rare)

    def _least_width(self, item: _Item) -> int:
        if item.widget is None:
            return 0
        if not item.is_elastic:
            return self._own_width(item)
        return max(item.widget.minimumSizeHint().width(), item.widget.minimumWidth())

    def _own_width(self, item: _Item) -> int:
        if item.widget is None:
            return 0
        hint = max(item.widget.sizeHint().width(), item.widget.minimumWidth())
        return min(hint, item.widget.maximumWidth())

    def _gaps(self, count: int) -> int:
        return max(0, count - 1) * self._spacing

    def _row_height(self) -> int:
        heights = [one.widget.sizeHint().height() for one in self._items if one.widget is not None]
        return max([self.more.sizeHint().height(), *heights])


def _is_hidden(widget: QWidget) -> bool:
    """Whether its owner hid it: a control whose parent is hidden is not."""
    attributes = Qt.WidgetAttribute
    return widget.testAttribute(attributes.WA_WState_Hidden) and widget.testAttribute(
        attributes.WA_WState_ExplicitShowHide
    )


def _has_entry(widget: QWidget | None) -> bool:
    return isinstance(widget, (QAbstractButton, QComboBox))


def _add_entry(menu: QMenu, widget: QWidget) -> None:
    """What the control does, as an entry of a menu."""
    if isinstance(widget, QComboBox):
        values = menu.addMenu(widget.accessibleName() or widget.currentText())
        for place in range(widget.count()):
            value = values.addAction(widget.itemText(place))
            value.setCheckable(True)
            value.setChecked(place == widget.currentIndex())
            value.triggered.connect(partial(_choose, widget, place))
        values.setEnabled(widget.isEnabled())
        return
    if not isinstance(widget, QAbstractButton):
        return
    label = widget.accessibleName() or widget.text()
    if isinstance(widget, QToolButton) and widget.menu():
        under = menu.addMenu(label)
        under.addActions(widget.menu().actions())
        under.setEnabled(widget.isEnabled())
        return
    if isinstance(widget, QToolButton) and widget.defaultAction():
        menu.addAction(widget.defaultAction())
        return
    entry = menu.addAction(label)
    entry.setEnabled(widget.isEnabled())
    entry.setCheckable(widget.isCheckable())
    entry.setChecked(widget.isChecked())
    entry.triggered.connect(lambda _=False: widget.click())


def _choose(box: QComboBox, place: int) -> None:
    box.setCurrentIndex(place)
    box.activated.emit(place)
