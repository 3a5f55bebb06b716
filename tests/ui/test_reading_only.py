"""The window on a store that it may only read."""

import pytest

from ovn_desk.store import open_to_read
from ovn_desk.ui.editor import Editor
from ovn_desk.ui.main_window import MainWindow
from ovn_desk.ui.state.workspace import Workspace

WHY = "It is open on another computer."


@pytest.fixture
def reader(qtbot, qapp, desk):
    desk.draft(headline="The first story")
    store = open_to_read(desk.store.path, why=WHY)
    space = Workspace(store, desk.renderer, desk.reporter.person)
    made = MainWindow(space, Editor())
    qtbot.addWidget(made, before_close_func=lambda _: made.panes.preview.end())
    made.show()
    yield made
    space.abandon()
    store.close()


def test_it_says_why_shows_the_text_and_takes_no_letter(qtbot, reader, desk):
    assert reader.panes.bar.text == WHY
    with desk.store.read() as reading:
        article = reading.rows()[0].id
    reader.features.articles.open(article)
    before = reader.panes.writing.editor.text()
    assert before
    qtbot.keyClicks(reader.panes.writing.editor, "nothing")
    assert reader.panes.writing.editor.text() == before
    assert "read only" in reader.panes.writing._why.text()
    assert not reader.panes.top_bar.next.isVisible()


def test_what_would_write_is_refused_with_the_reason_and_closing_is_not(qtbot, reader):
    reader.features.articles.start()
    assert reader.panes.bar.text == WHY
    with qtbot.waitSignal(reader.closed):
        reader.close()
