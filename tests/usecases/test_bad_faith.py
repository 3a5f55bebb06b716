"""Bad faith: each is refused or detected, with words that say which record and why."""

import json
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlcipher3.dbapi2 as driver

from make import content
from ovn_desk import signing
from ovn_desk.domain.article import EventId
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.house import Role
from ovn_desk.domain.workflow import State, Step
from ovn_desk.store import law, records
from ovn_desk.usecases import (
    commenting,
    doctor,
    history,
    housekeeping,
    people,
    publishing,
    recording,
    restoring,
    signatures,
    writing,
)

KINDS = {"revisions": records.REVISION, "events": records.EVENT, "roster": records.ROSTER}


def raw(desk, *statements):
    """Changes the file behind the desk's back, its guards taken off and put on again."""
    with closing(driver.connect(str(desk.store.path), isolation_level=None)) as connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        for statement, *values in statements:
            connection.execute(statement, values)
        for _, sql in guards:
            connection.execute(sql)


def renamed(desk, table, name, **changes):
    """A record with other words and the hash that these have: what a careful forger would write."""
    with desk.store.read() as reading:
        statement = f"SELECT record FROM {table} WHERE id = ?"
        record = json.loads(reading.connection.exec_driver_sql(statement, (name,)).scalar_one())
    text = records.canonical(record | changes).decode()
    new = records.name_of(KINDS[table], text)
    raw(desk, (f"UPDATE {table} SET id = ?, record = ? WHERE id = ?", new, text, name))
    return new


def found(desk):
    return dict(reversed(doctor.examine(desk.store)))


def events(desk, article):
    return desk.read(lambda reading: reading.events(article))


def add(desk, event):
    """Stores an event that no use case made."""
    with desk.store.begin() as tx:
        tx.add_event(event)
    return event


def signed(desk, article, by, **changes):
    """An approval signed by a key, past every rule."""
    with desk.store.begin() as tx:
        digest = signatures.body(tx.revision(tx.article(article).head).content, desk.renderer).digest
        event = replace(recording.new_event(tx, article, Step.APPROVE, by, digest=digest), **changes)
        event = replace(event, proof=signing.sign(by.key, records.approval_bytes(event)))
        event = recording.sign(event, by.key)
        tx.add_event(event)
    return event


def uncounted(desk, article):
    return {one.id: str(one.why) for one in desk.article(article).uncounted}


def refused(desk, article, tmp_path):
    done = publishing.export(
        desk.store, publishing.ExportRequest((article,), tmp_path / "site"), by=desk.chief, renderer=desk.renderer
    )
    assert not (tmp_path / "site").exists()
    return done.refused[0].reason


def test_a_reporter_who_signs_past_the_rules_is_found_and_not_exported(desk, tmp_path):
    article = desk.in_review()
    event = signed(desk, article, desk.reporter)
    assert "Only an editor may approve" in found(desk)[event.id]
    assert desk.article(article).state is State.IN_REVIEW
    assert refused(desk, article, tmp_path)


def test_an_editor_who_signs_their_own_story_is_found_and_not_exported(desk, tmp_path):
    article = writing.start(desk.store, content(), by=desk.editor)
    desk.step(article, Step.FILE, desk.editor)
    desk.step(article, Step.TAKE, desk.chief)
    event = signed(desk, article, desk.editor)
    assert "reported this article" in found(desk)[event.id]
    assert refused(desk, article, tmp_path)


def test_one_key_in_two_peoples_names_signs_for_its_owner_alone(desk, tmp_path):
    article = desk.in_review()
    mine = replace(desk.editor, key=desk.reporter.key)
    with pytest.raises(StepRefused, match="not Ayesha Khan's"):
        desk.approve(article, mine)
    with desk.store.begin() as tx:  # past the use case
        event = recording.new_event(tx, article, Step.APPROVE, desk.reporter, digest="0" * 64)
        event = recording.sign(replace(event, by=desk.editor.id, name=desk.editor.name), desk.reporter.key)
        tx.add_event(event)
    assert "not that of the person it names" in found(desk)[event.id]
    assert desk.article(article).approval is None
    assert refused(desk, article, tmp_path)


def test_a_signature_used_again_is_found(desk, tmp_path):
    approval = desk.approve(desk.in_review())
    article = desk.in_review(headline="Another story")
    with desk.store.begin() as tx:
        event = recording.new_event(tx, article, Step.APPROVE, desk.editor, digest=approval.digest)
        event = replace(records.with_hash_id(event), signature=approval.signature)
        tx.add_event(event)
    assert "not that of the person it names" in found(desk)[event.id]
    assert refused(desk, article, tmp_path)


def test_a_proof_used_again_is_found(desk, tmp_path):
    approval = desk.approve(desk.in_review())
    article = desk.in_review(headline="Another story")
    with desk.store.begin() as tx:
        event = recording.new_event(tx, article, Step.APPROVE, desk.editor, digest=approval.digest)
        event = recording.sign(replace(event, proof=approval.proof), desk.editor.key)
        tx.add_event(event)
    assert "does not match what was approved" in found(desk)[event.id]
    assert "does not match" in refused(desk, article, tmp_path)


def test_an_approval_of_other_words_than_its_text_has_publishes_nothing(desk, tmp_path):
    """An editor may sign with a program of their own; readers get just what was signed."""
    article = desk.in_review()
    signed(desk, article, desk.editor, digest="0" * 64)
    assert "given for another text" in str(refused(desk, article, tmp_path))


@pytest.mark.parametrize(
    "change", [{"after": ()}, {"note": "x"}, {"reason": "x"}, {"at": datetime(2015, 1, 1, tzinfo=UTC)}, {"digest": "x"}]
)
def test_an_approval_that_was_revoked_is_not_played_again(desk, tmp_path, change):
    article = desk.in_review()
    approval = desk.approve(article)
    desk.step(article, Step.SEND_BACK, desk.editor, reason="A mistake.")
    desk.step(article, Step.FILE, desk.reporter)
    desk.step(article, Step.TAKE, desk.editor)
    newest = desk.article(article).newest
    same = {"note": approval.note} if change == {"after": ()} else change
    forged = replace(
        records.with_hash_id(replace(approval, **({"after": newest} | same))), signature=approval.signature
    )
    add(desk, forged)
    add(desk, approval)
    assert "not that of the person it names" in found(desk)[forged.id]
    assert desk.article(article).state is State.IN_REVIEW
    assert refused(desk, article, tmp_path)


def test_an_approval_of_another_revision_is_found(desk, tmp_path):
    other = desk.article(desk.draft(headline="Another story")).head
    article = desk.in_review()
    event = signed(desk, article, desk.editor, revision=other)
    assert "none of this article that counts" in found(desk)[event.id]
    assert desk.article(article).state is State.IN_REVIEW
    assert refused(desk, article, tmp_path)


def test_an_approval_with_a_retired_key_is_found_even_when_its_clock_and_place_say_otherwise(desk, tmp_path):
    first = desk.approve(desk.in_review())
    editor = desk.editor
    article = desk.in_review(headline="Another story")
    people.retire_key(desk.store, "Ayesha")
    yesterday = first.at - timedelta(days=1)
    made = {"previous": first.previous, "key": editor.key.id, "device": first.device, "at": yesterday}
    with desk.store.begin() as tx:
        folded = tx.article(article)
        event = replace(first, article=article, revision=folded.head, after=folded.newest, **made)
        event = recording.sign(event, editor.key)
        tx.add_event(event)
    assert f"The key {editor.key.id} was retired before this was signed" in found(desk)[event.id]
    assert desk.article(article).state is State.IN_REVIEW
    assert refused(desk, article, tmp_path)


def test_a_reporter_who_makes_themselves_an_editor_in_the_table_is_found(desk, tmp_path):
    raw(desk, ("UPDATE staff SET role = 'editor' WHERE name = 'Rana Malik'",))
    assert "table of people" in found(desk)[desk.reporter.id]
    article = writing.start(desk.store, content(), by=desk.editor)
    desk.step(article, Step.FILE, desk.editor)
    rana = desk.signer("Rana")
    desk.step(article, Step.TAKE, rana)
    assert "Only an editor may take" in next(iter(uncounted(desk, article).values()))
    event = signed(desk, article, rana)
    assert "This article is filed" in found(desk)[event.id] or "Only an editor" in found(desk)[event.id]
    assert refused(desk, article, tmp_path)


def test_a_record_of_the_roster_that_nobody_signed_is_found_and_does_not_count(desk):
    roster = desk.read(people.roster)
    (old,) = [one for one in roster.records if one.name == "Rana Malik"]
    forged = records.with_hash_id(replace(old, act="role", role="editor", name="", after=roster.newest))
    with desk.store.begin() as tx:
        tx.add_roster(forged)
    assert "signature is missing" in found(desk)[forged.id]
    assert desk.read(people.roster).people[desk.reporter.id].role is Role.REPORTER


def test_a_house_that_no_chief_signed_is_found_and_does_not_hold(desk):
    newest = desk.read(lambda reading: reading.houses().newest)
    (record,) = desk.read(lambda reading: law.house_records(reading.connection, of_log=False))
    for key, why in ((desk.editor.key, "not that of the person"), (desk.reporter.key, "not that of the person")):
        forged = recording.sign(replace(record, text=record.text.replace("Twice", "Never"), after=newest), key)
        with desk.store.begin() as tx:
            tx.add_house(forged)
        assert why in found(desk)[forged.id]
    own = replace(record, by=desk.editor.id, key=desk.editor.key.id, text="name = 'Mine'", after=newest)
    with desk.store.begin() as tx:
        tx.add_house(recording.sign(own, desk.editor.key))
    assert any("Only a chief changes the newsroom's settings" in why for why in found(desk).values())
    assert desk.read(lambda reading: reading.house()).tagline == "Checked. Twice."


def test_another_founding_of_the_newsroom_takes_nothing_over(desk):
    stranger = signing.generate()
    (first,) = [one for one in desk.read(people.roster).records if one.act == "found"]
    forged = replace(first, person="x", by="x", key=stranger.id, about=stranger.id, public=stranger.public, name="X")
    forged = recording.sign(replace(forged, at=first.at - timedelta(days=1)), stranger)
    before = desk.read(people.roster)
    with desk.store.begin() as tx:
        tx.add_roster(forged)
    assert "somebody put it in" in found(desk)[forged.id]
    assert desk.read(people.roster).records == before.records


def test_what_was_verified_is_remembered_under_a_seal_that_a_forger_can_not_make(desk):
    article = desk.draft()
    good = desk.read(lambda reading: reading.revision(desk.article(article).head))
    forged = records.with_hash_id(replace(good, parents=(good.id,), content=content(body="Mine."), nonce=""))
    with desk.store.begin() as tx:
        tx.add_revision(forged)
        seal = tx.connection.exec_driver_sql("SELECT seal FROM verified WHERE id = ?", (good.id,)).scalar_one()
    raw(desk, ("INSERT INTO verified VALUES (?, ?)", forged.id, seal))
    assert desk.article(article).head == good.id
    assert forged.id in found(desk)


def test_a_changed_record_of_the_roster_is_found_by_its_hash_and_by_what_follows_it(desk):
    name = next(one.id for one in desk.read(people.roster).records if one.name == "Rana Malik")
    raw(desk, ("UPDATE roster SET record = replace(record, 'reporter', 'editor') WHERE id = ?", name))
    assert "does not match its hash" in found(desk)[name]
    raw(desk, ("UPDATE roster SET record = replace(record, 'editor', 'reporter') WHERE id = ?", name))
    renamed(desk, "roster", name, role="editor")
    assert any("is missing" in why for why in found(desk).values())


def test_a_removed_event_is_named_by_the_one_that_follows_it(desk):
    article = desk.in_review()
    commenting.comment(desk.store, article, "Check this.", by=desk.editor)
    file, take, comment = events(desk, article)
    raw(desk, ("DELETE FROM events WHERE id = ?", take.id))
    assert f"{take.id[:12]}, is missing" in found(desk)[comment.id]
    lines = {line.id: line.problem for line in desk.read(history.history, article)}
    assert take.id[:12] in lines[comment.id]
    assert lines[file.id] == ""


def test_the_last_event_of_this_computer_is_missed(desk):
    article = desk.in_review()
    last = commenting.comment(desk.store, article, "Check this.", by=desk.editor)
    raw(desk, ("DELETE FROM events WHERE id = ?", last.id))
    assert "last record of this computer is missing" in found(desk)[last.id]


def test_events_put_in_another_order_are_named(desk):
    file, take = events(desk, desk.in_review())
    raw(
        desk,
        ("UPDATE events SET seq = 100 WHERE id = ?", file.id),
        ("UPDATE events SET seq = 1 WHERE id = ?", take.id),
    )
    assert "the order was changed" in found(desk)[take.id]


def test_an_event_put_in_between_is_named(desk):
    file, take = events(desk, desk.in_review())
    forged = add(desk, recording.sign(replace(take, note="Not mine."), desk.editor.key))
    assert "another record of the same computer follows" in " ".join(why for _, why in doctor.examine(desk.store))
    assert forged.id in found(desk)
    assert file.id not in found(desk)


def test_an_event_with_other_words_and_a_fitting_hash_is_missed_by_the_next(desk):
    article = desk.in_review()
    file, take = events(desk, article)
    renamed(desk, "events", file.id, by=desk.editor.id)
    assert any(f"{file.id[:12]}, is missing" in why for record, why in doctor.examine(desk.store) if record == take.id)


def test_a_text_with_other_words_and_a_fitting_hash_is_missed_by_what_was_done_about_it(desk, tmp_path):
    article = desk.approved()
    head = desk.article(article).head
    text = json.loads(records.text_of(desk.read(lambda reading: reading.revision(head))))["content"]
    renamed(desk, "revisions", head, content=text | {"body": "The groups meet in May [@dawn-rail]."})
    assert any(head[:12] in why for _, why in doctor.examine(desk.store))
    assert refused(desk, article, tmp_path)


def test_a_last_text_with_other_words_and_a_fitting_hash_is_not_the_one_in_the_list(desk):
    article = desk.draft()
    desk.edit(article, desk.reporter, body="More.")
    head = desk.article(article).head
    renamed(desk, "revisions", head, by=desk.editor.id)
    assert "the list says something else" in found(desk)[article]
    assert desk.article(article).head != head


def test_a_draft_that_was_taken_out_whole_is_missed_by_the_list(desk):
    article = desk.draft()
    raw(desk, ("DELETE FROM revisions",))
    assert "every text of it is missing" in found(desk)[article]


@pytest.mark.parametrize("column", ["article", "device"])
def test_an_event_filed_elsewhere_is_named(desk, column):
    file, _ = events(desk, desk.in_review())
    raw(desk, (f"UPDATE events SET {column} = 'another' WHERE id = ?", file.id))
    assert any("filed under another" in why for record, why in doctor.examine(desk.store) if record == file.id)


def test_a_text_filed_under_another_article_is_named(desk):
    other, article = desk.draft(headline="Another story"), desk.draft()
    head = desk.article(article).head
    raw(desk, ("UPDATE revisions SET article = ? WHERE id = ?", other, head))
    assert any("filed under another article" in why for record, why in doctor.examine(desk.store) if record == head)


def test_an_export_without_an_approval_is_found(desk):
    article = desk.in_review()
    with desk.store.begin() as tx:
        event = recording.new_event(tx, article, Step.PUBLISH, desk.editor)
        tx.add_event(event)
    assert "only one that is approved or exported can be exported" in found(desk)[event.id]
    assert not desk.article(article).is_live


def test_a_clock_set_back_a_year_refuses_nothing_and_is_said(desk):
    article = desk.draft()
    desk.step(article, Step.FILE, desk.reporter)
    with desk.store.begin() as tx:
        event = recording.new_event(tx, article, Step.TAKE, desk.editor)
        event = recording.sign(replace(event, at=datetime.now(UTC) - timedelta(days=365)), desk.editor.key)
        tx.add_event(event)
    assert desk.article(article).state is State.IN_REVIEW
    assert found(desk) == {}
    ((record, why),) = doctor.notes(desk.store)
    assert (record, "clock stood at" in why) == (event.id, True)
    desk.approve(article)


def test_what_a_newer_desk_wrote_is_kept_and_said(desk):
    article = desk.in_review()
    _, take = events(desk, article)
    record = json.loads(records.text_of(take)) | {"step": "translate", "previous": take.id, "after": [take.id]}
    text = records.canonical(record).decode()
    name = records.name_of(records.EVENT, text)
    values = (name, article, take.device, take.id, text, signing.sign(desk.editor.key, records.signed_bytes(name)))
    columns = "id, article, device, previous, record, signature"
    raw(desk, (f"INSERT INTO events ({columns}) VALUES (?, ?, ?, ?, ?, ?)", *values))
    assert found(desk) == {}
    assert "newer desk (“translate”)" in dict(doctor.notes(desk.store))[EventId(name)]
    assert "written by a newer desk" in [line.what for line in desk.read(history.history, article)]
    with pytest.raises(StepRefused, match="newer desk"):
        desk.approve(article)


def test_a_list_that_was_changed_is_found_and_made_anew(desk):
    article = desk.in_review()
    raw(desk, ("UPDATE articles SET state = 'approved' WHERE id = ?", article))
    assert "the list says something else" in found(desk)[article]
    housekeeping.rebuild(desk.store)
    assert found(desk) == {}


def test_a_comment_on_words_that_are_not_there_is_refused(desk):
    from ovn_desk.text.comments import quote_words

    with pytest.raises(DeskError, match="is not in the text"):
        quote_words(content(), "Tehran")


def test_a_backup_put_in_the_place_of_a_lost_store_goes_on_in_another_chain(desk, tmp_path):
    article = desk.in_review()
    copy = housekeeping.back_up(desk.store, to=tmp_path)
    lost = commenting.comment(desk.store, article, "Check this.", by=desk.editor)
    later = housekeeping.back_up(desk.store, to=tmp_path / "later")
    restoring.recover(tmp_path / "again.ovn", copy)
    from ovn_desk.store import open_store

    store = open_store(tmp_path / "again.ovn")
    commenting.comment(store, article, "Another one.", by=desk.editor)
    assert restoring.restore(store, later).records == 1
    assert doctor.examine(store) == []
    assert lost.id in {event.id for event in desk.read(lambda reading: reading.events(article))}
    store.close()
