"""People and keys: who may change the roster, and what becomes of what they signed."""

import pytest

from make import HOUSE, Desk, newsroom
from ovn_desk import signing
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.house import Role
from ovn_desk.domain.workflow import State
from ovn_desk.usecases import doctor, housekeeping, keys, people, publishing, restoring, reviewing, signatures


def problem(desk, event):
    return str(desk.read(signatures.signature_problem, event) or "")


@pytest.fixture
def sealed(tmp_path, renderer):
    """A newsroom of which only the chief has a key, sealed by a passphrase."""
    made = housekeeping.create_newsroom(tmp_path / "sealed.ovn", house_text=HOUSE, passphrase="only Bilal")
    yield Desk(made.store, renderer)
    made.store.close()


@pytest.fixture
def founded(tmp_path, renderer):
    """A newsroom of which only the chief has a key, which lies open."""
    made = housekeeping.create_newsroom(tmp_path / "founded.ovn", house_text=HOUSE)
    yield Desk(made.store, renderer)
    made.store.close()


def chief(desk):
    return desk.signer("Bilal", passphrase="only Bilal")


def ayesha(desk):
    return desk.person("Ayesha")


def test_whoever_makes_the_newsroom_is_its_chief_and_signs_the_others_in(founded):
    roster = founded.read(people.roster)
    assert (roster.problems, len(roster.people), len(roster.keys)) == ((), 3, 1)
    assert [one.id for one in roster.chiefs_keys] == [founded.chief.key.id]
    assert {record.by for record in roster.records} == {founded.chief.id}
    assert roster.keys[founded.chief.key.id].device == founded.read(lambda reading: reading.device())
    assert founded.read(lambda reading: reading.house()).name == "The Testing Post"
    with pytest.raises(DeskError, match="has no key on this computer"):
        founded.signer("Rana")
    assert doctor.examine(founded.store) == []


def test_only_an_opened_chiefs_key_changes_a_sealed_roster(sealed):
    changes = [
        lambda signer: people.add_staff(sealed.store, name="Omar", role=Role.REPORTER, by=signer),
        lambda signer: people.make_key(sealed.store, ayesha(sealed), by=signer),
        lambda signer: people.change_role(sealed.store, "Rana", Role.EDITOR, by=signer),
        lambda signer: people.retire_staff(sealed.store, "Rana", by=signer),
    ]
    for change in changes:
        with pytest.raises(DeskError, match="Bilal Ahmed has to open their key"):
            change(None)
    for change in changes:
        change(chief(sealed))
    assert sealed.read(people.roster).problems == ()
    assert sealed.person("Rana").is_retired
    assert doctor.examine(sealed.store) == []


def test_a_stranger_signs_nothing_into_the_roster(sealed, tmp_path):
    stranger = signing.Signer(sealed.person("Rana"), signing.generate())
    with pytest.raises(DeskError, match="The roster was not changed"):
        people.change_role(sealed.store, "Rana", Role.CHIEF, by=stranger)
    people.make_key(sealed.store, ayesha(sealed), by=chief(sealed))
    with pytest.raises(DeskError, match="not signed by a chief"):
        people.change_role(sealed.store, "Ayesha", Role.CHIEF, by=sealed.editor)
    assert sealed.person("Rana").role is Role.REPORTER


def test_a_chiefs_key_without_a_passphrase_signs_by_itself(desk):
    people.add_staff(desk.store, name="Omar", role=Role.REPORTER)
    (record,) = [one for one in desk.read(people.roster).records if one.name == "Omar"]
    assert record.by == desk.chief.id
    assert record.signature


def test_what_a_key_signed_before_it_was_retired_holds_and_what_it_signs_after_does_not(desk, tmp_path):
    first = desk.in_review()
    before = desk.approve(first)
    editor = desk.editor
    second = desk.in_review(headline="Another story")
    people.retire_key(desk.store, "Ayesha", reason="The laptop is lost.")
    assert problem(desk, before) == ""
    with pytest.raises(StepRefused, match="retired"):
        reviewing.approve(desk.store, second, by=editor, renderer=desk.renderer)
    done = publishing.export(
        desk.store, publishing.ExportRequest((first,), tmp_path / "site"), by=desk.chief, renderer=desk.renderer
    )
    assert done.refused == ()
    assert doctor.examine(desk.store) == []


def test_a_new_key_takes_the_place_of_the_old_one_and_is_signed_with_it(sealed):
    old = people.make_key(sealed.store, ayesha(sealed), by=chief(sealed))
    new = people.replace_key(sealed.store, ayesha(sealed), old=old, passphrase="new")
    roster = sealed.read(people.roster)
    assert roster.keys[old.id].retired_at
    assert not roster.keys[new.id].retired_at
    assert sealed.signer("Ayesha", passphrase="new").key.id == new.id
    assert roster.problems == ()


def test_a_key_retired_on_this_computer_makes_room_for_the_next(desk):
    desk.approved()
    people.retire_key(desk.store, "Ayesha")
    key = people.make_key(desk.store, ayesha(desk))
    assert desk.signer("Ayesha").key.id == key.id
    with pytest.raises(DeskError, match="has a key on this computer already"):
        people.make_key(desk.store, ayesha(desk))


def test_an_approval_is_held_against_the_role_of_its_day(desk):
    event = desk.approve(desk.in_review())
    people.change_role(desk.store, "Ayesha", Role.REPORTER)
    assert desk.article(event.article).state is State.APPROVED
    assert problem(desk, event) == ""
    people.change_role(desk.store, "Ayesha", Role.EDITOR)
    people.retire_staff(desk.store, "Ayesha")
    assert problem(desk, event) == ""


def test_the_only_chief_with_a_key_does_not_leave(sealed):
    with pytest.raises(DeskError, match="only chief with a key"):
        people.retire_staff(sealed.store, "Bilal", by=chief(sealed))


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
    stores = [newsroom(tmp_path / f"{name}.ovn") for name in "ab"]
    copy = housekeeping.back_up(stores[1], to=tmp_path)
    with pytest.raises(DeskError, match="another newsroom"):
        restoring.restore(stores[0], copy)
    with stores[0].read() as reading:
        assert people.roster(reading).problems == ()
    for store in stores:
        store.close()


def key_files(desk):
    folder = keys.folder_for(desk.store.path)
    return {file.name: signing.key_name(file) for file in folder.iterdir() if file.name != "cache.key"}


def leave(desk, name, key=None):
    """What a run that was killed left in the folder of the keys."""
    key = key or signing.generate()
    signing.keep(key, keys.folder_for(desk.store.path) / name, passphrase="left behind")
    return key


def test_a_key_is_kept_under_its_own_id_and_no_other_key_ever_takes_its_place(founded):
    first = people.make_key(founded.store, ayesha(founded))
    second = people.replace_key(founded.store, ayesha(founded))
    third = people.replace_key(founded.store, ayesha(founded))
    made = (founded.chief.key, first, second, third)
    assert key_files(founded) == {f"{key.id}.json": key.id for key in made}
    assert founded.signer("Ayesha").key.id == third.id


def test_what_a_killed_run_left_before_the_roster_knew_it_is_cleared_by_the_next(founded):
    leave(founded, "killed.new")
    key = people.make_key(founded.store, ayesha(founded))
    leave(founded, "again.new")
    (keys.folder_for(founded.store.path) / "torn.new").write_text('{"sealed": "')
    new = people.replace_key(founded.store, ayesha(founded), old=key)
    assert set(key_files(founded)) == {f"{one.id}.json" for one in (founded.chief.key, key, new)}


def test_a_key_that_the_roster_knew_when_the_run_was_killed_is_found_and_stays(founded):
    key = founded.chief.key
    folder = keys.folder_for(founded.store.path)
    (folder / f"{key.id}.json").rename(folder / f"{key.id}.new")
    assert founded.signer("Bilal").key.id == key.id
    new = people.replace_key(founded.store, founded.person("Bilal"), old=key)
    assert set(key_files(founded)) == {f"{key.id}.json", f"{new.id}.json"}


def test_a_refused_key_leaves_no_file(sealed):
    before = key_files(sealed)
    with pytest.raises(DeskError, match="signature is missing"):
        people.make_key(sealed.store, ayesha(sealed), by=signing.Signer(ayesha(sealed), signing.generate()))
    assert key_files(sealed) == before


def test_a_new_person_and_their_key_come_together_or_not_at_all(sealed):
    with pytest.raises(DeskError, match="has to open their key"):
        people.add_staff_with_key(sealed.store, name="Omar", role=Role.REPORTER)
    omar = people.add_staff_with_key(sealed.store, name="Omar", role=Role.REPORTER, by=chief(sealed))
    assert people.has_key(sealed.store, omar)
