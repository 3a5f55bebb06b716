"""Random days at the desk: keys, autosave, other articles, records by hub and file, second windows, undo, kills.

Usage: days.py [DAYS]: 300 when not said; the aim, 5,000, takes about an hour. Each tenth has a real PostgreSQL
as its hub.
"""

import os
import random
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from measure import ROOT, heading, table

sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "flows")]

from PySide6.QtWidgets import QApplication  # noqa: E402 - the platform is chosen first
from typing_histories import Day, address_of  # noqa: E402

import hubs  # noqa: E402 - the tests' own desks
import sharing  # noqa: E402
from make import Desk  # noqa: E402
from ovn_desk.store import open_store  # noqa: E402
from ovn_desk.text.helper import RenderHelper  # noqa: E402

MANY, AIM, STEPS, WITH_HUB = 300, 5_000, 30, 10


def main():
    many = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    app = QApplication([])
    first = int(time.time())
    lost, words, steps, start = 0, 0, 0, time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, hubs.server() as socket:
        renderer, template = RenderHelper(), Path(folder) / "template"
        with sharing.newsroom(template, renderer, number=2):
            pass
        for number in range(many):
            with hubs.database(socket) as database:
                hub = ""
                if number % WITH_HUB == 0:
                    store = open_store(template / "desk0.ovn")
                    hub = address_of(database, Desk(store, renderer))
                    store.close()
                day = Day(template, Path(folder) / str(number), renderer, random.Random(first + number), hub=hub)
                try:
                    for _ in range(STEPS):
                        day.step()
                        steps += 1
                except AssertionError as error:
                    lost += 1
                    print(f"seed {first + number}: {error}", file=sys.stderr)
                words += day.number
                day.close()
        renderer.close()
    del app
    heading("Random days at the desk")
    row = [many, f"{steps:,}", f"{words:,}", lost, f"{time.perf_counter() - start:.0f}", first]
    table(
        ["days", "steps", "words typed or sent", f"days with a lost word (aim 0 in {AIM:,})", "seconds", "first seed"],
        [row],
    )
    return lost


if __name__ == "__main__":
    sys.exit(min(1, main()))
