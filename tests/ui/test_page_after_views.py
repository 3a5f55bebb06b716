"""The page beside the text is the open article's, whatever was shown in its place meanwhile."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ovn_desk.domain.workflow import State, Step
from ovn_desk.text.merge import Take
from ovn_desk.usecases import publishing, writing


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


@pytest.fixture
def stories(window, desk):
    window.workspace.article.switch_person(desk.editor.person)
    return desk.approved(headline="First of all"), desk.approved(headline="Second to none")


@pytest.fixture
def other_version(desk):
    """A story of two versions, of which the desk opens its own."""
    article = desk.draft(body="Nobody alone wrote this.")
    with desk.store.begin() as tx:
        folded = tx.article(article)
        head = tx.revision(folded.head)
        for words in ("Theirs alone wrote this.", "Ours alone wrote this."):
            writing.add_revision(tx, folded, replace(head.content, body=words), parent=head.id, by=desk.reporter)
    return article


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
    qtbot.waitUntil(lambda: not window.workspace.steps.busy_with)
    QTest.keyClick(window.panes.export.folder, Qt.Key.Key_Escape)
    assert window.panes.middle.shows(window.panes.writing)
    page_says("First of all")
    window.features.export.open_article()
    window.features.articles.open(second)
    assert window.panes.middle.shows(window.panes.writing), "an article that is opened is seen"
    page_says("Second to none")


def test_the_open_article_chosen_again_in_the_list_is_shown(window, stories):
    window.features.articles.open(stories[0])
    window.features.export.open_article()
    window.panes.articles.open_wanted.emit(stories[0])
    assert window.panes.middle.shows(window.panes.writing)


def test_the_export_view_follows_what_is_done_meanwhile(qtbot, window, desk, stories, tmp_path):
    first, second = stories
    window.features.export.open_site()
    export = window.panes.export
    export.folder.setText(str(tmp_path / "site"))
    qtbot.waitUntil(lambda: len(export.chosen.ticked) == 2)
    item = export.chosen.item(0)
    item.setCheckState(Qt.CheckState.Unchecked)
    (kept,) = export.chosen.ticked
    left = first if kept == second else second
    desk.step(left, Step.HOLD, desk.editor, reason="A call is to come.")
    qtbot.waitUntil(lambda: export.chosen.count() == 1)
    assert export.chosen.ticked == (kept,)
    desk.step(left, Step.RESTORE, desk.editor)
    desk.step(kept, Step.HOLD, desk.editor, reason="Another call.")
    qtbot.waitUntil(lambda: kept not in export.chosen.ticked)


def test_after_a_decision_the_page_is_the_text_that_was_decided_on(window, other_version, page_says):
    window.features.articles.open(other_version)
    page_says("Ours alone")
    window.features.versions.decide()
    (card,) = window.panes.conflicts.cards
    card.choose(Take.THEIRS if "Theirs" in card.conflict.theirs else Take.MINE)  # both were made here, in one moment
    window.panes.conflicts.decide()
    assert "Theirs alone" in window.workspace.text.content.body
    page_says("Theirs alone")


def test_of_a_withdrawn_story_the_page_is_what_readers_find_there(window, desk, stories, page_says, tmp_path):
    first, second = stories
    publishing.export(desk.store, publishing.ExportRequest(None, tmp_path), by=desk.editor, renderer=desk.renderer)
    window.features.articles.open(first)
    page_says("First of all")
    desk.step(first, Step.WITHDRAW, desk.editor, reason="It was wrong.")
    page_says("This article has been withdrawn")
    page_says("It was wrong.")
    window.features.articles.open(second)
    page_says("Second to none")
