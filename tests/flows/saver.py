"""A desk without a window that types and autosaves until it is killed; prints each edit that it showed as saved.

Usage: saver.py STORE ARTICLE FIRST_NUMBER.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer

from ovn_desk.store import open_store
from ovn_desk.text.helper import RenderHelper
from ovn_desk.ui.state import save_state, working_text, workspace


def main():
    path, article, number = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    save_on(path, article, number, lambda typed: print(typed, flush=True))


def save_on(path, article, number, show, *, until=None):
    """Types and saves from behind a number, tells `show` of each edit shown as saved, and ends after `until`."""
    working_text.AFTER_FIRST_UNSAVED_MS = 1  # more saves a second, the same way
    app = QCoreApplication(sys.argv[:1])
    store = open_store(path)
    with store.read() as reading:
        person = reading.person("Rana")
    space = workspace.Workspace(store, RenderHelper(), person)
    space.article.open(article)
    typed = number

    def type_on():
        nonlocal typed
        typed += 1
        paragraphs = [f"Edit {typed}", "Words that make the text as long as an article is. " * 90]
        space.text.edit(headline=f"Edit {typed}", body="\n\n".join(paragraphs))

    def say():
        if space.text.save_state.saving is save_state.Saving.SAVED:
            show(typed)
            QTimer.singleShot(0, app.quit if typed == until else type_on)

    space.text.save_state_changed.connect(say)
    type_on()
    app.exec()
    store.close()


if __name__ == "__main__":
    main()
