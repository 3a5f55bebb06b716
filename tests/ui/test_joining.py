"""A newcomer says who they are before anything is written, and a chief lets them in, by a number: keys and clicks."""

import shutil
from contextlib import closing
from dataclasses import replace
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from sqlalchemy import make_url

import hub_fronts
import hubs
from make import HOUSE, content
from ovn_desk import drawing
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Role
from ovn_desk.domain.workflow import Step
from ovn_desk.store import open_store, replication
from ovn_desk.sync import bundle, exchange, postgres
from ovn_desk.sync.postgres.addresses import Encryption, HubFields
from ovn_desk.ui.dialogs.joining import JoiningDialog
from ovn_desk.ui.main_window import MainWindow
from ovn_desk.ui.sharing.hand_over import HandOverDialog
from ovn_desk.ui.sharing.take_in import TakeInDialog
from ovn_desk.ui.startup import setting_up
from ovn_desk.ui.startup.first_start import FirstStart
from ovn_desk.ui.startup.setting_up import Source
from ovn_desk.ui.state.join_requests import write_request
from ovn_desk.ui.state.workspace import Workspace
from ovn_desk.ui.widgets.hub_card import write_card
from ovn_desk.usecases import (
    commenting,
    housekeeping,
    join_requests,
    joining,
    keys,
    people,
    recording,
    store_settings,
    writing,
)

KEY = Qt.Key
CHIEF = "Bilal Ahmed"


@pytest.fixture
def handed(desk, tmp_path):
    """What the chief hands over to set up a laptop."""
    file = tmp_path / "newsroom.ovnb"
    bundle.write(desk.store, file, by=desk.chief)
    return file


@pytest.fixture
def welcome(qtbot, tmp_path):
    (tmp_path / "new").mkdir()
    made = FirstStart(tmp_path / "new" / "newsroom.ovn")
    made.results = []
    made.founded.connect(lambda store, who: made.results.append((store, who)))
    qtbot.addWidget(made)
    made.resize(900, 680)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.join_form._worker.finish()
    for store in {*(store for store, _ in made.results), made.join_form._store} - {None}:
        store.close()


def press(*keys):
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)


def write(text):
    QTest.keyClicks(QApplication.focusWidget(), text)


def look_into(welcome, file, qtbot):
    """From the first page to “Who are you?”, by keys."""
    press(KEY.Key_Down, KEY.Key_Return)
    write(str(file))
    press(KEY.Key_Return)
    form = welcome.join_form
    qtbot.waitUntil(lambda: welcome.currentWidget() is form.who_page or form._said[0].property("verdict") == "bad")
    return form


def is_written(tmp_path):
    return (tmp_path / "new" / "newsroom.ovn").exists()


def names(form):
    return [form.who.people.item(row).text() for row in range(form.who.people.count())]


def click(place, words, qtbot):
    """A button by what stands on it, as soon as it is there."""

    def find():
        return [one for one in place.findChildren(QPushButton) if one.isVisible() and one.text() == words]

    qtbot.waitUntil(lambda: bool(find()))
    QTest.mouseClick(find()[0], Qt.MouseButton.LeftButton)


def test_nobody_is_seated_before_they_say_who_they_are(welcome, handed, tmp_path, qtbot):
    form = look_into(welcome, handed, qtbot)
    assert names(form) == ["Ayesha Khan · editor", f"{CHIEF} · chief", "Rana Malik · reporter", "I am not on this list"]
    assert form.who.people.selectedItems() == []
    assert not form.join_button.isEnabled()
    assert not is_written(tmp_path)
    press(KEY.Key_Down)
    assert form.join_button.text() == "Join as Ayesha Khan"
    press(KEY.Key_End, KEY.Key_Return)
    assert QApplication.focusWidget() is form.who.name
    write("bilal ahmed")
    press(KEY.Key_Return)
    assert "is on the list" in form._said[1].text()
    assert not is_written(tmp_path)
    QTest.keyClick(form.who.name, KEY.Key_A, Qt.KeyboardModifier.ControlModifier)
    write("Sana Baloch")
    press(KEY.Key_Return)
    qtbot.waitUntil(lambda: welcome.currentWidget() is form.number_page)
    with form._store.read() as reading:
        request = join_requests.own_request(reading)
        assert form.number.number.text() == join_requests.number(reading, request)
    assert CHIEF in form.number.steps.text()
    form.write_request(tmp_path / "request")
    assert (tmp_path / "request.ovnb").exists()
    click(welcome, "Go to the desk", qtbot)
    ((_, who),) = welcome.results
    assert who == request.person


def test_the_person_whom_a_file_is_for_is_chosen_already(welcome, desk, tmp_path, qtbot):
    desk.draft()
    file = tmp_path / "for-rana.ovnb"
    bundle.write(desk.store, file, by=desk.chief, unseen_by=desk.reporter.person)
    form = look_into(welcome, file, qtbot)
    assert form.join_button.text() == "Join as Rana Malik"
    assert "A chief has to let you in" in form.who.about.text()
    assert not is_written(tmp_path)


def test_who_was_invited_is_chosen_and_is_in_at_once_and_nobody_else_is_by_that_file(welcome, desk, tmp_path, qtbot):
    invited = joining.invite(desk.store, "Sana Iqbal", role=Role.EDITOR, by=desk.chief)
    file = tmp_path / "sana.ovn-invitation"
    file.write_text(joining.write_file(desk.store, invited), encoding="utf-8")
    form = look_into(welcome, file, qtbot)
    assert form.join_button.text() == "Join as Sana Iqbal"
    assert "let in at once" in form.who.about.text()
    press(KEY.Key_Up)
    assert form.join_button.text() == "Join as Rana Malik"
    assert "A chief has to let you in" in form.who.about.text()
    press(KEY.Key_Down, KEY.Key_Return)
    page = form.joined_page
    qtbot.waitUntil(lambda: welcome.currentWidget() is page)
    assert page.heading.text() == "You are in, Sana Iqbal"
    assert f"send it to {CHIEF}" in page.steps.text()
    assert "No story has been handed to you yet" in page.steps.text()
    page.write_answer(tmp_path / "answer")
    press(KEY.Key_Return)
    ((store, who),) = welcome.results
    with store.read() as reading:
        assert (reading.person(who).name, reading.person(who).role) == ("Sana Iqbal", Role.EDITOR)
        assert reading.roster().requests == {}
    assert desk.read(joining.invited_people) != []
    bundle.import_bundle(desk.store, tmp_path / "answer.ovnb")
    assert desk.read(joining.invited_people) == []
    bundle.write(desk.store, tmp_path / "stories.ovnb", by=desk.chief, sealed_to=desk.person("Sana"))


def test_what_comes_while_one_is_told_that_one_is_in_waits_for_the_desk(welcome, desk, tmp_path, qtbot):
    invited = joining.invite(desk.store, "Sana Iqbal", by=desk.chief)
    (tmp_path / "sana.ovn-invitation").write_text(joining.write_file(desk.store, invited), encoding="utf-8")
    bundle.write(desk.store, tmp_path / "stories.ovnb", [desk.draft()], by=desk.chief)
    (tmp_path / "notes.md").write_text("# A story", encoding="utf-8")
    form = look_into(welcome, tmp_path / "sana.ovn-invitation", qtbot)
    form.join_button.click()
    welcome.take_files([tmp_path / "stories.ovnb"])
    page = form.joined_page
    qtbot.waitUntil(lambda: welcome.currentWidget() is page)
    welcome.take_files([tmp_path / "sana.ovn-invitation", tmp_path / "notes.md"])
    welcome.take_files([tmp_path / "stories.ovnb"])
    assert welcome.currentWidget() is page
    assert page.note == (
        "notes.md: taken in when you go to the desk. stories.ovnb, sana.ovn-invitation: looked at when you go to the "
        "desk, and taken in only where you say so there. Go on here first."
    )
    assert "No story has been handed to you yet" not in page.steps.text()
    assert "Go to the desk: what was handed to you is shown there." in page.steps.text()
    page.write_answer(tmp_path / "answer")
    assert (tmp_path / "answer.ovnb").exists()
    press(KEY.Key_Return)
    assert len(welcome.results) == 1
    assert [one.name for one in welcome.waiting] == ["stories.ovnb", "sana.ovn-invitation", "notes.md"]


def test_ones_own_words_beside_a_colleagues_invitation_let_nobody_in_as_the_colleague(desk, tmp_path):
    mine, theirs = (joining.invite(desk.store, name, by=desk.chief) for name in ("Sana Iqbal", "Omar Shah"))
    file = tmp_path / "omar.ovn-invitation"
    file.write_text(joining.write_file(desk.store, theirs), encoding="utf-8")
    found, source = setting_up.look(Source(file, words=mine.words))
    assert (found.addressee, source.words) == (mine.person.id, mine.words)
    later = joining.invite(desk.store, "Zoya Ali", by=desk.chief)
    with pytest.raises(DeskError, match="does not know these words"):
        setting_up.look(Source(file, words=later.words))
    found, source = setting_up.look(Source(file))
    assert (found.addressee, source.words) == (theirs.person.id, theirs.words)


@pytest.fixture
def founded(tmp_path):
    """A newsroom of one chief, whose file sets another computer up, with the words on their paper."""
    made = housekeeping.create_newsroom(
        tmp_path / "old" / "newsroom.ovn", house_text=HOUSE, chief="Sana Iqbal", has_people=False
    )
    file = tmp_path / "newsroom.ovnb"
    bundle.write(made.store, file, by=made.chief)
    made.store.close()
    return SimpleNamespace(file=file, recovery=made.recovery)


def test_the_recovery_key_still_lets_in_who_asked_without_it_at_first(welcome, founded, qtbot):
    form = look_into(welcome, founded.file, qtbot)
    press(KEY.Key_Down, KEY.Key_Return)
    qtbot.waitUntil(lambda: welcome.currentWidget() is form.number_page)
    number = form.number
    number.words.setFocus()
    write("one two three")
    press(KEY.Key_Return)
    qtbot.waitUntil(lambda: form._said[2].property("verdict") == "bad" and number.words.hasFocus())
    assert form.go_on.isEnabled()
    number.words.setText(founded.recovery)
    press(KEY.Key_Return)
    qtbot.waitUntil(lambda: bool(welcome.results))
    ((store, who),) = welcome.results
    with store.read() as reading:
        assert reading.person(who).name == "Sana Iqbal"
        assert (join_requests.own_request(reading), reading.roster().requests) == (None, {})


def test_words_that_were_typed_stay_when_the_newsrooms_file_is_double_clicked(welcome, desk, tmp_path, qtbot):
    """Seen at the desk: the file took the place of the words, and one had to ask to be let in."""
    words = joining.invite(desk.store, "Sana Iqbal", by=desk.chief).words
    file = tmp_path / "newsroom.ovnb"
    bundle.write(desk.store, file, by=desk.chief)
    welcome.join()
    form = welcome.join_form
    form.source.invitation.setText(words)
    welcome.take_files([file])
    qtbot.waitUntil(lambda: welcome.currentWidget() is form.who_page)
    assert (form.source.invitation.text(), form.source.place.text()) == (words, str(file))
    assert form.join_button.text() == "Join as Sana Iqbal"
    assert "let in at once" in form.who.about.text()


def test_words_that_a_file_does_not_know_are_said_to_be_newer_than_it(welcome, desk, handed, qtbot):
    words = joining.invite(desk.store, "Sana Iqbal", by=desk.chief).words
    press(KEY.Key_Down, KEY.Key_Return)
    form = welcome.join_form
    form.source.invitation.setText(words)
    form.source.in_file.click()
    form.source.place.setText(str(handed))
    form.next.click()
    qtbot.waitUntil(lambda: form._said[0].property("verdict") == "bad")
    assert f"{handed.name} does not know these words: it was written before you were invited" in form._said[0].text()
    joining.withdraw(desk.store, desk.read(people.open_invitations)[0].key, by=desk.chief)
    bundle.write(desk.store, handed, by=desk.chief)
    form.next.click()
    qtbot.waitUntil(lambda: "used already, or taken back" in form._said[0].text())


def test_who_comes_in_at_a_login_of_the_hub_is_its_owner_and_nobody_else(welcome, desk, server, database, qtbot):
    url = postgres.address(database)
    postgres.make(url, desk.store)
    login = postgres.add_staff(url, desk.reporter.person).login
    hubs.sync(desk, database)
    form = welcome.join_form
    form.begin_from_hub()
    QApplication.clipboard().setText(hubs.login(database, login))
    form.source.hub.server.paste()
    form.next.click()
    qtbot.waitUntil(lambda: welcome.currentWidget() is form.who_page)
    assert names(form) == ["Rana Malik · reporter"]
    assert form.join_button.text() == "Join as Rana Malik"


@pytest.fixture
def invited(desk, database):
    """Somebody who was invited by words, and whom whoever runs the hub gave a login: the words, and the note."""
    url = postgres.address(database)
    postgres.make(url, desk.store)
    made = joining.invite(desk.store, "Sana Iqbal", role=Role.EDITOR, by=desk.chief)
    login = postgres.add_staff(url, made.person)
    hubs.sync(desk, database)
    hubs.demand_password(database, login.login)
    at = HubFields(make_url(database).query["host"], database=make_url(database).database)
    return SimpleNamespace(words=made.words, note=write_card(login, at))


def paste(field, text):
    QApplication.clipboard().setText(text)
    field.setFocus()
    field.selectAll()
    field.paste()


WAYS = (
    "the words, then the note",
    "the note, then the words",
    "the note in the place of a file",
    "the words at the hub",
)


@pytest.mark.parametrize("way", WAYS)
def test_twelve_words_and_what_whoever_runs_the_hub_handed_over_let_one_in_at_once(welcome, invited, way, qtbot):
    form = welcome.join_form
    fields = form.source
    if way == "the words at the hub":
        form.begin_from_hub()
        paste(fields.hub.server, invited.note)
        paste(fields.words, invited.words)
    else:
        press(KEY.Key_Down, KEY.Key_Return)
        if way == "the note, then the words":
            paste(fields.invitation, invited.note)
            paste(fields.words, invited.words)
        else:
            write(invited.words)
            field = fields.hub.server
            if way == "the note in the place of a file":
                fields.in_file.click()
                field = fields.place
            paste(field, invited.note)
    press(KEY.Key_Return)
    qtbot.waitUntil(lambda: welcome.currentWidget() is form.who_page)
    assert form.join_button.text() == "Join as Sana Iqbal"
    assert "let in at once" in form.who.about.text()
    press(KEY.Key_Return)
    qtbot.waitUntil(lambda: bool(welcome.results))
    ((store, who),) = welcome.results
    with store.read() as reading:
        assert (reading.person(who).name, reading.roster().requests) == ("Sana Iqbal", {})
    assert store_settings.hub_address(store)


IMPOSSIBLE = {
    "a page": f"{'A long story. ' * 400}.ovnb",
    "a name with NUL": "a\0b.ovnb",
    "lines": "one\ntwo.ovnb" * 40,
    "nobody's home": "~nobody-here/newsroom.ovnb",
}


@pytest.mark.parametrize("kind", IMPOSSIBLE)
def test_whatever_stands_where_a_file_or_a_server_is_asked_for_gets_a_sentence(welcome, kind, qtbot):
    form, text = welcome.join_form, IMPOSSIBLE[kind]
    said = form._said[0]
    form.begin()
    form.source.invitation.setText(text)
    form.look()
    assert said.text()
    form.source.invitation.setText("one two three")
    form.look()
    assert said.text() == "An invitation has 12 words; here are 3."
    form.source.invitation.setText(" ".join(["one"] * 12))
    form.source.in_file.click()
    form.source.place.setText(text)
    assert not said.text()
    form.look()
    assert said.text()
    form.begin_from_hub()
    form.source.hub.show_fields(HubFields(text, database=text, login=text))
    form.look()
    qtbot.waitUntil(lambda: said.property("verdict") == "bad")
    copy = welcome.copy_form
    copy.begin()
    copy.file.setText(text)
    copy.bring_back()
    qtbot.waitUntil(lambda: copy.said.property("verdict") == "bad")


def test_a_wrong_password_is_what_the_next_letters_replace_and_return_goes_on_from_any_field(
    welcome, desk, database, qtbot
):
    url = postgres.address(database)
    postgres.make(url, desk.store)
    made = postgres.add_staff(url, desk.reporter.person)
    hubs.sync(desk, database)
    hubs.demand_password(database, made.login)
    form = welcome.join_form
    form.begin_from_hub()
    hub = form.source.hub
    QApplication.clipboard().setText(hubs.login(database, made.login))
    hub.server.paste()
    hub.password.setFocus()
    write("wrong")
    hub.port.setFocus()
    press(KEY.Key_Return)
    qtbot.waitUntil(lambda: "password is wrong" in form._said[0].text())
    assert QApplication.focusWidget() is hub.password
    write(made.password)
    press(KEY.Key_Return)
    qtbot.waitUntil(lambda: welcome.currentWidget() is form.who_page)


def test_the_chief_is_told_whose_key_came_and_hands_over_to_them(window, desk, tmp_path, qtbot):
    window.workspace.article.switch_person(desk.chief.person)
    bundle.write(desk.store, tmp_path / "newsroom.ovnb", by=desk.chief)
    invited = joining.invite(desk.store, "Sana Iqbal", by=desk.chief)
    (tmp_path / "theirs").mkdir()
    (tmp_path / "sana.ovn-invitation").write_text(joining.write_file(desk.store, invited), encoding="utf-8")
    window.features.sharing.hand_over()
    before = next(one for one in window.findChildren(HandOverDialog) if one.isVisible())
    before.to.setCurrentIndex(before.to.findData(invited.person.id))
    assert before.to.currentText() == "Sana Iqbal, reporter, invited"
    assert not before.is_sealed.isEnabled()
    assert "key comes with the answer to your invitation" in before.inside.text()
    before.close()
    store, _ = exchange.join(
        tmp_path / "theirs" / "newsroom.ovn", joining.read_file(tmp_path / "sana.ovn-invitation")[1]
    )
    by = joining.join(store, invited.words)
    write_request(store, tmp_path / "answer.ovnb", by=by)
    store.close()
    window.features.files.bring_in([tmp_path / "answer.ovnb"])
    form = window.findChild(TakeInDialog)
    qtbot.waitUntil(form.button.isEnabled)
    assert "with a key that is new here: what you hand Sana Iqbal can be sealed" in form.lead.text()
    form.button.click()
    bar = window.panes.bar
    qtbot.waitUntil(lambda: "Sana Iqbal has joined." in bar.text)
    click(bar, "Hand over to Sana Iqbal…", qtbot)
    after = next(one for one in window.findChildren(HandOverDialog) if one.isVisible())
    assert after.person.name == "Sana Iqbal"
    assert after.is_sealed.isEnabled()


def test_who_has_anothers_invitation_asks_in_their_own_name(welcome, desk, tmp_path, qtbot):
    invited = joining.invite(desk.store, "Sana Iqbal", role=Role.EDITOR, by=desk.chief)
    file = tmp_path / "sana.ovn-invitation"
    file.write_text(joining.write_file(desk.store, invited), encoding="utf-8")
    form = look_into(welcome, file, qtbot)
    press(KEY.Key_Up, KEY.Key_Return)
    qtbot.waitUntil(lambda: welcome.currentWidget() is form.number_page)
    with form._store.read() as reading:
        assert reading.roster().invitations[invited_key(reading)].used_by == ""
        assert join_requests.own_request(reading).person == desk.reporter.id


def invited_key(reading):
    (key,) = reading.roster().invitations
    return key


def test_who_only_reads_sits_in_nobodys_place(welcome, handed, qtbot):
    form = look_into(welcome, handed, qtbot)
    click(welcome, "Only read", qtbot)
    qtbot.waitUntil(lambda: bool(welcome.results))
    ((store, who),) = welcome.results
    assert (who, people.person_at_desk(store, who)) == ("", people.READER)
    assert form._store is store


def test_a_file_sealed_to_somebody_says_what_to_ask_for(welcome, desk, tmp_path, qtbot):
    file = tmp_path / "sealed.ovnb"
    bundle.write(desk.store, file, by=desk.chief, sealed_to=desk.reporter.person)
    form = look_into(welcome, file, qtbot)
    assert "Ask for a file that anybody in the newsroom can open" in form._said[0].text()
    assert not is_written(tmp_path)


@pytest.fixture
def newcomer(desk, tmp_path):
    """Somebody's laptop that was set up from a file, and a story of theirs."""
    with desk.store.read() as reading:
        rows = list(replication.rows(reading))
    (tmp_path / "theirs").mkdir()
    store, _ = exchange.join(tmp_path / "theirs" / "newsroom.ovn", rows)
    store.by = join_requests.ask(store, join_requests.newcomer("Sana Baloch"))
    store.story = writing.start(store, content(headline="Pumps stand still"), by=store.by)
    bundle.write(store, tmp_path / "request.ovnb", by=store.by)
    yield store
    store.close()


def number_at(store):
    with store.read() as reading:
        return join_requests.number(reading, join_requests.own_request(reading))


def test_the_chief_is_asked_with_the_number_and_one_click_lets_in(window, desk, newcomer, tmp_path, qtbot):
    window.workspace.article.switch_person(desk.chief.person)
    bar, chip = window.panes.bar, window.panes.status_bar.joining
    assert chip.isHidden()
    bundle.import_bundle(desk.store, tmp_path / "request.ovnb")
    qtbot.waitUntil(lambda: "Let Sana Baloch in, as a new reporter?" in bar.text)
    assert number_at(newcomer) in bar.text
    assert chip.text() == "Sana Baloch asks to be let in"
    with desk.store.read() as reading:
        assert reading.row(newcomer.story).is_unconfirmed
    click(bar, "Let Sana Baloch in", qtbot)
    qtbot.waitUntil(chip.isHidden)
    with desk.store.read() as reading:
        assert reading.person("Sana Baloch").role is Role.REPORTER
        assert not reading.row(newcomer.story).is_unconfirmed
    assert "is let in" in bar.text
    assert "Hand over a file" in bar._buttons[0].text()


def test_a_request_that_was_put_off_stays_in_the_status_line_until_it_is_answered(
    window, desk, newcomer, tmp_path, qtbot
):
    window.workspace.article.switch_person(desk.chief.person)
    bar, chip = window.panes.bar, window.panes.status_bar.joining
    bundle.import_bundle(desk.store, tmp_path / "request.ovnb")
    qtbot.waitUntil(lambda: "Let Sana Baloch in" in bar.text)
    click(bar, "Close", qtbot)
    assert chip.isVisible()
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bar.isVisible() and "Let Sana Baloch in" in bar.text)
    click(bar, "Decline", qtbot)
    qtbot.waitUntil(chip.isHidden)
    with desk.store.read() as reading:
        assert "Sana Baloch" not in [one.name for one in reading.staff()]
        assert reading.history(newcomer.story).article is None


def test_the_chief_is_told_that_whoever_asks_had_left(window, desk, newcomer, tmp_path, qtbot):
    window.workspace.article.switch_person(desk.chief.person)
    people.add_staff(desk.store, name="Sana Baloch", role=Role.EDITOR, by=desk.chief)
    people.retire_staff(desk.store, "Sana Baloch", by=desk.chief)
    bundle.import_bundle(desk.store, tmp_path / "request.ovnb")
    bar = window.panes.bar
    qtbot.waitUntil(lambda: number_at(newcomer) in bar.text)
    assert bar.text.startswith(f"Sana Baloch left this newsroom: {CHIEF} took them off its list today ")
    assert "Let them in again, as a new reporter?" in bar.text
    click(bar, "Let Sana Baloch in", qtbot)
    assert [one.is_retired for one in desk.read(lambda reading: reading.staff()) if one.name == "Sana Baloch"] == [
        False,
        True,
    ]


def test_the_number_is_asked_about_on_top_of_what_came_with_the_request(window, desk, newcomer, tmp_path, qtbot):
    """Seen at the desk: a slow computer said what came last, and only the status line led to the number."""
    window.workspace.article.switch_person(desk.chief.person)
    bar, file = window.panes.bar, tmp_path / "request.ovnb"
    window.features.articles.open(desk.draft(headline="Mine"))
    found = bundle.preview_bundle(desk.store, file)
    came = bundle.import_bundle(desk.store, file)
    qtbot.waitUntil(lambda: number_at(newcomer) in bar.text)
    window.features.sharing._follow_file(came, found)
    assert number_at(newcomer) in bar.text
    assert "Let Sana Baloch in" in bar._buttons[0].text()


def test_by_the_hub_the_request_and_the_answer_go_by_themselves(
    welcome, desk, window, server, database, tmp_path, qtbot
):
    url = postgres.address(database)
    postgres.make(url, desk.store)
    login = postgres.add_staff(url, join_requests.newcomer("Sana Baloch")).login
    hubs.sync(desk, database)
    welcome.activateWindow()
    qtbot.waitUntil(welcome.isActiveWindow)
    press(KEY.Key_Down, KEY.Key_Down, KEY.Key_Return)
    write(hubs.login(database, login))
    press(KEY.Key_Return)
    form = welcome.join_form
    qtbot.waitUntil(lambda: welcome.currentWidget() is form.who_page)
    assert not is_written(tmp_path)
    press(KEY.Key_End, KEY.Key_Tab)
    write("Sana Baloch")
    press(KEY.Key_Return)
    qtbot.waitUntil(lambda: welcome.currentWidget() is form.number_page)
    assert "Your request is at the hub" in form.number.steps.text()
    store, number = form._store, form.number.number.text()
    story = writing.start(store, content(headline="Pumps stand still"), by=form._done.by)
    theirs = SimpleNamespace(store=store)
    hubs.sync(theirs, hubs.login(database, login))
    window.workspace.article.switch_person(desk.chief.person)
    hubs.sync(desk, database)
    qtbot.waitUntil(lambda: number in window.panes.bar.text)
    click(window.panes.bar, "Let Sana Baloch in", qtbot)
    with desk.store.read() as reading:
        assert not reading.row(story).is_unconfirmed
    hubs.sync(desk, database)
    came = hubs.sync(theirs, hubs.login(database, login))
    assert (came.refused, came.differs) == ((), ())
    with store.read() as reading:
        assert join_requests.is_granted(reading)


def test_a_reporter_is_asked_about_nobody_and_a_chiefs_seat_is_asked_about_twice(window, desk, tmp_path, qtbot):
    shutil.copytree(desk.store.path.parent, tmp_path / "twin", ignore=shutil.ignore_patterns("*-keys"))
    store = open_store(tmp_path / "twin" / desk.store.path.name)
    with store.begin() as tx:
        tx.begin_chain()
    join_requests.ask(store, desk.chief.person)
    bar, chip = window.panes.bar, window.panes.status_bar.joining
    with store.read() as reading:
        exchange.absorb(desk.store, list(replication.rows(reading)))
    store.close()
    assert chip.isHidden()
    window.workspace.article.switch_person(desk.chief.person)
    qtbot.waitUntil(lambda: f"Let {CHIEF} in from another computer?" in bar.text)
    assert "They are chief here" in bar.text
    assert "What is written on the computer they had goes on counting as theirs." in bar.text
    click(bar, f"Let {CHIEF} in", qtbot)
    with desk.store.read() as reading:
        assert len(reading.roster().requests) == 1, "one click does not make a chief"
    click(bar, "The number is right: let in a chief", qtbot)
    qtbot.waitUntil(chip.isHidden)
    with desk.store.read() as reading:
        assert reading.roster().requests == {}


def test_the_desk_that_somebody_had_hears_that_they_were_let_in_from_another(qtbot, window, desk, tmp_path):
    before = desk.draft(headline="Before")
    shutil.copytree(desk.store.path.parent, tmp_path / "twin", ignore=shutil.ignore_patterns("*-keys"))
    store = open_store(tmp_path / "twin" / desk.store.path.name)
    with store.begin() as tx:
        tx.begin_chain()
    window.workspace.article.switch_person(desk.editor.person)
    asked = join_requests.ask(store, desk.editor.person)
    bundle.write(store, tmp_path / "request.ovnb", by=asked)
    store.close()
    chiefs = tmp_path / "chiefs"
    shutil.copytree(desk.store.path.parent, chiefs)
    with closing(open_store(chiefs / desk.store.path.name)) as there:
        with there.begin() as tx:
            tx.begin_chain()
        bundle.import_bundle(there, tmp_path / "request.ovnb")
        join_requests.let_in(there, asked.key.id, by=desk.chief)
        bundle.write(there, tmp_path / "news.ovnb", by=desk.chief)
    bundle.import_bundle(desk.store, tmp_path / "news.ovnb")
    bar = window.panes.bar
    qtbot.waitUntil(lambda: f"{desk.editor.name} was let in from another computer" in bar.text)
    assert "what is written here goes on counting" in bar.text
    commenting.comment(desk.store, before, "Written here since.", by=desk.editor)
    with desk.store.read() as reading:
        (event,) = [one for one in reading.events(before) if one.by == desk.editor.id]
        assert reading.standing(event).staff.id == desk.editor.id
    click(bar, "That was me", qtbot)


@pytest.fixture
def newcomers_window(qtbot, newcomer, renderer, editor):
    space = Workspace(newcomer, renderer, newcomer.by.person, settle=editor.settle, print_folder=drawing.print_folder)
    made = MainWindow(space, editor)
    qtbot.addWidget(made, before_close_func=lambda _: (space.abandon(), made.panes.preview.end()))
    made.show()
    made.features.people.greet()
    return made


def test_the_writers_in_a_file_are_named_though_only_the_file_knows_them(window, desk, newcomer, tmp_path, qtbot):
    before = shutil.copytree(desk.store.path.parent, tmp_path / "copy", ignore=shutil.ignore_patterns("copy", "theirs"))
    bundle.import_bundle(desk.store, tmp_path / "request.ovnb")
    join_requests.let_in(desk.store, newcomer.by.key.id, by=desk.chief)
    bundle.write(desk.store, tmp_path / "all.ovnb", by=desk.chief)
    other = open_store(before / desk.store.path.name)
    found = bundle.preview_bundle(other, tmp_path / "all.ovnb")
    other.close()
    (story,) = [one for one in found.articles if one.id == newcomer.story]
    assert [found.names[who] for who in story.writers] == ["Sana Baloch"]


def test_a_story_that_counts_by_a_change_of_the_people_did_not_come(desk, newcomer, tmp_path):
    bundle.import_bundle(desk.store, tmp_path / "request.ovnb")
    join_requests.let_in(desk.store, newcomer.by.key.id, by=desk.chief)
    bundle.write(desk.store, tmp_path / "answer.ovnb", by=desk.chief)
    came = bundle.import_bundle(newcomer, tmp_path / "answer.ovnb")
    assert (came.articles, came.arrived) == ({newcomer.story}, frozenset())


def test_a_file_for_an_earlier_key_of_ones_own_says_so(window, desk, tmp_path, qtbot):
    bundle.write(desk.store, tmp_path / "old.ovnb", by=desk.chief, sealed_to=desk.editor.person)
    old = desk.editor.key.id
    people.replace_key(desk.store, desk.editor.person, by=desk.chief)
    keys.path_of_key(keys.folder_for(desk.store.path), old).unlink()
    window.features.files.bring_in([tmp_path / "old.ovnb"])
    form = window.findChild(TakeInDialog)
    qtbot.waitUntil(form.verdict.isVisible)
    assert f"sealed for a key of {desk.editor.name} that is not on this computer" in form.verdict.text()
    assert form.lead.text() == "Nothing of it was taken in."
    assert not form.passphrase.isVisible()


def test_the_answer_opens_sealed_on_the_laptop_of_whoever_is_let_in_by_it(
    qtbot, desk, newcomer, newcomers_window, window, tmp_path
):
    bundle.import_bundle(desk.store, tmp_path / "request.ovnb")
    sana = join_requests.let_in(desk.store, newcomer.by.key.id, by=desk.chief)
    bundle.write(desk.store, tmp_path / "answer.ovnb", by=desk.chief, sealed_to=sana)
    newcomers_window.features.files.bring_in([tmp_path / "answer.ovnb"])
    form = newcomers_window.findChild(TakeInDialog)
    qtbot.waitUntil(form.button.isEnabled)
    form.button.click()
    qtbot.waitUntil(lambda: "You are let in, Sana Baloch" in newcomers_window.panes.bar.text)
    for_nobody_here = tmp_path / "editor.ovnb"
    bundle.write(desk.store, for_nobody_here, by=desk.chief, sealed_to=sana)
    window.features.files.bring_in([for_nobody_here])
    refused = window.findChild(TakeInDialog)
    qtbot.waitUntil(refused.verdict.isVisible)
    assert "sealed for Sana Baloch: only Sana Baloch can open it" in refused.verdict.text()
    assert not refused.button.isEnabled()


def test_who_is_not_let_in_yet_is_offered_no_step_that_would_not_count(desk, renderer, editor, tmp_path):
    article = desk.in_review()
    (tmp_path / "theirs").mkdir()
    bundle.write(desk.store, tmp_path / "newsroom.ovnb", by=desk.chief)
    store, _ = bundle.join(tmp_path / "theirs" / "newsroom.ovn", tmp_path / "newsroom.ovnb")
    by = join_requests.ask(store, desk.editor.person)
    space = Workspace(store, renderer, by.person, settle=editor.settle, print_folder=drawing.print_folder)
    here = space.article
    here.open(article)
    assert (here.next_step, here.may(Step.APPROVE), here.may(Step.SEND_BACK)) == (None, False, False)
    here.start()
    assert here.may(Step.FILE), "a story of their own goes on"
    here.open(article)
    bundle.write(store, tmp_path / "request.ovnb", by=by)
    bundle.import_bundle(desk.store, tmp_path / "request.ovnb")
    join_requests.let_in(desk.store, by.key.id, by=desk.chief)
    bundle.write(desk.store, tmp_path / "answer.ovnb", by=desk.chief)
    bundle.import_bundle(store, tmp_path / "answer.ovnb")
    assert (here.next_step, here.may(Step.APPROVE)) == (Step.APPROVE, True)
    space.abandon()
    store.close()


def test_a_desk_that_asked_says_its_number_and_that_it_was_let_in(desk, newcomer, newcomers_window, tmp_path, qtbot):
    made = newcomers_window
    chip = made.panes.status_bar.joining
    assert chip.text() == "Not let in yet"
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    dialog = made.findChild(JoiningDialog)
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.number.number.text() == number_at(newcomer)
    dialog.write_request(tmp_path / "again")
    assert "again.ovnb is written" in dialog.said.text()
    dialog.close()
    bundle.import_bundle(desk.store, tmp_path / "again.ovnb")
    join_requests.let_in(desk.store, newcomer.by.key.id, by=desk.chief)
    bundle.write(desk.store, tmp_path / "answer.ovnb", by=desk.chief)
    bundle.import_bundle(newcomer, tmp_path / "answer.ovnb")
    qtbot.waitUntil(lambda: "You are let in, Sana Baloch" in made.panes.bar.text)
    assert chip.isHidden()
    people.retire_staff(desk.store, "Sana Baloch", by=desk.chief)
    bundle.write(desk.store, tmp_path / "gone.ovnb", by=desk.chief)
    bundle.import_bundle(newcomer, tmp_path / "gone.ovnb")
    qtbot.waitUntil(lambda: "no longer in this newsroom" in made.panes.top_bar._person.text())
    assert not made.panes.bar.tells_of("own request granted"), "seen: it was said on"
    made.workspace.article.open(newcomer.story)
    assert "has left this newsroom" in str(made.workspace.article.edit_refusal)
    with newcomer.read() as reading, pytest.raises(DeskError, match="has left this newsroom"):
        recording.check_signer(reading, newcomer.by)


@pytest.fixture
def seated(qtbot, renderer, editor):
    """The window of somebody's laptop, where they sit."""

    def open_window(store, person):
        space = Workspace(store, renderer, person, settle=editor.settle, print_folder=drawing.print_folder)
        made = MainWindow(space, editor)
        qtbot.addWidget(made, before_close_func=lambda _: (space.abandon(), made.panes.preview.end(), store.close()))
        made.show()
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        made.features.people.greet()
        return made

    return open_window


def test_an_editor_hears_that_they_are_let_in_once(qtbot, desk, seated, tmp_path):
    """An editor becomes one by it: who sits here changed before what was asked here was read, and nothing was said."""
    (tmp_path / "theirs").mkdir()
    bundle.write(desk.store, tmp_path / "newsroom.ovnb", by=desk.chief)
    store, _ = bundle.join(tmp_path / "theirs" / "newsroom.ovn", tmp_path / "newsroom.ovnb")
    by = join_requests.ask(store, desk.editor.person)
    made = seated(store, by.person)
    bar = made.panes.bar
    bundle.write(store, tmp_path / "request.ovnb", by=by)
    bundle.import_bundle(desk.store, tmp_path / "request.ovnb")
    join_requests.let_in(desk.store, by.key.id, by=desk.chief)
    bundle.write(desk.store, tmp_path / "answer.ovnb", by=desk.chief)
    bundle.import_bundle(store, tmp_path / "answer.ovnb")
    qtbot.waitUntil(lambda: f"You are let in, {desk.editor.name}" in bar.text)
    click(bar, "Good", qtbot)
    people.add_staff(desk.store, name="Omar Latif", role=Role.REPORTER, by=desk.chief)
    bundle.write(desk.store, tmp_path / "news.ovnb", by=desk.chief)
    bundle.import_bundle(store, tmp_path / "news.ovnb")
    assert not bar.tells_of("own request granted")


def recovering(made):
    made.actions_by_name["person.recover"].trigger()
    dialog = made.findChild(JoiningDialog)
    assert dialog.windowTitle() == "Use the recovery key"
    return dialog


def test_the_recovery_key_lets_in_at_the_desk_the_chief_who_asked_there(qtbot, founded, seated, tmp_path):
    store, _ = bundle.join(tmp_path / "newsroom.ovn", founded.file)
    with store.read() as reading:
        (chief,) = reading.staff()
    by = join_requests.ask(store, chief)
    made = seated(store, by.person)
    dialog = recovering(made)
    assert dialog.focusWidget() is dialog.number.words
    assert not dialog.number.use_words.isEnabled()
    QTest.keyClicks(dialog.number.words, "one two three")
    press_in(dialog.number.words, KEY.Key_Return)
    assert dialog.said.property("verdict") == "bad"
    dialog.number.words.setText(founded.recovery)
    press_in(dialog.number.words, KEY.Key_Return)
    assert "You are let in, Sana Iqbal" in made.panes.bar.text
    assert made.panes.status_bar.joining.isHidden()
    with store.read() as reading:
        assert (reading.roster().requests, len(reading.roster().keys)) == ({}, 2)
    qtbot.waitUntil(lambda: not made.findChildren(JoiningDialog), timeout=1000)


def press_in(field, key):
    QTest.keyClick(field, key)


@pytest.mark.parametrize("chiefs", [1, 2])
def test_the_recovery_key_lets_in_at_the_desk_a_chief_who_asked_nobody(qtbot, founded, seated, tmp_path, chiefs):
    with closing(open_store(tmp_path / "old" / "newsroom.ovn")) as theirs:
        if chiefs > 1:
            by = people.signer(theirs, people.person_at_desk(theirs, "Sana Iqbal"))
            people.add_staff(theirs, name="Omar Latif", role=Role.CHIEF, by=by)
            people.add_staff(theirs, name="Rana Malik", role=Role.REPORTER, by=by)
            bundle.write(theirs, founded.file, by=by)
    store, _ = bundle.join(tmp_path / "newsroom.ovn", founded.file)
    made = seated(store, people.READER)
    dialog = recovering(made)
    listed = [dialog.who.people.item(row).text() for row in range(dialog.who.people.count())]
    assert listed == ["Omar Latif · chief", "Sana Iqbal · chief"][-chiefs:], "nobody else has any use of the words"
    if chiefs > 1:
        assert dialog.focusWidget() is dialog.who.people
        press_in(dialog.who.people, KEY.Key_End)
    else:
        assert dialog.focusWidget() is dialog.who.words
    assert dialog.ask_button.text() == "Use the recovery key"
    assert not dialog.ask_button.isEnabled(), "without the words nothing is used"
    press_in(dialog.who.words, KEY.Key_Return)
    with store.read() as reading:
        assert reading.roster().requests == {}, "and nothing is asked"
    dialog.who.words.setText(founded.recovery)
    press_in(dialog.who.words, KEY.Key_Return)
    assert (made.workspace.session.person.name, made.workspace.session.key.is_chiefs) == ("Sana Iqbal", True)
    assert not dialog.isVisible()


def test_words_of_the_recovery_key_by_a_login_of_the_hub_leave_all_chiefs_to_choose_from(
    server, database, founded, tmp_path
):
    """Whose login it is says nothing of who has the paper: a reporter's login left nobody to choose."""
    with closing(open_store(tmp_path / "old" / "newsroom.ovn")) as theirs:
        by = people.signer(theirs, people.person_at_desk(theirs, "Sana Iqbal"))
        people.add_staff(theirs, name="Rana Malik", role=Role.REPORTER, by=by)
        url = postgres.address(database)
        postgres.make(url, theirs)
        login = postgres.add_staff(url, people.person_at_desk(theirs, "Rana Malik")).login
        hubs.sync(SimpleNamespace(store=theirs), database)
    found, source = setting_up.look(Source(hub=hubs.login(database, login), words=founded.recovery))
    assert source.recovery == founded.recovery
    assert not found.is_theirs_alone
    assert [one.name for one in found.active if one.id == found.addressee] == ["Sana Iqbal"]


def test_a_file_that_is_dropped_while_a_hub_is_looked_into_is_what_is_joined_with(welcome, handed, qtbot):
    form = welcome.join_form
    with hub_fronts.front(answer=b"") as port:
        form.begin_from_hub()
        form.source.hub.show_fields(HubFields("127.0.0.1", port, "newsroom", "rana", Encryption.UNCHECKED))
        form.next.click()
        assert form._worker.is_busy
        welcome.take_files([handed])
    qtbot.waitUntil(lambda: welcome.currentWidget() is form.who_page)
    assert "I am not on this list" in names(form)
    assert form.join_button.text() == "Join"


def test_whoever_was_invited_and_asks_by_their_login_is_let_in_as_what_they_were_invited_as(desk, tmp_path):
    invited = joining.invite(desk.store, "Omar Latif", role=Role.EDITOR, by=desk.chief)
    (tmp_path / "his").mkdir()
    bundle.write(desk.store, tmp_path / "newsroom.ovnb", by=desk.chief)
    store, _ = bundle.join(tmp_path / "his" / "newsroom.ovn", tmp_path / "newsroom.ovnb")
    by = join_requests.ask(store, invited.person)
    bundle.write(store, tmp_path / "his.ovnb", by=by)
    store.close()
    bundle.import_bundle(desk.store, tmp_path / "his.ovnb")
    let_in = join_requests.let_in(desk.store, by.key.id, by=desk.chief)
    assert (let_in.name, let_in.role) == ("Omar Latif", Role.EDITOR)
    assert desk.read(people.open_invitations) == []


def test_whoever_asks_in_an_invited_persons_place_by_another_name_is_a_reporter(desk, tmp_path):
    invited = joining.invite(desk.store, "Omar Latif", role=Role.CHIEF, by=desk.chief)
    (tmp_path / "his").mkdir()
    bundle.write(desk.store, tmp_path / "newsroom.ovnb", by=desk.chief)
    store, _ = bundle.join(tmp_path / "his" / "newsroom.ovn", tmp_path / "newsroom.ovnb")
    by = join_requests.ask(store, replace(invited.person, name="Sana Baloch"))
    bundle.write(store, tmp_path / "his.ovnb", by=by)
    store.close()
    bundle.import_bundle(desk.store, tmp_path / "his.ovnb")
    assert join_requests.let_in(desk.store, by.key.id, by=desk.chief).role is Role.REPORTER


def test_ones_own_used_invitation_is_said_to_be_used_here(window, desk, tmp_path):
    """Seen at the desk: a double click on it asked the chief for another one."""
    invited = joining.invite(desk.store, "Sana Iqbal", by=desk.chief)
    file = tmp_path / "sana.ovn-invitation"
    file.write_text(joining.write_file(desk.store, invited), encoding="utf-8")
    joining.join(desk.store, invited.words)
    window.features.files.bring_in([file])
    assert window.panes.bar.text.startswith("Sana Iqbal used this invitation on this computer, and is in.")
