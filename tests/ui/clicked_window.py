"""Clicks the answers of messages beside a page with the mouse of the screen; ends well if each is taken."""

import os
import subprocess
import sys

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter, QStackedWidget, QTextEdit, QWidget

QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontCreateNativeWidgetSiblings)  # as ui/preview/serving does

from PySide6.QtWebEngineWidgets import QWebEngineView  # noqa: E402
from uncovered_window import until  # noqa: E402

from ovn_desk.ui.widgets.message_bar import MessageBar  # noqa: E402


def main():
    app = QApplication(sys.argv)
    window, columns, middle, page = QMainWindow(), QSplitter(), QStackedWidget(), QWebEngineView()
    page.setAttribute(Qt.WidgetAttribute.WA_NativeWindow)
    middle.addWidget(QTextEdit("text " * 200))
    for pane in (middle, page):
        columns.addWidget(pane)
    window.setCentralWidget(columns)
    bar, answers = MessageBar(), []
    bar.lie_over(middle)
    loaded = []
    page.loadFinished.connect(loaded.append)
    page.setHtml('<body style="background: #cfc"><h1>The page</h1>')
    window.resize(1000, 600)
    window.show()
    assert until(lambda: loaded), "the page never came"
    ways = {
        "over the text": lambda: None,
        "over another text": lambda: middle.setCurrentIndex(middle.addWidget(QTextEdit())),
        "over the page alone": middle.hide,
        "over the text again": middle.show,
    }
    for way, prepare in ways.items():
        prepare()
        bar.ask("A note to the editor:", answers=[(way, lambda _, way=way: answers.append(way))])
        button = bar.findChildren(QWidget, "primary")[-1]
        app.processEvents()
        at = button.mapToGlobal(button.rect().center())

        def is_taken(at=at, way=way):
            subprocess.run(["xdotool", "mousemove", str(at.x()), str(at.y()), "click", "1"], check=True)
            return until(lambda: way in answers, patience_ms=1_000)

        if not any(is_taken() for _ in range(60)):
            return f"an answer {way} is not taken"
    return ""


if __name__ == "__main__":
    left = main()
    print(left)
    sys.stdout.flush()
    os._exit(1 if left else 0)
