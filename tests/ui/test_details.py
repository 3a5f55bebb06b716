"""Details in one glance, by the keys, clicks and wheel that a person would use."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QCalendarWidget, QComboBox, QLabel, QLineEdit, QWidget

from make import DAWN
from make import content as story
from ovn_desk.domain.ai_use import AiTask, AiUse
from ovn_desk.domain.source import Source, SourceKind
from ovn_desk.text.changes import compare_contents
from ovn_desk.ui.widgets import change_markup
from ovn_desk.ui.widgets.link_row import LinkRow

WATER, UTILITIES = "medtop:20000270", "medtop:20001244"
BODY = "They counted 12 trains.\n\nThen 14 more.\n\n“We will,” he said.\n\nAll of it [@dawn-rail]."


def show(qtbot, window, desk, **changes):
    article = desk.draft(**changes)
    window.features.articles.open(article)
    window.panes.inspector.show_tab("details")
    qtbot.waitUntil(lambda: window.panes.checks.article == article)
    qtbot.waitUntil(window.panes.details.isVisible)
    window.activateWindow()
    return window.panes.details


def content(window):
    return window.workspace.text.content


def line(details, start):
    """The line of “Before filing” that begins so."""
    found = [row for row in details.to_settle.rows if row.link.accessibleName().startswith(start) and row.isVisible()]
    assert len(found) == 1, [row.link.accessibleName() for row in details.to_settle.rows]
    return found[0]


def cursor_line(window):
    return window.panes.writing.editor.textCursor().blockNumber() + 1


# What stands in the way


def test_a_line_goes_to_its_first_place_by_enter_and_then_to_the_next_and_round(qtbot, window, desk):
    details = show(qtbot, window, desk, body=BODY)
    link = line(details, "2 figures have no source").link
    places = []
    for _ in range(3):
        link.setFocus()
        qtbot.keyClick(link, Qt.Key.Key_Return)
        places.append(cursor_line(window))
    assert places == [1, 3, 1]
    assert QApplication.focusWidget() is window.panes.writing.editor


def test_a_line_is_pressed_by_the_mouse_anywhere_on_its_words(qtbot, window, desk):
    details = show(qtbot, window, desk, body=BODY)
    link = line(details, "1 quotation has no source").link
    assert link.accessibleName().endswith("”)")  # the place, and not what is said of it
    for at in (QPoint(6, 6), link.rect().center(), QPoint(link.width() - 6, link.height() - 6)):
        window.panes.writing.editor.go_to(1, 1)
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton, pos=at)
        assert cursor_line(window) == 5


def test_a_line_of_several_places_unfolds_by_right_and_by_its_arrow(qtbot, window, desk):
    details = show(qtbot, window, desk, body=BODY)
    row = line(details, "2 figures have no source")
    row.link.setFocus()
    qtbot.keyClick(row.link, Qt.Key.Key_Right)
    places = [one for one in row.findChildren(LinkRow) if one is not row.link]
    assert [one.accessibleName() for one in places] == ["“12” line 1", "“14” line 3"]
    for _ in range(2):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert QApplication.focusWidget() is places[1]
    qtbot.keyClick(places[1], Qt.Key.Key_Space)
    assert cursor_line(window) == 3
    qtbot.mouseClick(row.fold, Qt.MouseButton.LeftButton)
    assert not row.fold.isChecked()
    assert not [one for one in row.findChildren(LinkRow) if one is not row.link and one.isVisible()]


def test_there_are_five_lines_and_no_button_that_shows_a_line(qtbot, window, desk):
    said = "\n\n".join(f"The minister of {number} said so." for number in "abcdefghijklm")
    details = show(qtbot, window, desk, body=f"{BODY}\n\n{said}\n\nTK ![](image:none)", category="", byline="")
    shown = [row for row in details.to_settle.rows if row.isVisible()]
    assert len(shown) == 5
    assert not [label for label in details.findChildren(QLabel) if label.text().startswith("Show line")]
    assert line(details, "13 attributions without a citation").places[0].line == 9


@pytest.mark.parametrize(
    ("changes", "start", "place"),
    [
        ({"category": ""}, "Choose a category", "field-category"),
        ({"byline": ""}, "Say who wrote it", "field-byline"),
        ({"headline": ""}, "Give the article a headline", "headline"),
        ({"standfirst": ""}, "A standfirst tells", "standfirst"),
        ({"sources": (), "body": "Words."}, "No source is stored yet", "add-source"),
        ({"ai_used": (AiUse(AiTask.DRAFT),)}, "AI used says draft", "field-ai_used"),
        ({"body": ""}, "The article has no text yet", "editor"),
    ],
)
def test_each_line_leads_to_where_it_is_mended(qtbot, window, desk, changes, start, place):
    details = show(qtbot, window, desk, **changes)
    qtbot.mouseClick(line(details, start).link, Qt.MouseButton.LeftButton)
    writing = window.panes.writing
    named = {"headline": writing.headline, "standfirst": writing.standfirst, "editor": writing.editor}
    wanted = named.get(place) or details.findChild(QWidget, place)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is wanted)
    assert wanted.isVisible()


def test_what_is_in_order_takes_no_keyboard(qtbot, window, desk):
    details = show(qtbot, window, desk)
    held = line(details, "Category, headline, standfirst, byline, sources").link
    assert held.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_the_title_says_before_what(qtbot, window, desk, space):
    details = show(qtbot, window, desk)
    assert details.to_settle._heading.text() == "Before filing"
    space.article.switch_person(desk.editor.person)
    window.features.articles.open(desk.in_review())
    qtbot.waitUntil(lambda: details.to_settle._heading.text() == "Before approval")


# Topics


def test_a_topic_is_found_by_its_name_and_taken_by_keys(qtbot, window, desk):
    details = show(qtbot, window, desk, topics=("own",))
    field = details.topics
    field.add.setFocus()
    qtbot.keyClick(field.add, Qt.Key.Key_Space)
    assert QApplication.focusWidget() is field.search
    qtbot.keyClicks(field.search, "water sup")
    popup = field.search.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    assert "Water supply" in popup.model().index(0, 0).data()
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert content(window).topics == ("own", WATER)
    qtbot.waitUntil(lambda: not field.search.text())
    qtbot.keyClicks(field.search, "utilities")
    qtbot.keyClick(field.search, Qt.Key.Key_Return)
    assert content(window).topics == ("own", WATER, UTILITIES)
    assert [chip.text() for chip in field._chips] == ["own ×", "Water supply ×", "Utilities ×"]
    qtbot.keyClick(field.search, Qt.Key.Key_Escape)
    assert field.search.isHidden()


def test_a_topic_is_found_in_urdu_and_shown_so_in_an_urdu_story(qtbot, window, desk):
    details = show(qtbot, window, desk, language="ur", topics=())
    details.topics.add.click()
    # as an input method hands it over: no key has these letters
    details.topics.search.insert("پانی کی فر")
    details.topics.search.textEdited.emit(details.topics.search.text())
    qtbot.keyClick(details.topics.search, Qt.Key.Key_Return)
    assert content(window).topics == (WATER,)
    assert [chip.text() for chip in details.topics._chips] == ["پانی کی فراہمی ×"]


def test_a_chip_takes_itself_away_by_click_and_key_and_leaves_the_others(qtbot, window, desk):
    details = show(qtbot, window, desk, topics=("own", WATER, UTILITIES))
    qtbot.mouseClick(details.topics._chips[1], Qt.MouseButton.LeftButton)
    assert content(window).topics == ("own", UTILITIES)
    qtbot.keyClick(details.topics._chips[1], Qt.Key.Key_Space)
    assert content(window).topics == ("own",)
    assert QApplication.focusWidget() is details.topics._chips[0]


def test_a_topic_has_its_name_where_changes_are_shown(qapp):
    changes = compare_contents(story(topics=(WATER,)), story(topics=(UTILITIES, "own")))
    said = " ".join(change_markup.line(change) for change in (*changes.fields, *changes.items))
    assert all(words in said for words in ("Water supply", "Utilities", "own"))
    assert "medtop" not in said


def test_tab_goes_through_details_as_the_eye_does_also_after_a_chip_came(qtbot, window, desk):
    details = show(qtbot, window, desk, topics=(WATER,))
    details.topics._change((WATER, UTILITIES))
    seen = []
    details._choices["category"].setFocus()
    for _ in range(5):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    topics = details.topics
    assert seen == [*topics._chips, topics.add, details.byline.line, details.more.line]


# Byline, place and date


def test_byline_place_and_date_stand_in_one_line_that_opens_their_fields(qtbot, window, desk):
    details = show(qtbot, window, desk, dateline="Karachi", date="")
    byline = details.byline
    assert byline.line.accessibleName() == "Byline, place and date: Rana Malik, Karachi, today"
    assert not byline.fields["byline"].isVisible()
    qtbot.mouseClick(byline.line, Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is byline.fields["byline"]
    byline.fields["dateline"].setFocus()
    byline.fields["dateline"].selectAll()
    qtbot.keyClicks(byline.fields["dateline"], "Lahore")
    byline.fields["date"].setFocus()
    qtbot.keyClicks(byline.fields["date"], "20 July 2025")
    qtbot.keyClick(byline.fields["date"], Qt.Key.Key_Return)
    assert (content(window).dateline, content(window).date) == ("Lahore", "2025-07-20")
    assert not byline.fields["byline"].isVisible()
    qtbot.waitUntil(lambda: byline.line.accessibleName().endswith("Rana Malik, Lahore, 20 July 2025"))


def test_a_day_is_chosen_from_a_calendar_and_today_put_back(qtbot, window, desk):
    details = show(qtbot, window, desk, date="2025-07-20")
    details.byline.set_open(is_open=True)
    qtbot.mouseClick(details.byline.calendar, Qt.MouseButton.LeftButton)
    (calendar,) = window.findChildren(QCalendarWidget)
    qtbot.waitUntil(calendar.isVisible)
    view = calendar.findChild(QWidget, "qt_calendar_calendarview")
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert content(window).date == "2025-07-21"
    details.byline.fields["date"].setFocus()
    details.byline.fields["date"].selectAll()
    qtbot.keyClicks(details.byline.fields["date"], "today")
    qtbot.keyClick(details.byline.fields["date"], Qt.Key.Key_Return)
    assert content(window).date == ""


def test_what_is_no_day_is_kept_and_said(qtbot, window, desk):
    details = show(qtbot, window, desk, date="")
    details.byline.set_open(is_open=True)
    field = details.byline.fields["date"]
    qtbot.keyClicks(field, "someday")
    assert content(window).date == "someday"
    assert "no date" in field.toolTip()


# What is folded


def test_the_rest_is_folded_under_what_is_set_and_stays_as_it_was_left(qtbot, window, desk, space):
    details = show(qtbot, window, desk, tags=("rail", "trade"))
    assert details.more.line.accessibleName() == "Tags, language, type, address ▸ News · English · 2 tags"
    details.more.line.setFocus()
    qtbot.keyClick(details.more.line, Qt.Key.Key_Return)
    assert all(details.findChild(QWidget, f"field-{name}").isVisible() for name in ("tags", "genre", "slug", "ai_used"))
    assert space.preferences.value.are_details_open
    qtbot.keyClick(details.more.line, Qt.Key.Key_Left)
    assert not space.preferences.value.are_details_open
    assert not details._lines["tags"].isVisible()


# The wheel


def turn(widget, steps=-1):
    centre = QPointF(widget.rect().center())
    event = QWheelEvent(
        centre,
        widget.mapToGlobal(centre),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


@pytest.mark.parametrize("has_keyboard", [False, True])
def test_the_wheel_over_any_control_of_details_changes_nothing(qtbot, window, desk, has_keyboard):
    sources = (DAWN, Source("plan", SourceKind.DOCUMENT, name="The plan"))
    uses = (AiUse(AiTask.SUMMARY, "A tool"),)
    details = show(qtbot, window, desk, body=BODY, topics=(WATER,), sources=sources, ai_used=uses, date="2025-07-20")
    details.more.set_open(is_open=True)
    details.byline.set_open(is_open=True)
    before = content(window)
    controls = [one for one in details.findChildren(QWidget) if one.isVisible()]
    assert sum(isinstance(one, QComboBox | QLineEdit | QAbstractSpinBox) for one in controls) >= 10
    for control in controls:
        if has_keyboard:
            control.setFocus()
        turn(control)
        turn(control, 1)
    assert content(window) == before
