"""Whatever comes while one writes, every letter typed is in the text, its undo or a version."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication, QTextCursor

import hubs
import sharing
from make import DAWN
from ovn_desk.domain.comments import threads
from ovn_desk.domain.evidence import CorrectionKind
from ovn_desk.domain.workflow import State, Step
from ovn_desk.store import open_store
from ovn_desk.sync import BUNDLE_SUFFIX, exchange, postgres
from ovn_desk.ui.state.save_state import Saving
from ovn_desk.usecases import commenting, merging, planning, resting, sourcing, store_settings, suggesting, writing
from ovn_desk.usecases.publishing import ExportRequest
from ovn_desk.usecases.publishing.exporting import export

TYPED = " Forty people were hurt, the hospital said."
HEAD = "Forty hurt: "
LAST = "\n\nThe minister spoke in Quetta on Monday.\n\nA train left the rails near Sibi before dawn."


@pytest.fixture
def desks(template, tmp_path, renderer):
    with sharing.opened(template, tmp_path, renderer) as made:
        yield made


@pytest.fixture
def desk(desks):
    return desks[0]


def put_source(text, source):
    text.edit(sources=sourcing.put_source(text.content.sources, source))


def type_on(qtbot, window, words=TYPED):
    """Types at the end of the text and the start of the headline; nothing of it is kept yet."""
    window.panes.writing.editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(window.panes.writing.editor, words)
    window.panes.writing.headline.moveCursor(QTextCursor.MoveOperation.Start)
    qtbot.keyClicks(window.panes.writing.headline, HEAD)


def everything(desk, window, article):
    """The text on the screen, what can be undone to, and every version: as (headlines, bodies)."""
    with desk.store.read() as reading:
        contents = [one.content for one in reading.revisions(article)]
        copy = reading.working_copy(article)
    contents += [copy.content] if copy else []
    headlines, bodies = [one.headline for one in contents], [one.body for one in contents]
    space = window.workspace
    if space.article.id == article:
        headlines.append(space.text.content.headline)
        bodies += [space.text.content.body, window.panes.writing.editor.text()]
        while window.panes.writing.editor.document().isUndoAvailable():
            window.panes.writing.editor.undo()
            bodies.append(window.panes.writing.editor.text())
    return headlines, bodies


def assert_nothing_lost(desk, window, article):
    window.workspace.text.flush()
    headlines, bodies = everything(desk, window, article)
    assert any(HEAD in one for one in headlines)
    assert any(TYPED.strip() in one for one in bodies)


def send(desks, article, *, change=None):
    """The other desk gets everything, does something, and what it did comes back; says what came."""
    one, other = desks
    sharing.send(one, other)
    if change:
        change(other)
    return sharing.send(other, one)


def assign(article):
    return lambda desk: planning.assign(
        desk.store, article, by=desk.editor, to=desk.reporter, due=datetime(2026, 12, 1, tzinfo=UTC), words=600
    )


def comment(article):
    return lambda desk: commenting.comment(desk.store, article, "Who says so?", by=desk.editor)


def edit(article, body):
    return lambda desk: desk.edit(article, desk.reporter, body=body)


@pytest.mark.parametrize("change", [assign, comment])
def test_a_colleagues_record_leaves_what_is_being_typed(qtbot, window, desks, desk, space, change):
    article = desk.draft()
    window.features.articles.open(article)
    type_on(qtbot, window)
    window.features.sharing.say_came(send(desks, article, change=change(article)))
    assert TYPED in window.panes.writing.editor.text()
    assert window.panes.writing.headline.toPlainText().startswith(HEAD)
    space.text.flush()
    kept = desk.read(writing.text_of, article)
    assert kept.body.endswith(TYPED)
    assert kept.headline.startswith(HEAD)
    assert space.article.folded == desk.article(article)


def test_a_colleagues_comment_is_shown_while_one_types(qtbot, window, desks, desk, space):
    article = desk.draft()
    window.features.articles.open(article)
    type_on(qtbot, window)
    send(desks, article, change=comment(article))
    assert window.panes.review_side.comments.open_count == 1
    assert len(threads(desk.read(lambda reading: reading.events(article)))) == 1
    assert TYPED in window.panes.writing.editor.text()


def test_typing_while_the_hub_brings_an_assignment(qtbot, window, desks, desk, space):
    with hubs.server() as socket, hubs.database(socket) as address:
        url = postgres.address(address)
        postgres.make(url, desk.store)
        for person in (desk.reporter, desk.editor, desk.chief):
            postgres.add_staff(url, person)
        article = desk.draft()
        hubs.sync(desk, address)
        hubs.sync(desks[1], address)
        assign(article)(desks[1])
        hubs.sync(desks[1], address)
        store_settings.set_hub_address(desk.store, address)
        window.features.articles.open(article)
        link = window.features.sharing.hub
        with qtbot.waitSignal(link.came, timeout=20_000):
            link.sync()
            type_on(qtbot, window)
        assert TYPED in window.panes.writing.editor.text()
        assert space.article.folded.assignment is not None
        assert_nothing_lost(desk, window, article)


def test_a_bundle_leaves_what_is_being_typed(qtbot, window, desks, desk, tmp_path):
    from ovn_desk.sync import bundle
    from ovn_desk.ui.sharing.take_in import TakeInDialog

    one, other = desks
    article = desk.draft(body=f"One.{LAST}")
    sharing.send(one, other)
    edit(article, f"One, said otherwise.{LAST}")(other)
    file = tmp_path / "from-ayesha.ovnbundle"
    bundle.write(other.store, file, [article], by=other.editor)
    window.features.articles.open(article)
    dialog = TakeInDialog(window.workspace.session, window.workspace.article, file, window)
    qtbot.addWidget(dialog)
    dialog.came.connect(window.features.sharing.say_came)
    qtbot.waitUntil(dialog.button.isEnabled, timeout=10_000)
    type_on(qtbot, window)
    with qtbot.waitSignal(dialog.came, timeout=10_000):
        dialog.take()
        qtbot.keyClicks(window.panes.writing.editor, " And this.")
    qtbot.waitUntil(lambda: window.panes.bar.tells_of("combined versions"))
    assert window.panes.writing.editor.text() == f"One, said otherwise.{LAST}{TYPED} And this."
    assert_nothing_lost(desk, window, article)


def test_another_version_is_said_and_compared_while_one_writes(qtbot, window, desks, desk, space):
    article = desk.draft(body="One.")
    window.features.articles.open(article)
    type_on(qtbot, window)
    send(desks, article, change=edit(article, "Theirs."))
    assert "Another version of this article came: Rana Malik" in window.panes.bar.text
    assert window.panes.writing.editor.text() == f"One.{TYPED}"
    window.panes.bar._give([label for label, _ in window.panes.bar._messages[-1].answers].index("Compare"))
    qtbot.waitUntil(lambda: "Theirs" in window.panes.review.view.toPlainText(), timeout=10_000)
    assert TYPED.strip() in window.panes.review.view.toPlainText()
    assert_nothing_lost(desk, window, article)


def test_another_version_is_shown_where_nothing_is_being_written_and_the_cursor_stays(
    qtbot, window, desks, desk, space
):
    article = desk.draft(body="One.\n\nTwo.")
    window.features.articles.open(article)
    window.panes.writing.editor.moveCursor(QTextCursor.MoveOperation.End)
    send(desks, article, change=edit(article, "One, and more of it.\n\nTwo."))
    assert window.panes.writing.editor.text() == "One, and more of it.\n\nTwo."
    assert window.panes.writing.editor.textCursor().position() == len("One, and more of it.\n\nTwo.")
    assert not space.text.is_unsaved
    assert desk.read(lambda reading: reading.working_copy(article)) is None
    window.panes.writing.editor.undo()
    assert window.panes.writing.editor.text() == "One.\n\nTwo."


def test_a_text_kept_and_not_saved_as_a_version_is_not_replaced_either(qtbot, window, desks, desk, space):
    article = desk.draft(body="One.")
    window.features.articles.open(article)
    type_on(qtbot, window)
    assert space.text.flush()
    send(desks, article, change=edit(article, "Theirs."))
    assert window.panes.writing.editor.text() == f"One.{TYPED}"
    assert "Another version" in window.panes.bar.text


def test_of_two_versions_the_one_that_is_open_stays_open(window, desks, desk):
    article = desk.draft(body="One.")
    one, other = desks
    sharing.send(one, other)
    desk.edit(article, desk.reporter, body="Mine.")
    window.features.articles.open(article)
    edit(article, "Theirs.")(other)
    sharing.send(other, one)
    assert len(desk.article(article).heads) == 2
    assert window.panes.writing.editor.text() == "Mine."
    assert "Another version" in window.panes.bar.text


def test_what_the_command_line_writes_is_noticed_and_shown_where_nothing_is_being_written(qtbot, window, desk, space):
    article = desk.draft(body="One.")
    window.features.articles.open(article)
    other = open_store(desk.store.path)
    writing.cite(other, article, "second", {"name": "Second"}, by=desk.reporter)
    other.close()
    qtbot.waitUntil(lambda: [one.key for one in space.text.content.sources] == [DAWN.key, "second"])


def test_what_the_command_line_writes_takes_nothing_of_what_is_being_typed(qtbot, window, desk, space):
    article = desk.draft(body="One.")
    window.features.articles.open(article)
    type_on(qtbot, window)
    other = open_store(desk.store.path)
    writing.cite(other, article, "second", {"name": "Second"}, by=desk.reporter)
    other.close()
    qtbot.waitUntil(lambda: "Two versions were combined" in window.panes.bar.text)
    assert window.panes.writing.editor.text() == f"One.{TYPED}"
    assert [one.key for one in space.text.content.sources] == [DAWN.key, "second"]
    assert_nothing_lost(desk, window, article)


def test_two_windows_on_one_store_lose_nothing_of_either(qtbot, window, desk, space):
    article = desk.draft(body="One.")
    window.features.articles.open(article)
    type_on(qtbot, window)
    other = open_store(desk.store.path)
    with other.read() as reading:
        known = writing.open_text(reading, article)
    writing.keep(other, article, replace(known.content, body="Ten paragraphs."), by=desk.reporter, known=known)
    assert space.text.flush()
    assert "Another window" in window.panes.bar.text
    qtbot.keyClicks(window.panes.writing.editor, " And on.")
    window.workspace.article.save()
    bodies = [one.content.body for one in desk.read(lambda reading: reading.revisions(article))]
    assert "Ten paragraphs." in bodies
    assert_nothing_lost(desk, window, article)
    other.close()


def test_that_another_window_writes_the_open_article_is_said_before_anything_is_typed(qtbot, window, desk, space):
    article = desk.draft(body="One.")
    window.features.articles.open(article)
    other = open_store(desk.store.path)
    with other.read() as reading:
        known = writing.open_text(reading, article)
    writing.keep(other, article, replace(known.content, body="Elsewhere."), by=desk.reporter, known=known)
    other.close()
    space.session.look_for_others()
    assert "another window" in window.panes.bar.text
    assert window.panes.writing.editor.text() == "One."


# Every command and use that replaces or reads the text, with text that is not kept yet


def decide_suggestion(window, desk, accept):
    with desk.store.read() as reading:
        change = suggesting.suggestions(reading, window.workspace.article.id).undecided[0].id
    window.workspace.steps.decide(change, accept=accept)


USES = {
    "save": lambda window, desk: window.workspace.article.save(),
    "revert": lambda window, desk: window.features.articles.revert(),
    "bring back": lambda window, desk: window.workspace.article.bring_back(window.workspace.article.folded.head),
    "open another": lambda window, desk: window.features.articles.open(desk.draft(headline="Another")),
    "new": lambda window, desk: window.features.articles.start(),
    "translate": lambda window, desk: window.features.articles.translate("ur"),
    "file": lambda window, desk: window.workspace.steps.take(Step.FILE),
    "hold": lambda window, desk: window.workspace.steps.take(Step.HOLD, reason="Legal."),
    "spike": lambda window, desk: window.workspace.steps.take(Step.SPIKE, reason="Old."),
    "what changed": lambda window, desk: window.features.review.toggle_changes(),
    "compare": lambda window, desk: window.features.review.compare(window.workspace.article.folded.head, ""),
    "decide": lambda window, desk: window.features.versions.decide(),
    "export view": lambda window, desk: window.features.export.open_article(),
    "assign": lambda window, desk: window.workspace.steps.assign(desk.reporter, what="", due=None, words=500),
    "comment": lambda window, desk: window.panes.review_side.comments._say("Who?", False),
    "language": lambda window, desk: window.workspace.text.edit(language="ur"),
    "source": lambda window, desk: put_source(window.workspace.text, replace(DAWN, key="other")),
    "person": lambda window, desk: window.workspace.article.switch_person(desk.editor.person),
    "back up": lambda window, desk: window.features.copies.make(),
    "close": lambda window, desk: window.workspace.close(),
    "approve": lambda window, desk: window.features.workflow.take(Step.APPROVE),
}


@pytest.mark.parametrize("use", USES)
def test_whatever_is_done_while_text_is_not_kept_yet_every_letter_stays(qtbot, window, desk, space, use):
    article = desk.draft(body="One.")
    desk.edit(article, desk.reporter, body="One. Two.")
    window.features.articles.open(article)
    type_on(qtbot, window)
    assert space.text.is_unsaved
    USES[use](window, desk)
    assert_nothing_lost(desk, window, article)


@pytest.mark.parametrize("accept", [True, False])
def test_a_decision_about_the_desks_change_takes_nothing_of_what_was_just_typed(qtbot, window, desk, space, accept):
    article = desk.in_review(body=f"One.{LAST}")
    desk.edit(article, body=f"One.{LAST.replace('before', 'at')}")
    desk.step(article, Step.SEND_BACK, desk.editor, reason="Look.")
    window.features.articles.open(article)
    window.panes.writing.editor.moveCursor(QTextCursor.MoveOperation.Start)
    qtbot.keyClicks(window.panes.writing.editor, "Typed first. ")
    decide_suggestion(window, desk, accept)
    assert window.panes.writing.editor.text() == f"Typed first. One.{LAST.replace('before', 'at') if accept else LAST}"


def test_a_decision_between_two_versions_is_shown_and_what_was_typed_is_one_of_them(qtbot, window, desks, desk, space):
    article = desk.draft(body="One.")
    window.features.articles.open(article)
    type_on(qtbot, window)
    send(desks, article, change=edit(article, "Theirs."))
    window.features.versions.decide()
    card = next(one for one in window.panes.conflicts.cards if one.conflict.part == "body")
    for one in window.panes.conflicts.cards:
        one.choose(merging.merge.Take.THEIRS if one is card else merging.merge.Take.MINE)
    window.panes.conflicts.decide()
    assert window.panes.writing.editor.text() == "Theirs."
    assert len(desk.article(article).heads) == 1
    assert_nothing_lost(desk, window, article)


def test_signing_signs_what_was_just_typed(qtbot, window, desk, space):
    article = desk.in_review()
    space.article.switch_person(desk.editor.person)
    window.features.articles.open(article)
    window.panes.writing.standfirst.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(window.panes.writing.standfirst, " Signed.")
    assert space.steps.keep_as_edited("Shorter.")
    with qtbot.waitSignal(space.notices.said, timeout=20_000):
        space.steps.approve()
    assert desk.article(article).state is State.APPROVED
    assert desk.read(writing.text_of, article).standfirst.endswith(" Signed.")


def test_a_correction_begins_with_the_text_that_stands(qtbot, window, desk, space, tmp_path):
    article = desk.approved()
    export(desk.store, ExportRequest((article,), tmp_path / "site"), by=desk.editor, renderer=desk.renderer)
    window.features.articles.open(article)
    assert space.steps.correct(CorrectionKind.CORRECTION, said="In July.", in_fact="In August.", supersedes="")
    assert [one.in_fact for one in space.text.content.corrections] == ["In August."]
    type_on(qtbot, window)
    assert_nothing_lost(desk, window, article)


def test_a_single_article_is_exported_with_what_the_store_has_after_the_last_key(qtbot, window, desk, space, tmp_path):
    article = desk.draft()
    window.features.articles.open(article)
    type_on(qtbot, window)
    space.steps.export(ExportRequest((article,), tmp_path / "site", "site", as_zip=False, theme=""))
    assert not space.text.is_unsaved
    qtbot.waitUntil(lambda: not space.steps.busy_with)
    assert_nothing_lost(desk, window, article)


def test_handing_over_takes_what_was_just_typed_along(qtbot, window, desks, desk, space, tmp_path):
    from ovn_desk.ui.sharing.hand_over import HandOverDialog

    article = desk.draft(body="One.")
    window.features.articles.open(article)
    type_on(qtbot, window)
    dialog = HandOverDialog(space.session, space.article, space.text, window)
    qtbot.addWidget(dialog)
    dialog.file.setText(str(tmp_path / f"out{BUNDLE_SUFFIX}"))
    dialog.is_sealed.setChecked(False)
    with qtbot.waitSignal(dialog.written, timeout=20_000):
        dialog.write()
    from ovn_desk.sync import bundle

    bundle.import_bundle(desks[1].store, tmp_path / f"out{BUNDLE_SUFFIX}")
    assert desks[1].read(writing.text_of, article).body == f"One.{TYPED}"


def test_records_of_another_article_change_nothing_here(qtbot, window, desks, desk, space):
    article, second = desk.draft(), desk.draft(headline="Another")
    window.features.articles.open(article)
    type_on(qtbot, window)
    came = send(desks, second, change=edit(second, "Changed."))
    assert isinstance(came, exchange.IngestReport)
    assert "Another version" not in window.panes.bar.text
    assert_nothing_lost(desk, window, article)


def test_while_a_text_is_being_signed_nothing_can_be_typed_into_it(qtbot, window, desk, space):
    article = desk.in_review()
    space.article.switch_person(desk.editor.person)
    window.features.articles.open(article)
    with qtbot.waitSignal(space.notices.said, timeout=20_000):
        space.steps.approve()
        assert "being signed" in space.article.edit_refusal
        qtbot.keyClicks(window.panes.writing.editor, "Too late.")
    assert "Too late." not in window.panes.writing.editor.text()
    assert not space.text.is_unsaved


def test_what_was_typed_when_the_article_was_filed_elsewhere_is_kept_and_said(qtbot, window, desks, desk, space):
    article = desk.draft()
    window.features.articles.open(article)
    type_on(qtbot, window)
    send(desks, article, change=lambda other: other.step(article, Step.FILE, other.reporter))
    assert "kept on this computer" in window.panes.bar.text
    assert window.panes.writing.editor.isReadOnly()
    assert desk.read(writing.text_of, article).body.endswith(TYPED)
    window.panes.bar._give(1)
    assert TYPED in QGuiApplication.clipboard().text()
    window.features.articles.open(desk.draft(headline="Another"))  # nothing holds one back in it
    assert space.article.id != article
    assert_nothing_lost(desk, window, article)


def test_a_letter_that_still_waits_in_the_editor_is_not_said_to_be_saved(qtbot, window, desk, space):
    """The autosave of the text before it ends in the moment between the key and its text."""
    window.features.articles.open(desk.draft(body="One."))
    type_on(qtbot, window)
    space.text._autosave()
    qtbot.keyClicks(window.panes.writing.editor, "!")
    space.text._saver.finish()
    QCoreApplication.sendPostedEvents()
    assert space.text.is_unsaved
    assert space.text.save_state.saving is Saving.EDITING


def test_a_version_of_ones_own_is_nobody_elses(qtbot, window, desk, space):
    """Seen: a version saved while a text was being kept, and one that a round made, "came" to its writer."""
    article = desk.draft(body="One.")
    window.features.articles.open(article)
    type_on(qtbot, window)
    space.text._autosave()
    type_on(qtbot, window, " They were taken to Sibi.")
    window.actions_by_name["article.save"].trigger()
    assert space.text.save_state.saving is Saving.SAVED
    assert not space.text.is_unsaved
    type_on(qtbot, window, " Nobody died.")
    space.text.flush()
    type_on(qtbot, window, " The line is closed.")
    resting.save_rested(desk.store, article, by=desk.reporter, known=space.text.known, is_asked=True)
    qtbot.waitUntil(lambda: space.text.save_state.saving is Saving.SAVED)
    assert not window.panes.bar.tells_of("arrival")
    window.actions_by_name["article.save"].trigger()
    assert not window.panes.bar.tells_of("arrival")
    with desk.store.read() as reading:
        assert len(reading.history(article).article.heads) == 1
    assert_nothing_lost(desk, window, article)
