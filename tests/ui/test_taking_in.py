"""Taking in what a colleague handed over: what would come, what you changed too, and what it wants afterwards."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ovn_desk.domain.workflow import Step
from ovn_desk.sync import bundle, exchange
from ovn_desk.ui.dialogs.people import PeopleDialog
from ovn_desk.ui.sharing.take_in import TakeInDialog
from ovn_desk.usecases import commenting, drafts, join_requests, people, planning
from ovn_desk.usecases.article_list import Scope
from sharing import meet, newsroom, rows

BODY = "One.\n\nTwo.\n\nThree."


@pytest.fixture
def desks(tmp_path, renderer):
    with newsroom(tmp_path / "desks", renderer) as made:
        yield made


@pytest.fixture
def desk(desks):
    """The desk whose window it is; the other one is only a store."""
    return desks[0]


@pytest.fixture
def other(desks):
    return desks[1]


def form_of(qtbot, window, file):
    form = TakeInDialog(window.workspace.session, window.workspace.article, file, window)
    qtbot.addWidget(form)
    form.show()
    return form


def look(qtbot, window, desk, folder, by=None):
    """What another desk hands over, looked at in the window."""
    bundle.write(desk.store, folder / "b.ovnb", by=by or desk.editor)
    window.features.files.bring_in([folder / "b.ovnb"])
    form = window.findChild(TakeInDialog)
    qtbot.waitUntil(form.button.isEnabled)
    return form


def shown(form, row=0):
    return [form.tree.topLevelItem(row).text(column) for column in (0, 1)]


def take(qtbot, form):
    with qtbot.waitSignal(form.came):
        form.buttons.buttons()[0].click()


def both_wrote(desk, other, mine, theirs, window):
    """A story open in the window, where `mine` is typed and no version yet, while the other desk has `theirs`."""
    article = desk.draft(headline="The rail groups", body=BODY)
    meet(desk, other)
    other.edit(article, by=other.reporter, body=theirs)
    window.features.articles.open(article)
    window.panes.writing.editor.selectAll()
    window.panes.writing.editor.insert(mine)
    window.panes.writing.editor.settle()
    return article


def test_what_would_come_is_shown_before_it_does_and_is_open_afterwards(qtbot, window, desk, other, tmp_path):
    article = other.draft(headline="From the other laptop")
    form = look(qtbot, window, other, tmp_path)
    assert form.lead.text().startswith("From Ayesha Khan, written today")
    assert shown(form) == ["From the other laptop\n1 version by Rana Malik", "new here"]
    with desk.store.read() as reading:
        assert article not in reading.article_ids()
    take(qtbot, form)
    assert window.workspace.article.id == article
    assert window.panes.bar.text == "“From the other laptop” came from Ayesha Khan."
    again = form_of(qtbot, window, tmp_path / "b.ovnb")
    qtbot.waitUntil(lambda: "All of it is here already." in again.lead.text())
    assert [one.text() for one in again.buttons.buttons() if one.isVisible()] == ["Close"]
    assert not again.button.isEnabled()


def test_a_file_of_somebody_who_has_left_says_so_and_its_texts_can_be_kept(qtbot, window, desk, other, tmp_path):
    window.workspace.session.change_person(desk.chief.person)
    other.draft(headline="Fares double", body="Twice as much.")
    bundle.write(other.store, tmp_path / "b.ovnb", by=other.reporter)
    people.retire_staff(desk.store, name="Rana", by=desk.chief)
    window.features.files.bring_in([tmp_path / "b.ovnb"])
    form = window.findChild(TakeInDialog)
    qtbot.waitUntil(form.verdict.isVisible)
    assert form.verdict.text().startswith("Rana Malik has left this newsroom: ")
    assert "It brings" not in form.lead.text()
    assert {one.text() for one in form.buttons.buttons() if one.isVisible()} == {form.keep.text(), "Close"}
    with qtbot.waitSignal(form.kept):
        form.keep.click()
    assert window.workspace.text.content.headline == "Fares double"
    assert window.workspace.article.folded.reporter == window.workspace.session.person.id
    assert not window.workspace.article.edit_refusal


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 not a bundle", b"plain words"])
def test_what_is_no_bundle_is_one_sentence_and_nothing_changes(qtbot, window, tmp_path, data):
    (tmp_path / "bad.ovnb").write_bytes(data)
    form = form_of(qtbot, window, tmp_path / "bad.ovnb")
    qtbot.waitUntil(form.verdict.isVisible)
    assert form.verdict.text().endswith(".")
    assert not form.button.isEnabled()


def test_a_sealed_bundle_asks_for_the_passphrase_of_whom_it_is_for(qtbot, window, desk, other, tmp_path):
    other.draft(headline="For one pair of eyes")
    meet(desk, other)
    people.replace_key(desk.store, desk.reporter, passphrase="five words")
    meet(desk, other)
    reporter = other.person("Rana")
    bundle.write(other.store, tmp_path / "b.ovnb", by=other.editor, sealed_to=reporter)
    form = form_of(qtbot, window, tmp_path / "b.ovnb")
    assert form.passphrase.isVisible()
    form.passphrase.setText("four words")
    form.look()
    qtbot.waitUntil(form.verdict.isVisible)
    form.passphrase.setText("five words")
    form.look()
    qtbot.waitUntil(lambda: form.tree.topLevelItemCount() == 1)


def test_what_is_being_written_in_the_same_place_is_said_before_and_to_be_decided_after(
    qtbot, window, desk, other, tmp_path
):
    article = both_wrote(desk, other, "One here.\n\nTwo.\n\nThree.", "One there.\n\nTwo.\n\nThree.", window)
    form = look(qtbot, window, other, tmp_path)
    assert shown(form)[1] == "You changed it too:\ntwo versions, you will decide"
    take(qtbot, form)
    folded = desk.article(article)
    assert len(folded.heads) == 2
    bodies = {desk.read(lambda reading, head=head: reading.revision(head).content.body) for head in folded.heads}
    assert bodies == {"One here.\n\nTwo.\n\nThree.", "One there.\n\nTwo.\n\nThree."}
    assert window.panes.middle.shows(window.panes.conflicts)  # at once, without a save
    assert len(window.workspace.article.folded.heads) == 2
    assert "“The rail groups” was changed both here and elsewhere" in window.panes.bar.text
    assert [one.text() for one in window.panes.bar._buttons] == ["Close"]  # it is there already


def test_what_is_being_written_elsewhere_in_the_story_is_combined_and_said(qtbot, window, desk, other, tmp_path):
    article = both_wrote(desk, other, "One here.\n\nTwo.\n\nThree.", "One.\n\nTwo.\n\nThree there.", window)
    form = look(qtbot, window, other, tmp_path)
    assert shown(form)[1] == "You changed it too:\nboth will be combined, please read"
    take(qtbot, form)
    assert len(desk.article(article).heads) == 1
    assert window.workspace.text.content.body == "One here.\n\nTwo.\n\nThree there."
    assert "both were combined: please read it" in window.panes.bar.text


def test_a_return_and_a_comment_are_told_with_their_words_and_lead_to_their_place(qtbot, window, desk, other, tmp_path):
    article = desk.in_review(headline="The rail groups", body=BODY)
    meet(desk, other)
    commenting.comment(other.store, article, "Who says so?", by=other.editor, must_fix=True)
    form = look(qtbot, window, other, tmp_path)
    assert "1 comment" in shown(form)[0]
    take(qtbot, form)
    assert window.panes.bar.text == "Ayesha Khan asks for a change in “The rail groups”: “Who says so?”"
    comments = window.panes.review_side.comments
    qtbot.waitUntil(lambda: comments.chosen is not None)
    other.step(article, Step.SEND_BACK, other.editor, reason="One question.")
    form.setParent(None)
    take(qtbot, look(qtbot, window, other, tmp_path))
    assert window.panes.bar.text == (
        "Ayesha Khan sent “The rail groups” back: “One question.” "
        "Ayesha Khan asks for a change in “The rail groups”: “Who says so?”"
    )
    assert [one.text() for one in window.panes.bar._buttons] == ["Show the comment", "Close"]


def test_a_story_that_two_took_is_said_to_be_before_it_comes_in(qtbot, window, desk, other, tmp_path):
    article = desk.draft(headline="The rail groups")
    desk.step(article, Step.FILE, desk.reporter)
    meet(desk, other)
    desk.step(article, Step.TAKE, desk.editor)
    other.step(article, Step.TAKE, other.chief)
    form = look(qtbot, window, other, tmp_path, by=other.chief)
    assert shown(form)[1] == "Ayesha Khan took it here too: one of them has to keep it"


def test_who_is_in_a_story_stays_in_it_and_what_came_is_one_click_away(qtbot, window, desk, other, tmp_path):
    mine, theirs = desk.draft(headline="Mine"), other.draft(headline="Theirs")
    window.features.articles.open(mine)
    take(qtbot, look(qtbot, window, other, tmp_path))
    assert window.workspace.article.id == mine
    assert window.panes.bar.text == "“Theirs” came from Ayesha Khan."
    next(one for one in window.panes.bar._buttons if one.text() == "Open it").click()
    assert window.workspace.article.id == theirs


def test_of_several_stories_each_is_told_and_one_click_away(qtbot, window, desk, other, tmp_path):
    first, second = other.draft(headline="Night trains"), other.draft(headline="Water returns")
    take(qtbot, look(qtbot, window, other, tmp_path))
    bar = window.panes.bar
    assert bar.text == "2 stories came from Ayesha Khan: “Water returns” and “Night trains”."
    (button,) = [one for one in bar._buttons if one.text().startswith("Open")]
    opened = window.workspace.article.id
    button.click()
    assert {opened, window.workspace.article.id} == {first, second}


def test_a_story_opened_under_for_me_is_at_the_comment_that_calls(qtbot, window, desk, other, tmp_path):
    article = desk.in_review(headline="The rail groups", body=BODY)
    meet(desk, other)
    calling = commenting.comment(other.store, article, "@Rana Malik, who says so?", by=other.editor)
    meet(desk, other)
    pane = window.panes.articles
    pane.filter_bar.set_part(scope=Scope.FOR_ME)
    qtbot.waitUntil(lambda: pane.texts.is_for_me and pane.model.place_of(article).isValid())
    pane.view.setCurrentIndex(pane.model.place_of(article))
    QTest.keyClick(pane.view, Qt.Key.Key_Return)
    assert window.workspace.article.id == article
    qtbot.waitUntil(lambda: window.panes.review_side.comments.chosen == calling.id)


def test_whom_a_file_retires_and_what_counts_no_more_by_it_is_said_before_it_comes_in(
    qtbot, window, desk, other, tmp_path
):
    begun = other.draft(headline="Tariff", body="Water.")
    meet(desk, other)
    people.retire_staff(other.store, name="Rana", by=other.chief)
    fares = desk.draft(headline="Fares", body="Twice as much.")
    desk.edit(begun, by=desk.reporter, body="Water costs more.")
    form = look(qtbot, window, other, tmp_path, by=other.chief)
    said = form.effects.text()
    assert said.startswith("By this file you leave the newsroom, and can only read here: Bilal Ahmed took you off")
    assert "Nothing of “Fares” counts then" in said
    assert "Some of what is here of “Tariff” counts no more then." in said
    assert desk.person("Rana").is_retired is False
    assert desk.article(fares).lapse is None
    window.workspace.session.change_person(desk.editor.person)
    again = form_of(qtbot, window, tmp_path / "b.ovnb")
    qtbot.waitUntil(again.button.isEnabled)
    assert again.effects.text().startswith("By this file Rana Malik leaves the newsroom: ")


def test_a_file_that_only_adds_says_no_more_than_what(qtbot, window, desk, other, tmp_path):
    article = desk.draft(headline="The rail groups", body=BODY)
    meet(desk, other)
    other.edit(article, by=other.reporter, body="One.\n\nTwo.")
    assert look(qtbot, window, other, tmp_path).effects.isHidden()


def test_who_takes_a_story_over_is_said_before_it_comes_in(qtbot, window, desk, other, tmp_path):
    article = desk.draft(headline="The rail groups")
    desk.step(article, Step.FILE, desk.reporter)
    desk.step(article, Step.TAKE, desk.editor)
    meet(desk, other)
    other.step(article, Step.TAKE, other.chief)
    form = look(qtbot, window, other, tmp_path, by=other.chief)
    assert form.effects.text() == "Bilal Ahmed takes “The rail groups” over from Ayesha Khan."
    window.workspace.session.change_person(desk.editor.person)
    again = form_of(qtbot, window, tmp_path / "b.ovnb")
    qtbot.waitUntil(again.button.isEnabled)
    assert again.effects.text() == "Bilal Ahmed takes “The rail groups” over from you."


def test_a_story_made_ones_own_is_taken_over(qtbot, window, desk, other, tmp_path):
    fares = desk.draft(headline="Fares", body="Twice as much.")
    meet(desk, other)
    people.retire_staff(other.store, name="Rana", by=other.chief)
    later = desk.draft(headline="Water", body="Dear.")
    meet(desk, other)
    assert desk.article(fares).lapse is None
    assert desk.article(later).lapse
    drafts.make_own(other.store, later, by=other.editor)
    form = look(qtbot, window, other, tmp_path)
    assert form.effects.text() == "Ayesha Khan takes “Water” over from you."


def test_files_are_looked_at_one_after_the_other_and_each_is_computed_when_it_is_shown(
    qtbot, window, desk, other, tmp_path
):
    """Seen at the desk: of two files that were double-clicked, the second said what was so before the first."""
    article = other.draft(headline="From the other laptop")
    bundle.write(other.store, tmp_path / "a.ovnb", by=other.editor)
    other.edit(article, by=other.reporter, body="More.")
    bundle.write(other.store, tmp_path / "b.ovnb", by=other.editor)
    window.features.files.bring_in([tmp_path / "a.ovnb"])
    window.features.files.bring_in([tmp_path / "b.ovnb", tmp_path / "a.ovnb"])
    (form,) = window.findChildren(TakeInDialog)
    assert form.next.text() == "Then: b.ovnb"
    qtbot.waitUntil(form.button.isEnabled)
    take(qtbot, form)
    (later,) = (one for one in window.findChildren(TakeInDialog) if one.isVisible())
    assert later.next.isHidden()
    qtbot.waitUntil(later.button.isEnabled)
    assert shown(later) == ["From the other laptop\n1 version by Rana Malik", "goes on from what is here"]
    take(qtbot, later)
    assert not [one for one in window.findChildren(TakeInDialog) if one.isVisible()]


def test_of_a_file_without_words_by_somebody_who_has_left_nothing_is_to_be_kept(qtbot, window, desk, other, tmp_path):
    window.workspace.session.change_person(desk.chief.person)
    bundle.write(
        other.store, tmp_path / "b.ovnb", [other.draft(headline="", body="", standfirst="")], by=other.reporter
    )
    people.retire_staff(desk.store, name="Rana", by=desk.chief)
    form = form_of(qtbot, window, tmp_path / "b.ovnb")
    qtbot.waitUntil(form.verdict.isVisible)
    assert "drafts of yours" not in form.verdict.text()
    assert {one.text() for one in form.buttons.buttons() if one.isVisible()} == {"Close"}


def test_what_was_noted_about_a_story_is_named(qtbot, window, desk, other, tmp_path):
    article = desk.in_review(headline="The rail groups", body=BODY)
    meet(desk, other)
    planning.plan(other.store, article, by=other.editor, planned_at=datetime(2026, 12, 1, 12, tzinfo=UTC))
    assert shown(look(qtbot, window, other, tmp_path))[0] == "The rail groups\nplanned by Ayesha Khan"


def test_somebody_who_left_and_asks_with_a_new_key_may_be_invited_again(qtbot, window, desk, other, tmp_path):
    """Seen at the desk: it was only said that they are not among the people of this newsroom."""
    window.workspace.session.change_person(desk.chief.person)
    (tmp_path / "theirs").mkdir()
    store, _ = exchange.join(tmp_path / "theirs" / "newsroom.ovn", rows(desk))
    asked = join_requests.ask(store, desk.reporter.person)
    bundle.write(store, tmp_path / "b.ovnb", by=asked)
    store.close()
    people.retire_staff(desk.store, name="Rana", by=desk.chief)
    window.features.files.bring_in([tmp_path / "b.ovnb"])
    form = window.findChild(TakeInDialog)
    qtbot.waitUntil(form.verdict.isVisible)
    assert form.verdict.text().startswith("Rana Malik has left this newsroom: Bilal Ahmed took them off the list on ")
    assert {one.text() for one in form.buttons.buttons() if one.isVisible()} == {"Invite Rana Malik again…", "Close"}
    assert form.lead.text().startswith("From somebody who says that they are Rana Malik, written today")
    form._invite.click()
    dialog = window.findChild(PeopleDialog)
    assert dialog.isVisible()
    assert dialog.name.text() == "Rana Malik"
    dialog.invite()
    assert "Hand Rana Malik these words" in dialog.verdict.text()
