"""What stands below one another in the window: bars, columns, bars."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ovn_desk.ui.main_window.panes import Panes


class Stack(QWidget):
    """Puts the panes into their rows; messages lie over the middle, and push nothing."""

    def fill(self, panes: Panes, columns: QWidget, work_line: QWidget) -> None:
        """Puts them in, when it stands in its window itself: a whole tree that moves is styled anew each time."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (panes.top_bar, panes.review.bar, columns, panes.status_bar, work_line):
            column.addWidget(widget, 1 if widget is columns else 0)
