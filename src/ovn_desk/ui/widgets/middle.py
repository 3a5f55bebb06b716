"""The middle of the window: the editor, or a view of more than one text, which then has the room beside it, too."""

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget, QWidget

from ovn_desk.ui.widgets.arrangement import View
from ovn_desk.ui.widgets.side import Side


class Middle(QStackedWidget):
    """One view at a time."""

    def __init__(self, home: QWidget, focus: QWidget, side: Side, parent: QWidget | None = None) -> None:
        """`home` is the view to come back to, and `focus` what has the keyboard there then; `side` makes room."""
        super().__init__(parent)
        self._home, self._focus, self._side = home, focus, side
        self._views = {id(home): View.TEXT}
        self.currentChanged.connect(lambda _: self._make_room())
        self.addWidget(home)

    def fill(self, review: QWidget, wide: Sequence[QWidget]) -> None:
        """`wide` are views of more than one text, which need the room beside them."""
        self._views |= {id(review): View.REVIEW} | {id(view): View.WIDE for view in wide}
        for view in (review, *wide):
            self.addWidget(view)

    def show_home(self) -> None:
        """Back to where one writes."""
        self.setCurrentWidget(self._home)
        self._side.show_text()
        self._focus.setFocus()

    @property
    def is_wide(self) -> bool:
        """Whether a view of more than one text is shown."""
        return self._views[id(self.currentWidget())] is View.WIDE

    def shows(self, view: QWidget) -> bool:
        return self.currentWidget() is view

    def _make_room(self) -> None:
        """Nobody types into a text that is not seen: Qt gives the keyboard to a hidden one that asks for it."""
        self._home.setEnabled(self.shows(self._home))
        self._side.look_at(self._views[id(self.currentWidget())])
