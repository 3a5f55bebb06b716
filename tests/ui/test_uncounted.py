"""A chief is shown what somebody signed without a right to it."""

import pytest

import forging
from ovn_desk.sync import exchange
from ovn_desk.ui.dialogs.uncounted import UncountedDialog


@pytest.fixture
def chiefs_window(window, desk):
    window.workspace.session.change_person(desk.chief.person)
    return window


def dialog_of(qtbot, window):
    window.features.people.show_uncounted()
    (dialog,) = window.findChildren(UncountedDialog)
    qtbot.waitUntil(lambda: not dialog.said.text().startswith("Checking"))
    return dialog


def rows(dialog):
    places = range(dialog.table.rowCount())
    return [[dialog.table.item(row, column).text() for column in (0, 1, 2)] for row in places]


def test_where_nothing_is_wrong_it_says_so(qtbot, chiefs_window, desk):
    desk.approved()
    dialog = dialog_of(qtbot, chiefs_window)
    assert "had a right to it" in dialog.said.text()
    assert not dialog.table.isVisible()


def test_each_forged_step_is_named_and_leads_to_its_article(qtbot, chiefs_window, desk):
    article = desk.approved(headline="Taken off by nobody")
    forged = [
        row
        for what, row in forging.in_anothers_name(desk, article, desk.reporter, [desk.editor])
        if what.startswith(("withdraw as Ayesha Khan, key", "hold as Ayesha Khan, key"))
    ]
    came = exchange.absorb(desk.store, forged)
    assert came.added
    assert any("Steps that do not count" in str(note) for note in came.notes)
    dialog = dialog_of(qtbot, chiefs_window)
    assert len(rows(dialog)) == came.added
    assert {tuple(row) for row in rows(dialog)} <= {
        ("Taken off by nobody", "withdrawn", "Ayesha Khan"),
        ("Taken off by nobody", "held", "Ayesha Khan"),
    }
    dialog.table.activated.emit(dialog.table.model().index(0, 0))
    assert chiefs_window.workspace.article.id == article
    chiefs_window.panes.inspector.show_tab("history")
    lines = chiefs_window.panes.history._list
    qtbot.waitUntil(lambda: any("⚠" in lines.item(place).text() for place in range(lines.count())))


def test_only_a_chief_is_offered_it(qtbot, window, desk):
    action = window.actions_by_name["person.uncounted"]
    assert not action.isEnabled()
    window.workspace.session.change_person(desk.chief.person)
    qtbot.waitUntil(action.isEnabled)
