import json

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from ovn_desk.ui.editor import Editor
from ovn_desk.ui.main_window import MainWindow
from ovn_desk.ui.state.workspace import Workspace


@pytest.fixture
def open_window(qtbot, desk, tmp_path):
    """Opens a window as the reporter, whose preferences are in `tmp_path`; closes the one before."""
    opened = []

    def close():
        if opened:
            window = opened.pop()
            window.panes.preview.end()
            window.close()
            window.deleteLater()
            QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)

    def start():
        close()
        editor = Editor()
        space = Workspace(
            desk.store,
            desk.renderer,
            desk.reporter.person,
            settle=editor.settle,
            preferences_file=tmp_path / "preferences.json",
        )
        window = MainWindow(space, editor)
        opened.append(window)
        window.placement.show()
        return window

    yield start
    close()


def columns(window):
    return dict(zip(window.columns._panes, window.columns._splitter.sizes(), strict=True))


def test_the_window_comes_back_as_it_was_left(open_window):
    window = open_window()
    window.resize(790, 560)
    window.side.toggle_list()
    window.side.show_inspector()
    window = open_window()
    assert (window.width(), window.height()) == (790, 560)
    window.resize(1300, 700)
    assert window.panes.inspector.isVisible()
    assert not window.panes.preview.isVisible()


def test_a_column_is_as_wide_as_it_was_drawn_also_after_a_restart(open_window):
    window = open_window()
    window.resize(1400, 700)
    window.columns._splitter.moveSplitter(300, 1)
    assert columns(window)["list"] == 300
    window.side.show_inspector()
    window.side.show_page()
    assert columns(window)["list"] == 300
    window = open_window()
    window.resize(1400, 700)
    assert columns(window)["list"] == 300


def test_each_role_has_its_own_arrangement(open_window, desk):
    window = open_window()
    window.resize(1400, 700)
    window.side.show_inspector()
    window.workspace.article.switch_person(desk.editor.person)
    assert window.panes.preview.isVisible()
    window.side.toggle_page()
    window.workspace.article.switch_person(desk.reporter.person)
    assert window.panes.inspector.isVisible()
    window = open_window()
    window.resize(1400, 700)
    assert window.panes.inspector.isVisible()
    window.workspace.article.switch_person(desk.editor.person)
    assert not window.panes.preview.isVisible()
    assert not window.panes.inspector.isVisible()


@pytest.mark.parametrize(
    "said",
    [
        "",
        "[]",
        "{",
        json.dumps({"geometry": 5, "reporter": {"widths": {"THREE list": -4, "x": "y"}, "text": {"front": "z"}}}),
        json.dumps({"geometry": "//8=", "reporter": [1], "editor": {"text": {"has_list": "no", "front": []}}}),
    ],
)
def test_a_damaged_note_of_it_is_as_none(open_window, tmp_path, said):
    (tmp_path / "window.json").write_text(said, encoding="utf-8")
    window = open_window()
    window.resize(1400, 700)
    assert window.panes.articles.isVisible()
    assert window.panes.preview.isVisible()


def test_the_window_is_never_larger_than_the_screen(open_window):
    window = open_window()
    room = window.screen().availableGeometry()
    assert window.width() <= room.width()
    assert window.height() <= room.height()
