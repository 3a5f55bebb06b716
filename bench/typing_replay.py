"""Real recorded typing, key by key, into the open window: how long each keeps it busy, and what a kill loses.

Usage: typing_replay.py [EDITS] [--no-kills]. Preview, spelling and autosave are on. After every 15 edits the writer
pauses for 20 ms, so that pages are made, words checked and texts kept while somebody types. Offscreen, in this
process; the kills are in processes of their own, each going on from a random place of the recording.
"""

import gzip
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from measure import ROOT, heading, median, percentile, table

TRACE = ROOT.parent / "shared" / "data" / "typing" / "seph-blog1.json.gz"
EDITS_A_PAUSE, PAUSE_S = 15, 0.02
NOTHING_MS = 0.05  # an event loop that finds nothing to do
KILLS = 50


def edits():
    with gzip.open(TRACE) as file:
        data = json.load(file)
    return [tuple(patch) for txn in data["txns"] for patch in txn["patches"]], data["endContent"]


def text_after(patches, text=""):
    for place, taken, put in patches:
        text = text[:place] + put + text[place + taken :]
    return text


class Writer:
    """The desk's own window with one article open, and somebody who types into it."""

    def __init__(self, folder, text):
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
        preview.prepare()
        jobs.give_way()
        self.app = QApplication([])
        theme.load_fonts()
        theme.apply(self.app)
        house = (ROOT / "resources" / "samples" / "openvoicenews.toml").read_text(encoding="utf-8")
        made = housekeeping.create_newsroom(folder / "newsroom.ovn", house_text=house)
        self.store, by = made.store, made.chief
        self.article = writing.start(self.store, Content(headline="A post", body=text, byline=by.name), by=by)
        editor = Editor()
        self.space = Workspace(self.store, RenderHelper(), by.person, settle=editor.settle)
        self.window = MainWindow(self.space, editor)
        shown = []
        self.window.panes.preview.shown.connect(lambda: shown.append(True))
        self.window.show()
        self.window.features.articles.open(self.article)
        self.until(lambda: shown)

    def until(self, condition):
        end = time.monotonic() + 30
        while not condition() and time.monotonic() < end:
            self.app.processEvents()

    def type(self, patches, text, *, after_each=lambda _done, _text: None):
        """Milliseconds for which each edit, and each thing done in a pause, kept the window from the next key."""
        from PySide6.QtGui import QTextCursor

        from ovn_desk.text.offsets import to_utf16, utf16_length

        editor, keys, pauses = self.window.panes.writing.editor, [], []
        cursor = QTextCursor(editor.document())
        for number, (place, taken, put) in enumerate(patches, 1):
            start = to_utf16(text, place)
            end = start + utf16_length(text[place : place + taken])
            text = text[:place] + put + text[place + taken :]
            began = time.perf_counter()
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(put)
            editor.setTextCursor(cursor)
            self.app.processEvents()
            keys.append((time.perf_counter() - began) * 1000)
            if number % EDITS_A_PAUSE == 0:
                until = time.perf_counter() + PAUSE_S
                while (now := time.perf_counter()) < until:
                    self.app.processEvents()
                    took = (time.perf_counter() - now) * 1000
                    if took > NOTHING_MS:
                        pauses.append(took)
            after_each(number, text)
        return keys, pauses, text


def typed(count):
    patches, whole = edits()
    patches = patches[:count]
    with tempfile.TemporaryDirectory() as folder:
        writer = Writer(Path(folder), "")
        keys, pauses, text = writer.type(patches, "")
        writer.until(lambda: writer.window.panes.writing.editor.text() == text)
        writer.space.text.flush()
        from ovn_desk.usecases import writing

        with writer.store.read() as reading:
            kept = writing.text_of(reading, writer.article).body
        shown = writer.window.panes.writing.editor.text()
        is_same = shown == text == text_after(patches) and (count < 137_993 or text == whole)
        writer.space.abandon()
        writer.window.panes.preview.end()
    return keys, pauses, is_same, kept == text


def until_killed(folder, start):
    """Types on from a place of the recording; prints how many edits are shown as saved, until it is killed."""
    from ovn_desk.ui.state.save_state import Saving

    patches, _ = edits()
    before = text_after(patches[:start])
    writer = Writer(Path(folder), before)
    typed = [start]

    def said():
        if writer.space.text.save_state.saving is Saving.SAVED:
            print(json.dumps([typed[0], writer.space.text.content.body]), flush=True)

    writer.space.text.save_state_changed.connect(said)
    print("ready", flush=True)
    writer.type(patches[start:], before, after_each=lambda number, _: typed.__setitem__(0, start + number))


def kills():
    """For each kill: whether what was last shown as saved, or something later, is what the store has."""
    from ovn_desk.store import open_store
    from ovn_desk.usecases import writing

    patches, _ = edits()
    chance, lost, edits_typed = random.Random(1), 0, 0
    for _ in range(KILLS):
        start = chance.randrange(1_000, len(patches) - 20_000)
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, __file__, "--until-killed", folder, str(start)]
            with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
                assert process.stdout.readline() == "ready\n"
                time.sleep(chance.uniform(6, 9))  # the moment of the power cut, not a wait for something
                process.send_signal(signal.SIGKILL)
                said = [json.loads(line) for line in process.stdout if line.endswith("\n")]
            done, shown = said[-1] if said else (start, text_after(patches[:start]))
            store = open_store(Path(folder) / "newsroom.ovn")
            with store.read() as reading:
                kept = writing.text_of(reading, reading.article_ids()[0]).body
            store.close()
            edits_typed += done - start
            lost += not is_at_or_after(kept, shown, patches, start, done)
    return lost, edits_typed


def is_at_or_after(kept, shown, patches, start, done):
    """Whether a text is the one shown as saved, or what it became by edits after it."""
    if kept == shown:
        return True
    text = text_after(patches[:start])
    for number, (place, taken, put) in enumerate(patches[start:], start + 1):
        text = text[:place] + put + text[place + taken :]
        if number >= done and text == kept:
            return True
        if number > done + 50_000:
            return False
    return False


def main():
    if "--until-killed" in sys.argv:
        until_killed(sys.argv[2], int(sys.argv[3]))
        return
    if not TRACE.exists():
        print(f"Left out: this needs {TRACE}.")
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else len(edits()[0])
    keys, pauses, is_same, is_kept = typed(count)
    heading("Real typing into the open window, with preview, spelling and autosave")
    rows = [["a key", f"{len(keys):,}", median(keys), percentile(keys, 99), max(keys)]]
    rows += [["work in the pauses", f"{len(pauses):,}", median(pauses), percentile(pauses, 99), max(pauses)]]
    table(["keeps the window busy", "times", "p50 ms", "p99 ms (aim ≤ 8)", "worst ms (aim ≤ 50)"], rows)
    print(
        f"The text at the end is {'the same' if is_same else 'ANOTHER'}; kept: {'all of it' if is_kept else 'NOT'}.\n"
    )
    if "--no-kills" in sys.argv:
        return
    lost, edits_typed = kills()
    print(f"Killed {KILLS} times in {edits_typed:,} edits: {lost} times something shown as saved was lost.\n")


if __name__ == "__main__":
    main()
