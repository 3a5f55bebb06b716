"""The first start by real keys: a newsroom of one's own, the sample newsroom, and nothing before one says so."""

import pytest
from PySide6.QtCore import QPoint, QProcess, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

import layout_faults
import make
from ovn_desk.domain.article import Content, StaffId
from ovn_desk.domain.house import Role, Staff
from ovn_desk.domain.workflow import Step
from ovn_desk.startup import Startup
from ovn_desk.store import open_store
from ovn_desk.sync import bundle
from ovn_desk.sync.newsroom import Newsroom
from ovn_desk.text.helper import RenderHelper
from ovn_desk.ui.dialogs.people import PeopleDialog
from ovn_desk.ui.sharing.take_in import TakeInDialog
from ovn_desk.ui.startup.first_start import FirstStart
from ovn_desk.ui.startup.instance import Request
from ovn_desk.ui.startup.setting_up import Source
from ovn_desk.ui.widgets.note_line import NoteLine
from ovn_desk.usecases import housekeeping, joining, people, sample, writing

KEY = Qt.Key


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "newsroom.ovn"


@pytest.fixture
def welcome(qtbot, path):
    path.parent.mkdir()
    made = FirstStart(path)
    made.stores = []
    made.founded.connect(lambda store, name: made.stores.append((store, name)))
    qtbot.addWidget(made)
    made.resize(900, 680)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    stores = [store for store, _ in made.stores] or [made.made] * (made.made is not None)
    for store in stores:
        store.close()


def press(*keys):
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)


def write(text):
    QTest.keyClicks(QApplication.focusWidget(), text)


def tab_to(widget):
    """Tab by Tab, as somebody without a mouse gets there."""
    for _ in range(60):
        if QApplication.focusWidget() is widget:
            return
        press(KEY.Key_Tab)
    raise AssertionError(widget.accessibleName() or widget.text())


def leave_words():
    """Says that the twelve words are on paper, and goes on."""
    press(KEY.Key_Space, KEY.Key_Tab, KEY.Key_Return)


def house_and_staff(store):
    with store.read() as reading:
        return reading.house(), [(one.name, one.role) for one in reading.staff()]


def test_a_newsroom_is_founded_by_keys_alone_and_nobody_is_invented(welcome, path):
    press(KEY.Key_Return)
    write("Lyari Times")
    press(KEY.Key_Return)
    write("Sana Baloch")
    assert list(path.parent.iterdir()) == [], "nothing is written before “Open the desk”"
    press(KEY.Key_Return)
    assert welcome.recovery.text().count("<b>") == 12
    leave_words()
    ((store, name),) = welcome.stores
    house, staff = house_and_staff(store)
    assert (name, staff) == ("Sana Baloch", [("Sana Baloch", Role.CHIEF)])
    assert (house.name, house.languages) == ("Lyari Times", ("en", "ur"))
    assert "politics" in [one.key for one in house.categories]
    assert sample.story_to_try(store)


def test_enter_goes_on_from_the_twelve_words_once_they_are_ticked(welcome):
    press(KEY.Key_Return)
    write("Lyari Times")
    press(KEY.Key_Return)
    write("Sana Baloch")
    press(KEY.Key_Return)
    press(KEY.Key_Return, KEY.Key_Space)
    assert QApplication.focusWidget() is welcome.written_down
    press(KEY.Key_Return)
    assert len(welcome.stores) == 1


@pytest.mark.parametrize("key", [KEY.Key_Return, KEY.Key_Enter, KEY.Key_Escape, KEY.Key_Tab])
def test_no_key_pressed_once_too_often_takes_the_twelve_words_away(welcome, key):
    press(KEY.Key_Return)
    write("Lyari Times")
    press(KEY.Key_Return)
    write("Sana Baloch")
    press(KEY.Key_Return)
    for _ in range(3):
        press(key, KEY.Key_Return)
    assert welcome.recovery.isVisible()
    assert welcome.stores == []
    assert not welcome.go_on.isEnabled()


def test_what_is_ticked_by_keys_is_what_the_newsroom_has(welcome):
    press(KEY.Key_Return)
    write("Lyari Times")
    tab_to(welcome.form.name)
    write("Sana Baloch")
    tab_to(welcome.form.urdu)
    press(KEY.Key_Space)
    for _, box in welcome.form.sections.values():
        if box.isChecked():
            tab_to(box)
            press(KEY.Key_Space)
    tab_to(welcome.form.own)
    write("Boxing, Karachi")
    tab_to(welcome.form.story)
    press(KEY.Key_Space)
    tab_to(next(one for one in welcome.findChildren(QPushButton) if one.text() == "Open the desk"))
    press(KEY.Key_Return)
    leave_words()
    ((store, _),) = welcome.stores
    house, _ = house_and_staff(store)
    assert house.languages == ("en",)
    assert [one.name("en") for one in house.categories] == ["Boxing", "Karachi"]
    assert sample.story_to_try(store) is None


def test_who_one_is_stands_still_under_the_hand_whoever_is_chosen(welcome):
    staff = tuple(Staff(StaffId(name), name, role) for name, role in (("Sana", Role.CHIEF), ("Omar", Role.REPORTER)))
    form = welcome.join_form
    form._ask_who(Newsroom("Lyari Times", "", staff), Source())
    places = set()
    for row in range(form.who.people.count()):
        form.who.people.setCurrentRow(row)
        QApplication.processEvents()
        places.add(form.who.people.mapTo(welcome, QPoint(0, 0)).y())
    assert len(places) == 1


def test_what_is_missing_is_said_and_nothing_is_written(welcome, path):
    press(KEY.Key_Return)
    write("Lyari Times")
    press(KEY.Key_Return, KEY.Key_Return)
    assert welcome.complaint == "Say who you are: your name stands in the history and in bylines."
    assert QApplication.focusWidget() is welcome.form.name
    assert list(path.parent.iterdir()) == []


def test_escape_goes_back_to_the_choices(welcome):
    press(KEY.Key_Return)
    write("Lyari")
    press(KEY.Key_Escape)
    press(KEY.Key_Down)
    assert QApplication.focusWidget() is welcome.choices["invited"]
    press(KEY.Key_Return)
    assert QApplication.focusWidget() is welcome.join_form.source.invitation
    press(KEY.Key_Escape)
    press(KEY.Key_Return)
    assert welcome.form.newsroom.text() == "Lyari", "what was typed is there still"


def test_a_newsroom_file_can_be_taken_instead(welcome, tmp_path, path):
    file = tmp_path / "mine.toml"
    file.write_text(
        'name = "Mine"\nurl = "https://mine.example"\ntime_zone = "Asia/Karachi"\nlanguages = ["en"]\n'
        '[[categories]]\nkey = "news"\nname = "News"\n',
        encoding="utf-8",
    )
    press(KEY.Key_Return)
    welcome.form.use_file(file)
    assert not welcome.form.newsroom.isEnabled()
    welcome.form.focus_missing()
    write("Sana Baloch")
    press(KEY.Key_Return)
    leave_words()
    ((store, _),) = welcome.stores
    assert house_and_staff(store)[0].name == "Mine"


def test_a_newsroom_file_that_can_not_be_read_says_where(welcome, tmp_path):
    file = tmp_path / "bad.toml"
    file.write_text('name = "Mine"\nurl = 3\n', encoding="utf-8")
    press(KEY.Key_Return)
    welcome.form.use_file(file)
    assert "bad.toml" in welcome.complaint
    assert welcome.form.newsroom.isEnabled()


@pytest.fixture
def start(qtbot, qapp, path):
    path.parent.mkdir()
    made = Startup(qapp, path, renderer=RenderHelper())
    made.begin()
    qtbot.waitExposed(made.welcome)
    made.welcome.activateWindow()
    qtbot.waitUntil(made.welcome.isActiveWindow)
    yield made
    if made.desk:
        made.desk.close()
        made.desk.deleteLater()
    made.welcome.close()
    made.welcome.deleteLater()
    made.finish()


def test_the_sample_newsroom_leaves_the_place_of_the_real_one_free(start, path, qtbot):
    press(KEY.Key_Down, KEY.Key_Down, KEY.Key_Down)
    assert QApplication.focusWidget() is start.welcome.choices["sample"]
    press(KEY.Key_Return)
    qtbot.waitUntil(lambda: start.desk is not None)
    assert not path.exists()
    assert start.desk.workspace.session.person.role is Role.REPORTER
    assert "sample newsroom" in start.desk.panes.bar.text
    leave = start.desk.actions_by_name["sample.leave"]
    assert leave.isEnabled()
    assert not start.desk.actions_by_name["sample.throw_away"].isEnabled()


def test_the_sample_story_is_thrown_away_with_one_click(start, path, qtbot):
    press(KEY.Key_Return)
    write("Lyari Times")
    press(KEY.Key_Return)
    write("Sana Baloch")
    press(KEY.Key_Return)
    leave_words()
    qtbot.waitUntil(lambda: start.desk is not None)
    desk = start.desk
    line = desk.panes.writing.findChild(NoteLine)
    assert line.isVisible()
    button = next(one for one in line.findChildren(QPushButton) if one.text() == "Throw it away")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(line.isHidden)
    assert sample.story_to_try(desk.workspace.session.store) is None
    assert "discarded" in desk.panes.bar.text
    button = next(one for one in desk.panes.bar.findChildren(QPushButton) if one.text() == "Undo")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert sample.story_to_try(desk.workspace.session.store)
    qtbot.waitUntil(line.isVisible)


def test_a_file_that_was_double_clicked_before_the_desk_was_there_is_taken_in_there(start, desk, tmp_path, qtbot):
    invited = joining.invite(desk.store, "Sana Iqbal", by=desk.chief)
    (tmp_path / "sana.ovn-invitation").write_text(joining.write_file(desk.store, invited), encoding="utf-8")
    bundle.write(desk.store, tmp_path / "stories.ovnb", [desk.draft()], by=desk.chief)
    called = start.place.instance.called
    called.emit(Request((str(tmp_path / "sana.ovn-invitation"),)))
    form = start.welcome.join_form
    qtbot.waitUntil(lambda: start.welcome.currentWidget() is form.who_page)
    form.join_button.click()
    qtbot.waitUntil(lambda: start.welcome.currentWidget() is form.joined_page)
    called.emit(Request((str(tmp_path / "stories.ovnb"),)))
    assert start.welcome.currentWidget() is form.joined_page
    form.joined_page.go_on.click()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in start.desk.findChildren(TakeInDialog)))
    taking = next(one for one in start.desk.findChildren(TakeInDialog) if one.isVisible())
    qtbot.waitUntil(taking.button.isEnabled)
    taking.close()


def test_a_sample_story_that_is_kept_is_one_of_ones_own(start, qtbot):
    press(KEY.Key_Return)
    write("Lyari Times")
    press(KEY.Key_Return)
    write("Sana Baloch")
    press(KEY.Key_Return)
    leave_words()
    qtbot.waitUntil(lambda: start.desk is not None)
    line = start.desk.panes.writing.findChild(NoteLine)
    button = next(one for one in line.findChildren(QPushButton) if one.text() == "Keep it")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(line.isHidden)
    assert start.desk.workspace.article.folded.state.value == "draft"
    assert sample.story_to_try(start.desk.workspace.session.store) is None


def test_who_is_alone_is_led_to_invite_an_editor_once_the_story_is_filed(start, qtbot):
    press(KEY.Key_Return)
    write("Lyari Times")
    press(KEY.Key_Return)
    write("Sana Baloch")
    press(KEY.Key_Return)
    leave_words()
    qtbot.waitUntil(lambda: start.desk is not None)
    desk, space = start.desk, start.desk.workspace
    space.article.start(Content(headline="The pumps stand still", body="Water ran out.", language="en"))
    space.steps.take(Step.FILE)
    top = desk.panes.top_bar.next
    qtbot.waitUntil(lambda: top.text() == "Another editor approves: invite one…")
    assert top.isVisible()
    desk.activateWindow()
    qtbot.waitUntil(desk.isActiveWindow)
    desk.panes.writing.editor.setFocus()
    QTest.keyClick(desk.panes.writing.editor, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.panes.bar.text.startswith("Another editor approves a story")
    for width in (1366, 1000, 760):
        desk.resize(width, 520)
        QApplication.processEvents()
        assert top.isVisible()
        assert not layout_faults.faults(desk.panes.top_bar)
    for press_button in (
        lambda: QTest.mouseClick(top, Qt.MouseButton.LeftButton),
        lambda: desk.panes.bar._give(0),
    ):
        press_button()
        qtbot.waitUntil(lambda: any(one.isVisible() for one in desk.findChildren(PeopleDialog)))
        next(one for one in desk.findChildren(PeopleDialog) if one.isVisible()).close()


def test_a_copy_brings_the_newsroom_back_and_says_what_came(qtbot, welcome, path, tmp_path):
    old = make.newsroom(tmp_path / "old" / "newsroom.ovn")
    desk = make.Desk(old, None)
    article = desk.draft(headline="Kept")
    known = desk.read(writing.open_text, article)
    writing.keep(old, article, make.content(body="Four words, no version."), by=desk.reporter, known=known)
    copy = housekeeping.back_up(old, to=tmp_path / "stick")
    old.close()
    tab_to(welcome.choices["copy"])
    press(KEY.Key_Return)
    write(str(copy))
    press(KEY.Key_Return)
    qtbot.waitUntil(lambda: welcome.currentWidget() is welcome.copy_form.came_page)
    said = welcome.copy_form.came.text()
    assert said.startswith("1 story came back, with ")
    assert "unfinished text of 1 story" in said
    assert "Keys are in no copy." in said
    press(KEY.Key_Return)
    assert welcome.currentWidget() is welcome.join_form.who_page, "no key is here: who sits here asks for one"
    welcome.join_form.read_only.click()
    qtbot.waitUntil(lambda: len(welcome.stores) == 1)
    with welcome.stores[0][0].read() as reading:
        assert writing.text_of(reading, article).body == "Four words, no version."


def test_the_only_chief_comes_back_from_a_copy_by_the_recovery_key(qtbot, welcome, path, tmp_path):
    made = housekeeping.create_newsroom(
        tmp_path / "old" / "newsroom.ovn", house_text=make.HOUSE, chief="Sana Iqbal", has_people=False
    )
    copy = housekeeping.back_up(made.store, to=tmp_path / "stick")
    made.store.close()
    welcome.join(copy)
    qtbot.waitUntil(lambda: "choose “I have a copy…”" in welcome.join_form._said[0].text())
    welcome.take_files([copy])
    form = welcome.join_form
    welcome.copy_form.bring.click()
    qtbot.waitUntil(lambda: welcome.currentWidget() is welcome.copy_form.came_page)
    welcome.copy_form.go_on.click()
    press(KEY.Key_Down)
    assert "is the only chief" in form.who.about.text()
    tab_to(form.who.words)
    write("one two three")
    press(KEY.Key_Return)
    qtbot.waitUntil(lambda: form._said[1].property("verdict") == "bad")
    form.who.words.setText(made.recovery)
    press(KEY.Key_Return)
    qtbot.waitUntil(lambda: len(welcome.stores) == 1)
    store, who = welcome.stores[0]
    assert people.signer(store, people.person_at_desk(store, who)).name == "Sana Iqbal"


def test_a_file_that_is_no_copy_is_refused_in_words_and_nothing_is_written(qtbot, welcome, path, tmp_path):
    bad = tmp_path / "bad.ovn"
    bad.write_bytes(b"no store at all")
    welcome.copy_form.begin(bad)
    press(KEY.Key_Return)
    qtbot.waitUntil(lambda: welcome.copy_form.bring.isEnabled() and bool(welcome.copy_form.said.text()))
    assert "cannot be read" in welcome.copy_form.said.text() or "cannot be read" in welcome.copy_form.said.text()
    assert not path.exists()
    press(KEY.Key_Escape)
    assert welcome.choices["found"].isVisible()


def test_the_sample_newsroom_opens_beside_ones_own_in_a_window_of_its_own(qtbot, window, monkeypatch):
    own = window.workspace.session.store.path
    started = []
    monkeypatch.setattr(QProcess, "startDetached", lambda _, arguments: started.append(arguments[-2:]))
    opening = window.actions_by_name["sample.open"]
    assert opening.isEnabled()
    opening.trigger()
    qtbot.waitUntil(lambda: len(started) == 1)
    path = sample.sample_path(own)
    opening.trigger()  # it is there already
    assert started == [["--store", str(path)]] * 2
    store = open_store(path, is_alone=True)
    assert sample.sample_reporter(store)
    store.close()
    assert not window.actions_by_name["sample.leave"].isEnabled()


def test_where_there_is_a_sample_newsroom_going_on_in_it_comes_first(qtbot, path):
    sample_file = sample.sample_path(path)
    sample_file.parent.mkdir(parents=True, exist_ok=True)
    sample_file.touch()
    made = FirstStart(path)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(made.choices["sample"].hasFocus)
    assert min(made.choices.values(), key=lambda one: one.y()) is made.choices["sample"]
    assert made.choices["sample"].title.text() == "Go on in the sample newsroom"
