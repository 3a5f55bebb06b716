"""Tab goes through a pane as the eye does, also through what was put into it later.

Qt appends whatever is made to the end of the window's order: from a comment's box Tab went to the list of articles, and
to the comment that had just been sent only once round the whole window.
"""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QLayout, QWidget


def order_tabs(pane: QWidget) -> None:
    """From now on Tab goes through what takes the keyboard in a pane in the order in which it is laid out."""
    for before, after in pairwise(one for one in _in_order(pane) if one.focusPolicy() & Qt.FocusPolicy.TabFocus):
        if before.nextInFocusChain() is not after:
            QWidget.setTabOrder(before, after)


def _in_order(widget: QWidget) -> Iterator[QWidget]:
    """A widget, and after it what stands in it: as it is laid out, or without a layout by its place."""
    yield widget
    inner = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
    layout = inner.layout()
    if layout is not None:
        yield from _in_layout(layout)
    elif inner.focusPolicy() == Qt.FocusPolicy.NoFocus:
        children = [one for one in inner.children() if isinstance(one, QWidget) and not one.isWindow()]
        for child in sorted(children, key=lambda one: (one.y(), one.x())):
            yield from _in_order(child)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield from _in_order(widget)
        elif inner is not None:
            yield from _in_layout(inner)
