"""Kills a desk in the middle of its autosaves, and reads what is left."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from make import Desk, newsroom
from ovn_desk.domain.article import Content
from ovn_desk.store import open_store
from ovn_desk.usecases import writing

SAVER = Path(__file__).with_name("saver.py")


def crash(folder, *, times, seed=1):
    """For each kill: the number last shown as saved, the number found, and the faults in the store."""
    path = folder / "newsroom.ovn"
    store = newsroom(path)
    by = Desk(store, None).signer("Rana")
    article = writing.start(store, Content(headline="Edit 0", body="Edit 0"), by=by)
    store.close()
    chance = random.Random(seed)
    found = 0
    for _ in range(times):
        shown = _killed(path, article, found, after=chance.uniform(0, 0.25))
        store = open_store(path)
        with store.read() as reading:
            content = writing.text_of(reading, article)
            faults = store.find_damage()
        store.close()
        assert content.body.split("\n")[0] == content.headline, "half of an edit was kept"
        found = int(content.headline.removeprefix("Edit "))
        yield shown, found, faults


def _killed(path, article, number, *, after):
    """Starts the desk, kills it so many seconds after its first save, and returns the last number it showed."""
    process = subprocess.Popen(
        [sys.executable, str(SAVER), str(path), article, str(number)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    first = process.stdout.readline()
    assert first, "the desk ended before its first save"
    lines = [first]
    reader = threading.Thread(target=lambda: lines.extend(process.stdout))
    reader.start()
    time.sleep(after)  # the moment of the power cut, not a wait for something
    process.send_signal(signal.SIGKILL)
    process.wait()
    reader.join()
    process.stdout.close()
    return int(lines[-1])
