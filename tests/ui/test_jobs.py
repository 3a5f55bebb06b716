"""Jobs off the window's thread: their ends come once, in order, on the window's thread, and nothing of them stays."""

import gc
import random
import sys
import threading
import weakref

import pytest
import shiboken6
from PySide6.QtCore import QObject

from ovn_desk.domain.errors import DeskError
from ovn_desk.ui.background.jobs import Latest, Worker


class Text:
    """What a job works on, makes or is told: may not outlive the job."""


class Job:
    """A function with a text of its own, which gives back another, refuses or breaks."""

    def __init__(self, ends, gate=None):
        self.text, self.ends, self.gate = Text(), ends, gate

    def __call__(self):
        made = Text()
        if self.gate:
            self.gate.wait()
        if self.ends == "refused":
            raise DeskError("Not today.")
        if self.ends == "broken":
            raise ZeroDivisionError("a bug")
        return made


def living(*kinds):
    """How many objects of these kinds there are; those in circles count until the garbage is collected."""
    return sum(isinstance(each, kinds) for each in gc.get_objects())


@pytest.mark.parametrize(("kind", "count"), [(Worker, 1_000), (Latest, 100)])
def test_of_a_thousand_jobs_nothing_is_left(qtbot, kind, count):
    chance = random.Random(1)
    owner = QObject()
    worker = kind(owner)
    ask = worker.run if kind is Worker else worker.ask
    ended, bugs = [], []

    def end(_):
        ended.append(1)

    Worker().run(int, done=lambda _: None, refused=lambda _: None)  # makes what all workers share
    gc.collect()
    before = living(QObject)
    with qtbot.capture_exceptions() as broken:
        for number in range(count):
            job = Job(chance.choice(["done", "refused", "broken"]))
            bugs.append(job.ends == "broken")
            text = Text()
            ask(job, done=lambda made, text=text: end(text), refused=lambda said, text=text: end(text))
            del job, text
            if kind is Latest:
                qtbot.waitUntil(lambda number=number: len(ended) + len(broken) == number + 1)
        qtbot.waitUntil(lambda: len(ended) + len(broken) == count)
        assert len(broken) == sum(bugs)
        assert {error[0] for error in broken} == {ZeroDivisionError}
        broken.clear()
    for last in ("last_exc", "last_value", "last_traceback"):  # Python itself keeps the newest for a debugger
        vars(sys).pop(last, None)
    gc.collect()
    assert living(Job, Text) == 0
    assert living(QObject) <= before
    worker.finish()


def test_what_a_job_worked_on_is_gone_before_the_garbage_is_collected(qtbot):
    owner = QObject()
    worker, ended = Worker(owner), []
    gc.collect()  # which is the last until the test is over: there is an application
    for ends in ("done", "refused"):
        worker.run(Job(ends), done=lambda _: ended.append(1), refused=lambda _: ended.append(1))
    qtbot.waitUntil(lambda: len(ended) == 2)
    worker.finish()
    assert living(Job, Text) == 0


def test_jobs_whose_owner_is_destroyed_end_without_a_call_and_leave_nothing(qtbot):
    chance, called = random.Random(2), []
    witness, seen = Worker(), []
    witness.run(lambda: None, done=lambda _: None, refused=lambda _: None)
    threads = threading.active_count()
    for number in range(100):
        owner, gate = QObject(), threading.Event()
        worker = Worker(owner)
        for ends in ("done", "refused", "broken"):
            worker.run(Job(ends, gate), done=called.append, refused=called.append)
        late = chance.random() < 0.5
        if late:  # the ends of its jobs are under way to the window
            gate.set()
            worker.finish()
        opener = threading.Timer(0.001, gate.set)
        opener.start()
        shiboken6.delete(owner)
        opener.join()
        del worker, owner
        witness.run(lambda: None, done=seen.append, refused=seen.append)
        qtbot.waitUntil(lambda number=number: len(seen) == number + 1)
    assert called == []
    gc.collect()
    assert living(Job, Text) == 0
    assert threading.active_count() <= threads


def test_a_destroyed_owner_waits_for_the_jobs_that_were_still_to_do(qtbot):
    owner, order = QObject(), []
    worker = Worker(owner)
    for number in range(20):
        worker.run(lambda number=number: order.append(number), done=lambda _: None, refused=lambda _: None)
    shiboken6.delete(owner)
    assert order == list(range(20))


def test_ends_come_in_the_order_of_the_jobs_on_the_windows_thread(qtbot):
    worker, ends = Worker(), []
    here = threading.get_ident()

    def end(what):
        ends.append((str(what), threading.get_ident()))

    def work(number):
        assert threading.get_ident() != here
        if number % 3 == 0:
            raise DeskError(f"{number}")
        return number

    for number in range(300):
        worker.run(lambda number=number: work(number), done=end, refused=end)
    assert worker.is_busy
    qtbot.waitUntil(lambda: not worker.is_busy)
    assert ends == [(str(number), here) for number in range(300)]


def test_finish_waits_and_the_ends_come_with_the_next_events(qtbot):
    worker, did, ends = Worker(), [], []
    worker.run(lambda: did.append(1), done=ends.append, refused=ends.append)
    worker.finish()
    assert did == [1]
    assert ends == []
    qtbot.waitUntil(lambda: ends == [None])


def test_a_job_may_be_given_in_the_end_of_another(qtbot):
    worker, ends = Worker(), []

    def again(value):
        ends.append(value)
        if value < 50:
            worker.run(lambda: value + 1, done=again, refused=ends.append)

    worker.run(lambda: 0, done=again, refused=ends.append)
    qtbot.waitUntil(lambda: ends == list(range(51)))
    assert not worker.is_busy


def test_of_questions_asked_meanwhile_only_the_newest_is_answered(qtbot):
    latest, gate, answers = Latest(), threading.Event(), []
    texts = [Text() for _ in range(20)]
    refs = [weakref.ref(text) for text in texts]
    for number, text in enumerate(texts):
        latest.ask(
            lambda number=number, text=text: (gate.wait(), number, text)[1], done=answers.append, refused=answers.append
        )
    del text
    texts.clear()
    assert sum(ref() is not None for ref in refs) == 2  # the one under way and the newest
    gate.set()
    qtbot.waitUntil(lambda: answers == [19])
    gc.collect()
    assert [ref() for ref in refs] == [None] * 20
