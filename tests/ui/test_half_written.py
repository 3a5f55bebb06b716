"""Words that are half written outside the text stand there again also after the desk was killed."""

import pytest
from PySide6.QtCore import QObject

from ovn_desk.domain.workflow import Step
from ovn_desk.ui.dialogs.correction import CorrectionDialog
from ovn_desk.ui.editor import Editor
from ovn_desk.ui.main_window import MainWindow
from ovn_desk.ui.state.half_written import StoredHalfWritten
from ovn_desk.ui.state.workspace import Workspace
from ovn_desk.usecases import half_written, publishing, queries


def is_kept(desk, words):
    """Whether the store has these words under some name."""
    with desk.store.read() as reading:
        rows = reading.connection.exec_driver_sql("SELECT value FROM settings WHERE name LIKE 'half written %'")
        return any(words in row[0] for row in rows)


@pytest.fixture
def started_again(qtbot, desk):
    """A second window over the same store, as after a kill: nothing of the first one was told that it ends."""
    made = []

    def start(person, article):
        editor = Editor()
        space = Workspace(desk.store, desk.renderer, person, settle=editor.settle)
        window = MainWindow(space, editor)

        def end(_):
            space.close()
            window.panes.preview.end()

        qtbot.addWidget(window, before_close_func=end)
        window.show()
        window.features.articles.open(article)
        made.append(window)
        return window

    return start


def reviewed(desk, space, window, **changes):
    article = desk.in_review(**changes)
    space.article.switch_person(desk.editor.person)
    window.features.articles.open(article)
    return article


def test_a_comment_comes_back_with_its_words_and_with_what_it_is_about(qtbot, window, desk, space, started_again):
    article = reviewed(desk, space, window)
    comments = window.panes.review_side.comments
    body = space.text.content.body
    comments.write_about("body", 0, len(body.split()[0]))
    qtbot.keyClicks(comments.box.text, "Who says so")
    comments.box.must_fix.click()
    about = comments.box.about
    assert about.exact
    qtbot.waitUntil(lambda: is_kept(desk, "Who says so") and is_kept(desk, '"must_fix": true'))
    box = started_again(desk.editor.person, article).panes.review_side.comments.box
    assert box.isVisibleTo(box.parentWidget())
    assert (box.text.toPlainText(), box.about, box.must_fix.isChecked()) == ("Who says so", about, True)
    comments.box.send.click()
    qtbot.waitUntil(lambda: not is_kept(desk, "Who says so"))


def test_an_answer_comes_back_as_an_answer_and_not_for_another_person(qtbot, window, desk, space, started_again):
    article = reviewed(desk, space, window)
    comments = window.panes.review_side.comments
    comments.box.answer("e1", "Rana Malik")
    qtbot.keyClicks(comments.box.text, "No, twelve")
    qtbot.waitUntil(lambda: is_kept(desk, "No, twelve"))
    again = started_again(desk.editor.person, article)
    box = again.panes.review_side.comments.box
    assert (box.text.toPlainText(), box.to) == ("No, twelve", "e1")
    again.workspace.article.switch_person(desk.chief.person)
    assert not box.text.toPlainText()


def test_a_reason_comes_back_when_it_is_asked_for_again(qtbot, window, desk, space, started_again):
    article = reviewed(desk, space, window)
    window.features.workflow.send_back()
    qtbot.keyClicks(window.panes.review.form.box, "Say which department")
    qtbot.waitUntil(lambda: is_kept(desk, "Say which department"))
    again = started_again(desk.editor.person, article)
    again.features.workflow.send_back()
    assert again.panes.review.form.box.toPlainText() == "Say which department"


def test_a_note_comes_back_though_the_question_says_something_else_by_then(qtbot, window, desk, space, started_again):
    article = desk.draft()
    window.features.articles.open(article)
    window.features.workflow.take(Step.FILE)
    qtbot.keyClicks(window.panes.bar.field, "Please see the second paragraph")
    qtbot.waitUntil(lambda: is_kept(desk, "second paragraph"))
    question = window.panes.bar.text
    space.text.edit(body=f"{space.text.content.body}\n\nTK")
    assert space.text.flush()
    again = started_again(desk.reporter.person, article)
    again.features.workflow.take(Step.FILE)
    assert again.panes.bar.text != question
    assert again.panes.bar.field.text() == "Please see the second paragraph"


def test_what_is_typed_into_another_question_is_not_kept_on_disk(qtbot, window, desk):
    window.panes.bar.ask("Of which year?", answers=[("Save", lambda _: None)])
    qtbot.keyClicks(window.panes.bar.field, "twenty")
    window.panes.bar.half_written.finish()
    assert not is_kept(desk, "twenty")


def test_a_correction_comes_back_until_it_is_opened_or_thrown_away(qtbot, window, desk, space, started_again, tmp_path):
    article = desk.approved()
    asked = publishing.ExportRequest((article,), tmp_path / "site")
    publishing.export(desk.store, asked, by=desk.editor, renderer=desk.renderer)
    space.article.switch_person(desk.editor.person)
    window.features.articles.open(article)
    window.features.workflow.take(Step.CORRECT)
    (dialog,) = window.findChildren(CorrectionDialog)
    qtbot.keyClicks(dialog.in_fact, "Nine people were hurt")
    qtbot.waitUntil(lambda: is_kept(desk, "Nine people were hurt"))
    again = started_again(desk.editor.person, article)
    again.features.workflow.take(Step.CORRECT)
    (other,) = again.findChildren(CorrectionDialog)
    assert other.in_fact.toPlainText() == "Nine people were hurt"
    dialog.reject()
    window.panes.bar._give(0)
    qtbot.waitUntil(lambda: not is_kept(desk, "Nine people were hurt"))


def test_what_can_not_be_written_is_written_when_it_can(qtbot, space, desk, monkeypatch):
    owner = QObject()
    kept = StoredHalfWritten(space.session, owner)
    monkeypatch.setattr(space.session, "flushed_store", lambda: None)
    kept.keep("a", "Who says so?")
    kept.finish()
    assert queries.ask(desk.store, half_written.find, "a") == ""
    monkeypatch.undo()
    kept.finish()
    assert queries.ask(desk.store, half_written.find, "a") == "Who says so?"
