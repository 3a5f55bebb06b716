"""Messages lie over the middle, wait for one another, and give the keyboard back."""

import itertools

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from ovn_desk.domain.workflow import Step
from ovn_desk.ui.main_window import MainWindow
from ovn_desk.ui.state.notices import Notice
from ovn_desk.ui.widgets.message_bar import THIS_STORY, MessageBar


@pytest.fixture
def bar(window):
    return window.panes.bar


def place_of(widget, window):
    return widget.rect().translated(widget.mapTo(window, widget.rect().topLeft()))


def buttons(bar):
    return {button.text(): button for button in bar.findChildren(QPushButton) if not button.isHidden()}


def places(window):
    """Where everything but the bar stands."""
    panes = window.panes
    seen = (panes.articles, panes.middle, panes.writing.editor, panes.preview, panes.inspector, panes.status_bar)
    return [(pane.mapTo(window, pane.rect().topLeft()), pane.size()) for pane in seen]


@pytest.mark.parametrize(
    "show",
    [
        lambda bar: bar.say("Saved."),
        lambda bar: bar.say("Deleted. " * 60, undo=lambda: None),
        lambda bar: bar.say("The disk is full.", tone="bad", sticky=True, answers=[("Copy", print)]),
        lambda bar: bar.ask("Why?", answers=[("Spike", print)]),
    ],
)
def test_nothing_moves_when_a_message_comes_or_goes(qtbot, window, bar, show):
    before = places(window)
    show(bar)
    QApplication.processEvents()
    assert bar.isVisible()
    assert places(window) == before
    bar.put_away()
    QApplication.processEvents()
    assert places(window) == before


@pytest.mark.parametrize("width", [1366, 1000, 800])
def test_a_message_lies_in_the_middle_and_shows_all_its_words(qtbot, window, bar, width):
    window.resize(width, 700)
    bar.say("Sent back to Rana Malik. " * 8, answers=[("Hand over as a file…", print), ("Show", print)])
    QApplication.processEvents()
    middle = window.panes.middle
    assert place_of(bar, window).top() > 0
    assert place_of(middle, window).contains(place_of(bar, window))
    text = bar._text
    needed = text.fontMetrics().boundingRect(text.rect(), Qt.TextFlag.TextWordWrap, text.text())
    assert needed.height() <= text.height() + 1
    assert all(button.width() >= button.sizeHint().width() for button in buttons(bar).values())


def test_a_message_follows_the_place_it_lies_over(qtbot, window, bar):
    bar.say("Something came.", tone="warn")
    middle = window.panes.middle
    window.panes.status_bar.setFixedHeight(80)
    window.panes.top_bar.setFixedHeight(120)
    qtbot.waitUntil(lambda: place_of(bar, window).bottom() == place_of(middle, window).bottom() - 8)


def test_a_message_covers_neither_headline_nor_the_line_one_writes_on(qtbot, window, bar):
    bar.say("A story to play with. " * 6, answers=[("Keep it", print)])
    QApplication.processEvents()
    writing = window.panes.writing
    editor = writing.editor
    for seen in (writing.headline, writing.standfirst):
        assert not place_of(bar, window).intersects(place_of(seen, window))
    editor.setFocus()
    for _ in range(60):
        QTest.keyClicks(editor, "line")
        QTest.keyClick(editor, Qt.Key.Key_Return)
    line = editor.cursorRect()
    assert editor.viewport().mapTo(window, line.bottomLeft()).y() < place_of(bar, window).top()


def test_a_message_waits_below_the_one_that_came_after_it(qtbot, bar):
    bar.say("A colleague changed the story.", tone="warn", sticky=True, answers=[("Compare", print)])
    bar.say("Imported with warnings.", tone="warn", answers=[("Show", print)])
    bar.warn("The folder cannot be written.")
    assert [bar.text, bar._waiting.text()] == ["The folder cannot be written.", "2 more"]
    buttons(bar)["Close"].click()
    assert [bar.text, bar._waiting.text()] == ["Imported with warnings.", "1 more"]
    buttons(bar)["Close"].click()
    assert bar.text == "A colleague changed the story."
    assert list(buttons(bar)) == ["Compare"]
    assert bar._waiting.isHidden()
    buttons(bar)["Compare"].click()
    assert not bar.isVisible()


def test_what_awaits_an_answer_stays_in_sight_when_something_is_merely_said(qtbot, bar):
    given = []
    bar.say("Two versions: decide.", tone="warn", sticky=True, answers=[("Decide", given.append)])
    bar.say("Saved as a version.")
    assert bar.text == "Saved as a version.\nTwo versions: decide."
    assert list(buttons(bar)) == ["Decide"]
    bar._aside_leaving.setInterval(0)
    qtbot.waitUntil(lambda: bar.text == "Two versions: decide.")
    bar.say("Imported with warnings.", tone="warn", answers=[("Show", print)])
    QTest.mouseClick(bar._waiting, Qt.MouseButton.LeftButton)
    assert [bar.text, bar._waiting.text()] == ["Two versions: decide.", "1 more"]
    buttons(bar)["Decide"].click()
    assert (given, bar.text) == ([""], "Imported with warnings.")


def test_the_same_message_does_not_wait_twice_and_one_topic_has_one_message(bar):
    for megabytes in (9, 8, 8):
        bar.say(f"Free {megabytes} MB.", tone="bad", sticky=True, topic="disk")
    bar.say("Free 8 MB.", tone="bad", sticky=True, topic="disk")
    assert bar._waiting.isHidden()
    assert bar.tells_of("disk")
    bar.withdraw("disk")
    assert not bar.isVisible()
    assert not bar.tells_of("disk")


def test_a_message_under_another_is_withdrawn_without_a_sign(bar):
    bar.say("Not saved.", tone="bad", sticky=True, topic="saving")
    bar.warn("The address is taken.")
    bar.withdraw("saving")
    assert bar.text == "The address is taken."
    assert bar._waiting.isHidden()


def test_a_question_keeps_the_keyboard_when_something_is_said_meanwhile(qtbot, window, bar):
    bar.ask("Why is it held?", answers=[("Hold", print)])
    qtbot.keyClicks(bar.field, "The minist")
    bar.say("3 stories came.", answers=[("Show", print)])
    qtbot.keyClicks(QApplication.focusWidget(), "ry denies it.")
    assert bar.text == "Why is it held?"
    assert bar.field.text() == "The ministry denies it."
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert bar.text == "3 stories came."


def test_escape_keeps_what_was_typed_for_when_it_is_asked_again(qtbot, bar):
    heard = []
    bar.ask("What should the reporter change?", answers=[("Send back", heard.append)])
    qtbot.keyClicks(bar.field, "Name the second source.")
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    bar.ask("Why is it held?", answers=[("Hold", heard.append)])
    assert not bar.field.text()
    bar.ask("What should the reporter change?", answers=[("Send back", heard.append)])
    assert bar.field.text() == "Name the second source."
    bar.field.deselect()
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert heard == ["Name the second source."]
    bar.ask("What should the reporter change?", answers=[("Send back", heard.append)])
    assert not bar.field.text()


def test_a_passphrase_is_not_kept(qtbot, bar):
    for _ in range(2):
        bar.ask("Passphrase:", answers=[("Unlock", print)], secret=True)
        assert not bar.field.text()
        assert bar.field.echoMode() is QLineEdit.EchoMode.Password
        qtbot.keyClicks(bar.field, "correct horse")
        qtbot.keyClick(bar.field, Qt.Key.Key_Escape)


def test_a_click_on_an_answer_leaves_the_keyboard_where_one_writes(qtbot, window, bar, desk):
    window.features.articles.open(desk.draft())
    editor = window.panes.writing.editor
    editor.setFocus()
    undone = []
    bar.say("Source deleted.", undo=lambda: undone.append(1))
    qtbot.mouseClick(buttons(bar)["Undo"], Qt.MouseButton.LeftButton)
    assert undone == [1]
    assert editor.hasFocus()
    assert not bar.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_the_keyboard_goes_back_where_it_was_after_a_question(qtbot, window, bar, desk, key):
    window.features.articles.open(desk.draft())
    editor = window.panes.writing.editor
    editor.setFocus()
    bar.ask("Why?", answers=[("Hold", lambda _: None)])
    assert bar.field.hasFocus()
    qtbot.keyClick(bar.field, key)
    assert editor.hasFocus()


def test_what_was_merely_done_goes_by_itself_and_what_asks_for_something_stays(qtbot, bar):
    bar.say("Copied.")
    bar.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    assert bar._leaving.isActive()
    bar._leaving.setInterval(1)
    bar._leaving.start()
    qtbot.waitUntil(lambda: "Copied." not in {one.sentence for one in bar._messages})
    for stays in ({"tone": "warn"}, {"answers": [("Show", print)], "topic": "a story"}, {"sticky": True}):
        bar.say("Something.", **stays)
        assert not bar._leaving.isActive()


def test_what_was_done_and_offers_something_goes_when_the_next_is_said_or_after_a_while(bar):
    for number in (1, 2):
        bar.say(f"Written to {number}.ovnb.", answers=[("Open folder", print)])
        assert bar._leaving.isActive()
    assert bar._waiting.isHidden()
    bar.warn("The folder cannot be written.")
    buttons(bar)["Close"].click()
    assert not bar.isVisible()


def test_the_bar_is_reached_by_keys(qtbot, window, bar, desk):
    window.features.articles.open(desk.draft())
    window.panes.writing.editor.setFocus()
    bar.say("Something came.", tone="warn", answers=[("Show", print)])
    for _ in range(8):
        window.features.view.go_to_pane(1)
        if bar.isAncestorOf(QApplication.focusWidget()):
            break
    assert QApplication.focusWidget() is buttons(bar)["Show"]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not bar.isVisible()


def test_a_key_that_is_held_down_gives_one_answer(qtbot, window, bar):
    given = []
    bar.ask("A note:", answers=[("File", given.append)])
    again = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True)
    QApplication.sendEvent(bar.field, again)
    assert given == []


def test_a_bar_of_its_own_needs_no_window(qtbot):
    alone = MessageBar()
    qtbot.addWidget(alone)
    alone.say("Done.")
    assert alone.text == "Done."


def test_a_message_before_the_window_is_seen_makes_no_native_window(qtbot, space, editor):
    """A native bar of a window that is not yet there took the page out of it, as a window of its own."""
    window = MainWindow(space, editor)
    qtbot.addWidget(window, before_close_func=lambda _: window.panes.preview.end())
    window.panes.bar.say("The sample newsroom: people and stories are invented.")
    window.show()
    assert not window.panes.bar.testAttribute(Qt.WidgetAttribute.WA_NativeWindow)


def test_the_mouse_finds_the_bar_and_not_what_it_covers(window, bar):
    """A screen gives a click to the native window under it: the page makes its neighbours native, too."""
    bar.ask("Why?", answers=[("Spike", print)])
    QApplication.processEvents()
    middle = window.panes.middle
    assert bar.nativeParentWidget() is middle.nativeParentWidget()
    assert middle.childAt(bar.geometry().center()) in {bar, *bar.findChildren(QWidget)}


def test_what_was_asked_about_a_story_goes_when_another_is_opened(window, bar, space, desk):
    first, second = desk.draft(), desk.draft(headline="Another")
    done = []

    def ask():
        bar.ask("A note:", answers=[("File", done.append)], topic=THIS_STORY)

    window.features.articles.open(first)
    ask()
    QTest.keyClicks(bar.field, "Please read")
    space.notices.offer_undo("The source was removed.", lambda: done.append("undone"))
    space.notices.said.emit(Notice("The disk is nearly full.", tone="warn"))
    window.features.articles.open(second)
    assert bar.text == "The disk is nearly full."
    bar.put_away()
    assert not bar.isVisible()
    ask()
    assert bar.field.text() == ""  # what was typed for one story is no note of another
    bar.put_away()
    window.features.articles.open(first)
    ask()
    assert bar.field.text() == "Please read"
    space.session.change_person(desk.editor.person)
    ask()
    assert bar.field.text() == ""  # nor of another person
    assert not done


def test_a_message_leaves_the_buttons_of_a_review_in_reach(window, bar, desk, space):
    article = desk.in_review()
    space.session.change_person(desk.editor.person)
    window.features.articles.open(article)
    window.features.workflow.take_next()
    window.features.workflow.send_back()
    bar.say("Filed by Rana Malik.", answers=[("Hand over as a file…", print)])
    QApplication.processEvents()
    form = window.panes.review.form
    assert form.isVisible()
    assert not place_of(bar, window).intersects(place_of(form, window))


def test_what_was_asked_of_one_person_is_not_asked_of_the_next(bar, desk, space):
    bar.ask("A note:", answers=[("File", print)], topic=THIS_STORY)
    space.session.change_person(desk.editor.person)
    assert not bar.isVisible()


# Which facts end a message of each kind
KINDS = {
    "refused": (lambda window: window.workspace.notices.refused.emit("Kind."), {"person", "story", "step", "done"}),
    "done": (lambda window: window.workspace.notices.done.emit("Kind."), {"person", "done"}),
    "warned": (lambda window: window.workspace.notices.warn("Kind."), {"person"}),
    "told of the story": (lambda window: window.workspace.notices.tell_of_story("Kind."), {"person", "story", "done"}),
    "to be undone": (
        lambda window: window.workspace.notices.offer_undo("Kind.", print),
        {"person", "story", "done"},
    ),
    "offered": (
        lambda window: window.panes.bar.say("Kind.", answers=[("Open folder", print)]),
        {"person", "done"},
    ),
    "to be answered": (
        lambda window: window.panes.bar.say("Kind.", tone="warn", sticky=True, answers=[("Understood", print)]),
        {"person"},
    ),
    "asked": (lambda window: window.panes.bar.ask("Kind.", answers=[("Join", print)]), {"person"}),
    "asked about the story": (
        lambda window: window.panes.bar.ask("Kind.", answers=[("Spike", print)], topic=THIS_STORY),
        {"person", "story"},
    ),
    "of this computer": (
        lambda window: window.panes.bar.say("Kind.", tone="warn", sticky=True, topic="clock", for_everybody=True),
        set(),
    ),
}


@pytest.mark.parametrize("fact", ["person", "story", "step", "done", "done with the story"])
def test_a_message_ends_with_whom_it_is_for_or_with_its_fact(window, bar, desk, space, fact):
    people = itertools.cycle([desk.editor.person, desk.reporter.person])
    ended = {}
    for kind, (say, _) in KINDS.items():
        article = desk.draft()
        window.features.articles.open(article)
        say(window)
        assert "Kind." in sentences(bar)
        match fact:
            case "person":
                space.session.change_person(next(people))
            case "story":
                window.features.articles.open(desk.draft(headline="Another"))
            case "step":
                desk.step(article, Step.FILE, desk.reporter)
            case "done":
                space.notices.done.emit("Something else was done.")
            case "done with the story":
                space.notices.tell_of_story("Something else was done.")
        ended[kind] = "Kind." not in sentences(bar)
        bar.withdraw("clock")
        while bar.isVisible():
            bar.put_away()
    fact = fact.removesuffix(" with the story")
    assert ended == {kind: fact in ends_with for kind, (_, ends_with) in KINDS.items()}


def sentences(bar):
    return [one.sentence for one in bar._messages]


def test_a_refusal_is_not_shown_to_the_next_person(window, bar, desk, space):
    article = desk.draft()
    window.features.articles.open(article)
    assert not window.workspace.steps.take(Step.APPROVE)
    assert bar.isVisible()
    window.workspace.article.switch_person(desk.editor.person)
    assert not bar.isVisible()


def test_what_offers_the_folder_of_a_file_waits_below_what_nobody_asked_for(bar):
    bar.say("bilal.ovnb is written in Documents.", answers=[("Open folder", print)])
    bar.say("Another version of this article came.", tone="warn", topic="version", answers=[("Compare", print)])
    assert "1 more" in buttons(bar)
    bar.withdraw("version")
    assert bar.text == "bilal.ovnb is written in Documents."
    assert "Open folder" in buttons(bar)
    bar.say("This desk and the hub have the same now.")
    bar.put_away()
    assert not bar.isVisible()
