"""The sheet of a source: it changes what somebody changed on it, and loosens terms only when told so in words."""

from dataclasses import fields, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QImage, QTextCursor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from effort import examples
from make import DAWN
from ovn_desk.domain.source import Attachment, Source, SourceKind, Terms
from ovn_desk.ui.inspector.sources import fields as sheet_fields
from ovn_desk.ui.inspector.sources.kinds import KINDS, Shape, shape_of
from ovn_desk.ui.inspector.sources.sheet import SourceSheet
from ovn_desk.ui.inspector.sources.terms import UNNAMED
from ovn_desk.usecases import queries, source_drafts, sourcing
from ovn_desk.usecases.source_drafts import SourceDraft

FULL = Source(
    **{part.name: f"was {part.name}" for part in fields(Source) if part.type is str and part.name != "key"},
    key="s1",
    kind=SourceKind.PERSON,
    terms=Terms.BACKGROUND,
    excerpts=("One said.\n\nAnd went on.", "Two said."),
    publish_excerpts=True,
    is_independent=False,
    files=(Attachment("ab" * 32, "note.txt", "text/plain"),),
)
ENTER, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def sheet(qtbot):
    made = SourceSheet(lambda: "2025-07-20")
    qtbot.addWidget(made)
    made.sent = []
    made.saved.connect(lambda source, _, is_cited: made.sent.append((source, is_cited)))
    made.resize(480, 640)
    made.show()
    return made


def line(sheet, name):
    return {**sheet.parts.fields.lines, **sheet.parts.terms.slip}[name]


def choose_terms(sheet, terms):
    sheet.parts.terms.buttons[terms].click()


def save(qtbot, sheet):
    qtbot.mouseClick(sheet.parts.save, Qt.MouseButton.LeftButton)


def sent(sheet):
    return [source for source, _ in sheet.sent]


@pytest.mark.parametrize("kind", SourceKind)
@pytest.mark.parametrize("terms", Terms)
def test_a_source_that_nobody_changed_is_saved_as_it_was(qtbot, sheet, kind, terms):
    given = replace(FULL, kind=kind, terms=terms)
    sheet.show_source(given, ())
    assert not sheet.is_filled
    save(qtbot, sheet)
    assert sent(sheet) == [given]


@pytest.mark.parametrize("kind", SourceKind)
@pytest.mark.parametrize("name", [*sheet_fields.LINES, *UNNAMED])
def test_only_the_field_that_was_written_in_is_changed(qtbot, sheet, kind, name):
    given = replace(FULL, kind=kind)
    sheet.show_source(given, ())
    line(sheet, name).setText("new")
    save(qtbot, sheet)
    assert sent(sheet) == [replace(given, **{name: "new"})]


def test_every_part_of_a_source_can_be_reached(sheet):
    """With “More” open nothing of a source is out of sight, whatever its kind."""
    for kind in SourceKind:
        sheet.show_source(replace(FULL, kind=kind), ())
        sheet.parts.unfold(on=True)
        fields_ = sheet.parts.fields
        inputs = [*fields_.lines.values(), fields_.note, fields_.kind, fields_.language, fields_.independent]
        assert all(field.isVisibleTo(sheet) for field in [*inputs, *sheet.parts.terms.slip.values(), sheet.parts.files])


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(list(Shape)), max_size=5), st.sampled_from(list(SourceKind)))
def test_changing_the_kind_loses_nothing(sheet, shapes, kind):
    given = replace(FULL, kind=kind, files=())
    sheet.show_source(given, ())
    for shape in shapes:
        sheet.parts.shapes[shape].click()
    if shapes and kind not in KINDS[shapes[-1]]:
        kind = KINDS[shapes[-1]][0]
    now = sheet.source()
    assert replace(now, kind=SourceKind.PERSON) == replace(given, kind=SourceKind.PERSON)
    came = shapes[-1] if shapes else shape_of(given)
    assert now.kind in KINDS[came]


@pytest.mark.parametrize("before", Terms)
@pytest.mark.parametrize("after", Terms)
def test_looser_terms_are_saved_only_when_the_source_agreed(qtbot, sheet, before, after):
    given = replace(FULL, terms=before)
    sheet.show_source(given, ())
    choose_terms(sheet, after)
    is_looser = list(Terms).index(after) < list(Terms).index(before)
    assert sheet.parts.terms.agreed.isVisibleTo(sheet) == is_looser
    save(qtbot, sheet)
    if is_looser:
        assert sheet.sent == []
        assert f"This source is {before}" in sheet.parts.complaint
        sheet.parts.terms.agreed.click()
        save(qtbot, sheet)
    assert sent(sheet) == [replace(given, terms=after)]


def test_agreement_is_asked_for_each_time(qtbot, sheet):
    sheet.show_source(replace(FULL, terms=Terms.OFF_RECORD), ())
    choose_terms(sheet, Terms.BACKGROUND)
    sheet.parts.terms.agreed.click()
    choose_terms(sheet, Terms.ON_RECORD)
    save(qtbot, sheet)
    assert sheet.sent == []


@pytest.mark.parametrize("height", [400, 520, 640])
def test_saving_is_in_sight_at_any_height_with_everything_open(qtbot, sheet, height):
    sheet.show_source(FULL, ())
    sheet.parts.unfold(on=True)
    sheet.resize(360, height)
    for button in (sheet.parts.save_and_cite, sheet.parts.save, sheet.parts.discard):
        place = button.mapTo(sheet, button.rect().bottomRight())
        assert sheet.rect().contains(place)
        assert button.width() >= button.sizeHint().width()
    qtbot.waitUntil(lambda: sheet.width() == 360)


@pytest.mark.parametrize("field", ["name", "words", "paste", "shape", "slip", "note"])
def test_ctrl_enter_saves_and_cites_wherever_the_keyboard_is(qtbot, sheet, field):
    sheet.show_source(None, ())
    sheet.parts.unfold(on=True)
    choose_terms(sheet, Terms.BACKGROUND)
    line(sheet, "name").setText("Bashir Ahmed")
    place = {
        "name": line(sheet, "name"),
        "words": sheet.parts.words,
        "paste": sheet.parts.paste,
        "shape": sheet.parts.shapes[Shape.PERSON],
        "slip": sheet.parts.terms.slip["known_to"],
        "note": sheet.parts.fields.note,
    }[field]
    qtbot.keyClick(place, ENTER, CTRL)
    assert [(source.key, is_cited) for source, is_cited in sheet.sent] == [("bashir-ahmed", True)]


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("width", [340, 480])
def test_tab_goes_down_the_sheet(qtbot, sheet, shape, width):
    """Past every field in sight, each below or beside the one before it."""
    sheet.show_source(replace(FULL, kind=KINDS[shape][0]), ())
    sheet.parts.shapes[shape].click()
    sheet.parts.unfold(on=True)
    sheet.resize(width, 2000)
    qtbot.waitUntil(lambda: sheet.parts.words.width() < width)
    sheet.activateWindow()
    sheet.parts.paste.setFocus()
    qtbot.waitUntil(sheet.parts.paste.hasFocus)
    seen, last = [], None
    while (now := sheet.focusWidget()) is not last and now not in seen:
        seen.append(now)
        last = now
        qtbot.keyClick(now, Qt.Key.Key_Tab)
    places = [one.mapTo(sheet, one.rect().center()) for one in seen]
    assert [(place.y() // 12, place.x()) for place in places] == sorted(
        (place.y() // 12, place.x()) for place in places
    )
    wanted = {*sheet.parts.fields.lines.values(), *sheet.parts.terms.slip.values(), sheet.parts.words}
    assert wanted <= {*seen}
    assert seen[-1] is sheet.parts.discard


@pytest.mark.parametrize("width", [330, 360, 420, 480, 700])
@pytest.mark.parametrize("shape", Shape)
def test_nothing_is_cut_at_the_side(qtbot, sheet, shape, width):
    sheet.show_source(replace(FULL, kind=KINDS[shape][0]), ())
    sheet.parts.shapes[shape].click()
    sheet.parts.unfold(on=True)
    sheet.resize(width, 560)
    qtbot.waitUntil(lambda: sheet.parts.words.width() < width)
    for widget in sheet.findChildren(QWidget):
        if not widget.isVisible() or widget.objectName() == "qt_scrollarea_vcontainer":
            continue
        left, right = (widget.mapTo(sheet, QPoint(x, 0)).x() for x in (0, widget.width()))
        assert left >= 0
        assert right <= sheet.width(), (type(widget).__name__, widget.objectName())
        if isinstance(widget, QPushButton | QLabel) and not (isinstance(widget, QLabel) and widget.wordWrap()):
            assert widget.width() >= widget.sizeHint().width(), widget.text()


def test_a_source_that_can_not_be_changed_now_says_so_and_keeps_no_draft(qtbot, sheet):
    sheet.show_source(FULL, (), refusal="Filed: take it back to change it.")
    assert sheet.parts.complaint == "Filed: take it back to change it."
    line(sheet, "name").setText("Other")
    qtbot.keyClick(line(sheet, "name"), ENTER)
    qtbot.keyClick(line(sheet, "name"), ENTER, CTRL)
    assert sheet.sent == []
    assert not sheet.parts.save.isEnabled()
    assert not sheet.is_filled


def paste(sheet, *, text="", html="", files=(), picture=None):
    data = QMimeData()
    if text:
        data.setText(text)
    if html:
        data.setHtml(html)
    if files:
        data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    if picture is not None:
        data.setImageData(picture)
    sheet.take(data)


OUTLET = Source("", SourceKind.OUTLET, name="Trains", outlet="Dawn", url="https://dawn.example/1")


@pytest.mark.parametrize(
    ("given", "shape", "wanted"),
    [
        (
            {"text": "https://kwsc.example/notice"},
            Shape.PAGE,
            {"url": "https://kwsc.example/notice", "outlet": "kwsc.example", "retrieved": "2025-07-20"},
        ),
        (
            {"text": "https://kwsc.example/n", "html": '<a href="https://kwsc.example/n">Notice of restart</a>'},
            Shape.PAGE,
            {"url": "https://kwsc.example/n", "name": "Notice of restart"},
        ),
        (
            {"text": "Notice of restart", "html": '<a href="https://kwsc.example/n">Notice of  restart</a>'},
            Shape.PAGE,
            {"url": "https://kwsc.example/n", "name": "Notice of restart"},
        ),
        ({"text": "https://www.dawn.example/2"}, Shape.OUTLET, {"url": "https://www.dawn.example/2", "outlet": "Dawn"}),
        ({"text": "“We have not had a drop.”"}, Shape.PERSON, {"excerpts": ("We have not had a drop.",)}),
        ({"text": "”ہمیں پانی نہیں ملا۔“"}, Shape.PERSON, {"excerpts": ("ہمیں پانی نہیں ملا۔",)}),
        ({"text": "They were\nnot paid."}, Shape.PERSON, {"excerpts": ("They were not paid.",)}),
    ],
)
def test_paste_does_the_obvious(sheet, given, shape, wanted):
    sheet.show_source(None, (), known=(OUTLET,))
    paste(sheet, **given)
    assert sheet.parts.fields.shape is shape
    assert {name: getattr(sheet.source(), name) for name in wanted} == wanted


def test_what_can_not_be_meant_for_a_line_goes_where_it_belongs(qtbot, qapp, sheet):
    sheet.show_source(None, ())
    qapp.clipboard().setText("https://kwsc.example/notice")
    qtbot.keyClick(line(sheet, "name"), Qt.Key.Key_V, CTRL)
    assert (sheet.source().url, sheet.source().name) == ("https://kwsc.example/notice", "")
    line(sheet, "role").setText("resident")
    qapp.clipboard().setText("“Not a drop.”")
    qtbot.keyClick(line(sheet, "role"), Qt.Key.Key_V, CTRL)
    assert (sheet.source().role, sheet.source().excerpts) == ("resident", ("Not a drop.",))
    qapp.clipboard().setText("https://kwsc.example/people")
    qtbot.keyClick(line(sheet, "contact"), Qt.Key.Key_V, CTRL)
    assert sheet.source().contact == "https://kwsc.example/people"
    qapp.clipboard().setText("Bashir Ahmed")
    qtbot.keyClick(line(sheet, "name"), Qt.Key.Key_V, CTRL)
    assert sheet.source().name == "Bashir Ahmed"


def test_a_quotation_pasted_for_a_page_leaves_it_a_page(sheet):
    sheet.show_source(None, ())
    paste(sheet, text="https://kwsc.example/notice")
    paste(sheet, text="“The pumps run.”")
    now = sheet.source()
    assert (sheet.parts.fields.shape, now.url, now.excerpts) == (
        Shape.PAGE,
        "https://kwsc.example/notice",
        ("The pumps run.",),
    )


def test_files_and_pictures_go_to_be_stored(qtbot, sheet, tmp_path):
    note, asked = tmp_path / "report.pdf", []
    sheet.files_given.connect(asked.append)
    paste(sheet, files=[note])
    picture = QImage(2, 2, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    paste(sheet, picture=picture)
    assert asked[0] == [note]
    assert asked[1][0].startswith(b"\x89PNG")
    sheet.add_files([Attachment("ab" * 32, "report.pdf", "application/pdf")])
    assert (sheet.parts.fields.shape, sheet.source().name) == (Shape.DOCUMENT, "report")


def test_today_is_kept_as_a_date(qtbot, sheet):
    sheet.show_source(None, ())
    line(sheet, "name").setText("Bashir Ahmed")
    line(sheet, "published").setText("today, 11:20")
    line(sheet, "retrieved").setText("Yesterday")
    save(qtbot, sheet)
    assert (sent(sheet)[0].published, sent(sheet)[0].retrieved) == ("2025-07-20 11:20", "2025-07-19")


def test_the_wheel_changes_nothing_that_was_agreed_or_chosen(qtbot, sheet):
    """Over every part of the sheet, with the keyboard in it or not."""
    sheet.show_source(FULL, ())
    sheet.parts.unfold(on=True)
    sheet.resize(480, 1600)
    for widget in sheet.findChildren(QWidget):
        if widget.isVisible():
            widget.setFocus()
            middle = QPointF(widget.rect().center())
            at = QPointF(widget.mapToGlobal(widget.rect().center()))
            nothing, none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
            turn = QWheelEvent(
                middle, at, QPoint(), QPoint(0, -240), nothing, none, Qt.ScrollPhase.NoScrollPhase, False
            )
            QApplication.sendEvent(widget, turn)
    assert sheet.source() == FULL


# In the window


def editing(window):
    return window.panes.details.sources.editing


def begin(qtbot, window, desk, *sources, body="The pumps run."):
    """A story with a sheet for a new source, some of it filled in."""
    article = desk.draft(body=body, sources=sources)
    window.features.articles.open(article)
    window.features.sources.add()
    sheet = editing(window).sheet
    qtbot.waitUntil(lambda: sheet.isVisible() and line(sheet, "name").hasFocus())
    qtbot.keyClicks(line(sheet, "name"), "Bashir Ahmed")
    qtbot.keyClicks(sheet.parts.words, "Not a drop.")
    return sheet


def test_ctrl_enter_files_no_story(qtbot, window, desk, space):
    """The window's own Ctrl+Enter is the next step of the story: it must not be reached from the sheet."""
    sheet = begin(qtbot, window, desk)
    state = space.article.folded.state
    qtbot.keyClick(sheet.parts.words, ENTER, CTRL)
    assert [source.name for source in space.text.content.sources] == ["Bashir Ahmed"]
    assert "[@bashir-ahmed]" in window.panes.writing.editor.text()
    assert space.article.folded.state is state
    assert not window.panes.bar.isVisible()
    assert window.panes.writing.editor.hasFocus()


@pytest.mark.parametrize(
    ("typed", "name", "key"),
    [("bash", "Bashir Ahmed", "bashir-ahmed"), ("kwsc", "Karachi Water Corporation", "kwsc"), ("", "Dawn", "dawn")],
)
def test_a_citation_that_was_begun_is_ended_by_save_and_cite(qtbot, window, desk, typed, name, key):
    window.features.articles.open(desk.draft(body="", sources=()))
    editor = window.panes.writing.editor
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    qtbot.keyClicks(editor, f"Not a drop [@{typed}")
    qtbot.keyClick(editor, ENTER)
    sheet = editing(window).sheet
    qtbot.waitUntil(lambda: line(sheet, "name").hasFocus())
    qtbot.keyClicks(line(sheet, "name"), name)
    qtbot.keyClick(line(sheet, "name"), ENTER)
    assert editor.text() == f"Not a drop [@{key}]"
    assert window.workspace.text.content.sources[0].key == key
    editor.undo()
    assert editor.text().startswith("Not a drop")


@pytest.mark.parametrize("width", [800, 1000, 1400])
def test_the_place_that_is_cited_stays_in_sight_beside_the_sheet(qtbot, window, desk, width):
    window.resize(width, 560)
    window.features.articles.open(desk.draft(body="Many words stand here. " * 120, sources=()))
    editor = window.panes.writing.editor
    editor.moveCursor(QTextCursor.MoveOperation.End)
    window.features.sources.add()
    qtbot.waitUntil(lambda: editing(window).sheet.isVisible())
    if window.side.arrangement.has_middle:
        qtbot.waitUntil(lambda: editor.viewport().rect().contains(editor.cursorRect().center()))
    assert window.side.arrangement.has_sheet


def test_the_sheet_comes_beside_the_text_from_any_view(qtbot, window, desk):
    window.features.articles.open(desk.draft(sources=()))
    window.panes.middle.setCurrentWidget(window.panes.export)
    window.features.sources.add()
    assert editing(window).sheet.isVisible()


def test_escape_keeps_a_draft_and_says_the_way_back(qtbot, window, desk, space):
    sheet = begin(qtbot, window, desk)
    qtbot.keyClick(line(sheet, "role"), Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert "Draft source kept: Bashir Ahmed" in window.panes.bar.text
    assert window.panes.writing.editor.hasFocus()
    other = desk.draft(body="Another.", sources=())
    first = space.article.id
    window.features.articles.open(other)
    assert editing(window).draft is None
    window.features.articles.open(first)
    assert editing(window).draft.source.excerpts == ("Not a drop.",)
    assert not window.panes.bar.isVisible()
    window.features.sources.add()
    assert (line(sheet, "name").text(), sheet.parts.words.toPlainText()) == ("Bashir Ahmed", "Not a drop.")
    qtbot.keyClick(sheet.parts.words, ENTER, CTRL)
    assert editing(window).draft is None


def test_the_offer_to_go_on_is_gone_when_there_is_nothing_to_go_on_with(qtbot, window, desk):
    sheet = begin(qtbot, window, desk)
    sheet.parts.shapes[Shape.PAGE].click()
    qtbot.keyClick(line(sheet, "name"), Qt.Key.Key_Escape)
    assert window.panes.bar.isVisible()
    qtbot.mouseClick(window.panes.bar._buttons[0], Qt.MouseButton.LeftButton)
    assert not window.panes.bar.isVisible()
    assert sheet.parts.fields.shape is Shape.PAGE
    qtbot.keyClick(line(sheet, "name"), Qt.Key.Key_Escape)
    assert window.panes.bar.isVisible()
    window.features.sources.add()
    assert not window.panes.bar.isVisible()


def test_what_is_on_the_sheet_goes_with_its_article(qtbot, window, desk, space):
    sheet = begin(qtbot, window, desk)
    first = space.article.id
    window.features.articles.open(desk.draft(body="Another.", sources=()))
    assert not sheet.isVisible()
    window.features.articles.open(first)
    assert editing(window).draft.source.name == "Bashir Ahmed"


def test_the_sheet_put_away_by_something_else_keeps_its_draft(qtbot, window, desk):
    begin(qtbot, window, desk)
    window.side.show_page()
    assert editing(window).draft.source.name == "Bashir Ahmed"
    assert not editing(window).is_open


def test_a_form_that_nobody_filled_leaves_no_draft(qtbot, window, desk):
    window.features.articles.open(desk.draft(sources=()))
    window.features.sources.add()
    sheet = editing(window).sheet
    qtbot.keyClick(line(sheet, "name"), Qt.Key.Key_Escape)
    assert editing(window).draft is None
    assert not window.panes.bar.isVisible()


def test_add_a_source_empties_nothing(qtbot, window, desk):
    sheet = begin(qtbot, window, desk)
    window.features.sources.add()
    assert (line(sheet, "name").text(), sheet.parts.words.toPlainText()) == ("Bashir Ahmed", "Not a drop.")


def test_discard_can_be_undone(qtbot, window, desk):
    sheet = begin(qtbot, window, desk)
    qtbot.mouseClick(sheet.parts.discard, Qt.MouseButton.LeftButton)
    assert not sheet.isVisible()
    assert editing(window).draft is None
    window.panes.bar._give(0)
    assert sheet.isVisible()
    assert (line(sheet, "name").text(), sheet.parts.words.toPlainText()) == ("Bashir Ahmed", "Not a drop.")


def test_what_was_discarded_is_said_until_the_next_source_is_saved(qtbot, window, desk):
    """Seen at the desk: “Source discarded.” lay over the text until somebody closed it."""
    sheet = begin(qtbot, window, desk)
    qtbot.mouseClick(sheet.parts.discard, Qt.MouseButton.LeftButton)
    window.features.sources.add()
    qtbot.keyClicks(line(sheet, "name"), "Nasreen Qureshi")
    assert window.panes.bar.isVisible()
    save(qtbot, sheet)
    assert not window.panes.bar.isVisible()


def test_an_address_that_comes_to_a_source_that_was_begun_can_be_taken_away_again(qtbot, window, desk):
    """Seen at the desk: what was pasted second went into the first source, and two were mixed."""
    sheet, bar = begin(qtbot, window, desk), window.panes.bar
    before = sheet.source()
    data = QMimeData()
    data.setText("https://dawn.example/news/1")
    sheet.take(data)
    assert sheet.source().url == "https://dawn.example/news/1"
    assert bar.text == "What you pasted was added to the source you are writing."
    bar._give(0)
    assert sheet.isVisible()
    assert sheet.source() == before
    assert not bar.isVisible()


def test_undo_of_discard_loses_no_source_that_was_begun_meanwhile(qtbot, window, desk):
    sheet = begin(qtbot, window, desk)
    qtbot.mouseClick(sheet.parts.discard, Qt.MouseButton.LeftButton)
    window.features.sources.add()
    qtbot.keyClicks(line(sheet, "name"), "Nasreen Qureshi")
    window.panes.bar._give(0)
    assert line(sheet, "name").text() == "Nasreen Qureshi"
    save(qtbot, sheet)
    window.panes.bar._give(0)
    assert line(sheet, "name").text() == "Bashir Ahmed"


def test_a_draft_outlives_the_window(qtbot, window, desk, space):
    begin(qtbot, window, desk)
    editing(window).finish()
    kept = queries.ask(desk.store, source_drafts.read_draft, space.article.id)
    assert (kept.source.name, kept.source.excerpts, kept.replaces) == ("Bashir Ahmed", ("Not a drop.",), "")
    assert space.text.content.sources == ()


@given(st.builds(Source, key=st.just(""), name=st.text(), note=st.text(), excerpts=st.tuples(st.text())))
@settings(max_examples=examples(30), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_draft_comes_back_as_it_was(desk, source):
    draft = SourceDraft(source, replaces="dawn")
    source_drafts.keep_draft(desk.store, "an-article", draft)
    assert queries.ask(desk.store, source_drafts.read_draft, "an-article") == draft
    source_drafts.keep_draft(desk.store, "an-article", None)
    assert queries.ask(desk.store, source_drafts.read_draft, "an-article") is None


def test_a_draft_of_a_change_goes_on_as_that_change(qtbot, window, desk, space):
    window.features.articles.open(desk.draft(sources=(DAWN,)))
    window.features.sources.open(DAWN.key)
    sheet = editing(window).sheet
    line(sheet, "role").setText("Newspaper")
    qtbot.keyClick(line(sheet, "role"), Qt.Key.Key_Escape)
    window.features.sources.open(DAWN.key)
    assert line(sheet, "role").text() == "Newspaper"
    save(qtbot, sheet)
    assert space.text.content.sources == (replace(DAWN, role="Newspaper"),)


def change(text, source):
    """A source as a colleague changed it."""
    text.edit(sources=sourcing.put_source(text.content.sources, source, replaces=source.key))


def test_what_came_while_the_sheet_was_open_stays(qtbot, window, desk, space):
    window.features.articles.open(desk.draft(sources=(DAWN,)))
    window.features.sources.open(DAWN.key)
    sheet = editing(window).sheet
    change(space.text, replace(DAWN, terms=Terms.OFF_RECORD, note="Rang today"))
    line(sheet, "role").setText("Newspaper")
    save(qtbot, sheet)
    wanted = replace(DAWN, terms=Terms.OFF_RECORD, note="Rang today", role="Newspaper")
    assert space.text.content.sources == (wanted,)


def test_looser_terms_than_a_colleague_agreed_meanwhile_are_not_saved(qtbot, window, desk, space):
    given = replace(DAWN, terms=Terms.BACKGROUND)
    window.features.articles.open(desk.draft(sources=(given,)))
    window.features.sources.open(DAWN.key)
    sheet = editing(window).sheet
    change(space.text, replace(given, terms=Terms.OFF_RECORD))
    choose_terms(sheet, Terms.ON_RECORD)
    sheet.parts.terms.agreed.click()
    save(qtbot, sheet)
    assert space.text.content.sources[0].terms is Terms.OFF_RECORD
    assert "meanwhile" in sheet.parts.complaint


def test_a_file_is_stored_with_its_source_shown_and_quoted(qtbot, window, desk, space, tmp_path):
    note = tmp_path / "note.txt"
    note.write_text("The groups will meet in July.", encoding="utf-8")
    window.features.articles.open(desk.draft(sources=(DAWN,)))
    window.features.sources.open(DAWN.key)
    sheet = editing(window).sheet
    paste(sheet, files=[note])
    qtbot.waitUntil(lambda: bool(sheet.parts.files.files))
    editing(window)._show_file(sheet.parts.files.files[0])
    viewer = sheet.parts.stack.currentWidget()
    assert viewer.isVisible()
    assert viewer.height() <= sheet.height()
    assert viewer._text.toPlainText() == "The groups will meet in July."
    qtbot.keyClick(viewer._text, Qt.Key.Key_A, CTRL)
    qtbot.mouseClick(viewer._use, Qt.MouseButton.LeftButton)
    assert "meet in July" in sheet.parts.words.toPlainText()
    save(qtbot, sheet)
    assert space.text.content.sources[0].files[0].name == "note.txt"


def test_a_file_of_a_kind_that_is_not_kept_is_refused_on_the_sheet(qtbot, window, desk, tmp_path):
    program = tmp_path / "program.exe"
    program.write_bytes(b"MZ")
    window.features.articles.open(desk.draft(sources=(DAWN,)))
    window.features.sources.open("dawn-rail")
    sheet = editing(window).sheet
    paste(sheet, files=[program])
    qtbot.waitUntil(lambda: "program.exe" in sheet.parts.complaint)


def test_people_of_earlier_stories_are_offered_by_name(qtbot, window, desk):
    minister = Source("kayani", SourceKind.PERSON, name="Bilal Kayani", role="Minister of State")
    secret = Source("quiet", SourceKind.PERSON, name="Quiet Person", terms=Terms.BACKGROUND)
    for number in range(2):
        desk.draft(headline=f"Bilal Kayani speaks {number}", sources=(minister, secret))
    window.features.articles.open(desk.draft(sources=()))
    window.features.sources.add()
    sheet = editing(window).sheet
    labels = line(sheet, "name").completer().model().stringList()
    assert "Bilal Kayani" in labels
    assert "Quiet Person" not in labels
    qtbot.keyClicks(line(sheet, "name"), "Bilal Kayani")
    earlier = sheet.parts.earlier
    qtbot.waitUntil(lambda: "2 stories, last in" in earlier.text)
    qtbot.mouseClick(earlier.use, Qt.MouseButton.LeftButton)
    assert line(sheet, "role").text() == "Minister of State"


def test_asked_for_a_reply_is_written_down_once(qtbot, window, desk, space):
    sheet = begin(qtbot, window, desk)
    sheet.parts.unfold(on=True)
    sheet.parts.fields.asked.click()
    save(qtbot, sheet)
    assert [(reply.name, bool(reply.asked_at)) for reply in space.text.content.replies] == [("Bashir Ahmed", True)]


# The cards in Details


def card(window, key):
    from ovn_desk.ui.inspector.sources.card import SourceCard

    return next(one for one in window.panes.details.sources.findChildren(SourceCard) if one.source.key == key)


def choose(card, label):
    next(action for action in card.menu().actions() if action.text() == label).trigger()


def test_a_removed_source_is_put_back_where_it_was(qtbot, window, desk, space):
    other = Source("other", SourceKind.PERSON, name="Other")
    window.features.articles.open(desk.draft(sources=(DAWN, other)))
    choose(card(window, DAWN.key), "Remove")
    assert space.text.content.sources == (other,)
    window.panes.bar._give(0)
    assert space.text.content.sources == (DAWN, other)


def test_a_card_leads_to_its_citations_one_after_another(qtbot, window, desk):
    body = "One [@dawn-rail].\n\nTwo 🚆 [@dawn-rail]."
    window.features.articles.open(desk.draft(body=body, sources=(DAWN,)))
    editor = window.panes.writing.editor
    seen = []
    for _ in range(3):
        choose(card(window, DAWN.key), "Show in the text")
        assert editor.selected_text() == "[@dawn-rail]"
        seen.append(editor.textCursor().blockNumber())
    assert seen == [0, 2, 0]


def test_enter_on_a_card_opens_its_source(qtbot, window, desk):
    window.features.articles.open(desk.draft(sources=(DAWN,)))
    window.panes.inspector.show_tab("details")
    qtbot.keyClick(card(window, DAWN.key), ENTER)
    assert editing(window).sheet.isVisible()
    assert line(editing(window).sheet, "url").text() == DAWN.url


def test_the_next_field_is_reached_by_one_click_though_ways_are_offered(qtbot, window, desk):
    sheet = begin(qtbot, window, desk)
    how, when = line(sheet, "medium"), line(sheet, "published")
    assert "in person" in how.placeholderText()
    how.setFocus()
    qtbot.keyClicks(how, "telephone")
    qtbot.waitUntil(how.completer().popup().isVisible)
    place = when.mapTo(window, when.rect().center())
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    QTest.keyClicks(QApplication.focusWidget(), "today")
    assert (how.text(), when.text()) == ("telephone", "today")


def test_a_press_on_paste_pastes_nothing_and_says_what_does(qtbot, qapp, sheet):
    """Seen at the desk: it looks like a field, and a click into it pasted what was copied for another source."""
    sheet.show_source(None, ())
    qapp.clipboard().setText("https://kwsc.example/notice")
    qtbot.mouseClick(sheet.parts.paste, Qt.MouseButton.LeftButton)
    assert sheet.source().url == ""
    assert sheet.parts.paste.hasFocus()
    assert "Ctrl+V" in sheet.parts.paste.text()
    qtbot.keyClick(sheet.parts.paste, Qt.Key.Key_V, CTRL)
    assert sheet.source().url == "https://kwsc.example/notice"
    sheet.show_source(None, ())
    assert "Ctrl+V" not in sheet.parts.paste.text()
    sheet.parts.paste_now.trigger()  # by mouse alone: the menu under the pointer
    assert sheet.source().url == "https://kwsc.example/notice"


def test_files_are_said_to_be_added_once_they_are_there(sheet, tmp_path):
    said = []
    sheet.parts.added.connect(lambda source, _: said.append(source))
    sheet.show_source(None, ())
    line(sheet, "name").setText("Bashir Ahmed")
    before = sheet.source()
    paste(sheet, files=[tmp_path / "note.txt"])
    assert said == []
    sheet.add_files([Attachment("ab" * 32, "note.txt", "text/plain")])
    assert said == [before]
    sheet.add_files([Attachment("cd" * 32, "two.txt", "text/plain")])
    assert said == [before], "what was chosen with the button is no surprise"


def test_a_key_follows_the_name_it_was_made_from(qtbot, window, desk):
    """Seen at the desk: a source that was begun under a wrong name was cited by that name for good."""
    people = (
        Source("nasreen-qureshi", SourceKind.PERSON, name="Nasreen Qureshi"),
        Source("bashir-ahmed", SourceKind.PERSON, name="Bashir Ahmed"),
        Source("board", SourceKind.PERSON, name="Javed Iqbal"),
    )
    window.features.articles.open(desk.draft(body="He said so [@bashir-ahmed].", sources=people))
    for key, name in (("nasreen-qureshi", "Nasreen Khan"), ("bashir-ahmed", "Bashir Ali"), ("board", "Javed Khan")):
        editing(window).open_source(key)
        sheet = editing(window).sheet
        line(sheet, "name").setText(name)
        save(qtbot, sheet)
    keys = [source.key for source in window.workspace.text.content.sources]
    assert keys == ["nasreen-khan", "bashir-ahmed", "board"], "one that was chosen stays, and so does one that is cited"
    assert window.panes.bar.text == "The text still cites this source as @bashir-ahmed."
    window.panes.bar._give(0)
    assert window.workspace.text.content.sources[1].key == "bashir-ali"
    assert window.panes.writing.editor.text() == "He said so [@bashir-ali]."
