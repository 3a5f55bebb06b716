"""In the window: the address that readers know, moving it, and believing a clock."""

from PySide6.QtCore import Qt

from ovn_desk.domain.workflow import State
from ovn_desk.usecases import publishing
from ovn_desk.usecases.publishing import moving


def export(desk, folder):
    return publishing.export(desk.store, publishing.ExportRequest(None, folder), by=desk.editor, renderer=desk.renderer)


def answer(qtbot, window, text):
    window.panes.bar.field.clear()
    qtbot.keyClicks(window.panes.bar.field, text)
    qtbot.keyClick(window.panes.bar.field, Qt.Key.Key_Return)


def test_a_published_page_keeps_its_address_in_details_and_a_chief_moves_it(qtbot, window, desk, space, tmp_path):
    article = desk.approved()
    window.features.articles.open(article)
    assert not window.actions_by_name["step.move"].isEnabled()
    export(desk, tmp_path)
    desk.correct(article)
    field = window.panes.details._lines["slug"]
    qtbot.waitUntil(lambda: field.text() == "2025/07/rail-groups-to-meet-in-baku.html")
    assert not field.isEnabled()
    assert not window.actions_by_name["step.move"].isEnabled()
    space.article.switch_person(desk.chief.person)
    qtbot.waitUntil(window.actions_by_name["step.move"].isEnabled)
    window.features.workflow.ask_address()
    assert window.panes.bar.field.text() == "rail-groups-to-meet-in-baku"
    answer(qtbot, window, "baku-talks")
    assert "“baku-talks”" in window.panes.bar.text
    answer(qtbot, window, "It named a victim.")
    assert desk.read(moving.address, article) == "2025/07/baku-talks.html"
    assert "the old one then leads there" in window.panes.bar.text
    assert desk.article(article).state is State.CORRECTING
    qtbot.waitUntil(lambda: field.text() == "2025/07/baku-talks.html")


def test_a_chief_says_in_the_window_that_the_clock_is_right(qtbot, window, desk, space):
    assert not window.actions_by_name["app.clock"].isEnabled()
    space.article.switch_person(desk.chief.person)
    qtbot.waitUntil(window.actions_by_name["app.clock"].isEnabled)
    window.features.people.believe_clock()
    answer(qtbot, window, "The radio says so.")
    assert "is trusted" in window.panes.bar.text
    assert "The radio says so." in desk.read(lambda reading: reading.setting("clock believed"))
