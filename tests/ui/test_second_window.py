"""A second start on a store whose window is just starting, listens, is just closing, or does none of these any more."""

import pytest
from PySide6.QtCore import QThread

from ovn_desk import lock
from ovn_desk.ui.startup import instance


@pytest.fixture
def path(tmp_path):
    return tmp_path / "newsroom.ovn"


def test_a_window_that_is_just_starting_or_closing_is_waited_for(qapp, path, monkeypatch):
    """It does not listen yet, or any more: how long that takes is no sign that it hangs."""
    first = lock.take(path, program=lock.WINDOW)
    waited = []

    def wait(milliseconds):
        waited.append(milliseconds)
        if len(waited) == 3:
            first.release()

    monkeypatch.setattr(instance, "PATIENCE_MS", 0)
    monkeypatch.setattr(QThread, "msleep", wait)
    second = instance.claim(path, instance.Request())
    assert len(waited) == 3
    second.release()


def test_one_that_starts_for_ever_is_not_said_to_be_open(qapp, path, monkeypatch):
    monkeypatch.setattr(instance, "OPENING_PATIENCE_MS", 0)
    with (
        lock.hold(path, program=lock.WINDOW),
        pytest.raises(lock.StoreTaken, match="is just being opened or closed by another start of OVN Desk"),
    ):
        instance.claim(path, instance.Request())


def test_one_that_listens_and_does_not_answer_is_said_to_be_silent(qapp, path, monkeypatch):
    monkeypatch.setattr(instance, "PATIENCE_MS", 0)
    with lock.hold(path, program=lock.WINDOW) as first:
        first.publish("ovn-desk-nobody")
        with pytest.raises(lock.StoreTaken, match=r"is open in a window .* which does not answer"):
            instance.claim(path, instance.Request())


def test_where_a_window_listens_is_written_once_it_would_answer(qtbot, qapp, path):
    first = instance.claim(path, instance.Request())
    qapp.processEvents()  # as something may on the way to the window
    assert not first._lock.holder.address
    first.answer_calls()
    assert not first._lock.holder.address
    qtbot.waitUntil(lambda: bool(first._lock.holder.address))
    first.stop_listening()
    assert not first._lock.holder.address
    first.release()


def test_a_window_that_closed_before_its_events_ran_writes_nothing(qtbot, qapp, path):
    first = instance.claim(path, instance.Request())
    first.answer_calls()
    first.stop_listening()
    qapp.processEvents()
    assert not first._lock.holder.address
    first.release()
