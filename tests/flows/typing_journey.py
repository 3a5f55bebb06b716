"""Somebody types for a minute without a pause while thirty records about that article come; run by test_journey.py.

Usage: typing_journey.py FOLDER HUB. Half of them come through the newsroom's hub, half in files that another program
takes in.
"""

import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from driver import Driver, run
from PySide6.QtCore import QEventLoop

import hubs
from make import HOUSE, Desk
from ovn_desk.store import open_store
from ovn_desk.sync import bundle, postgres
from ovn_desk.usecases import commenting, planning
from sharing import newsroom, send

REPORTER = "Rana Malik"
ROUNDS, DELAY_MS, A_MINUTE = 15, 55, 60


class Typist(threading.Thread):
    """Types on without a pause, each sentence another one, until told to stop, and for a minute at least."""

    def __init__(self):
        super().__init__(daemon=True)
        self.typed = ""
        self.is_enough = threading.Event()

    def run(self):
        begun, number = time.monotonic(), 0
        while not self.is_enough.is_set() or time.monotonic() - begun < A_MINUTE:
            sentence = f"Word{number} came to the desk by rail. "
            subprocess.run(["xdotool", "type", "--delay", str(DELAY_MS), sentence], check=True)
            self.typed += sentence
            number += 1


class Journey(Driver):
    """The reporter types; two colleagues comment, plan and write in the same article all the while."""

    def go(self):
        hub = sys.argv[2]
        with newsroom(self.folder / "desks", None, number=3, house=HOUSE) as desks:
            paths = [desk.store.path for desk in desks]
            self.article = desks[0].draft(body="The groups meet in July.\n\n")
            for other in desks[1:]:
                send(desks[0], other)
            postgres.make(postgres.address(hub), desks[0].store)
            staff = (desks[0].reporter, desks[0].editor, desks[0].chief)
            login, *_ = [postgres.add_staff(postgres.address(hub), person).login for person in staff]
        self.by_hub, self.by_file = (Desk(open_store(path), None) for path in paths[1:])
        self.sit(paths[0], REPORTER)
        self.desk.features.articles.open(self.article)
        self.connect_to(hub.replace("postgres@", f"{login}@"))
        self.until(lambda: "groups meet" in self.desk.panes.writing.editor.text(), "the story")
        self.desk.panes.writing.editor.setFocus()
        self.keys("ctrl+End")
        self.focus(self.desk.panes.writing.editor, "the text")
        typist = Typist()
        typist.start()
        for number in range(ROUNDS):
            self.colleague(self.by_hub, number)
            hubs.sync(self.by_hub, hub)
            self.desk.features.sharing.hub.sync()
            self.colleague(self.by_file, number)
            self.take_in(self.by_file, paths[0], number)
            if number == ROUNDS // 2:
                self.picture("in-the-middle")
        typist.is_enough.set()
        while typist.is_alive():
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        self.until(lambda: self.desk.panes.writing.editor.text().endswith(typist.typed), "every letter, in order")
        assert self.app.focusWidget() is self.desk.panes.writing.editor
        self.until(lambda: self.space.article.folded.assignment is not None, "the plan")
        self.keys("ctrl+s")
        self.until(lambda: not self.space.text.is_unsaved, "kept")
        with self.space.session.store.read() as reading:
            assert any(typist.typed.strip() in one.content.body for one in reading.revisions(self.article))
            events = len(reading.events(self.article))
        assert events + 2 * (ROUNDS // 5) >= 2 * ROUNDS, events
        self.picture("typed")
        for desk in (self.by_hub, self.by_file):
            desk.store.close()
        self.desk.close()

    def connect_to(self, address):
        self.desk.actions_by_name["hub.sync"].trigger()
        self.name_hub(address)
        self.until(lambda: "Synced" in self.desk.features.sharing.hub.standing(), "the round's end")

    def colleague(self, desk, number):
        """A deadline, a comment, or once in a while a sentence of their own."""
        if number % 5 == 4:
            desk.edit(self.article, desk.reporter, body=f"The groups meet in July, version {number}.\n\n")
        elif number % 2:
            commenting.comment(desk.store, self.article, f"Who says so ({number})?", by=desk.editor)
        else:
            due = datetime(2026, 12, 1 + number, tzinfo=UTC)
            planning.assign(desk.store, self.article, by=desk.editor, to=desk.reporter, due=due, words=600)

    def take_in(self, desk, path, number):
        """What a colleague did comes in a file; the command line takes it in while the window is open."""
        file = self.folder / f"{number}.ovnb"
        bundle.write(desk.store, file, [self.article], by=desk.editor)
        command = [sys.executable, "-m", "ovn_desk", "--store", str(path), "bundle", "import", str(file)]
        taking = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        self.until(lambda: taking.poll() is not None, "the file taken in")
        assert taking.returncode == 0


run(Journey)
