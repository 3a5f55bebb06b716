"""The page beside the text is the open article's, whatever was shown in its place meanwhile."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from ovn_desk.domain.workflow import State


@pytest.fixture
def page_says(qtbot, window):
    def wait(words):
        found = []
        preview = window.panes.preview

        def ask():
            preview.text(found.append)
            return any(words in " ".join(text.split()) for text in found[-3:])

        qtbot.waitUntil(ask, timeout=20_000)

    return wait


def leave_export(window):
    button = next(one for one in window.panes.export.findChildren(QPushButton) if one.text() in {"Write", "Close"})
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def stories(window, desk):
    window.workspace.article.switch_person(desk.editor.person)
    return desk.approved(headline="First of all"), desk.approved(headline="Second to none")


@pytest.mark.parametrize("is_waiting", [True, False])
@pytest.mark.parametrize("is_exporting", [True, False])
def test_after_the_export_view(qtbot, window, desk, stories, page_says, tmp_path, is_waiting, is_exporting):
    first, second = stories
    window.features.articles.open(first)
    if is_waiting:
        page_says("First of all")
    window.features.export.open_article()
    window.panes.export.folder.setText(str(tmp_path / "site"))
    if is_exporting:
        QTest.keyClick(window.panes.export.folder, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: desk.article(first).state is State.PUBLISHED)
    leave_export(window)
    page_says("First of all")
    window.features.export.open_article()
    window.features.articles.open(second)
    leave_export(window)
    page_says("Second to none")
