"""What waits for a person, the news budget, and the plan of a story."""

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QDateTime, Qt

from ovn_desk.domain.workflow import Step
from ovn_desk.ui.dialogs.planning import PlanningDialog
from ovn_desk.ui.sharing.hand_over import HandOverDialog
from ovn_desk.usecases import history, planning
from ovn_desk.usecases.article_list import Scope

SOON = timedelta(hours=2)


def now():
    return datetime.now(UTC).replace(second=0, microsecond=0)


def planning_dialog(window):
    space = window.workspace
    return PlanningDialog(space.session, space.article, space.steps, space.notices, window)


def cells(budget):
    table = budget.table
    return [
        [table.item(row, column).text() for column in range(table.columnCount())] for row in range(table.rowCount())
    ]


def test_what_was_sent_back_waits_for_the_reporter_and_is_opened_from_there(qtbot, window, desk):
    article = desk.in_review(headline="The rail groups")
    pane = window.panes.articles
    chip = pane.filter_bar.chips[Scope.FOR_ME]
    desk.step(article, Step.SEND_BACK, desk.editor, reason="Who says so?")
    qtbot.waitUntil(lambda: chip.text() == "For me 1")
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: pane.model.rowCount() == 2)
    row = pane.model.index(1)
    assert row.data() == "The rail groups"
    assert "“Who says so?”" in row.data(Qt.ItemDataRole.AccessibleTextRole)
    with qtbot.waitSignal(window.workspace.article.opened):
        qtbot.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=pane.view.visualRect(row).center())
    assert window.workspace.article.id == article


def test_the_budget_has_the_stories_of_the_day_and_opens_them(qtbot, window, desk):
    article = desk.draft(headline="The rail groups", target_words=300)
    tonight = now().astimezone(window.workspace.session.house.zone).replace(hour=23, minute=59)
    planning.assign(desk.store, article, by=desk.editor, to=desk.reporter, what="Who meets?", due=tonight, words=300)
    window.features.planning.toggle_budget()
    (row,) = cells(window.panes.budget)
    assert row[:3] == ["The rail groups", "draft", "Rana Malik"]
    assert row[3].startswith("with you, since ")
    assert row[4].endswith("/ 300")
    window.panes.budget.table.itemActivated.emit(window.panes.budget.table.item(0, 0))
    assert window.workspace.article.id == article
    assert window.panes.middle.currentWidget() is window.panes.writing


def test_a_story_that_is_late_says_so_and_the_printed_page_too(window, desk):
    article = desk.draft(headline="<b>Late</b>")
    planning.assign(desk.store, article, by=desk.editor, to=desk.reporter, what="", due=now() - SOON, words=0)
    window.features.planning.toggle_budget()
    assert cells(window.panes.budget)[0][5].endswith("overdue")
    assert "&lt;b&gt;Late&lt;/b&gt;" in window.panes.budget.html()


def test_a_story_that_is_late_says_too_how_much_of_it_is_to_be_settled(window, desk):
    article = desk.draft(headline="Late", body="The ministry spent $2 billion on rails.")
    planning.assign(desk.store, article, by=desk.editor, to=desk.reporter, what="", due=now() - SOON, words=0)
    window.features.articles.open(article)
    panes = window.panes.articles
    shown = panes.texts.make(panes.model.line(panes.model.place_of(article)))
    assert shown.badge.startswith("overdue since ")
    assert shown.badge.endswith(" to settle")
    assert shown.tone == "bad"


def test_a_day_without_stories_says_what_to_do(window):
    window.features.planning.toggle_budget()
    assert window.panes.budget._empty.isVisible()
    assert not window.panes.budget.table.isVisible()


def test_an_assignment_and_an_embargo_are_given_in_one_form(qtbot, window, desk):
    article = desk.draft()
    window.workspace.article.switch_person(desk.editor.person)
    window.features.articles.open(article)
    form = planning_dialog(window)
    qtbot.addWidget(form)
    form.who.setCurrentText("Rana Malik")
    form.what.setText("Who meets?")
    form.words.setValue(400)
    form.embargo._is_set.setChecked(True)
    until = now() + SOON
    form.embargo._edit.setDateTime(QDateTime.fromSecsSinceEpoch(int(until.timestamp())))
    form._save()
    found = desk.article(article)
    assert (found.assignment.who, found.assignment.what, found.assignment.words) == (
        desk.reporter.id,
        "Who meets?",
        400,
    )
    assert datetime.fromisoformat(found.plan.embargo_until) == until
    assert form.result() == PlanningDialog.DialogCode.Accepted


def test_an_embargo_is_not_ended_earlier_without_a_reason(qtbot, window, desk):
    article = desk.draft()
    planning.plan(desk.store, article, by=desk.editor, embargo_until=now() + SOON, planned_at=None)
    window.workspace.article.switch_person(desk.editor.person)
    window.features.articles.open(article)
    form = planning_dialog(window)
    qtbot.addWidget(form)
    form.embargo._is_set.setChecked(False)
    form._save()
    assert form.result() != PlanningDialog.DialogCode.Accepted
    assert "say why it ends earlier" in form.refusal.text()
    form.reason.setText("They published it themselves.")
    form._save()
    assert desk.article(article).plan.embargo_until == ""


def test_saving_a_plan_that_did_not_change_writes_nothing(qtbot, window, desk):
    article = desk.draft()
    window.workspace.article.switch_person(desk.editor.person)
    window.features.articles.open(article)
    before = len(desk.read(lambda reading: reading.events(article)))
    form = planning_dialog(window)
    qtbot.addWidget(form)
    form._save()
    assert len(desk.read(lambda reading: reading.events(article))) == before


def test_a_time_to_be_written_by_stays_where_nobody_is_named(qtbot, window, desk):
    article = desk.draft()
    window.workspace.article.switch_person(desk.editor.person)
    window.features.articles.open(article)
    form = planning_dialog(window)
    qtbot.addWidget(form)
    form.who.setCurrentText("Nobody")
    form.due._is_set.setChecked(True)
    form.words.setValue(500)
    due = form.due.value()
    form._save()
    given = desk.article(article).assignment
    assert (given.who, given.due_at, given.words) == ("", due, 500)
    assert planning_dialog(window).due.value() == due
    (row,) = [window.panes.articles.model.index(number) for number in range(window.panes.articles.model.rowCount())][1:]
    qtbot.waitUntil(lambda: "due " in row.data(Qt.ItemDataRole.AccessibleTextRole))
    local = due.astimezone(window.workspace.session.house.zone)
    said = [line.what for line in desk.read(lambda reading: history.history(reading, article))]
    assert said[-1] == f"assigned to nobody, due {local:%Y-%m-%d %H:%M}, 500 words"
    form = planning_dialog(window)
    qtbot.addWidget(form)
    form.due._is_set.setChecked(False)
    form.words.setValue(0)
    form._save()
    assert desk.article(article).assignment is None


def test_a_time_begins_at_the_next_full_hour_and_says_when_it_is_past(qtbot, window, desk):
    window.features.articles.open(desk.draft())
    form = planning_dialog(window)
    qtbot.addWidget(form)
    form.show()
    form.due._is_set.setChecked(True)
    assert timedelta() < form.due.value() - datetime.now(UTC) <= timedelta(hours=1)
    assert not form.due.past.isVisible()
    form.due._edit.setDateTime(form.due._edit.dateTime().addSecs(-3 * 3600))
    assert form.due.past.isVisible()
    form.due._is_set.setChecked(False)
    assert not form.due.past.isVisible()


def test_a_form_about_one_story_is_left_when_another_is_opened_or_somebody_else_sits_down(window, desk, qtbot):
    """Seen at the desk: its button set the deadline of whichever story stood behind it."""
    first, second = desk.draft(headline="First"), desk.draft(headline="Second")
    window.features.articles.open(first)
    window.actions_by_name["desk.plan"].trigger()
    (form,) = [one for one in window.findChildren(PlanningDialog) if one.isVisible()]
    qtbot.keyClicks(form.what, "Who pays?")
    window.features.articles.open(second)
    assert not form.isVisible()
    window.features.articles.open(first)
    window.actions_by_name["desk.plan"].trigger()
    (again,) = [one for one in window.findChildren(PlanningDialog) if one.isVisible()]
    assert again.what.text() == "Who pays?"
    window.workspace.article.switch_person(desk.editor.person)
    assert not again.isVisible()


def test_a_file_to_hand_over_is_of_the_story_that_was_open_when_it_was_asked_for(window, desk):
    first, second = desk.draft(headline="First"), desk.draft(headline="Second")
    window.features.articles.open(first)
    window.actions_by_name["article.hand_over"].trigger()
    (form,) = [one for one in window.findChildren(HandOverDialog) if one.isVisible()]
    window.features.articles.open(first)
    assert form.isVisible()
    window.features.articles.open(second)
    assert not form.isVisible()
