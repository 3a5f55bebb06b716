"""Who has a story is said in the same words wherever it is said, and nobody takes it unasked."""

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

import sharing
from make import Desk, content
from ovn_desk.domain import workflow
from ovn_desk.domain.workflow import State, Step
from ovn_desk.sync import exchange
from ovn_desk.usecases import history, people, publishing, writing
from ovn_desk.usecases.article_list import Scope


def show_to(window, space, person, article):
    """The window with this person at it and this story open, all stories in the list."""
    space.article.switch_person(person.person)
    window.panes.articles.filter_bar.set_part(scope=Scope.ALL)
    window.panes.articles.reload()
    window.features.articles.open(article)


def export(desk, folder):
    """The whole site, as an editor writes it."""
    publishing.export(desk.store, publishing.ExportRequest(None, folder), by=desk.editor, renderer=desk.renderer)


def places(window, article):
    """What each place of the window says of who has a story."""
    panes = window.panes
    row = panes.articles.model.line(panes.articles.model.place_of(article))
    window.features.planning.toggle_budget()
    budget = panes.budget.table.item(0, 3).text()
    window.features.planning.toggle_budget()
    (choice,) = window.features.articles.find_articles("groups")
    return {
        "row": panes.articles.texts.make(row).about,
        "top bar": window.panes.top_bar.custody.text(),
        "budget": budget,
        "palette": choice.hint,
    }


def taken_by_two(desk, other):
    """A story that the editor took at one laptop and the chief at another; both are known at the first."""
    article = desk.draft(headline="The rail groups")
    desk.step(article, Step.FILE, desk.reporter)
    sharing.send(desk, other)
    desk.step(article, Step.TAKE, desk.editor)
    other.step(article, Step.TAKE, other.chief)
    sharing.send(other, desk)
    return article


def test_list_top_bar_budget_and_palette_say_the_same(window, desk, space):
    article = desk.in_review(headline="The rail groups")
    for person, said in ((desk.editor, "with you, since "), (desk.reporter, "with Ayesha")):
        show_to(window, space, person, article)
        found = places(window, article)
        assert {name: said in text for name, text in found.items()} == dict.fromkeys(found, True), found


@pytest.fixture
def other(desk, tmp_path):
    """A second laptop of the newsroom, which has what the first had, and everybody's keys."""
    folder = tmp_path / "other"
    folder.mkdir()
    store, came = exchange.join(folder / "newsroom.ovn", sharing.rows(desk))
    assert not came.refused
    keys = desk.store.path.with_name(f"{desk.store.path.stem}-keys")
    shutil.copytree(keys, folder / "newsroom-keys", ignore=lambda *_: ["cache.key"], dirs_exist_ok=True)
    made = Desk(store, desk.renderer)
    yield made
    store.close()


def test_what_another_has_is_taken_over_only_when_one_says_so_and_the_button_says_it(window, desk, space):
    article = desk.in_review()
    show_to(window, space, desk.chief, article)
    bar, button = window.panes.bar, window.panes.top_bar.next
    assert button.text() == "Take over from Ayesha Khan…"
    button.click()
    assert bar.text.startswith("Ayesha Khan has had it since ")
    assert "Take it over?" in bar.text
    bar._give(1)
    assert desk.article(article).holder == desk.editor.id
    button.click()
    bar._give(0)
    assert desk.article(article).holder == desk.chief.id


def test_that_the_open_story_was_taken_over_is_told_once(qtbot, window, desk, other, space):
    """Seen: one take-over was told twice, by the round and by what follows the open story."""
    article = desk.in_review(headline="The rail groups")
    sharing.send(desk, other)
    show_to(window, space, desk.editor, article)
    other.step(article, Step.TAKE, other.chief)
    window.features.sharing.say_came(sharing.send(other, desk))
    bar = window.panes.bar
    qtbot.waitUntil(lambda: bar.tells_of("custody"))
    assert sum("over from you" in one.sentence for one in bar._messages) == 1


def test_two_who_took_it_at_two_laptops_see_both_names_and_who_counts(window, desk, other, space):
    article = taken_by_two(desk, other)
    folded = desk.article(article)
    people = {desk.editor.id: desk.editor, desk.chief.id: desk.chief}
    holder = people.pop(folded.holder)
    (rival,) = people.values()
    bar, button = window.panes.bar, window.panes.top_bar.next
    show_to(window, space, rival, article)
    for name, text in places(window, article).items():
        assert holder.name.split()[0] in text, name
        assert text.endswith("you took it too") or " · " in text, name
    row = window.panes.articles.model.line(window.panes.articles.model.place_of(article))
    assert window.panes.articles.texts.make(row).badge == "taken twice: settle it"
    space.article.switch_person(desk.reporter.person)
    row = window.panes.articles.model.line(window.panes.articles.model.place_of(article))
    assert window.panes.articles.texts.make(row).badge == "taken by two editors", "a reporter settles nothing"
    show_to(window, space, rival, article)
    assert button.text() == f"Take over from {holder.name}…"
    show_to(window, space, holder, article)
    for name, text in places(window, article).items():
        assert "with you, since" in text, name
        assert f"{rival.name.split()[0]}" in text, name
    assert button.text() == "Keep it"
    button.click()
    assert f"{rival.name} took this story too" in bar.text
    bar._give(0)
    settled = desk.article(article)
    assert (settled.state, settled.holder, settled.rivals) == (State.IN_REVIEW, holder.id, ())
    assert window.panes.top_bar.custody.text().startswith("with you, since ")
    assert button.text() == "Review"


def test_after_one_letter_an_approved_story_is_to_be_reviewed_again(qtbot, window, desk, space):
    article = desk.approved()
    show_to(window, space, desk.editor, article)
    top = window.panes.top_bar
    assert top.next.text() == "Export…"
    editor = window.panes.writing.editor
    editor.setFocus()
    qtbot.keyClicks(editor, "x")
    qtbot.waitUntil(lambda: top.next.text() == "Review again")
    assert top.custody.text().endswith("; changed since")
    space.text.flush()
    panes = window.panes.articles
    row = panes.model.line(panes.model.place_of(article))
    assert panes.texts.make(row).badge == "changed since approval"
    window.features.workflow.take(Step.PUBLISH)
    assert "An export takes the approved text, without the change." in window.panes.bar.text
    top.next.click()
    qtbot.waitUntil(lambda: window.panes.review.isVisible())
    assert desk.article(article).state is State.IN_REVIEW
    assert window.panes.review.bar.next.text() == "Approve and sign"


def test_a_letter_that_is_taken_back_leaves_the_approval_as_it_was(qtbot, window, desk, space):
    article = desk.approved()
    show_to(window, space, desk.editor, article)
    editor, top = window.panes.writing.editor, window.panes.top_bar
    editor.setFocus()
    qtbot.keyClicks(editor, "x")
    qtbot.waitUntil(lambda: top.next.text() == "Review again")
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: top.next.text() == "Export…")
    assert desk.article(article).state is State.APPROVED


def test_an_editor_can_not_type_into_a_story_that_was_sent_back(qtbot, window, desk, space):
    article = desk.in_review()
    desk.step(article, Step.SEND_BACK, desk.editor, reason="Who says so?")
    show_to(window, space, desk.editor, article)
    editor = window.panes.writing.editor
    before = editor.toPlainText()
    editor.setFocus()
    qtbot.keyClicks(editor, "x")
    assert editor.toPlainText() == before
    assert "sent back" in space.article.edit_refusal
    assert window.panes.top_bar.custody.text().startswith("with Rana Malik, since ")


def test_a_recall_tells_the_editor_and_what_they_typed_is_a_version(qtbot, window, desk, other, space):
    article = desk.draft(headline="The rail groups")
    desk.step(article, Step.FILE, desk.reporter)
    sharing.send(desk, other)
    other.step(article, Step.RECALL, other.reporter)
    show_to(window, space, desk.editor, article)
    editor = window.panes.writing.editor
    editor.setFocus()
    qtbot.keyClicks(editor, "Typed by the editor. ")
    sharing.send(other, desk)
    bar = window.panes.bar
    qtbot.waitUntil(lambda: "recalled" in bar.text)
    assert bar.text.startswith("Rana Malik recalled “The rail groups” (")
    assert "no longer with the desk" in bar.text
    assert "What you typed up to now is kept as a version of your own." in bar.text
    texts = [one.content.body for one in desk.read(lambda reading: reading.revisions(article))]
    assert any("Typed by the editor." in text for text in texts)


def test_who_had_a_story_is_told_at_once_that_it_was_taken_over(qtbot, window, desk, other, space):
    article = desk.in_review(headline="The rail groups")
    sharing.send(desk, other)
    other.step(article, Step.TAKE, other.chief)
    show_to(window, space, desk.editor, article)
    sharing.send(other, desk)
    qtbot.waitUntil(lambda: window.panes.bar.text.startswith("Bilal Ahmed took “The rail groups” over from you ("))
    assert window.panes.top_bar.next.text() == "Take over from Bilal Ahmed…"


def test_what_two_took_is_asked_of_no_other_story(window, desk, other, space):
    article, calm = desk.draft(headline="The rail groups"), desk.draft(headline="Calm")
    desk.step(article, Step.FILE, desk.reporter)
    sharing.send(desk, other)
    desk.step(article, Step.TAKE, desk.editor)
    show_to(window, space, desk.editor, article)
    other.step(article, Step.TAKE, other.chief)
    sharing.send(other, desk)
    bar = window.panes.bar
    assert bar.tells_of("taken twice")
    window.features.articles.open(calm)
    assert not bar.tells_of("taken twice")


def test_a_withdrawn_story_says_that_its_page_stands_until_the_site_is_written(qtbot, window, desk, space, tmp_path):
    article = desk.approved(headline="The rail groups")
    export(desk, tmp_path)
    desk.step(article, Step.WITHDRAW, desk.editor, reason="It was wrong.")
    show_to(window, space, desk.editor, article)
    panes = window.panes.articles

    def badge():
        return panes.texts.make(panes.model.line(panes.model.place_of(article))).badge

    assert badge() == "its page is still up"
    assert window.panes.top_bar.custody.text().endswith("; its page is still up")
    export(desk, tmp_path)
    qtbot.waitUntil(lambda: badge() == "")


def test_what_offers_the_export_after_a_withdrawal_goes_when_the_site_is_written(qtbot, window, desk, space, tmp_path):
    article = desk.approved(headline="The rail groups")
    export(desk, tmp_path)
    show_to(window, space, desk.editor, article)
    assert space.steps.take(Step.WITHDRAW, reason="It was wrong.")
    bar = window.panes.bar
    assert bar.text.startswith("Withdrawn by Ayesha Khan.")
    QApplication.processEvents()
    assert bar.text.startswith("Withdrawn by Ayesha Khan."), "the page stands"
    export(desk, tmp_path)
    qtbot.waitUntil(bar.isHidden)


def test_an_old_date_on_the_page_is_said_before_it_is_signed(qtbot, window, desk, space):
    article = desk.in_review(date="2026-01-05")
    show_to(window, space, desk.editor, article)
    window.features.review.open()
    approval = window.panes.review_side.approval
    qtbot.waitUntil(lambda: any("The page says 5 January 2026, not today" in one.text() for one in approval.rows))
    qtbot.waitUntil(lambda: "dated 5 January 2026" in approval.facts.text())


def test_the_story_menu_calls_a_take_over_by_its_name(window, desk, space):
    article = desk.in_review()
    show_to(window, space, desk.chief, article)
    window._actions.refresh()
    assert window.actions_by_name["step.take"].text() == "Take over from Ayesha Khan…"


def test_nobody_takes_back_what_another_person_wrote(qtbot, window, desk, space):
    article = desk.draft(headline="The rail groups", body="First.")
    show_to(window, space, desk.reporter, article)
    writing = window.panes.writing
    for place in (writing.editor, writing.headline):
        place.setFocus()
        qtbot.keyClicks(place, "Rana wrote this. ")
    space.article.switch_person(desk.editor.person)
    before = [place.toPlainText() for place in (writing.editor, writing.headline)]
    for place in (writing.editor, writing.headline):
        assert not place.can_undo()
        qtbot.keyClick(place, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [place.toPlainText() for place in (writing.editor, writing.headline)] == before
    writing.editor.setFocus()
    qtbot.keyClicks(writing.editor, "Mine. ")
    assert writing.editor.can_undo()


def test_a_change_under_review_names_who_made_it(qtbot, window, desk, space):
    article = desk.in_review()
    desk.edit(article, desk.chief, headline="Rail groups will meet in Baku")
    show_to(window, space, desk.editor, article)
    window.features.review.open()
    bar = window.panes.review.bar
    qtbot.waitUntil(lambda: "by Bilal" in bar._where.text())
    assert desk.editor.name in bar._person.text()


def test_a_story_that_another_has_is_not_offered_to_be_sent_back_and_neither_is_one_that_two_took(
    window, desk, other, space
):
    article = desk.draft(headline="The rail groups")
    desk.step(article, Step.FILE, desk.reporter)
    sharing.send(desk, other)
    desk.step(article, Step.TAKE, desk.editor)
    show_to(window, space, desk.chief, article)
    bar = window.panes.review.bar
    assert bar.send_back.isHidden()
    assert "take it over" in str(workflow.refusal(desk.article(article), Step.SEND_BACK, desk.chief.person))
    space.article.switch_person(desk.editor.person)
    assert not bar.send_back.isHidden()
    other.step(article, Step.TAKE, other.chief)
    sharing.send(other, desk)
    assert desk.article(article).rivals
    for person in (desk.editor, desk.chief):
        space.article.switch_person(person.person)
        assert bar.send_back.isHidden()


def test_who_keeps_what_two_took_is_said_to_keep_it_and_so_in_the_history(window, desk, other, space):
    article = taken_by_two(desk, other)
    takers = {desk.editor.id: desk.editor, desk.chief.id: desk.chief}
    holder = takers.pop(desk.article(article).holder)
    (rival,) = takers.values()
    show_to(window, space, holder, article)
    window.panes.top_bar.next.click()
    window.panes.bar._give(0)
    assert window.panes.bar.text == f"{holder.name} keeps this story."
    lines = desk.read(history.history, article)
    assert lines[-1].what == f"kept; {rival.name} had taken it too"
    desk.step(article, Step.TAKE, rival)
    assert desk.read(history.history, article)[-1].what == f"taken over from {holder.name}"


def test_enter_answers_whether_a_story_is_taken_over(qtbot, window, desk, space):
    article = desk.in_review()
    show_to(window, space, desk.chief, article)
    window.features.workflow.take_next()
    qtbot.waitUntil(lambda: window.panes.bar.isAncestorOf(QApplication.focusWidget()))
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert desk.article(article).holder == desk.chief.id


def test_a_story_of_somebody_who_has_left_says_so_everywhere_and_whoever_may_takes_it(window, desk, space):
    article = desk.in_review(headline="The rail groups")
    people.retire_staff(desk.store, desk.editor.person.name, by=desk.chief)
    show_to(window, space, desk.chief, article)
    for name, text in places(window, article).items():
        assert "with Ayesha" in text, name
        assert "(has left), since " in text, name
    window.panes.top_bar.next.click()
    assert "and has left the newsroom. Take it over?" in window.panes.bar.text
    window.panes.bar._give(0)
    assert desk.article(article).holder == desk.chief.id


def test_what_was_sent_back_to_a_writer_who_has_left_is_offered_to_be_filed(window, desk, space):
    article = desk.in_review(headline="The rail groups")
    desk.step(article, Step.SEND_BACK, desk.editor, reason="Who says so?")
    show_to(window, space, desk.chief, article)
    assert window.panes.top_bar.next.isHidden()
    people.retire_staff(desk.store, desk.reporter.person.name, by=desk.chief)
    assert window.panes.top_bar.custody.text().startswith("with Rana Malik (has left), since ")
    assert window.panes.top_bar.next.text() == "File to the desk"


def test_who_has_a_story_is_said_above_its_review_however_narrow_the_window_is(qtbot, window, desk, space):
    article = desk.in_review()
    desk.edit(article, desk.chief, headline="Rail groups will meet in Baku")
    show_to(window, space, desk.editor, article)
    with qtbot.waitSignal(window.panes.review.shown):
        window.features.review.open()
    label = window.panes.review.bar.custody
    for width in (1366, 1000):
        window.resize(width, 700)
        qtbot.waitUntil(lambda w=width: window.width() == w)
        qtbot.waitUntil(lambda: label.isVisible() and label.width() >= label.minimumSizeHint().width())
    assert label.toolTip().startswith("with you, since ")


def test_an_editor_who_types_into_anothers_story_is_told_whose_it_is_and_nobody_of_their_own(
    qtbot, window, desk, space
):
    article, own = desk.draft(headline="The rail groups"), desk.in_review(headline="The school hours")
    editor, bar = window.panes.writing.editor, window.panes.bar
    for opened, is_told in ((article, True), (own, False)):
        show_to(window, space, desk.editor, opened)
        editor.setFocus()
        qtbot.keyClicks(editor, "x")
        assert bar.isVisibleTo(window) is is_told
    show_to(window, space, desk.editor, article)
    qtbot.keyClicks(editor, "y")
    assert bar.text.startswith("Rana Malik has this story.")


def test_whoever_typed_before_the_story_was_filed_is_told_so_as_well(qtbot, window, desk, space):
    article = writing.start(desk.store, content(), by=desk.chief)
    show_to(window, space, desk.chief, article)
    editor, bar = window.panes.writing.editor, window.panes.bar
    editor.setFocus()
    qtbot.keyClicks(editor, "x")
    assert not bar.text.startswith("You filed this story.")
    space.text.flush()
    space.steps.take(Step.FILE)
    qtbot.waitUntil(lambda: desk.article(article).state is State.FILED and not space.steps.busy_with)
    window.panes.middle.show_home()
    editor.setFocus()
    qtbot.keyClicks(editor, "y")
    assert bar.text.startswith("You filed this story. What you write in it now is a version of yours")


def test_who_types_into_the_story_they_filed_is_told_so_and_can_recall_it(qtbot, window, desk, space):
    """Seen at the desk: a chief typed into their own filed story, and nothing said that it was with the desk."""
    article = writing.start(desk.store, content(), by=desk.chief)
    desk.step(article, Step.FILE, desk.chief)
    show_to(window, space, desk.chief, article)
    editor, bar = window.panes.writing.editor, window.panes.bar
    editor.setFocus()
    qtbot.keyClicks(editor, "x")
    assert bar.text.startswith("You filed this story.")
    bar._give(0)
    qtbot.waitUntil(lambda: desk.article(article).state is State.DRAFT)
    assert editor.text().startswith("x")
