"""The middle of the window: the editor, or a view of more than one text, which then has the room beside it, too."""

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget, QWidget


class Middle(QStackedWidget):
    """One view at a time; a wide one puts the panes beside it aside while it is shown."""

    def __init__(self, home: QWidget, focus: QWidget, parent: QWidget | None = None) -> None:
        """`home` is the view to come back to, and `focus` what has the keyboard there then."""
        super().__init__(parent)
        self._home, self._focus = home, focus
        self._beside: Sequence[QWidget] = ()
        self._wide: list[QWidget] = []
        self._put_aside: list[QWidget] = []
        self.currentChanged.connect(lambda _: self._make_room())
        self.addWidget(home)

    def fill(self, views: Sequence[QWidget], wide: Sequence[QWidget], *, beside: Sequence[QWidget]) -> None:
        """`wide` are views that need the room of the panes `beside`."""
        self._beside, self._wide = beside, list(wide)
        for view in (*views, *wide):
            self.addWidget(view)

    def show_home(self) -> None:
        """Back to where one writes."""
        self.setCurrentWidget(self._home)
        self._focus.setFocus()

    def shows(self, view: QWidget) -> bool:
        return self.currentWidget() is view

    def _make_room(self) -> None:
        is_wide = self.currentWidget() in self._wide
        if is_wide and not self._put_aside:
            self._put_aside = [pane for pane in self._beside if not pane.isHidden()]
            for pane in self._put_aside:
                pane.hide()
        elif not is_wide:
            for pane in self._put_aside:
                pane.show()
            self._put_aside = []
