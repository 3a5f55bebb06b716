"""A hub set up in the window: before a real PostgreSQL, with real passwords and certificates."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSysInfo, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import make_url

import hub_fronts
import hubs
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Role
from ovn_desk.domain.workflow import Step
from ovn_desk.sync import postgres
from ovn_desk.sync.postgres import Login, addresses
from ovn_desk.sync.postgres.addresses import Encryption, HubFields
from ovn_desk.ui.dialogs.people import PeopleDialog
from ovn_desk.ui.sharing.hub_dialog import HubDialog
from ovn_desk.ui.sharing.hub_people import HubPeopleDialog
from ovn_desk.ui.sharing.hub_round import Want, want_of
from ovn_desk.ui.widgets.hub_card import read_card, write_card
from ovn_desk.ui.widgets.hub_form import HubForm
from ovn_desk.usecases import hub_password, joining, people, store_settings

TYPED = " The pumps ran."


@pytest.fixture
def hub(desk, database):
    """The newsroom's hub, and the reporter's password there, which it asks for."""
    url = postgres.address(database)
    postgres.make(url, desk.store)
    made = postgres.add_staff(url, desk.reporter.person)
    hubs.demand_password(database, made.login)
    return hubs.login(database, made.login), made.password


@pytest.fixture
def link(window):
    return window.features.sharing.hub


def opened(window):
    """The form, by the menu."""
    window.actions_by_name["hub.settings"].trigger()
    return form_of(window)


def form_of(window):
    return next(child for child in window.children() if isinstance(child, HubDialog) and child.isVisible())


def is_open(window):
    return any(isinstance(child, HubDialog) and child.isVisible() for child in window.children())


def paste(field, text):
    QGuiApplication.clipboard().setText(text)
    field.selectAll()
    field.paste()


def click(button):
    QApplication.processEvents()  # it is laid out
    assert button.isVisible()
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def said(qtbot, form):
    """What a test found, when it is there."""
    qtbot.waitUntil(lambda: not form._is_testing)
    return form.verdict.text()


def settle(qtbot, link):
    qtbot.waitUntil(lambda: not link._worker.is_busy)


def with_password(address, password):
    return address.replace("@", f":{password}@", 1)


def test_a_pasted_address_is_tried_kept_and_good_for_every_start_after(qtbot, window, link, desk, hub, ring):
    address, password = hub
    form = opened(window)
    paste(form.form.server, with_password(address, password))
    assert (form.form.login.text(), form.form.password.text()) == ("rana_malik", password)
    click(form.test)
    assert "it is the hub of this newsroom" in said(qtbot, form)
    assert not link.address
    click(form.save)
    qtbot.waitUntil(lambda: "Synced" in link.standing())
    assert not is_open(window)
    assert password in ring.kept.values()
    assert password not in link.address
    link._password = ""  # as after a start
    link._go()
    settle(qtbot, link)
    assert link.why_not == ""
    assert "same" in window.panes.bar.text


def test_a_round_that_wants_a_password_takes_nothing_from_who_is_writing(qtbot, window, link, desk, hub):
    address, password = hub
    store_settings.set_hub_address(desk.store, address)
    window.features.articles.open(desk.draft())
    editor = window.panes.writing.editor
    editor.setFocus()
    chip = window.panes.status_bar.hub
    link._go()
    qtbot.keyClicks(editor, TYPED)
    settle(qtbot, link)
    qtbot.keyClicks(editor, TYPED)
    assert QApplication.focusWidget() is editor
    assert TYPED + TYPED in editor.text()
    assert not window.panes.bar.isVisible()
    assert not is_open(window)
    assert (chip.text(), chip.property("tone")) == ("Hub wants your password", "warn")

    click(chip)
    form = form_of(window)
    assert form.focusWidget() is form.form.password
    assert "wants the password of rana_malik" in form.verdict.text()
    qtbot.keyClicks(form.form.password, "wrong")
    qtbot.keyClick(form.form.password, Qt.Key.Key_Return)
    assert "the name rana_malik or the password is wrong" in said(qtbot, form)
    assert form.form.password.selectedText() == "wrong"
    qtbot.keyClicks(form.form.password, password)
    qtbot.keyClick(form.form.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Synced" in link.standing())
    assert not chip.isVisible()
    kept = hub_password.find(desk.store, link._account, key=desk.reporter.key)
    assert (kept.word, kept.keeping) == (password, hub_password.Keeping.SEALED)


def test_what_is_kept_with_a_key_that_is_shut_waits_for_the_key(qtbot, window, link, desk, hub):
    address, password = hub
    key = people.replace_key(desk.store, desk.editor, passphrase="right")
    hub_password.keep(desk.store, account(address), password, key=key)
    store_settings.set_hub_address(desk.store, address)
    link._go()
    settle(qtbot, link)
    chip, bar = window.panes.status_bar.hub, window.panes.bar
    assert chip.text() == "Hub wants your password"  # for it is not this person's key
    window.workspace.session.change_person(desk.person("Ayesha"))
    link._go()
    settle(qtbot, link)
    assert chip.text() == "Hub waits for your key"
    click(chip)
    qtbot.keyClicks(bar.field, "right")
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Synced" in link.standing())


def account(address):
    return postgres.addresses.account(postgres.address(address))


def test_a_certificate_is_compared_and_then_trusted(qtbot, window, link, hub, tmp_path):
    address, password = hub
    shown = hub_fronts.Certificate(tmp_path)
    with hub_fronts.front(make_url(address).query["host"], certificate=shown) as port:
        form = opened(window)
        paste(form.form.server, f"postgresql://rana_malik@127.0.0.1:{port}/{make_url(address).database}")
        form.form.password.setText(password)
        form.form.choose_encryption(Encryption.CHECKED)
        click(form.save)
        assert "signed itself" in said(qtbot, form)
        assert form.certificate.number.text().split() == shown.number.split(":")
        assert not form.certificate.trust.isEnabled()
        form.certificate.compared.click()
        click(form.certificate.trust)
        assert "All is well" in said(qtbot, form)
        assert form.form.chosen is Encryption.PINNED
        Path(form.form.certificate).unlink()  # as on another computer
        click(form.test)
        assert "no longer on this computer" in said(qtbot, form)
        form.certificate.compared.click()
        click(form.certificate.trust)
        assert "All is well" in said(qtbot, form)
        click(form.save)
        qtbot.waitUntil(lambda: "Synced" in link.standing())
    other = hub_fronts.Certificate(tmp_path, "other")
    with hub_fronts.front(make_url(address).query["host"], certificate=other) as port:
        store_settings.set_hub_address(window.workspace.session._store, moved(link.address, port))
        link._go()
        settle(qtbot, link)
        assert window.panes.status_bar.hub.text().startswith("Hub not proved")
        form = opened(window)
        click(form.test)
        assert "another certificate than the one that was trusted" in said(qtbot, form)
        assert form.certificate.number.text().split() == other.number.split(":")


def moved(address, port):
    return postgres.without_password(postgres.address(address).set(port=port))


def test_a_slip_in_the_address_is_said_saved_all_the_same_and_mended_later(qtbot, window, link, hub):
    address, password = hub
    form = opened(window)
    paste(form.form.server, with_password(address, password).replace("host=", "host=/nowhere"))
    click(form.save)
    assert "cannot be reached" in said(qtbot, form)
    assert "kept here" not in form.verdict.text()
    click(form.remedy)
    settle(qtbot, link)
    assert window.panes.bar.text.startswith("What you write stays on this laptop and goes when the hub answers. ")
    assert window.panes.status_bar.hub.text().startswith("Hub not reached")
    assert not window.panes.status_bar.hub.property("tone")
    form = opened(window)
    assert "cannot be reached" in form.verdict.text()
    form.form.server.setText(make_url(address).query["host"])
    form.form.password.setText(password)
    click(form.save)
    qtbot.waitUntil(lambda: "Synced" in link.standing())


def test_a_test_is_stopped_at_once_and_closing_waits_for_none(qtbot, window, link, hub):
    with hub_fronts.front(answer=b"") as port:
        form = opened(window)
        paste(form.form.server, f"postgresql://rana@127.0.0.1:{port}/news?sslmode=require")
        click(form.test)
        assert (form.test.text(), form.save.isEnabled()) == ("Stop", False)
        click(form.test)
        assert (form.test.text(), form.verdict.text()) == ("Test", "The test was stopped.")
        click(form.test)
        click(form.close_button)
    assert not link.address


def test_a_hub_is_left_with_undo(qtbot, window, link, hub, ring):
    address, password = hub
    link.use(address, account(address), password)
    qtbot.waitUntil(lambda: "Synced" in link.standing())
    click(opened(window).leave)
    assert (link.address, ring.kept, link.standing()) == ("", {}, "")
    assert "Every story stays here" in window.panes.bar.text
    click(window.panes.bar._buttons[0])
    qtbot.waitUntil(lambda: "Synced" in link.standing())
    assert link.address == address


def test_the_chief_makes_an_empty_database_the_hub(qtbot, window, link, desk, database):
    form = opened(window)
    paste(form.form.server, database)
    click(form.test)
    assert "is not a hub yet" in said(qtbot, form)
    assert not form.remedy.isVisible()
    form.reject()
    window.workspace.session.change_person(desk.chief.person)
    form = opened(window)
    paste(form.form.server, database)
    click(form.test)
    assert said(qtbot, form).endswith("is no hub yet: make it one here.")
    click(form.remedy)
    qtbot.waitUntil(lambda: "hub is made" in form.verdict.text())
    click(form.save)
    qtbot.waitUntil(lambda: "Synced" in link.standing())


def test_each_fault_of_a_hub_has_its_word_in_the_status_line():
    assert {want_of(code) for code in ("hub-certificate-expired", "hub-certificate-refused")} == {Want.CERTIFICATE}
    assert want_of("hub-no-network") is Want.NOTHING
    assert want_of("hub-login-closed") is Want.LOGIN
    assert want_of("hub-disk-full") is Want.ROOM
    assert want_of("hub-of-other-newsroom") is Want.HELP


def test_whoever_runs_the_hub_lets_people_in_and_keeps_them_out(qtbot, window, link, desk, database):
    url = postgres.address(database)
    postgres.make(url, desk.store)
    link.use(database, account(database), "")
    settle(qtbot, link)
    window.actions_by_name["hub.people"].trigger()
    form = next(child for child in window.children() if isinstance(child, HubPeopleDialog))
    qtbot.waitUntil(form.let_in.isEnabled)
    row = next(row for row in range(form.table.rowCount()) if form.table.item(row, 0).text() == "Ayesha Khan")
    form.table.setCurrentCell(row, 0)
    assert not form.keep_out.isEnabled()
    click(form.let_in)
    qtbot.waitUntil(lambda: form.table.item(row, 2).text() == "ayesha_khan")
    assert form.verdict.text().startswith("Ayesha Khan is let in.")
    words = form.slip.toPlainText()
    assert "Your login: ayesha_khan" in words
    assert f"Server: {QSysInfo.machineHostName()} " in words, "this computer's own name for itself says nothing there"
    form.place.clear()
    qtbot.keyClicks(form.place, "192.0.2.7")
    assert "Server: 192.0.2.7 " in form.slip.toPlainText()
    hubs.demand_password(database, "ayesha_khan")
    password = words.partition("Password: ")[2].split()[0]
    assert postgres.read_newsroom(postgres.address(hubs.login(database, "ayesha_khan")), password=password).people
    qtbot.waitUntil(form.keep_out.isEnabled)
    assert form.let_in.text() == "Give a new password"
    place = form.let_in.geometry()
    click(form.let_in)
    assert form.verdict.text().endswith("Press Give a new password again.")
    QApplication.processEvents()
    assert form.let_in.geometry() == place
    form.table.setCurrentCell((row + 1) % form.table.rowCount(), 0)
    assert not form.verdict.text()
    form.table.setCurrentCell(row, 0)
    click(form.let_in)
    assert password in form.slip.toPlainText(), "it asks anew, as another was chosen meanwhile"
    click(form.let_in)
    qtbot.waitUntil(lambda: "Ayesha Khan has a new password" in form.verdict.text())
    assert password not in form.slip.toPlainText()
    qtbot.waitUntil(form.keep_out.isEnabled)
    click(form.keep_out)
    qtbot.waitUntil(lambda: not form.table.item(row, 2).text())
    assert "is kept out of the hub" in form.verdict.text()
    form.reject()
    window.actions_by_name["hub.people"].trigger()
    again = next(one for one in window.children() if isinstance(one, HubPeopleDialog) and one.isVisible())
    assert again.place.text() == "192.0.2.7"
    qtbot.waitUntil(again.add.isEnabled)
    again.reject()


def test_whoever_runs_the_hub_is_seen_to_be_in_and_adds_somebody_to_the_newsroom_from_there(
    qtbot, window, link, desk, database
):
    postgres.make(postgres.address(database), desk.store)
    link.use(database, account(database), "")
    settle(qtbot, link)
    window.actions_by_name["hub.people"].trigger()
    form = next(child for child in window.children() if isinstance(child, HubPeopleDialog))
    me = window.workspace.session.person.name
    row = next(row for row in range(form.table.rowCount()) if form.table.item(row, 0).text() == me)
    form.table.setCurrentCell(row, 0)
    qtbot.waitUntil(lambda: form.table.item(row, 2).text() == "postgres, runs the hub")
    assert not form.let_in.isEnabled()
    window.workspace.session.change_person(desk.chief.person)
    click(form.add)
    people_form = next(child for child in window.children() if isinstance(child, PeopleDialog) and child.isVisible())
    assert not form.isVisible()
    people_form.name.setText("Sana Iqbal")
    people_form.add()
    assert people_form.verdict.text() == "Sana Iqbal is listed. Close this: then let Sana Iqbal in at the hub."
    people_form.close()
    back = next(child for child in window.children() if isinstance(child, HubPeopleDialog) and child.isVisible())
    assert "Sana Iqbal" in [back.table.item(row, 0).text() for row in range(back.table.rowCount())]
    qtbot.waitUntil(lambda: not back._worker.is_busy)
    back.close()


def test_whoever_is_invited_is_let_in_at_the_hub_and_what_is_handed_over_is_whole(qtbot, window, link, desk, database):
    """Seen at the desk: who was invited stood nowhere, and the buttons lay on what was to be handed over."""
    postgres.make(postgres.address(database), desk.store)
    link.use(database, account(database), "")
    settle(qtbot, link)
    invited = joining.invite(desk.store, "Sana Iqbal", role=Role.EDITOR, by=desk.chief)
    window.actions_by_name["hub.people"].trigger()
    form = next(child for child in window.children() if isinstance(child, HubPeopleDialog) and child.isVisible())
    row = next(row for row in range(form.table.rowCount()) if form.table.item(row, 0).text() == "Sana Iqbal")
    assert form.table.item(row, 1).text() == "editor, invited"
    form.table.setCurrentCell(row, 0)
    qtbot.waitUntil(form.let_in.isEnabled)
    click(form.let_in)
    qtbot.waitUntil(lambda: form.table.item(row, 2).text() == "sana_iqbal")
    QApplication.processEvents()
    assert form.slip.geometry().bottom() < form.copy.geometry().top()
    assert form.table.height() >= 4 * form.table.rowHeight(0)
    login = hubs.login(database, "sana_iqbal")
    hubs.sync(desk, database)
    found = postgres.read_newsroom(postgres.address(login))
    assert [one.id for one in found.active if one.name == "Sana Iqbal"] == [invited.person.id]
    qtbot.waitUntil(lambda: not form._worker.is_busy)
    form.close()


@pytest.mark.parametrize("ends", ["\n", " "])  # a field of one line makes spaces of the ends of lines
def test_what_was_handed_over_is_pasted_whole(qtbot, ends):
    given = HubFields("hub.example.org", 6543, "newsroom", "rana_malik")
    card = write_card(Login("Rana Malik", "rana_malik", "ab2c-de3f"), given, "AB 12 CD")
    form = HubForm(HubFields())
    qtbot.addWidget(form)
    paste(form.server, card.replace("\n", ends))
    form.take_address_apart()
    assert form.fields == given
    assert form.password.text() == "ab2c-de3f"


@pytest.mark.parametrize(
    "said",
    [
        "server hub.example.org, port 6543, database newsroom, login owner, password ab2c-de3f; fingerprint AB 12",
        " Server    hub.example.org    Port  6543  Database  newsroom  Login     owner  Password  ab2c-de3f   (shown)",
        "Host = hub.example.org; Port = 6543; Database = newsroom; User = owner; Password = ab2c-de3f",
    ],
)
def test_lines_of_whoever_runs_the_server_are_pasted_whole(qtbot, said):
    form = HubForm(HubFields())
    qtbot.addWidget(form)
    paste(form.server, said)
    assert form.fields == HubFields("hub.example.org", 6543, "newsroom", "owner")
    assert form.password.text() == "ab2c-de3f"


def test_a_password_that_is_not_told_is_none(qtbot):
    form = HubForm(HubFields())
    qtbot.addWidget(form)
    paste(form.server, "Server hub.example.org Port 5432 Login owner Password as it was shown when owner was made")
    assert (form.login.text(), form.password.text()) == ("owner", "")


def test_somebody_who_was_invited_is_let_in_with_a_note_that_names_the_words(qtbot, window, link, desk, database):
    invited = joining.invite(desk.store, "Sana Iqbal", by=desk.chief)
    postgres.make(postgres.address(database), desk.store)
    link.use(database, account(database), "")
    settle(qtbot, link)
    window.actions_by_name["hub.people"].trigger()
    form = next(child for child in window.children() if isinstance(child, HubPeopleDialog))
    row = next(row for row in range(form.table.rowCount()) if form.table.item(row, 0).text() == "Sana Iqbal")
    assert form.table.item(row, 1).text() == "reporter, invited"
    form.table.setCurrentCell(row, 0)
    qtbot.waitUntil(form.let_in.isEnabled)
    click(form.let_in)
    qtbot.waitUntil(lambda: form.table.item(row, 2).text() == "sana_iqbal")
    assert "twelve words of your invitation" in form.slip.toPlainText()
    assert read_card(form.slip.toPlainText()).fields.login == "sana_iqbal"
    assert hubs.run(
        make_url(database).query["host"], "SELECT person FROM ovn.staff", database=make_url(database).database
    )[0] == (invited.person.id,)
    qtbot.waitUntil(form.keep_out.isEnabled)
    click(form.keep_out)
    qtbot.waitUntil(lambda: "The invitation is still good" in form.verdict.text())


def test_the_number_that_was_handed_over_is_compared_by_the_desk_on_this_computer_too(
    qtbot, window, link, hub, tmp_path
):
    address, password = hub
    shown, other = hub_fronts.Certificate(tmp_path), hub_fronts.Certificate(tmp_path, "other")
    with hub_fronts.front(make_url(address).query["host"], certificate=shown) as port:
        at = HubFields("127.0.0.1", port, make_url(address).database)
        login = Login("Rana Malik", "rana_malik", password)
        form = opened(window)
        paste(form.form.server, write_card(login, at, spaced(other.number)))
        click(form.save)
        assert "signed itself" in said(qtbot, form)
        assert form.certificate._about.text().startswith("This is not the number in what you pasted.")
        paste(form.form.server, write_card(login, at, spaced(shown.number)))
        click(form.save)
        qtbot.waitUntil(lambda: "Synced" in link.standing())
    assert addresses.split(link.address)[0].encryption is Encryption.PINNED


def spaced(number):
    return number.replace(":", " ")


def test_only_the_kinds_of_encryption_that_can_be_had_stand_in_the_list(qtbot):
    form = HubForm(HubFields("localhost", database="news", login="rana", encryption=Encryption.LOCAL))
    qtbot.addWidget(form)
    assert [form.encryption.itemData(row) for row in range(form.encryption.count())] == [
        Encryption.CHECKED,
        Encryption.UNCHECKED,
        Encryption.LOCAL,
    ]
    assert form.chosen is Encryption.LOCAL
    form.certificate = "hub.crt"
    form.choose_encryption(Encryption.PINNED)
    assert form.encryption.count() == 4


def test_a_round_that_is_asked_for_names_the_server_and_nothing_else_of_the_address(qtbot, window, link, hub):
    work = window.workspace.notices.work
    said = []
    work.changed.connect(lambda: said.extend(one.what for one in work.tasks))
    for address in (hub[0], "postgresql://rana@localhost:5611/news?sslmode=verify-ca&sslrootcert=%2Ftmp%2Fhub.crt"):
        link.use(address, account(address), "")
        settle(qtbot, link)
    assert set(said) == {"Syncing with the hub on this computer", "Syncing with the hub at localhost"}


def test_a_card_of_a_hub_on_this_computer_asks_for_no_certificate(qtbot):
    form = HubForm(HubFields())
    qtbot.addWidget(form)
    paste(form.server, write_card(Login("Rana", "rana", "ab2c"), HubFields("localhost", database="news")))
    assert form.chosen is Encryption.LOCAL


def test_another_login_is_told_that_it_runs_no_hub(qtbot, window, link, hub):
    address, password = hub
    link.use(address, account(address), password)
    settle(qtbot, link)
    window.actions_by_name["hub.people"].trigger()
    form = next(child for child in window.children() if isinstance(child, HubPeopleDialog))
    qtbot.waitUntil(lambda: "Only the login that runs the hub" in form.verdict.text())
    assert not form.let_in.isEnabled()


def test_whoever_is_retired_is_out_of_the_hub_with_the_next_round_of_whoever_runs_it(
    qtbot, window, link, desk, database
):
    url = postgres.address(database)
    postgres.make(url, desk.store)
    rana = postgres.add_staff(url, desk.reporter.person).login
    link.use(database, account(database), "")
    settle(qtbot, link)
    assert postgres.status(url).staff == (("Rana Malik", rana),)
    people.retire_staff(desk.store, "Rana Malik", by=desk.chief)
    link.sync()
    settle(qtbot, link)
    assert postgres.status(url).staff == ()
    with pytest.raises(DeskError):
        postgres.read_newsroom(postgres.address(hubs.login(database, rana)))
    assert "Rana Malik left the newsroom: the login at the hub is closed" in window.panes.bar.text


@pytest.mark.parametrize("name", ["server", "database", "login", "password"])
def test_what_was_handed_over_fills_every_field_wherever_it_is_pasted(qtbot, name):
    """Seen at the desk: pasted into Password, where the keyboard stood, the whole note was tried as the password."""
    form = HubForm(HubFields("hub.example.org", database="news", login="rana"))
    qtbot.addWidget(form)
    form.password.setText("old")
    card = write_card(Login("Rana", "rana_malik", "ab2c-de3f"), HubFields("hub.example.org", 5577, "newsroom"))
    getattr(form, name).selectAll()
    paste(getattr(form, name), card)
    assert (form.server.text(), form.port.value(), form.database.text()) == ("hub.example.org", 5577, "newsroom")
    assert (form.login.text(), form.password.text()) == ("rana_malik", "ab2c-de3f")


def test_what_is_filed_where_the_hub_keeps_this_laptop_out_is_said_to_be_here_only(qtbot, window, link, desk, database):
    """Seen at the desk: a reporter who was kept out filed, and was told that an editor had it to read."""
    url = postgres.address(database)
    postgres.make(url, desk.store)
    login = postgres.add_staff(url, desk.reporter.person).login
    panes, session = window.panes, window.workspace.session
    before, after = desk.draft(headline="Pumps"), desk.draft(headline="Water")
    desk.step(before, Step.FILE, desk.reporter)
    session.change_person(desk.reporter.person)
    link.use(postgres.without_password(postgres.address(hubs.login(database, login))), login, "")
    qtbot.waitUntil(lambda: "Synced" in link.standing())
    postgres.remove_staff(url, desk.reporter.person)
    window.features.articles.open(after)
    desk.step(after, Step.FILE, desk.reporter)
    qtbot.waitUntil(lambda: "waits for an editor" in panes.top_bar.custody.text())
    assert "kept out" not in panes.top_bar._person.text()

    link.sync()
    settle(qtbot, link)
    assert "waits for an editor" in row_of(panes, before)
    qtbot.waitUntil(lambda: row_of(panes, after).startswith("filed, on this laptop only"))
    assert panes.top_bar.custody.text() == "filed, on this laptop only"
    assert panes.writing._why.text().startswith("This article is filed here only: the hub does not let you in.")
    assert panes.top_bar._person.text() == f"{desk.reporter.person.name} · reporter, kept out of the hub"

    postgres.add_staff(url, desk.reporter.person)
    link.sync()
    settle(qtbot, link)
    assert "waits for an editor" in panes.top_bar.custody.text()
    assert panes.writing._why.text().startswith("This article is filed and waits to be read.")
    assert panes.top_bar._person.text() == f"{desk.reporter.person.name} · reporter"


def row_of(panes, article):
    model = panes.articles.model
    return panes.articles.texts.make(model.line(model.place_of(article))).about
