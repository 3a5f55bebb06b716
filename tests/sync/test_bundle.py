"""Bundles: there and back, what one would bring, whom it is for, and everything that may be wrong with one."""

import json
import random
import stat
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sharing
from effort import examples
from make import Desk
from ovn_desk import signing
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Role
from ovn_desk.domain.image import Image
from ovn_desk.domain.workflow import CommentText, State, Step
from ovn_desk.store import replication
from ovn_desk.sync import bundle
from ovn_desk.sync.bundle import container
from ovn_desk.usecases import commenting, doctor, merging, people, recording, signatures, writing

PIXELS = b"as if it were a picture"


def key_of(desk, person):
    return people.signer(desk.store, person).key


def written(desk, folder, articles=None, *, by=None, **options):
    by = by or desk.reporter
    to = Path(folder) / f"{random.random()}.ovnb"
    bundle.write(desk.store, to, articles, by=by, **options)
    return to


def with_picture(desk):
    with desk.store.begin() as tx:
        name = tx.add_blob(PIXELS, "image/jpeg")
    return desk.draft(images=(Image("dam", name, alt="A dam", caption="The dam.", credit="OVN"),))


def test_a_story_goes_to_the_editor_by_stick_and_comes_back_approved(desks, tmp_path):
    one, other = desks
    article = one.draft()
    one.step(article, Step.FILE, one.reporter)
    bundle.import_bundle(other.store, written(one, tmp_path, [article]))
    other.step(article, Step.TAKE, other.editor)
    commenting.comment(other.store, article, by=other.editor, text="Good.")
    event = other.approve(article)
    came = bundle.import_bundle(one.store, written(other, tmp_path, [article], by=other.editor))
    assert came.articles == {article}
    assert one.article(article).state is State.APPROVED
    assert one.read(signatures.signature_problem, event) is None
    assert sharing.folds(one) == sharing.folds(other)


def test_pictures_come_along_and_one_that_is_missing_stops_no_text(desks, tmp_path):
    one, other = desks
    article = with_picture(one)
    bundle.import_bundle(other.store, written(one, tmp_path))
    name = one.read(writing.text_of, article).images[0].sha256
    assert other.read(lambda reading: reading.blob(name)) == ("image/jpeg", PIXELS)
    gone = one.draft(images=(Image("gone", "0" * 64),))
    to = tmp_path / "gone.ovnb"
    made = bundle.write(one.store, to, [gone], by=one.reporter)
    assert (made.files, made.missing) == (0, 1)
    bundle.import_bundle(other.store, to)
    assert other.read(writing.text_of, gone).headline
    assert "is missing" in doctor.examine(other.store)[0][1]


def test_looking_says_what_would_come_and_changes_nothing(desks, tmp_path):
    one, other = desks
    old, new, same = one.draft(headline="Old"), one.draft(headline="New"), one.draft(headline="Same")
    sharing.send(one, other, [old, same])
    one.edit(old, by=one.reporter, headline="Old, again")
    one.step(old, Step.FILE, one.reporter)
    people.add_staff(one.store, name="Omar", role=Role.EDITOR)
    before = sharing.total(other)
    found = bundle.preview_bundle(other.store, written(one, tmp_path))
    assert (found.by, found.problem, found.people) == ("Rana Malik", "", 1)
    assert {(one.headline, one.is_new, one.revisions, one.events) for one in found.articles} == {
        ("Old, again", False, 1, 1),
        ("New", True, 1, 0),
        ("Same", False, 0, 0),
    }
    assert [one.id for one in found.articles if one.is_here] == [same]
    assert new in [one.id for one in found.articles]
    assert sharing.total(other) == before


def test_a_colleague_gets_what_they_lack_until_they_say_that_they_have_it(desks, tmp_path):
    one, other = desks
    first, _ = one.draft(headline="First"), one.draft(headline="Second")
    lost = written(one, tmp_path, unseen_by=one.editor)
    again = written(one, tmp_path, unseen_by=one.editor)
    assert (
        len(bundle.preview_bundle(other.store, again).articles)
        == len(bundle.preview_bundle(other.store, lost).articles)
        == 2
    )
    bundle.import_bundle(other.store, again)
    bundle.import_bundle(one.store, written(other, tmp_path, by=other.editor))
    with pytest.raises(DeskError, match="Ayesha Khan has everything that is here"):
        written(one, tmp_path, unseen_by=one.editor)
    one.edit(first, by=one.reporter, body="More.")
    found = bundle.preview_bundle(other.store, written(one, tmp_path, unseen_by=one.editor))
    assert [one.headline for one in found.articles] == ["First"]


def test_a_story_that_was_begun_and_left_without_a_word_is_none_that_anybody_lacks(desks):
    """Seen at the desk: three stories were to be handed over where two had been written."""
    one, _ = desks
    article = one.draft(headline="", standfirst="", body="")
    first = one.draft(headline="First")
    assert one.read(bundle.unseen_articles, one.editor.person) == [first]
    one.edit(article, by=one.reporter, body="A word.")
    assert set(one.read(bundle.unseen_articles, one.editor.person)) == {article, first}


def test_a_file_about_another_story_tells_its_addressee_what_came_to_its_writer(desks, tmp_path):
    """Also of what its writer went on with since, and keeps; what they lack is not known to be there."""
    one, other = desks
    taken, lost, reply = one.draft(headline="Taken in"), one.draft(headline="Lost"), one.draft(headline="Reply")
    one.step(taken, Step.FILE, one.reporter)
    bundle.import_bundle(other.store, written(one, tmp_path, [taken, reply]))
    other.step(taken, Step.TAKE, other.editor)
    commenting.comment(other.store, reply, by=other.editor, text="Good.")
    answer = written(other, tmp_path, [reply], by=other.editor, addressee=other.reporter.person)
    bundle.import_bundle(one.store, answer)
    assert one.read(bundle.unseen_articles, one.editor.person) == [lost]
    commenting.comment(one.store, taken, by=one.reporter, text="Look at the second paragraph.")
    assert set(one.read(bundle.unseen_articles, one.editor.person)) == {taken, lost}
    bundle.import_bundle(one.store, answer)
    assert set(one.read(bundle.unseen_articles, one.editor.person)) == {taken, lost}


def test_who_made_the_last_of_a_story_has_it_whoever_carried_it(desks, tmp_path):
    """Nothing that the editor says of their stories came: their step came by somebody else's file."""
    one, other = desks
    taken, untouched = one.draft(headline="Taken"), one.draft(headline="Untouched")
    one.step(taken, Step.FILE, one.reporter)
    bundle.import_bundle(other.store, written(one, tmp_path))
    other.step(taken, Step.TAKE, other.editor)
    bundle.import_bundle(one.store, written(other, tmp_path, [taken], by=other.chief))
    assert one.read(bundle.unseen_articles, one.editor.person) == [untouched]
    commenting.comment(one.store, taken, by=one.reporter, text="Since.")
    assert set(one.read(bundle.unseen_articles, one.editor.person)) == {taken, untouched}


def test_what_somebody_wrote_in_anothers_name_proves_nothing_of_what_they_have(desks, tmp_path):
    one, _ = desks
    article = one.draft(headline="Hidden from the editor")
    one.step(article, Step.FILE, one.reporter)
    with one.store.begin() as tx:
        made = recording.new_event(tx, article, Step.COMMENT, one.reporter, details=CommentText("Seen."))
        tx.add_event(recording.sign(replace(made, by=one.editor.id), one.reporter.key))
    assert one.read(bundle.unseen_articles, one.editor.person) == [article]


def test_a_file_for_nobody_by_name_tells_of_its_own_stories_alone(desks, tmp_path):
    one, _ = desks
    article, _ = one.draft(headline="Handed"), one.draft(headline="Another")
    with container.open_bundle(written(one, tmp_path, [article])) as opened:
        assert [share.article for share in opened.manifest.shares] == [article]


def test_a_file_of_before_the_format_told_what_was_received_is_believed_in_what_it_tells(desks, tmp_path):
    one, other = desks
    article = one.draft()
    sharing.send(one, other, [article])
    file = written(other, tmp_path, by=other.editor)
    with container.open_bundle(file) as opened:
        assert [(share.article, share.received) for share in opened.manifest.shares] == [(article, "")]
    bundle.import_bundle(one.store, file)
    assert one.read(bundle.unseen_articles, one.editor.person) == []


def test_a_sealed_bundle_opens_for_one_person_only(desks, tmp_path):
    one, other = desks
    article = one.draft(headline="Not for everybody")
    file = written(one, tmp_path, [article], sealed_to=one.editor)
    assert b"everybody" not in file.read_bytes()
    assert bundle.sealed_to(file) == key_of(one, one.editor).id
    with pytest.raises(DeskError, match="sealed for somebody else, whose key is ovn-"):
        bundle.import_bundle(other.store, file)
    with pytest.raises(DeskError, match="sealed for somebody else, whose key is ovn-"):
        bundle.import_bundle(other.store, file, key=key_of(other, other.chief))
    came = bundle.import_bundle(other.store, file, key=key_of(other, other.editor))
    assert came.articles == {article}


def test_nothing_is_sealed_to_somebody_without_a_key(desks, tmp_path):
    omar = people.add_staff(desks[0].store, name="Omar", role=Role.EDITOR)
    with pytest.raises(DeskError, match="Omar has no key"):
        written(desks[0], tmp_path, sealed_to=omar)
    assert list(tmp_path.glob("*.part")) == []


def test_a_new_computer_is_set_up_from_a_bundle(desks, tmp_path, renderer):
    one, _ = desks
    article = one.approved()
    store, came = bundle.join(tmp_path / "new.ovn", written(one, tmp_path))
    new = Desk(store, renderer)
    assert came.articles == {article}
    assert sharing.folds(new) == sharing.folds(one)
    assert new.read(lambda reading: reading.device()) != one.read(lambda reading: reading.device())
    assert doctor.examine(store) == []
    store.close()


def test_no_newsroom_is_set_up_from_a_bundle_by_somebody_who_is_not_of_it(desks, tmp_path):
    one, _ = desks
    one.draft()
    with pytest.raises(DeskError, match="is not among the people"):
        bundle.join(tmp_path / "new.ovn", packed(written(one, tmp_path), signing.generate()))
    assert not (tmp_path / "new.ovn").exists()


def test_the_same_bundle_twice_changes_nothing(desks, tmp_path):
    one, other = desks
    one.approved()
    file = written(one, tmp_path)
    bundle.import_bundle(other.store, file)
    before = sharing.total(other)
    assert bundle.import_bundle(other.store, file).added == 0
    assert sharing.total(other) == before


def test_an_older_bundle_takes_nothing_back(desks, tmp_path):
    one, other = desks
    article = one.draft(body="One.")
    old = written(one, tmp_path)
    one.edit(article, by=one.reporter, body="Two.")
    bundle.import_bundle(other.store, written(one, tmp_path))
    bundle.import_bundle(other.store, old)
    assert other.read(writing.text_of, article).body == "Two."


# Who wrote it


def test_a_bundle_from_another_newsroom_is_refused(desks, tmp_path, renderer):
    with sharing.newsroom(tmp_path / "elsewhere", renderer, number=1) as (stranger,):
        stranger.draft()
        file = written(stranger, tmp_path)
    assert "another newsroom" in bundle.preview_bundle(desks[0].store, file).problem
    with pytest.raises(DeskError, match="another newsroom"):
        bundle.import_bundle(desks[0].store, file)
    assert sharing.folds(desks[0]) == {}


def packed(file, key=None, **changes):
    """The bundle with another manifest, signed by whoever wants to."""
    with zipfile.ZipFile(file) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(entries[container.MANIFEST]) | changes
    if key:
        manifest |= {"key": key.id, "public": key.public}
        raw = json.dumps(manifest).encode()
        entries[container.SIGNATURE] = signing.sign(key, container.signed_bytes(raw)).encode()
    entries[container.MANIFEST] = json.dumps(manifest).encode()
    return repacked(file, entries)


def repacked(file, entries):
    to = file.with_name(f"{random.random()}.ovnb")
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return to


def test_a_bundle_signed_by_a_stranger_is_refused(desks, tmp_path):
    one, other = desks
    one.draft()
    forged = packed(written(one, tmp_path), signing.generate())
    with pytest.raises(DeskError, match="Rana Malik, who signed this file, is not among the people"):
        bundle.import_bundle(other.store, forged)


def test_somebody_whom_a_chief_signed_in_elsewhere_is_no_stranger(desks, tmp_path):
    one, other = desks
    people.add_staff_with_key(one.store, name="Omar", role=Role.EDITOR)
    article = one.draft()
    bundle.import_bundle(other.store, written(one, tmp_path, by=one.signer("Omar")))
    assert other.person("Omar").role is Role.EDITOR
    assert article in sharing.folds(other)


def test_a_bundle_signed_with_a_retired_key_is_refused_also_when_only_the_bundle_knows(desks, tmp_path):
    one, other = desks
    one.draft()
    file = written(one, tmp_path)
    people.retire_key(other.store, "Rana", reason="stolen")
    with pytest.raises(DeskError, match="key of Rana Malik that is retired"):
        bundle.import_bundle(other.store, file)
    with pytest.raises(DeskError, match="is retired"):
        written(other, tmp_path, by=other.reporter)


# What may be wrong with the file


def spoiled_rows(file):
    with zipfile.ZipFile(file) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    entries[container.ROWS] = entries[container.ROWS].replace(b"Baku", b"Bako")
    return repacked(file, entries)


def with_entry(file, name, data=b"x", mode=None):
    to = file.with_name(f"{random.random()}.ovnb")
    to.write_bytes(file.read_bytes())
    with zipfile.ZipFile(to, "a", zipfile.ZIP_DEFLATED) as archive:
        entry = zipfile.ZipInfo(name)
        if mode:
            entry.external_attr = mode << 16
        archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return to


def truncated(file):
    to = file.with_name("short.ovnb")
    to.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    return to


def not_a_zip(file):
    file.write_bytes(b"Dear colleague, " * 100)
    return file


def many_entries(file):
    to = file.with_name("many.ovnb")
    with zipfile.ZipFile(to, "w") as archive:
        for number in range(container.MOST_ENTRIES + 1):
            archive.writestr(f"{number}", b"")
    return to


BAD = [
    (truncated, "is not whole: it was cut short"),
    (not_a_zip, "is not whole: it was cut short"),
    (spoiled_rows, "is not whole: it was cut short"),
    (lambda file: packed(file, name="Somebody Else"), "signature of this file does not fit"),
    (lambda file: packed(file, format=1), "An older OVN Desk wrote this file"),
    (lambda file: packed(file, format=3), "A newer OVN Desk wrote this file"),
    (lambda file: packed(file, format="1"), "is not whole: it was cut short"),
    (lambda file: packed(file, mood="good"), "newer OVN Desk"),
    (lambda file: with_entry(file, "../../etc/passwd"), "a part that no hand-over has"),
    (lambda file: with_entry(file, "/etc/passwd"), "a part that no hand-over has"),
    (lambda file: with_entry(file, container.BLOBS + "0" * 64, b"/etc", stat.S_IFLNK | 0o777), "no hand-over has"),
    (lambda file: with_entry(file, container.BLOBS + "0" * 64), "is not whole: it was cut short"),
    (lambda file: with_entry(file, container.BLOBS + "0" * 64, bytes(60 * 1024**2)), "is larger than it may be"),
    (many_entries, "more parts than a hand-over may have"),
]


@pytest.mark.parametrize(("spoil", "words"), BAD)
def test_a_bundle_that_is_not_whole_is_refused_in_one_sentence_and_changes_nothing(desks, tmp_path, spoil, words):
    one, other = desks
    one.draft()
    before = sharing.total(other)
    file = spoil(written(one, tmp_path))
    for act in (bundle.preview_bundle, bundle.import_bundle):
        with pytest.raises(DeskError, match=words):
            act(other.store, file)
    assert sharing.total(other) == before


def test_a_name_that_stands_twice_is_refused(desks, tmp_path):
    one, other = desks
    one.draft()
    with pytest.warns(UserWarning, match="Duplicate name"):
        file = with_entry(written(one, tmp_path), container.MANIFEST)
    with pytest.raises(DeskError, match="a part that no hand-over has"):
        bundle.import_bundle(other.store, file)


def test_a_file_that_claims_to_unpack_to_ten_gigabytes_is_not_opened(desks, tmp_path):
    one, other = desks
    one.draft()
    name = container.BLOBS + "0" * 64
    file = with_entry(written(one, tmp_path), name, bytes(1024))
    raw = file.read_bytes()
    place = raw.rindex(b"PK\x01\x02")  # the entry in the directory at the end
    file.write_bytes(raw[: place + 24] + (2**32 - 2).to_bytes(4, "little") + raw[place + 28 :])
    with pytest.raises(DeskError, match="is larger than it may be"):
        bundle.import_bundle(other.store, file)


def test_a_missing_bundle_and_a_full_folder_are_said_in_words(desks, tmp_path):
    with pytest.raises(DeskError, match="There is no file"):
        bundle.import_bundle(desks[0].store, tmp_path / "nothing.ovnb")
    with pytest.raises(DeskError, match="cannot be written"):
        bundle.write(desks[0].store, tmp_path / "no" / "x.ovnb", by=desks[0].chief)


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7), cut=st.booleans())
def test_wherever_a_bundle_is_hurt_it_is_refused_or_says_the_same(desks, tmp_path, place, bit, cut):
    one, other = desks
    if not sharing.folds(one):
        with_picture(one)
        one.approved()
        bundle.write(one.store, tmp_path / "good.ovnb", by=one.reporter)
    raw = bytearray((tmp_path / "good.ovnb").read_bytes())
    spot = int(place * len(raw))
    if cut:
        raw = raw[:spot]
    else:
        raw[spot] ^= 1 << bit
    (tmp_path / "hurt.ovnb").write_bytes(raw)
    try:
        bundle.import_bundle(other.store, tmp_path / "hurt.ovnb")
    except DeskError as error:
        assert "\n" not in str(error)
    else:
        assert sharing.folds(other) == sharing.folds(one)
    assert set(sharing.folds(other)) <= set(sharing.folds(one))


def test_two_who_wrote_apart_are_brought_together_by_stick(desks, tmp_path):
    one, other = desks
    article = one.draft(body="The groups meet in Baku.\n\nThey talk about the line.")
    bundle.import_bundle(other.store, written(one, tmp_path))
    one.edit(article, by=one.reporter, body="The groups meet in Baku today.\n\nThey talk about the line.")
    other.edit(article, by=other.reporter, body="The groups meet in Baku.\n\nThey talk about the line, too.")
    came = bundle.import_bundle(other.store, written(one, tmp_path))
    merging.combine(other.store, came.articles)
    bundle.import_bundle(one.store, written(other, tmp_path))
    assert one.read(writing.text_of, article).body == "The groups meet in Baku today.\n\nThey talk about the line, too."
    assert one.read(replication.total) == other.read(replication.total)
