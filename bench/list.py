"""The list of a window at several sizes: filling it, a step of scrolling, one row's change, one letter of a search.

Usage: list.py [ROWS …]. The rows are written into the derived tables: signing so many records would take an hour, and
what the list does with a row is the same.
"""

import os
import random
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from sqlalchemy import insert, text

from measure import ROOT, corpus, heading, median, percentile, table, timed
from ovn_desk.domain.article import Content
from ovn_desk.store import schema
from ovn_desk.text import words
from ovn_desk.text.helper import RenderHelper
from ovn_desk.ui.articles.pane import ArticleList
from ovn_desk.ui.background.jobs import give_way
from ovn_desk.ui.state.workspace import Workspace
from ovn_desk.ui.widgets import theme
from ovn_desk.usecases import housekeeping, writing

SIZES = (5_000, 11_590, 100_000)
WIDTH, HEIGHT = 212, 660  # the first column of a window of 1366 × 768
STATES = ("draft", "sent_back", "filed", "in_review", "approved", *["published"] * 25)
STEPS = 300


def fill(store, by, number):
    """Rows with headlines of the corpus, one in ten in Urdu, most of them published; and their words."""
    made, chosen = corpus(), random.Random(3)
    heads = [made.article(index, lang="ur" if index % 10 == 0 else "en") for index in range(500)]
    common = made.NEWS
    rows, found = [], []
    for index in range(number):
        head = heads[index % len(heads)]
        day = f"2026-{chosen.randint(1, 10):02}-{chosen.randint(1, 28):02}T{chosen.randint(0, 23):02}:00:00+00:00"
        rows.append(
            {
                "row": index + 10,
                "id": chosen.randbytes(16).hex(),
                "slug": f"story-{index}",
                "headline": head["headline"],
                "state": chosen.choice(STATES),
                "category": "politics",
                "language": "ur" if index % 10 == 0 else "en",
                "words": chosen.randint(80, 1200),
                "reporter": by.id,
                "problems": index % 4,
                "updated_at": day,
            }
        )
        body = " ".join(chosen.choices(common, k=40))
        found.append(
            {
                "row": index + 10,
                "headline": words.fold_for_search(head["headline"]),
                "body": words.fold_for_search(body),
            }
        )
    with store.begin() as tx:
        tx.connection.execute(insert(schema.articles), rows)
        tx.connection.execute(
            text("INSERT INTO article_search (rowid, headline, body) VALUES (:row, :headline, :body)"), found
        )


def settle(app, pane):
    """Until nothing is under way and everything is drawn."""
    pane.view.viewport().repaint()
    app.processEvents()
    while pane.is_searching:
        app.processEvents()
    app.processEvents()


def wheel(pane):
    """One notch of the wheel, until the rows are drawn."""
    view = pane.view.viewport()
    at = QPointF(view.rect().center())
    event = QWheelEvent(
        at,
        view.mapToGlobal(at),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)
    view.repaint()


def held(app, pane, do):
    """The longest time that the window's thread did not come round while something was done, and the whole time."""
    last, longest = time.perf_counter(), 0.0
    beat = QTimer(interval=0)

    def tick():
        nonlocal last, longest
        now = time.perf_counter()
        longest, last = max(longest, now - last), now

    beat.timeout.connect(tick)
    beat.start()
    start = time.perf_counter()
    do()
    settle(app, pane)
    tick()
    beat.stop()
    return longest * 1000, (time.perf_counter() - start) * 1000


def measure(app, number):
    with tempfile.TemporaryDirectory() as folder, closing(RenderHelper()) as renderer:
        path = Path(folder) / "newsroom.ovn"
        house = (ROOT / "resources" / "samples" / "openvoicenews.toml").read_text(encoding="utf-8")
        newsroom = housekeeping.create_newsroom(path, house_text=house)
        store, by = newsroom.store, newsroom.chief
        article = writing.start(store, Content(headline="A long day", category="politics"), by=by)
        fill(store, by.person, number)
        space = Workspace(store, renderer, by.person)
        start = time.perf_counter()
        pane = ArticleList(space.session, space.article)
        pane.resize(WIDTH, HEIGHT)
        pane.show()
        settle(app, pane)
        first = (time.perf_counter() - start) * 1000
        worked = []

        def step():
            start = time.thread_time()
            wheel(pane)
            worked.append((time.thread_time() - start) * 1000)

        steps = timed(step, runs=STEPS)
        bar = pane.view.verticalScrollBar()
        places = iter(random.Random(5).choices(range(bar.maximum()), k=100))

        def leap():
            bar.setValue(next(places))
            pane.view.viewport().repaint()

        leaps = timed(leap, runs=100)
        bar.setValue(0)
        settle(app, pane)
        changes, kept = [], None
        for turn in range(30):
            content = Content(headline=f"A long day, part {turn}", category="politics")
            with ThreadPoolExecutor(max_workers=1) as autosave:  # as in the window: what was kept is heard afterwards
                kept = autosave.submit(writing.keep, store, article, content, by=by, known=kept).result()
            changes += timed(lambda: (app.processEvents(), pane.view.viewport().repaint()), runs=1)
            settle(app, pane)
        letters = [
            held(app, pane, lambda letter=letter: pane.filter.setText(letter)) for letter in ("a", "ab", "p", "")
        ]
        pane.finish()
        pane.close()
        space.abandon()
        pane.deleteLater()
        store.close()
    return [
        f"{number:,}",
        first,
        median(steps),
        percentile(steps, 95),
        percentile(worked, 95),
        max(worked),
        percentile(leaps, 95),
        median(changes),
        max(changes),
        max(hold for hold, _ in letters),
        max(whole for _, whole in letters),
    ]


def main():
    sizes = [int(one.replace(",", "")) for one in sys.argv[1:]] or SIZES
    app = QApplication([])
    give_way()
    theme.load_fonts()
    theme.apply(app)
    rows = [measure(app, number) for number in sizes]
    heading(f"The list, {WIDTH} × {HEIGHT}, milliseconds; a step is a notch of the wheel until the rows are drawn")
    table(
        [
            *("rows", "first fill", "step p50", "step p95 (aim ≤ 16)", "of it at work", "worst", "leap p95"),
            *("change p50", "change max", "letter holds the window", "letter to rows"),
        ],
        rows,
    )


if __name__ == "__main__":
    main()
