"""The roster and keys in the window."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ovn_desk import drawing
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Role
from ovn_desk.sync import bundle
from ovn_desk.ui.dialogs.people import PeopleDialog
from ovn_desk.ui.main_window import MainWindow
from ovn_desk.ui.state.workspace import Workspace
from ovn_desk.usecases import join_requests, joining, people


@pytest.fixture
def opened(qtbot, window, desk):
    def for_person(person):
        window.workspace.article.switch_person(person)
        made = PeopleDialog(window.workspace.session, window)
        qtbot.addWidget(made)
        made.show()
        return made

    return for_person


def shown(dialog):
    table = dialog.table
    return [tuple(table.item(row, column).text() for column in range(2)) for row in range(table.rowCount())]


def choose(dialog, name):
    names = [dialog.table.item(row, 0).text() for row in range(dialog.table.rowCount())]
    dialog.table.setCurrentCell(names.index(name), 0)


def test_a_chief_adds_somebody_changes_a_role_and_retires(opened, desk):
    dialog = opened(desk.chief.person)
    dialog.name.setText("Sana Iqbal")
    dialog.add()
    assert ("Sana Iqbal", "reporter") in shown(dialog)
    choose(dialog, "Sana Iqbal")
    dialog.new_role.setCurrentIndex(dialog.new_role.findData(str(Role.EDITOR)))
    dialog.change_role()
    assert ("Sana Iqbal", "editor") in shown(dialog)
    choose(dialog, "Sana Iqbal")
    dialog.retire()
    assert not desk.person("Sana").is_retired
    assert "cannot be undone" in dialog.verdict.text()
    dialog.retire()
    assert desk.person("Sana").is_retired
    assert dialog.verdict.text().startswith("Sana Iqbal is retired")


def test_after_somebody_is_retired_nobody_is_selected_and_no_button_has_moved(opened, desk):
    """Seen at the desk: two more presses of the same key retired the next person of the list."""
    dialog = opened(desk.chief.person)
    dialog.table.clearSelection()
    assert not dialog._retire.isEnabled()
    choose(dialog, "Rana Malik")
    dialog._retire.setFocus()
    place = dialog._retire.mapTo(dialog, dialog._retire.rect().topLeft())
    QTest.keyClick(dialog._retire, Qt.Key.Key_Space)
    dialog.layout().activate()
    assert "Press Retire again" in dialog.verdict.text()
    assert dialog._retire.mapTo(dialog, dialog._retire.rect().topLeft()) == place
    QTest.keyClick(dialog._retire, Qt.Key.Key_Space)
    assert desk.person("Rana Malik").is_retired
    assert not dialog.table.selectedItems()
    assert not dialog._retire.isEnabled()
    assert not dialog._retire.hasFocus()


def test_whoever_is_selected_stays_selected_when_others_come(opened, desk):
    """A sync between two presses moved the rows: the second press was about somebody else."""
    dialog = opened(desk.chief.person)
    choose(dialog, "Rana Malik")
    dialog.retire()
    people.add_staff(desk.store, name="Aamir Khan", role=Role.REPORTER, by=desk.chief)
    assert shown(dialog)[0] == ("Aamir Khan", "reporter")
    assert dialog.table.chosen.name == "Rana Malik"
    dialog.retire()
    assert desk.person("Rana Malik").is_retired
    joining.invite(desk.store, "Sana Iqbal", by=desk.chief)
    choose(dialog, "Sana Iqbal")
    assert dialog._withdraw.isVisible()
    joining.withdraw(desk.store, desk.read(people.open_invitations)[0].key, by=desk.chief)
    assert dialog.table.chosen is None, "another desk took the invitation back"
    assert not dialog._withdraw.isVisible()


def test_one_person_is_one_row_however_often_they_are_added_and_invited(opened, desk):
    """Seen at the desk: one Bilal became three, by Invite, Add and Invite again."""
    dialog = opened(desk.chief.person)

    def rows():
        table = dialog.table
        return [table.item(row, 2).text() for row, (name, _) in enumerate(shown(dialog)) if name == "Sana Iqbal"]

    def named(act):
        dialog.name.setText("Sana Iqbal")
        act()
        dialog.name.clear()

    named(dialog.invite)
    first = dialog.words.words
    (invited,) = desk.read(people.open_invitations)
    named(dialog.add)
    assert dialog.verdict.text().startswith("Sana Iqbal is invited already.")
    assert rows() == [f"invited, until {invited.expires}"]
    named(dialog.invite)
    assert dialog.words.words != first
    choose(dialog, "Sana Iqbal")
    dialog.invite()
    assert dialog.words.isVisible(), "without a key there is no other computer to be asked about"
    (last,) = desk.read(people.open_invitations)
    assert last.person == invited.person
    assert rows() == [f"invited, until {last.expires}"]
    with pytest.raises(DeskError, match="withdrawn"):
        joining.invitation_of(desk.store, first)


def test_whoever_is_let_in_or_retired_has_no_invitation_left(desk, opened):
    dialog = opened(desk.chief.person)
    dialog.name.setText("Rana Malik")
    dialog.invite()
    choose(dialog, "Rana Malik")
    article = desk.draft()
    assert dialog.table.chosen.status.endswith("until " + desk.read(people.open_invitations)[0].expires)
    dialog.retire()
    assert dialog.verdict.text() == (
        "Rana Malik's key will sign nothing more, and this cannot be undone. They have 1 story, which others can go on "
        "with. What they wrote and did not hand over will count nowhere: ask for it first. Their invitation is taken "
        "back. Press Retire again."
    )
    assert desk.article(article).reporter == desk.reporter.id
    dialog.retire()
    assert desk.person("Rana Malik").is_retired
    assert desk.read(people.open_invitations) == []


def test_a_double_click_retires_nobody(opened, desk):
    dialog = opened(desk.chief.person)
    choose(dialog, "Rana Malik")
    QTest.mouseClick(dialog._retire, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(dialog._retire, Qt.MouseButton.LeftButton)  # the second press of a double click, and no first
    assert "Press Retire again" in dialog.verdict.text()
    assert not desk.person("Rana Malik").is_retired
    QTest.mouseClick(dialog._retire, Qt.MouseButton.LeftButton)
    assert desk.person("Rana Malik").is_retired


def test_whoever_was_added_is_invited_by_one_press_and_has_the_role_they_are_listed_with(opened, desk):
    dialog = opened(desk.chief.person)
    dialog.name.setText("Sana Iqbal")
    dialog.role.setCurrentIndex(dialog.role.findData(str(Role.EDITOR)))
    dialog.add()
    assert dialog.verdict.text().endswith("select Sana Iqbal above and press Invite.")
    dialog.role.setCurrentIndex(dialog.role.findData(str(Role.REPORTER)))
    choose(dialog, "Sana Iqbal")
    dialog.invite()
    (invited,) = desk.read(people.open_invitations)
    assert (invited.name, invited.role) == ("Sana Iqbal", Role.EDITOR)
    assert dialog.words.isVisible()


def test_a_strip_without_words_is_never_shown(opened, desk, qtbot):
    """Seen at the desk: an empty green strip, when the words of an invitation were made."""
    dialog = opened(desk.chief.person)
    strips = []

    class Watch(QObject):
        def eventFilter(self, _, event):
            if event.type() is QEvent.Type.Show:
                strips.append(dialog.verdict.text())
            return False

    watch = Watch(dialog)
    dialog.verdict.installEventFilter(watch)
    dialog.name.setText("Sana Iqbal")
    dialog.invite()
    dialog.write_invitation(desk.store.path.parent / "sana")
    dialog.name.setText("Omar Latif")
    dialog.add()
    assert strips
    assert all(strips)


def test_a_chief_who_is_not_let_in_yet_changes_no_people_and_is_called_no_chief(
    qtbot, desk, renderer, editor, tmp_path
):
    (tmp_path / "theirs").mkdir()
    bundle.write(desk.store, tmp_path / "newsroom.ovnb", by=desk.chief)
    store, _ = bundle.join(tmp_path / "theirs" / "newsroom.ovn", tmp_path / "newsroom.ovnb")
    by = join_requests.ask(store, desk.chief.person)
    space = Workspace(store, renderer, by.person, settle=editor.settle, print_folder=drawing.print_folder)
    made = MainWindow(space, editor)
    qtbot.addWidget(made, before_close_func=lambda _: (space.abandon(), made.panes.preview.end(), store.close()))
    made.show()
    made.features.people.greet()
    assert made.panes.top_bar._person.text() == "Bilal Ahmed · not let in yet"
    assert not made.actions_by_name["person.invite"].isEnabled()
    made.features.people.show_people()
    dialog = made.findChild(PeopleDialog)
    assert not dialog.name.isVisible()
    assert not dialog._retire.isVisible()
    dialog.close()
    bundle.write(store, tmp_path / "request.ovnb", by=by)
    bundle.import_bundle(desk.store, tmp_path / "request.ovnb")
    join_requests.let_in(desk.store, by.key.id, by=desk.chief)
    bundle.write(desk.store, tmp_path / "answer.ovnb", by=desk.chief)
    bundle.import_bundle(store, tmp_path / "answer.ovnb")
    qtbot.waitUntil(lambda: "You are let in, Bilal Ahmed" in made.panes.bar.text)
    assert made.panes.top_bar._person.text() == "Bilal Ahmed · chief"
    made.features.people.show_people()
    assert next(one for one in made.findChildren(PeopleDialog) if one.isVisible()).name.isVisible()


def test_who_needs_an_editor_is_asked_for_one(window, desk):
    """Seen at the desk: “invite one” for an approval, and the role was reporter."""
    window.workspace.article.switch_person(desk.chief.person)
    window.features.people.invite_editor()
    dialog = next(one for one in window.findChildren(PeopleDialog) if one.isVisible())
    assert dialog.role.currentText() == "editor"
    assert not dialog.verdict.isVisible(), "nothing was done yet"
    dialog.reject()
    assert not window.panes.bar.isVisible(), "nothing was typed"


def test_the_role_box_shows_the_role_of_whoever_is_selected(opened, desk):
    dialog = opened(desk.chief.person)
    dialog.table.clearSelection()
    assert not dialog.new_role.isEnabled()
    choose(dialog, "Ayesha Khan")
    assert (dialog.new_role.isEnabled(), dialog.new_role.currentText()) == (True, "editor")


def test_invitations_are_listed_and_taken_back_and_nobody_is_invited_by_an_empty_field(opened, desk):
    dialog = opened(desk.chief.person)
    dialog.table.clearSelection()
    dialog.invite()
    assert dialog.verdict.text() == "Type the name of whom you invite."
    choose(dialog, desk.chief.name)
    dialog.invite()
    assert f"Invite {desk.chief.name} to another computer?" in dialog.verdict.text()
    assert desk.read(people.open_invitations) == []
    dialog.name.setText("Sana Iqbal")
    dialog.invite()
    assert dialog.words.isVisible()
    assert not dialog._own_key.isVisible(), "the words have the room"
    choose(dialog, "Sana Iqbal")
    row = dialog.table.currentRow()
    assert dialog.table.item(row, 2).text().startswith("invited, until ")
    assert not dialog._retire.isEnabled(), "nobody is retired who has not come"
    assert dialog._withdraw.text() == "Take the invitation back"
    dialog.withdraw()
    assert desk.read(people.open_invitations) == []
    assert "Sana Iqbal" not in [name for name, _ in shown(dialog)]


def test_the_only_chief_is_told_at_once_that_they_can_not_be_retired(opened, desk):
    dialog = opened(desk.chief.person)
    choose(dialog, desk.chief.name)
    dialog.retire()
    assert dialog.verdict.text() == "Bilal Ahmed is the only chief with a key. Make another chief first."
    assert not dialog._to_retire


def test_inviting_is_a_command_that_puts_the_keyboard_into_the_name(window, desk):
    window.workspace.article.switch_person(desk.chief.person)
    window.actions_by_name["person.invite"].trigger()
    dialog = next(one for one in window.findChildren(PeopleDialog) if one.isVisible())
    assert dialog.focusWidget() is dialog.name
    dialog.close()


def test_whoever_has_left_takes_along_what_they_typed_and_nobody_else_has(window, desk, qtbot, tmp_path):
    article = desk.draft(headline="Pumps stand still", body="The pumps stood.")
    window.features.articles.open(article)
    window.panes.writing.editor.insertPlainText("Typed only here. ")
    window.panes.writing.editor.settle()
    assert window.workspace.session.flushed_store()
    people.retire_staff(desk.store, desk.reporter.name, by=desk.chief)
    bar = window.panes.bar
    qtbot.waitUntil(lambda: "has left this newsroom" in bar.text)
    assert "What was written in 1 story is no version, or counts at no desk any more" in bar.text
    assert "Save what was typed here…" in [one.text() for one in bar._buttons]
    (tmp_path / "out").mkdir()
    for number in (1, 2):
        window.features.people.save_texts(tmp_path / "out")
        written = list((tmp_path / "out").iterdir())
        assert len(written) == number, "no file is written over"
    assert all("Typed only here. The pumps stood." in one.read_text(encoding="utf-8") for one in written)
    assert people.person_at_desk(desk.store, "").is_retired is False, "others have their keys here, too"


def test_whoever_comes_back_as_somebody_new_may_still_save_what_they_typed_before(window, desk, qtbot, tmp_path):
    """Seen at the desk: with the welcome the way to it was gone."""
    window.features.articles.open(desk.draft(headline="Pumps stand still", body="The pumps stood."))
    window.panes.writing.editor.insertPlainText("Typed only here. ")
    window.panes.writing.editor.settle()
    assert window.workspace.session.flushed_store()
    people.retire_staff(desk.store, desk.reporter.person.id, by=desk.chief)
    bar = window.panes.bar
    qtbot.waitUntil(lambda: "has left this newsroom" in bar.text)
    again = joining.invite(desk.store, desk.reporter.name, by=desk.chief)
    window.workspace.session.join(again.words)
    assert "is in no story of yours: save it as files" in bar.text
    window.features.people.save_texts(tmp_path, by=desk.reporter.person)
    (written,) = tmp_path.glob("pumps*.md")
    assert "Typed only here." in written.read_text(encoding="utf-8")


def test_the_words_of_an_invitation_stay_in_sight_when_it_is_saved_as_a_file(opened, desk, tmp_path):
    dialog = opened(desk.chief.person)
    dialog.name.setText("Sana Iqbal")
    dialog.invite()
    words = dialog.words.words
    assert dialog.words.text().count("<b>") == len(words.split()) == 12
    assert "needs the hub or a file of the newsroom" in dialog.verdict.text()
    dialog.write_invitation(tmp_path / "sana")
    assert joining.read_file(tmp_path / "sana.ovn-invitation")[0] == words
    assert dialog.words.isVisible()
    dialog.name.setText("Omar Latif")
    assert dialog.words.isVisible()


def test_a_reporter_sees_the_roster_and_changes_nothing_but_their_key(opened, desk):
    dialog = opened(desk.reporter.person)
    assert not dialog.name.isVisible()
    dialog.passphrase.setText("five words are better")
    dialog.again.setText("five words are better")
    dialog.renew()
    dialog.renew()
    assert people.is_sealed(desk.store, desk.reporter.person)
    assert dialog.passphrase.text() == ""


def test_enter_in_the_list_and_its_fields_makes_no_new_key(qtbot, opened, desk):
    before = desk.read(people.roster).keys.keys()
    dialog = opened(desk.chief.person)
    for place in (dialog.table, dialog.opened_with, dialog.passphrase, dialog.again):
        place.setFocus()
        qtbot.keyClick(place, Qt.Key.Key_Return)
        assert dialog.isVisible()
    assert desk.read(people.roster).keys.keys() == before
    dialog.name.setFocus()
    qtbot.keyClicks(dialog.name, "Sana Iqbal")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert dialog.words.words
    assert desk.read(people.roster).keys.keys() == before


def test_one_goes_on_with_the_new_key(opened, desk):
    dialog = opened(desk.chief.person)
    dialog.renew()
    dialog.renew()
    dialog.name.setText("Sana Iqbal")
    dialog.add()
    assert desk.person("Sana Iqbal").name == "Sana Iqbal", dialog.verdict.text()


def test_a_new_key_is_signed_by_the_old_one_and_two_different_passphrases_are_none(opened, desk):
    old = people.replace_key(desk.store, desk.person("Ayesha"), passphrase="old words")
    dialog = opened(desk.person("Ayesha"))
    dialog.opened_with.setText("old words")
    dialog.passphrase.setText("new words")
    dialog.again.setText("knew words")
    dialog.renew()
    assert "not the same" in dialog.verdict.text()
    dialog.again.setText("new words")
    dialog.renew()
    dialog.renew()
    new = desk.signer("Ayesha", passphrase="new words").key
    assert new.id != old.id
    found = desk.read(people.roster)
    assert found.keys[old.id].retired_at
    assert not found.keys[new.id].retired_at


def test_a_wrong_passphrase_changes_nothing_and_says_so(opened, desk):
    people.replace_key(desk.store, desk.person("Bilal"), passphrase="right")
    dialog = opened(desk.person("Bilal"))
    dialog.opened_with.setText("wrong")
    dialog.name.setText("Sana Iqbal")
    dialog.add()
    assert "passphrase" in dialog.verdict.text()
    assert ("Sana Iqbal", "reporter") not in shown(dialog)
    assert dialog.name.text() == "Sana Iqbal"


def test_who_got_a_key_meanwhile_has_one_in_a_dialog_that_was_kept(qtbot, window, desk):
    """Seen at the desk: “none yet” for three people who had keys, in a dialog that was kept from before."""
    window.workspace.article.switch_person(desk.chief.person)
    window.features.people.show_people()
    dialog = next(one for one in window.findChildren(PeopleDialog) if one.isVisible())
    dialog.name.setText("Sana Iqbal")
    dialog.add()
    dialog.name.setText("Sami")
    dialog.reject()
    people.make_key(desk.store, desk.person("Sana"))
    window.features.people.show_people()
    assert dialog.isVisible()
    choose(dialog, "Sana Iqbal")
    key = dialog.table.item(dialog.table.currentRow(), 2)
    assert key.text() != "none yet"


def test_the_way_to_a_key_stays_on_top_of_what_is_refused_and_goes_once_there_is_one(qtbot, window, desk):
    """Seen at the desk: “Sami Noor has no key on this computer”, shown after he had got one."""
    people.add_staff(desk.store, name="Sami Noor", role=Role.REPORTER, by=desk.chief)
    bar = window.panes.bar
    window.workspace.article.switch_person(desk.person("Sami"))
    assert "has no key" in bar.text
    greeted = bar.text
    window.features.articles.start()
    qtbot.waitUntil(lambda: bar.text == greeted)
    assert not bar.tells_of("refusal")
    window.workspace.notices.refused.emit("Name a folder to export to.")
    QApplication.processEvents()  # what follows a refusal for want of a key comes one turn later
    assert bar.text == "Name a folder to export to."
    window.workspace.session.key.make()
    bar.put_away()
    assert not bar.isVisible()
