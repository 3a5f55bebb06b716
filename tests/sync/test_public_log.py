"""The public log between desks: what one published, every other one has, whatever carried it."""

import json

import pytest

import forging
import hubs
import sharing
from ovn_desk.messages import Message
from ovn_desk.store import records
from ovn_desk.sync import exchange
from ovn_desk.sync.checking import RowRefused, check
from ovn_desk.usecases import publishing

LOG = ("log.jsonl", "checkpoints.jsonl", "checkpoint")


def export(desk, folder):
    publishing.export(desk.store, publishing.ExportRequest(None, folder), by=desk.editor, renderer=desk.renderer)
    return {name: (folder / name).read_text() for name in LOG}


def test_a_bundle_of_one_story_brings_the_whole_log(desks, tmp_path):
    one, other = desks
    first, second = one.approved(headline="Alpha"), one.approved(headline="Beta")
    for name in ("ours", "again"):
        ours = export(one, tmp_path / name)
    sharing.send(one, other, [first])
    done = publishing.export(
        other.store, publishing.ExportRequest(None, tmp_path / "theirs"), by=other.editor, renderer=other.renderer
    )
    assert done.notes == ()
    assert {name: (tmp_path / "theirs" / name).read_text() for name in LOG} == ours
    sharing.send(one, other, [second])
    assert export(other, tmp_path / "theirs") == ours


def test_the_hub_brings_it_under_the_login_of_an_editor(desks, database, tmp_path):
    from ovn_desk.sync import postgres

    one, other = desks
    url = postgres.address(database)
    postgres.make(url, one.store)
    postgres.add_staff(url, one.editor.person)
    one.approved(headline="Alpha")
    ours = export(one, tmp_path / "ours")
    assert hubs.sync(one, hubs.login(database, "ayesha_khan")).sent
    hubs.sync(other, hubs.login(database, "ayesha_khan"))
    assert export(other, tmp_path / "theirs") == ours


def test_desks_that_take_turns_have_one_log(desks, tmp_path):
    one, other = desks
    lines = []
    for number, headline in enumerate(("Alpha", "Beta", "Gamma", "Delta")):
        desk, next_one = (one, other) if number % 2 == 0 else (other, one)
        desk.approved(headline=headline)
        made = export(desk, tmp_path / f"{number % 2}")["log.jsonl"].splitlines()
        assert made[: len(lines)] == lines
        assert len(made) == number + 1
        lines = made
        sharing.send(desk, next_one)


def test_desks_that_published_apart_again_and_again_end_with_one_log(desks, tmp_path):
    one, other = desks
    seen = []
    for headline in ("Alpha", "Beta", "Gamma"):
        for name, desk in (("ours", one), ("theirs", other)):
            desk.approved(headline=f"{headline} {name}")
            seen.append(export(desk, tmp_path / name)["checkpoint"])
        sharing.send(one, other)
        sharing.send(other, one)
    last = [export(desk, tmp_path / name) for name, desk in (("ours", one), ("theirs", other))]
    sharing.send(one, other)
    sharing.send(other, one)
    last = [export(desk, tmp_path / name) for name, desk in (("ours", one), ("theirs", other))]
    assert last[0] == last[1]
    for number, head in enumerate(seen):
        kept = tmp_path / f"head-{number}" / "checkpoint"
        kept.parent.mkdir()
        kept.write_text(head)
        (found,) = [each for each in publishing.verify_files(tmp_path / "ours", since=kept) if "log.jsonl" in each.path]
        whole, since = found.verdicts
        assert whole.code == "intact"
        assert since.code in {"grown", "joined"}, number


WRONG = [{"size": "0"}, {"size": None}, {"size": 0.5}, {"lines": 7}, {"lines": [1]}, {"heads": {}}, {"root": 1}]


def test_a_record_of_the_log_that_is_not_one_is_refused_or_kept_for_later(desks, tmp_path):
    one, _ = desks
    one.approved()
    export(one, tmp_path)
    (row,) = [row for row in sharing.rows(one) if row.kind == records.HOUSE and '"log":' in row.record]
    assert check(row).newer is None
    for changes in WRONG:
        with pytest.raises(RowRefused):
            check(_row(row, changes))
    assert check(_row(row, {"from_tomorrow": 1})).newer == Message("newer-record-of-house")


def _row(row, changes):
    data = json.loads(row.record)
    record = records.canonical(data | {"log": data["log"] | changes}).decode()
    return row._replace(id=records.name_of(row.kind, record), record=record)


def test_forged_lines_of_the_log_change_no_site(desks, tmp_path):
    one, other = desks
    one.approved()
    before = export(one, tmp_path)
    people = (other.reporter, other.editor, other.chief)
    forged = [row for _, row in forging.of_the_log(one, other.reporter, people)]
    assert len(forged) >= 20
    for row in forged:
        exchange.absorb(one.store, [row])
    export(one, tmp_path)
    assert {name: (tmp_path / name).read_text() for name in LOG} == before
