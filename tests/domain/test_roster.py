"""The roster folded from its records; here a record is signed by writing the key's public half as its signature."""

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ovn_desk.domain.article import Content, Revision
from ovn_desk.domain.house import Role
from ovn_desk.domain.roster import Act, Record, fold, key_id
from ovn_desk.domain.standing import maker_standing

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def is_signed(record, public):
    return record.signature == public


def public(name):
    return base64.b64encode(name.encode()).decode()


def of(name):
    """The id of a key by the name that this module gives it."""
    return key_id(public(name))


def record(number, act, person, *, by="bilal", signer="kb", after=None, minutes=None, key="", about="", **said):
    after = (number - 1,) if after is None and number > 1 else after or ()
    said |= {"about": of(key), "public": public(key)} if key else {}
    said |= {"about": of(about)} if about else {}
    return Record(
        f"r{number}",
        act,
        person,
        by,
        of(signer),
        "d",
        NOON + timedelta(minutes=number if minutes is None else minutes),
        after=tuple(f"r{before}" for before in after),
        signature=public(signer),
        **said,
    )


FOUNDED = [
    record(1, Act.FOUND, "bilal", name="Bilal", role="chief", key="kb"),
    record(2, Act.RECOVERY, "bilal", key="kr"),
    record(3, Act.ADD, "rana", name="Rana", role="reporter"),
    record(4, Act.ADD, "ayesha", name="Ayesha", role="editor"),
    record(5, Act.ADD_KEY, "ayesha", key="ka"),
]
INVITED = record(6, Act.INVITE, "omar", name="Omar", role="reporter", key="once", expires="2026-12-08")
JOINED = record(7, Act.ADD_KEY, "omar", by="omar", signer="once", key="ko")


def folded(*more):
    return fold([*FOUNDED, *more], is_signed)


def refused(*more):
    """Why the last of these records, put after the founded roster, does not count."""
    return str(dict(folded(*more).problems).get(more[-1].id, ""))


def test_a_founded_roster_has_its_people_and_the_keys_that_a_chief_signed():
    roster = folded()
    assert {person.name: person.role for person in roster.people.values()} == {
        "Rana": Role.REPORTER,
        "Ayesha": Role.EDITOR,
        "Bilal": Role.CHIEF,
    }
    assert (set(roster.keys), roster.founding, roster.problems) == ({of("ka"), of("kb")}, "r1", ())
    assert (roster.newest, roster.recovery, [one.id for one in roster.chiefs_keys]) == (
        ("r5",),
        public("kr"),
        [of("kb")],
    )


@given(st.permutations([*FOUNDED, INVITED, JOINED]))
def test_a_roster_is_the_same_whatever_order_its_records_arrive_in(records):
    assert fold(records, is_signed) == folded(INVITED, JOINED)


@pytest.mark.parametrize(
    ("forged", "said"),
    [
        (record(6, Act.ROLE, "rana", role="editor", signer="kx"), "signature is missing"),
        (replace(record(6, Act.ROLE, "rana", role="editor"), signature=public("kx")), "does not match"),
        (replace(record(6, Act.ROLE, "rana", role="editor"), signature=""), "does not match"),
        (record(6, Act.ROLE, "rana", role="editor", by="ayesha", signer="ka"), "not signed by a chief"),
        (record(6, Act.ROLE, "ayesha", role="chief", by="ayesha", signer="ka"), "not signed by a chief"),
        (record(6, Act.ROLE, "rana", role="editor", by="bilal", signer="ka"), "does not match"),
        (record(6, Act.ADD_KEY, "rana", by="rana", signer="kx", key="kx"), "signature is missing"),
        (record(6, Act.ADD_KEY, "rana", by="ayesha", signer="ka", key="kx"), "not signed by a chief"),
        (record(6, Act.ADD_KEY, "nobody", key="kx"), "not on the roster"),
        (replace(record(6, Act.ADD_KEY, "rana", key="kx"), about=of("ky")), "not what it is called"),
        (record(6, Act.ADD_KEY, "rana", key="ka"), "already"),
        (record(6, Act.ADD_KEY, "rana"), "names no key"),
        (record(6, Act.ADD, "omar", name="Omar", role="king"), "no role"),
        (record(6, Act.ADD, "rana", name="Rana", role="chief"), "already"),
        (record(6, Act.RETIRE, "nobody"), "not on the roster"),
        (record(6, Act.RETIRE_KEY, "rana", about="kx"), "not on the roster"),
        (record(6, Act.RETIRE_KEY, "bilal", about="kb", by="ayesha", signer="ka"), "no chief without"),
        (record(6, Act.RETIRE, "bilal"), "no chief without"),
        (record(6, Act.ROLE, "bilal", role="editor"), "no chief without"),
        (record(6, Act.ROLE, "rana", role="editor", after=[9]), "is missing"),
        (record(6, Act.FOUND, "omar", by="omar", signer="ko", name="Omar", role="chief", key="ko"), "beside"),
        (record(6, Act.ADD, "omar", name="Omar", role="chief", after=[]), "beside"),
        (record(6, Act.INVITE, "omar", name="Omar", role="chief", key="kx", by="ayesha", signer="ka"), "by a chief"),
        (record(6, Act.RECOVERY, "ayesha", key="kx", by="ayesha", signer="ka"), "not signed by a chief"),
    ],
)
def test_a_record_nobody_may_write_does_not_count_and_says_why(forged, said):
    assert said in refused(forged)
    before, after = folded(), folded(forged)
    assert (after.people, after.keys, after.invitations, after.recovery) == (
        before.people,
        before.keys,
        {},
        public("kr"),
    )


def test_an_invitation_adds_one_key_of_the_person_it_names_and_that_is_all():
    roster = folded(INVITED, JOINED)
    assert (roster.people["omar"].role, roster.keys[of("ko")].person) == (Role.REPORTER, "omar")
    assert roster.invitations[of("once")].used_by == of("ko")
    assert "omar" not in folded(INVITED).people
    again = record(8, Act.ADD_KEY, "omar", by="omar", signer="once", key="ko2")
    assert "used already" in refused(INVITED, JOINED, again)
    other = [
        record(7, Act.ADD_KEY, "rana", by="rana", signer="once", key="ko"),
        record(7, Act.ROLE, "omar", by="omar", signer="once", role="chief"),
        record(7, Act.INVITE, "omar", by="omar", signer="once", key="kx", role="chief"),
    ]
    assert all(refused(INVITED, one) for one in other)


def test_an_invitation_is_good_until_its_day_and_until_it_is_withdrawn():
    late = replace(JOINED, at=NOON + timedelta(days=15))
    assert "had expired" in refused(INVITED, late)
    gone = record(7, Act.RETIRE_KEY, "omar", about="once")
    assert "was withdrawn" in refused(INVITED, gone, replace(JOINED, id="r8", after=("r7",)))
    apart = replace(JOINED, id="r8", after=("r6",), at=NOON)
    assert "r8" in dict(folded(INVITED, gone, apart).problems)


def test_of_two_computers_that_use_one_invitation_one_joins():
    other = replace(record(7, Act.ADD_KEY, "omar", by="omar", signer="once", key="ko2", minutes=8), id="r7b")
    roster = folded(INVITED, JOINED, other)
    assert ({key.id for key in roster.keys.values() if key.person == "omar"}, len(roster.problems)) == ({of("ko")}, 1)


def test_the_recovery_key_adds_a_key_for_a_chief_and_nothing_else():
    assert refused(record(6, Act.ADD_KEY, "bilal", signer="kr", key="kb2")) == ""
    for other in (
        record(6, Act.ADD_KEY, "ayesha", by="ayesha", signer="kr", key="kx"),
        record(6, Act.ROLE, "ayesha", signer="kr", role="chief"),
        record(6, Act.RETIRE, "rana", signer="kr"),
    ):
        assert "and nothing else" in refused(other)


def test_a_person_may_retire_their_key_or_sign_a_new_one_with_it_but_no_more():
    assert refused(record(6, Act.ADD_KEY, "ayesha", by="ayesha", signer="ka", key="ka2")) == ""
    assert refused(record(6, Act.RETIRE_KEY, "ayesha", by="ayesha", signer="ka", about="ka")) == ""
    gone = record(6, Act.RETIRE_KEY, "ayesha", about="ka")
    assert "not signed by a chief" in refused(
        gone, record(7, Act.ADD_KEY, "ayesha", by="ayesha", signer="ka", key="k2")
    )


def test_a_retired_chiefs_key_changes_nothing_by_a_clock_set_back():
    second = [record(6, Act.ADD, "noor", name="Noor", role="chief"), record(7, Act.ADD_KEY, "noor", key="kn")]
    gone = record(8, Act.RETIRE_KEY, "noor", about="kn")
    forged = replace(
        record(7, Act.ROLE, "rana", by="noor", signer="kn", role="chief", minutes=7.5), id="r8b", after=("r7",)
    )
    roster = folded(*second, gone, forged)
    assert roster.people["rana"].role is Role.REPORTER
    assert "apart from the change" in str(dict(roster.problems)["r8b"])
    assert folded(*second, forged).people["rana"].role is Role.CHIEF


def test_how_a_person_stood_leaves_out_what_took_something_from_them_later():
    later = record(6, Act.ROLE, "ayesha", role="reporter")
    roster = folded(later)
    said = Revision("x", "a", Content(), (), "ayesha", "d", NOON, key=of("ka"))
    assert maker_standing(roster, said, lambda _: True).staff.role is Role.EDITOR
    assert maker_standing(roster, said, lambda _: False).staff.role is Role.REPORTER
    gone = folded(later, record(7, Act.RETIRE_KEY, "ayesha", about="ka"))
    assert maker_standing(gone, said, lambda _: True).problem is None
    assert "was retired before" in str(maker_standing(gone, said, lambda _: False).problem)
    assert "not one of the person" in str(maker_standing(roster, replace(said, by="bilal"), lambda _: True).problem)
    assert "not one of the person" in str(maker_standing(roster, replace(said, key=of("kx")), lambda _: True).problem)


def test_who_left_the_roster_signs_nothing_more_and_what_they_signed_before_holds():
    gone = folded(record(6, Act.RETIRE, "ayesha"))
    said = Revision("x", "a", Content(), (), "ayesha", "d", NOON, key=of("ka"))
    assert maker_standing(gone, said, lambda _: True).staff.role is Role.EDITOR
    assert "did not have this yet" in str(maker_standing(gone, said, lambda _: False).problem)
