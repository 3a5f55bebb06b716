"""The roster folded from its records; here a record is signed by writing the key's public half as its signature."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ovn_desk.domain.house import Role
from ovn_desk.domain.roster import Act, Record, fold, standing

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def is_signed(record, public):
    return record.signature == public


def record(number, act, person, *, after=None, signer="", minutes=None, **said):
    after = (number - 1,) if after is None and number > 1 else after or ()
    signature = f"public {signer}" if signer else ""
    return Record(
        f"r{number}",
        act,
        person,
        "d",
        NOON + timedelta(minutes=number if minutes is None else minutes),
        after=tuple(f"r{before}" for before in after),
        by=person,
        signer=signer,
        signature=signature,
        **said,
    )


def key(number, person, name, **options):
    return record(number, Act.ADD_KEY, person, key=name, public=f"public {name}", **options)


FOUNDED = [
    record(1, Act.ADD, "rana", name="Rana", role="reporter"),
    record(2, Act.ADD, "ayesha", name="Ayesha", role="editor"),
    record(3, Act.ADD, "bilal", name="Bilal", role="chief"),
    key(4, "bilal", "kb", signer="kb"),
    key(5, "ayesha", "ka", signer="kb"),
]


def refused(*more):
    """Why the last of these records, put after the founded roster, does not count."""
    return dict(fold([*FOUNDED, *more], is_signed).problems).get(more[-1].id, "")


def test_a_founded_roster_has_its_people_and_keys_and_is_sealed_by_the_first_chief():
    roster = fold(FOUNDED, is_signed)
    assert {person.name: person.role for person in roster.people.values()} == {
        "Rana": Role.REPORTER,
        "Ayesha": Role.EDITOR,
        "Bilal": Role.CHIEF,
    }
    assert (set(roster.keys), roster.is_sealed, roster.problems, roster.newest) == ({"ka", "kb"}, True, (), ("r5",))
    assert not fold(FOUNDED[:3], is_signed).is_sealed


@given(st.permutations(FOUNDED))
def test_a_roster_is_the_same_whatever_order_its_records_arrive_in(records):
    assert fold(records, is_signed) == fold(FOUNDED, is_signed)


@pytest.mark.parametrize(
    ("forged", "said"),
    [
        (record(6, Act.ROLE, "rana", role="editor"), "signature is missing"),
        (record(6, Act.ROLE, "rana", role="editor", signer="kx"), "signature is missing"),
        (replace(record(6, Act.ROLE, "rana", role="editor", signer="kb"), signature="x"), "does not match"),
        (record(6, Act.ROLE, "rana", role="editor", signer="ka"), "not signed by a chief"),
        (record(6, Act.ADD, "omar", name="Omar", role="chief"), "signature is missing"),
        (key(6, "rana", "kr", signer="kr"), "signature is missing"),
        (record(6, Act.ADD, "omar", name="Omar", role="king", signer="kb"), "no role"),
        (record(6, Act.ADD, "rana", name="Rana", role="chief", signer="kb"), "already"),
        (record(6, Act.RETIRE, "nobody", signer="kb"), "not on the roster"),
        (record(6, Act.RETIRE_KEY, "rana", key="kr", signer="kb"), "not on the roster"),
        (record(6, Act.ROLE, "rana", role="editor", signer="kb", after=[9]), "is missing"),
        (record(6, Act.ADD, "omar", name="Omar", role="chief", after=[], minutes=6), "beside the beginning"),
        (record(6, Act.ROLE, "rana", role="chief", after=[1], minutes=1.5), "not under the signature"),
    ],
)
def test_a_record_nobody_may_write_does_not_count_and_says_why(forged, said):
    assert said in refused(forged)
    assert fold([*FOUNDED, forged], is_signed).people == fold(FOUNDED, is_signed).people


def test_a_record_put_in_before_the_beginning_is_seen():
    forged = record(9, Act.ADD, "omar", name="Omar", role="chief", after=[], minutes=0)
    assert fold([forged, *FOUNDED], is_signed).problems != ()


def test_a_person_may_retire_their_key_or_sign_a_new_one_with_it_but_no_more():
    assert refused(key(6, "ayesha", "ka2", signer="ka")) == ""
    assert refused(record(6, Act.RETIRE_KEY, "ayesha", key="ka", signer="ka")) == ""
    assert "not signed by a chief" in refused(key(6, "rana", "kr", signer="ka"))
    gone = record(6, Act.RETIRE_KEY, "ayesha", key="ka", signer="kb")
    assert "not signed by a chief" in refused(gone, key(7, "ayesha", "ka2", signer="ka"))


def test_who_is_retired_signs_nothing_more():
    gone = record(6, Act.RETIRE, "bilal", signer="kb")
    roster = fold([*FOUNDED, gone], is_signed)
    assert roster.people["bilal"].is_retired
    assert roster.keys["kb"].retired_at
    assert roster.chiefs_keys == []
    assert "not signed by a chief" in refused(gone, record(7, Act.ROLE, "rana", role="chief", signer="kb"))


def test_how_a_person_stood_leaves_out_what_came_later():
    later = record(6, Act.RETIRE_KEY, "ayesha", key="ka", signer="kb")
    role = record(7, Act.ROLE, "ayesha", role="reporter", signer="kb")
    records = fold([*FOUNDED, later, role], is_signed).records
    before = standing(records, "ayesha", "ka", lambda _: True)
    after = standing(records, "ayesha", "ka", lambda _: False)
    assert (before.role, before.is_key_retired) == (Role.EDITOR, False)
    assert (after.role, after.is_key_retired, after.is_retired) == (Role.REPORTER, True, False)
