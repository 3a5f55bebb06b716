"""Spelling: words a second of a first check, and what a key costs the window's thread with spelling on and off."""

import os
import random
import re
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from measure import corpus, heading, median, percentile, table, timed
from ovn_desk import assets
from ovn_desk.text import spelling
from ovn_desk.ui.editor import Editor, Spelling
from ovn_desk.ui.editor.spelling_cache import SpellingCache
from ovn_desk.usecases import spelling as lists

WORDS = 50_000
ROUNDS = 3
KEYS = 100
FIRST_KEYS = 40


def prose(words):
    """The words of a made-up article as real ones, but for one in fifty, which is misspelt."""
    stems = (assets.folder() / "dictionaries" / "en-GB.dic").read_text(encoding="utf-8").splitlines()[1:]
    known = [stem.partition("/")[0] for stem in stems if stem[:1].islower()]
    chance = random.Random(7)
    made = {}

    def real(match):
        word = match[0]
        if word not in made:
            made[word] = word[:-1] + "xq" if chance.random() < 0.02 else chance.choice(known)
        return made[word]

    return re.sub(r"[a-z]{3,}", real, corpus().document(words))


def checking(folder):
    """Milliseconds to load, to check for the first time and again; words that are checked; misspelt ones."""
    lines = prose(WORDS).split("\n")
    number = sum(len(spelling.words(line)) for line in lines)
    loads, firsts, agains = [], [], []
    for _ in range(5):
        start = time.perf_counter()
        speller = lists.load(folder=folder, personal=folder / "words.txt").speller
        loads.append((time.perf_counter() - start) * 1000)
        firsts += timed(lambda: spelling.misspelt_words(speller, lines), runs=1)  # noqa: B023 - called at once
        agains += timed(lambda: spelling.misspelt_words(speller, lines), runs=1)  # noqa: B023 - called at once
    found = sum(map(len, spelling.misspelt_words(speller, lines)))
    first, again = median(firsts), median(agains)
    rates = [f"{round(number / ms * 1000):,}" for ms in (first, again)]
    return [f"{number:,}", f"{found:,}", median(loads), first, rates[0], again, rates[1]]


def wait(until):
    while not until():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)


def opened(words, folder, *, is_on):
    editor = Editor()
    editor.resize(620, 800)
    checker = Spelling([editor], folder=folder, personal=folder / "words.txt", parent=editor)
    checker.turn(on=is_on)
    editor.load(prose(words), language="en", name="a")
    editor.show()
    editor.go_to(editor.document().blockCount() // 2, 1)
    document = editor.document()
    document.documentLayout().blockBoundingRect(document.lastBlock())  # laid out whole: half done, keys are cheaper
    editor.activateWindow()
    wait(editor.hasFocus)
    if is_on:
        wait(lambda: checked(editor).is_done)
    return editor, checker


def checked(editor):
    return editor.document().findChild(SpellingCache)


def key(editor):
    QTest.keyClick(editor, Qt.Key.Key_Space if len(editor.textCursor().block().text()) % 6 == 5 else Qt.Key.Key_E)
    QApplication.processEvents()


def timed_key(editor):
    """Milliseconds the window's thread worked, and milliseconds by the clock."""
    worked, clock = time.thread_time(), time.perf_counter()
    key(editor)
    return (time.thread_time() - worked) * 1000, (time.perf_counter() - clock) * 1000


def keys(words, folder):
    """Each key, spelling off and on in turn; after every tenth there is a pause in which the line is checked."""
    times = {False: [], True: []}
    for _ in range(ROUNDS):
        for is_on, found in times.items():
            editor, checker = opened(words, folder, is_on=is_on)
            for number in range(KEYS):
                found.append(timed_key(editor))
                if is_on and number % 10 == 9:
                    wait(lambda: checked(editor).is_done)  # noqa: B023 - called at once
            checker.finish()
            editor.close()
    return times


def first_keys(folder):
    """Keys that come while the whole text is being checked for the first time."""
    editor, checker = opened(WORDS, folder, is_on=True)
    times = []
    for number in range(FIRST_KEYS):
        checked(editor).forget()
        checker.turn(on=True)
        wait(lambda: checked(editor).number > 10 * (number % 5))  # noqa: B023 - called at once
        times.append(timed_key(editor))
        wait(lambda: checked(editor).number > 100)
    checker.finish()
    return times


def figures(times):
    worked, clock = zip(*times, strict=True)
    return [median(worked), percentile(worked, 99), percentile(clock, 99), max(clock)]


def main():
    QApplication([])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        heading(f"Checking {WORDS:,} words")
        columns = ["words", "misspelt", "load ms", "first check ms", "words a second", "again ms", "words a second"]
        table(columns, [checking(folder)])
        rows = []
        for words in (800, WORDS):
            times = keys(words, folder)
            off, on = figures(times[False]), figures(times[True])
            rows += [[f"{words:,}", "off", *off, ""], [f"{words:,}", "on", *on, on[0] / off[0]]]
        rows.append([f"{WORDS:,}", "first check under way", *figures(first_keys(folder)), ""])
        heading("A key on the window's thread, ms of work and by the clock")
        table(["words", "spelling", "work p50", "work p99", "clock p99", "clock worst", "on / off"], rows)


if __name__ == "__main__":
    main()
