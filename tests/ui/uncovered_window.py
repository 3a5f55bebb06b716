"""Opens and closes a menu and a dialog over a window with a page in it; ends well if no trace is left on its screen."""

import os
import sys

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QEventLoop, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QSplitter, QTextEdit

QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontCreateNativeWidgetSiblings)  # as ui/preview/serving does

from PySide6.QtWebEngineWidgets import QWebEngineView  # noqa: E402

from ovn_desk.ui.widgets.uncovering import Uncovering  # noqa: E402

PATIENCE_MS = 240_000
_LOOKS = 12
UNMENDED = "unmended" in sys.argv


def until(is_so, patience_ms=PATIENCE_MS):
    """Lets events happen until something is so; False if it never is."""
    clock = QElapsedTimer()
    clock.start()
    while not is_so():
        if clock.elapsed() > patience_ms:
            return False
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
    return True


def main():
    app = QApplication(sys.argv)
    window, columns, text, page = QMainWindow(), QSplitter(), QTextEdit("text " * 200), QWebEngineView()
    page.setAttribute(Qt.WidgetAttribute.WA_NativeWindow)
    for pane in (text, page):
        columns.addWidget(pane)
    window.setCentralWidget(columns)
    menu = window.menuBar().addMenu("File")
    for number in range(14):
        menu.addAction(f"Entry number {number}")
    if not UNMENDED:
        Uncovering(window)
    loaded = []
    page.loadFinished.connect(loaded.append)
    page.setHtml('<body style="background: #cfc"><h1>The page</h1>')
    window.resize(1000, 600)
    window.show()
    text.setReadOnly(True)

    def screen():
        return app.primaryScreen().grabWindow(0).toImage().convertToFormat(QImage.Format.Format_RGB32)

    def page_is_green():
        at = page.mapToGlobal(QPoint(page.width() // 2, page.height() - 20))
        return screen().pixelColor(at).name() == "#ccffcc"

    assert until(lambda: loaded and page_is_green()), "the page never came"
    for pane in (window, columns, text, page):
        pane.update()
    seen = [screen()]

    def rests():
        """Whether the screen is as it was the last dozen times that it was looked at."""
        seen.append(screen())
        return len(seen) > _LOOKS and all(one == seen[-1] for one in seen[-_LOOKS:])

    assert until(rests), "the screen never comes to rest"
    before = screen()
    dialog = QDialog(window)
    dialog.resize(500, 300)
    for name, show, hide in (
        ("menu", lambda: menu.popup(window.mapToGlobal(QPoint(150, 60))), menu.close),
        ("dialog", dialog.show, dialog.close),
    ):
        show()
        assert until(lambda: screen() != before), f"the {name} never came"
        hide()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if not until(lambda: screen() == before, patience_ms=20_000 if UNMENDED else PATIENCE_MS):
            return f"the {name} is still there"
    return ""


if __name__ == "__main__":
    left = main()
    print(left)
    sys.stdout.flush()
    os._exit(1 if left else 0)
