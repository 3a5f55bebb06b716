"""People and keys: who may change the roster, and what becomes of what they signed."""

import pytest

from make import HOUSE
from ovn_desk import signing
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.house import Role
from ovn_desk.usecases import approvals, doctor, people, publishing, reviewing


def problem(desk, event):
    return desk.read(approvals.signature_problem, event)


@pytest.fixture
def sealed(desk):
    """A newsroom whose chief has a key, sealed by a passphrase."""
    people.make_key(desk.store, desk.chief, passphrase="only Bilal")
    return desk


def chiefs_key(desk):
    return people.open_key(desk.store, desk.chief, passphrase="only Bilal")


def test_a_house_file_founds_the_roster_and_the_chiefs_key_seals_it(desk):
    assert not desk.read(people.roster).is_sealed
    key = people.make_key(desk.store, desk.chief)
    roster = desk.read(people.roster)
    assert (roster.is_sealed, roster.problems) == (True, ())
    assert [one.id for one in roster.chiefs_keys] == [key.id]
    assert roster.keys[key.id].device == desk.read(lambda reading: reading.device())


def test_only_an_opened_chiefs_key_changes_a_sealed_roster(sealed):
    changes = [
        lambda signer: people.add_staff(sealed.store, name="Omar", role=Role.REPORTER, signer=signer),
        lambda signer: people.make_key(sealed.store, sealed.editor, signer=signer),
        lambda signer: people.change_role(sealed.store, "Rana", Role.EDITOR, signer=signer),
        lambda signer: people.retire_staff(sealed.store, "Rana", signer=signer),
    ]
    for change in changes:
        with pytest.raises(DeskError, match="Bilal Ahmed has to open their key"):
            change(None)
    for change in changes:
        change(chiefs_key(sealed))
    assert sealed.read(people.roster).problems == ()
    assert sealed.person("Rana").is_retired
    assert doctor.examine(sealed.store) == []


def test_a_stranger_signs_nothing_into_the_roster(sealed, tmp_path):
    stranger = signing.generate()
    with pytest.raises(DeskError, match="The roster was not changed"):
        people.change_role(sealed.store, "Rana", Role.CHIEF, signer=stranger)
    editors = people.make_key(sealed.store, sealed.editor, signer=chiefs_key(sealed))
    with pytest.raises(DeskError, match="not signed by a chief"):
        people.change_role(sealed.store, "Ayesha", Role.CHIEF, signer=editors)
    assert sealed.person("Rana").role is Role.REPORTER


def test_a_chiefs_key_without_a_passphrase_signs_by_itself(desk):
    people.make_key(desk.store, desk.chief)
    people.add_staff(desk.store, name="Omar", role=Role.REPORTER)
    (record,) = [one for one in desk.read(people.roster).records if one.name == "Omar"]
    assert record.by == desk.chief.id
    assert record.signature


def test_what_a_key_signed_before_it_was_retired_holds_and_what_it_signs_after_does_not(desk, tmp_path):
    first = desk.in_review()
    before = desk.approve(first)
    key = people.open_key(desk.store, desk.editor)
    second = desk.in_review(headline="Another story")
    people.retire_key(desk.store, "Ayesha", reason="The laptop is lost.")
    assert problem(desk, before) == ""
    with pytest.raises(StepRefused, match="retired"):
        reviewing.approve(desk.store, second, by=desk.editor, key=key, renderer=desk.renderer)
    done = publishing.export(desk.store, [first], to=tmp_path / "site", by=desk.chief, renderer=desk.renderer)
    assert done.refused == ()
    assert doctor.examine(desk.store) == []


def test_a_new_key_takes_the_place_of_the_old_one_and_is_signed_with_it(sealed):
    old = people.make_key(sealed.store, sealed.editor, signer=chiefs_key(sealed))
    new = people.replace_key(sealed.store, sealed.editor, old=old, passphrase="new")
    roster = sealed.read(people.roster)
    assert roster.keys[old.id].retired_at
    assert not roster.keys[new.id].retired_at
    assert people.open_key(sealed.store, sealed.editor, passphrase="new").id == new.id
    assert roster.problems == ()


def test_a_key_retired_on_this_computer_makes_room_for_the_next(desk):
    desk.approved()
    people.retire_key(desk.store, "Ayesha")
    key = people.make_key(desk.store, desk.editor)
    assert people.open_key(desk.store, desk.editor).id == key.id
    with pytest.raises(DeskError, match="has a key on this computer already"):
        people.make_key(desk.store, desk.editor)


def test_an_approval_is_held_against_the_role_of_its_day(desk):
    event = desk.approve(desk.in_review())
    people.change_role(desk.store, "Ayesha", Role.REPORTER)
    assert problem(desk, event) == ""
    people.change_role(desk.store, "Ayesha", Role.EDITOR)
    people.retire_staff(desk.store, "Ayesha")
    assert problem(desk, event) == ""


def test_the_only_chief_with_a_key_does_not_leave(sealed):
    with pytest.raises(DeskError, match="only chief with a key"):
        people.retire_staff(sealed.store, "Bilal", signer=chiefs_key(sealed))


def test_the_same_change_twice_is_said(desk):
    with pytest.raises(DeskError, match="on the roster already"):
        people.add_staff(desk.store, name="rana MALIK", role=Role.EDITOR)
    with pytest.raises(DeskError, match="is a reporter already"):
        people.change_role(desk.store, "Rana", Role.REPORTER)
    people.retire_staff(desk.store, "Rana")
    with pytest.raises(DeskError, match="retired already"):
        people.retire_staff(desk.store, "Rana")
    with pytest.raises(DeskError, match="none that is in use"):
        people.retire_key(desk.store, "Rana")


def test_a_newsroom_made_twice_has_two_rosters(tmp_path):
    from ovn_desk.usecases import housekeeping

    stores = [housekeeping.found(tmp_path / f"{name}.ovn", house_text=HOUSE) for name in "ab"]
    copy = housekeeping.back_up(stores[1], to=tmp_path)
    housekeeping.restore(stores[0], copy)
    with stores[0].read() as reading:
        assert people.roster(reading).problems == ()
    for store in stores:
        store.close()


def key_files(desk):
    folder = people.keys_folder(desk.store.path)
    return {file.name: signing.key_name(file) for file in folder.iterdir()} if folder.exists() else {}


def leave(desk, name, key=None):
    """What a run that was killed left in the folder of the keys."""
    key = key or signing.generate()
    signing.keep(key, people.keys_folder(desk.store.path) / name, passphrase="left behind")
    return key


def test_a_key_is_kept_under_its_own_id_and_no_other_key_ever_takes_its_place(desk):
    first = people.make_key(desk.store, desk.editor)
    second = people.replace_key(desk.store, desk.editor)
    third = people.replace_key(desk.store, desk.editor)
    assert key_files(desk) == {f"{key.id}.json": key.id for key in (first, second, third)}
    assert people.open_key(desk.store, desk.editor).id == third.id


def test_what_a_killed_run_left_before_the_roster_knew_it_is_cleared_by_the_next(desk):
    leave(desk, "killed.new")
    key = people.make_key(desk.store, desk.editor)
    leave(desk, "again.new")
    (people.keys_folder(desk.store.path) / "torn.new").write_text('{"sealed": "')
    new = people.replace_key(desk.store, desk.editor, old=key)
    assert set(key_files(desk)) == {f"{key.id}.json", f"{new.id}.json"}


def test_a_key_that_the_roster_knew_when_the_run_was_killed_is_found_and_stays(desk):
    key = people.make_key(desk.store, desk.chief)
    folder = people.keys_folder(desk.store.path)
    (folder / f"{key.id}.json").rename(folder / f"{key.id}.new")
    assert people.open_key(desk.store, desk.chief).id == key.id
    # An older desk was killed between the roster and the name, and was told to do it again.
    (folder / f"{key.id}.json").rename(folder / f"{desk.chief.id}.new")
    new = people.replace_key(desk.store, desk.chief, old=key)
    assert set(key_files(desk)) == {f"{key.id}.json", f"{new.id}.json"}


def test_a_key_file_of_an_older_desk_is_found_unless_the_roster_never_knew_it(desk):
    leave(desk, f"{desk.editor.id}.json")
    key = people.make_key(desk.store, desk.editor)
    folder = people.keys_folder(desk.store.path)
    (folder / f"{desk.editor.id}.json").unlink()
    (folder / f"{key.id}.json").rename(folder / f"{desk.editor.id}.json")
    assert people.open_key(desk.store, desk.editor).id == key.id


def test_a_refused_key_leaves_no_file(sealed):
    before = key_files(sealed)
    with pytest.raises(DeskError, match="signature is missing"):
        people.make_key(sealed.store, sealed.editor, signer=signing.generate())
    assert key_files(sealed) == before


def test_a_new_person_and_their_key_come_together_or_not_at_all(sealed):
    with pytest.raises(DeskError, match="has to open their key"):
        people.add_staff_with_key(sealed.store, name="Omar", role=Role.REPORTER)
    omar = people.add_staff_with_key(sealed.store, name="Omar", role=Role.REPORTER, signer=chiefs_key(sealed))
    assert people.key_path(sealed.store, omar).exists()
