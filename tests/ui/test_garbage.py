"""Circles that nothing leads to any more end on the window's thread, whatever other threads do."""

import gc
import threading
from typing import ClassVar

import pytest
from PySide6.QtCore import QObject

from ovn_desk.ui.background import garbage
from ovn_desk.ui.background.jobs import Worker


class Circle:
    """Leads to itself: only the collector ends it, on the thread where it runs."""

    ended: ClassVar = []

    def __init__(self):
        self.me = self

    def __del__(self):
        self.ended.append(threading.current_thread())


@pytest.fixture
def collected(monkeypatch):
    """The garbage is collected on this thread until the test is over; where each circle ended is told."""
    monkeypatch.setattr(garbage, "EVERY_MS", 0)
    monkeypatch.setattr(Circle, "ended", [])
    owner, was_on = QObject(), gc.isenabled()
    garbage.collect_here(owner)
    yield Circle.ended
    owner.deleteLater()
    if was_on:
        gc.enable()


def allocate():
    """As many objects as set off every generation of the collector more than once."""
    return len([[number] for number in range(300_000)])


def test_a_job_collects_no_garbage_of_the_window(qtbot, collected):
    done = []
    for _ in range(2_000):
        Circle()
    worker = Worker()
    worker.run(allocate, done=done.append, refused=done.append)
    worker.finish()
    assert collected == []
    qtbot.waitUntil(lambda: len(done) == 1 and len(collected) == 2_000)
    assert set(collected) == {threading.main_thread()}
