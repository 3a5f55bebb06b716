"""What is to be opened outside is opened, or it is said that nothing opened it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from ovn_desk.usecases import publishing

pytestmark = pytest.mark.skipif("not __import__('sys').platform.startswith('linux')")


def opener(folder, monkeypatch, code):
    """A computer whose program for files writes down what it was given, and ends with this code."""
    folder.mkdir()
    script = folder / "xdg-open"
    script.write_text(f'#!/bin/sh\necho "$1" >>"{folder}/given"\nexit {code}\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=":")
    return folder / "given"


def exported(qtbot, window, desk, folder):
    article = desk.approved()
    window.workspace.article.switch_person(desk.editor.person)
    window.features.articles.open(article)
    request = publishing.ExportRequest((article,), folder / "site")
    window.features.export.open_article()
    with qtbot.waitSignal(window.workspace.steps.exported):
        window.workspace.steps.export(request)
    return next(button for button in window.panes.export.findChildren(QPushButton) if button.text() == "See the page")


def test_a_page_that_nothing_opens_is_named_with_its_path(qtbot, window, desk, tmp_path, monkeypatch):
    """Seen at the desk: “See the page” did nothing, and said nothing."""
    given = opener(tmp_path / "bin", monkeypatch, 3)
    qtbot.mouseClick(exported(qtbot, window, desk, tmp_path), Qt.MouseButton.LeftButton)
    bar = window.panes.bar
    qtbot.waitUntil(lambda: "Nothing on this computer opened" in bar.text)
    page = given.read_text().strip()
    assert page.endswith(".html")
    assert page in bar.text
    copy = next(one for one in bar.findChildren(QPushButton) if one.text() == "Copy")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == page


def test_a_page_that_is_opened_needs_no_words(qtbot, window, desk, tmp_path, monkeypatch):
    given = opener(tmp_path / "bin", monkeypatch, 0)
    qtbot.mouseClick(exported(qtbot, window, desk, tmp_path), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(given.exists)
    assert "Nothing on this computer" not in window.panes.bar.text
