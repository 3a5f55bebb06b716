"""A day at the desk: what the open window holds in memory after 12,000 keys and 200 changes of the article.

Usage: day.py [KEYS] [SWITCHES]. The whole window, offscreen in a process of its own, with preview, spelling, claims and
autosave on. The keys are Qt's key events: five of six typed into new articles, the others into one of 50,000 words.
After each the writer waits for 20 ms, so that it is a change of its own, and after every 200 until the text is saved.
The start is the window with an article of 800 words open and its page shown; at the end the same article is open
again. Memory is PSS, as Linux counts it. --parts says what stands after each of ten rounds.
"""

import ctypes
import gc
import json
import os
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from measure import ROOT, corpus, heading, median, percentile, table

KEYS, SWITCHES = 12_000, 200
LONG = 50_000
ARTICLES = 20
ROUNDS = 10
PAUSE_S = 0.02
IN_NEW = 5 / 6
KEYS_A_REST = 200
AIM = 1.2


def memory_of(process):
    """PSS of a process in MB; nothing when it has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except (OSError, ValueError):
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def below(process):
    """The processes that this one started, and those that they started, by what they are."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
            command = (folder / "cmdline").read_text(encoding="utf-8")
        except (OSError, ValueError):
            continue
        found.setdefault(parent, []).append((int(folder.name), command))
    for child, command in found.get(process, []):
        yield child, "renderer helper" if "text.helper" in command else "Chromium"
        yield from ((grandchild, "Chromium") for grandchild, _ in below(child))


class Day:
    """The desk's own window over a newsroom with short articles and a long one."""

    def __init__(self, folder):
        from PySide6.QtCore import QCoreApplication, Qt
        from PySide6.QtWidgets import QApplication

        from ovn_desk.domain.article import Content
        from ovn_desk.text.helper import RenderHelper
        from ovn_desk.ui import preview
        from ovn_desk.ui.background import jobs
        from ovn_desk.ui.editor import Editor
        from ovn_desk.ui.main_window import MainWindow
        from ovn_desk.ui.state.workspace import Workspace
        from ovn_desk.ui.widgets import theme
        from ovn_desk.usecases import housekeeping, writing

        QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontCreateNativeWidgetSiblings)
        QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
        preview.prepare()
        jobs.give_way()
        self.app = QApplication([])
        theme.load_fonts()
        theme.apply(self.app)
        house = (ROOT / "resources" / "samples" / "openvoicenews.toml").read_text(encoding="utf-8")
        made = housekeeping.create_newsroom(folder / "newsroom.ovn", house_text=house)
        store, by = made.store, made.chief

        def start(number, words):
            body = corpus().document(words, seed=number)
            content = Content(headline=f"Article {number}", body=body, category="politics", byline=by.name)
            return writing.start(store, content, by=by)

        self.short = [start(number, 800) for number in range(ARTICLES)]
        self.long = start(ARTICLES, LONG)
        editor = Editor()
        self.space = Workspace(store, RenderHelper(), by.person, settle=editor.settle)
        self.window = MainWindow(self.space, editor)
        self.pages = 0
        self.window.panes.preview.shown.connect(self._count_page)
        self.window.show()
        self.keys, self.opened = [], {}
        self.open(self.short[0])

    def _count_page(self):
        self.pages += 1

    def until(self, condition):
        """Runs the event loop, as the program does, until something is so."""
        from PySide6.QtCore import QEventLoop, QTimer

        loop, timer = QEventLoop(), QTimer(interval=1)
        end = time.monotonic() + 60
        timer.timeout.connect(lambda: (condition() or time.monotonic() > end) and loop.quit())
        timer.start()
        loop.exec()
        if not condition():
            raise TimeoutError

    def for_s(self, seconds):
        end = time.monotonic() + seconds
        self.until(lambda: time.monotonic() >= end)

    def open(self, article):
        """Opens an article that is not open, and waits for its page."""
        if self.space.article.id == article:
            return
        before, began = self.pages, time.perf_counter()
        self.window.features.articles.open(article)
        self.app.processEvents()
        self.opened.setdefault(article == self.long, []).append((time.perf_counter() - began) * 1000)
        self.until(lambda: self.pages > before)

    def type(self, text):
        """Types a text at the cursor; keeps how long each key held the window."""
        from PySide6.QtCore import QEvent, Qt
        from PySide6.QtGui import QKeyEvent

        editor, bare = self.window.panes.writing.editor, Qt.KeyboardModifier.NoModifier
        for number, letter in enumerate(text, 1):
            began = time.perf_counter()
            key = (Qt.Key.Key_Return, "\r") if letter == "\n" else (Qt.Key.Key_unknown, letter)
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                self.app.sendEvent(editor, QKeyEvent(kind, key[0], bare, key[1]))
            self.app.processEvents()
            self.keys.append((time.perf_counter() - began) * 1000)
            self.for_s(PAUSE_S)
            if number % KEYS_A_REST == 0:
                self.rest()
        self.rest()

    def rest(self):
        """Until what was typed is on the disk, as after a pause of a second, and checked."""
        from ovn_desk.ui.state.save_state import Saving

        self.until(lambda: self.space.text.save_state.saving is not Saving.EDITING)
        self.for_s(0.3)

    def standing(self):
        """Memory and counts as they are now."""
        self.for_s(3)  # as somebody who reads what is there
        own = os.getpid()
        parts = Counter()
        for process, kind in below(own):
            parts[kind] += memory_of(process)
        return {
            "desk": memory_of(own),
            **parts,
            **self._counts(),
        }

    def _counts(self):
        from PySide6.QtCore import QObject
        from PySide6.QtGui import QTextDocument

        gc.collect()
        kinds = Counter(type(each).__name__ for each in gc.get_objects())
        tops = self.app.topLevelWidgets()
        return {
            "jobs": sum(kinds[name] for name in ("_Work", "_Relay", "_Ends", "Future")),
            "Qt objects": sum(1 + len(top.findChildren(QObject)) for top in tops if top.parent() is None),
            "documents": sum(len(top.findChildren(QTextDocument)) for top in tops if top.parent() is None),
            "Python objects": sum(kinds.values()),
            "threads": len(list(Path("/proc/self/task").iterdir())),
            "Python threads": threading.active_count(),
        }


def typed_text(words, seed):
    return corpus().document(words, seed=seed)


def day(keys, switches):
    """What stood at the start, with the long article open first and last, and at the end; and how long it all took."""
    with tempfile.TemporaryDirectory() as folder:
        made = Day(Path(folder))
        rows = {"the start, 800 words open": made.standing()}
        made.open(made.long)
        rows["50,000 words opened"] = made.standing()
        made.open(made.short[0])
        source = typed_text(keys, 99)
        turn, place, in_new = 0, 0, round(keys / ROUNDS * IN_NEW)
        in_short, in_long = [], []
        for _ in range(ROUNDS):
            made.window.features.articles.start()
            made.window.panes.writing.editor.setFocus()
            made.keys = in_short
            made.type(source[place : (place := place + in_new)])
            for _ in range(switches // ROUNDS):
                turn += 1
                made.open(made.long if turn % 10 == 5 else made.short[turn % ARTICLES])
            made.open(made.long)
            made.keys = in_long
            made.type(source[place : (place := place + keys // ROUNDS - in_new)])
            if "--parts" in sys.argv:
                print(json.dumps(made.standing()), file=sys.stderr, flush=True)
        rows["50,000 words open, later"] = made.standing()
        made.open(made.short[0])
        rows["the end, 800 words open"] = made.standing()
        if "--parts" in sys.argv:
            ctypes.CDLL(None).malloc_trim(0)
            rows["after malloc_trim"] = made.standing()
        made.space.abandon()
        made.window.panes.preview.end()
    return rows, {"a key in a new article": in_short, "a key in 50,000 words": in_long} | {
        f"opening {words} words": made.opened[is_long] for words, is_long in (("800", False), ("50,000", True))
    }


def main():
    numbers = [int(given) for given in sys.argv[1:] if given.isdigit()]
    keys, switches = (*numbers, *(KEYS, SWITCHES)[len(numbers) :])
    rows, times = day(keys, switches)
    heading(f"A day at the desk: {keys:,} keys, {switches:,} changes of the article")
    kinds = list(dict.fromkeys(kind for row in rows.values() for kind in row))
    table(["", *kinds], [[name, *(row.get(kind, 0) for kind in kinds)] for name, row in rows.items()])
    start, opened, later, end, *_ = (row["desk"] for row in rows.values())
    table(
        ["the desk's own process", "before MB", "after MB", f"ratio (aim ≤ {AIM})"],
        [
            ["an article of 800 words open", start, end, end / start],
            ["50,000 words open", opened, later, later / opened],
        ],
    )
    table(
        ["keeps the window busy", "times", "p50 ms", "p99 ms", "worst ms"],
        [[name, len(taken), median(taken), percentile(taken, 99), max(taken)] for name, taken in times.items()],
    )


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)  # the window is not taken apart: nothing more is measured
