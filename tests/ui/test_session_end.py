"""A logout saves the text and closes the desk, which asks nothing and has not stopped in the middle of anything."""

import os
import signal

import pytest

from ovn_desk.ui.startup.session_end import SessionEnd


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_end_closes_the_window_with_all_that_was_typed(qtbot, qapp, window, desk, space, number):
    article = desk.draft()
    window.features.articles.open(article)
    before = signal.getsignal(number)
    ending = SessionEnd(qapp, window.close)
    assert signal.getsignal(number) is not before
    editor = window.panes.writing.editor
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    qtbot.keyClicks(editor, " Typed at the last moment")
    try:
        os.kill(os.getpid(), number)
        qtbot.waitUntil(lambda: not window.isVisible())
    finally:
        ending.stop()
    assert desk.read(lambda reading: reading.revision(desk.article(article).head)).content.body.endswith("last moment")
    assert signal.getsignal(number) is before
