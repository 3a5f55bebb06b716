"""The window on the screen: in light or dark, and as a picture."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from ovn_desk.ui.main_window.panes import Panes
from ovn_desk.ui.preview.pane import Preview
from ovn_desk.ui.state.copy_state import CopyState
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.widgets import theme

_FRAME = 40


def show_fitting(window: QWidget) -> None:
    """Shows a window as large as it is, or over the whole screen where that is smaller or it was so before."""
    room = window.screen().availableSize() - QSize(0, _FRAME)
    is_large = window.width() >= room.width() or window.height() >= room.height()
    if not window.isMaximized():
        window.resize(window.size().boundedTo(room))
    if is_large or window.isMaximized():
        window.showMaximized()
    else:
        window.show()


def photograph(window: QWidget, preview: Preview) -> QPixmap:
    """A picture of the window; the preview is a window of its own and is put in its place."""
    picture = window.grab()
    painter = QPainter(picture)
    preview.paint_into(painter, window)
    painter.end()
    return picture


def show_copies(panes: Panes, state: CopyState, article: OpenArticle) -> None:
    """Says in the status line, in History and in the list's tooltips where everything is."""
    words = state.words
    if words is None:
        return
    line, tone = words.line(article.id)
    panes.status_bar.show_copies(line, tone=tone, account=words.account())
    panes.history.show_where(words.story(article.id) if article.id else "")
    panes.articles.texts.say_where = words.only_here


def follow_theme(panes: Panes) -> None:
    """Repaints the window in the colours of now: light or dark was chosen, here or on the computer."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        theme.apply(app)
    panes.articles.refresh_colours()
    panes.writing.refresh_colours()
    panes.claim_marks.refresh_colours()
    panes.review.refresh_colours()
    panes.recovery.refresh_colours()
    panes.conflicts.refresh_colours()
    panes.preview.repaint_for_theme()
    panes.top_bar.refresh_colours()
    theme.recolour(panes.bar.window())
