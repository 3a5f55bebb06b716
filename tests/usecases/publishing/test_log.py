"""The public log as exports write it."""

import base64
import hashlib
import json
import shutil
import zipfile
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from lxml import html
from pymerkle import InmemoryTree

from make import Desk, content
from ovn_desk import signing
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.evidence import CorrectionKind
from ovn_desk.domain.workflow import State, Step
from ovn_desk.formats.site import log
from ovn_desk.store import open_store
from ovn_desk.text.transparency import Checkpoint, sign_note
from ovn_desk.usecases import keys, publishing, recording, restoring, reviewing, uncounted, writing
from ovn_desk.usecases.publishing import public_log

LOG = {"log.jsonl", "checkpoints.jsonl", "checkpoint"}


def logged(desk, ids, folder):
    publishing.export(desk.store, publishing.ExportRequest(ids, folder), by=desk.editor, renderer=desk.renderer)
    return [json.loads(line) for line in (folder / "log.jsonl").read_text().splitlines()]


def test_it_says_what_was_published_changed_and_withdrawn(desk, tmp_path):
    first, second = desk.approved(), desk.approved(headline="Another")
    assert [line["what"] for line in logged(desk, None, tmp_path)] == ["published", "published"]
    kind, reason = CorrectionKind.REFILE, "Canary: the month was wrong."
    reviewing.correct(desk.store, first, by=desk.reporter, kind=kind, reason=reason)
    writing.keep(desk.store, first, content(body="In August [@dawn-rail]."), by=desk.reporter)
    desk.step(first, Step.FILE, desk.reporter)
    desk.step(first, Step.TAKE, desk.editor)
    desk.approve(first)
    lines = logged(desk, None, tmp_path)
    assert (lines[-1]["what"], lines[-1]["article"]) == ("changed", f"urn:uuid:{first}")
    assert lines[-1]["digest"] == desk.article(first).live_approval.digest
    desk.step(second, Step.WITHDRAW, desk.editor, reason="Canary.")
    lines = logged(desk, None, tmp_path)
    assert (lines[-1]["what"], lines[-1]["article"], len(lines)) == ("withdrawn", f"urn:uuid:{second}", 4)
    assert "Canary" not in (tmp_path / "log.jsonl").read_text()
    assert logged(desk, None, tmp_path) == lines


def files(folder):
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir() if path.name in LOG}


def test_each_export_signs_the_head_and_one_with_nothing_new_changes_no_file(desk, tmp_path):
    desk.approved()
    logged(desk, None, tmp_path)
    first = files(tmp_path)
    assert set(first) == LOG
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    done = publishing.export(
        desk.store, publishing.ExportRequest(None, tmp_path), by=desk.editor, renderer=desk.renderer
    )
    assert (done.written, done.removed, done.notes) == ((), (), ())
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()} == before
    desk.approved(headline="Another")
    logged(desk, None, tmp_path)
    second = files(tmp_path)
    assert all(second[name].startswith(first[name]) for name in ("log.jsonl", "checkpoints.jsonl"))
    assert [one["checkpoint"] for one in map(json.loads, second["checkpoints.jsonl"].splitlines())] == [
        first["checkpoint"],
        second["checkpoint"],
    ]


def test_a_head_is_a_checkpoint_that_the_exporter_signed(desk, tmp_path):
    """Against the specifications alone: RFC 6962 by another implementation, the note by its own format."""
    for headline in ("Alpha", "Beta", "Gamma"):
        desk.approved(headline=headline)
    logged(desk, None, tmp_path)
    text, gap, signature = (tmp_path / "checkpoint").read_text(encoding="utf-8").rpartition("\n\n")
    origin, size, root, time = text.split("\n")
    lines = (tmp_path / "log.jsonl").read_bytes().splitlines()
    assert (origin, size, gap) == ("post.example", "3", "\n\n")
    assert datetime.fromisoformat(time.removeprefix("signed ")).tzinfo
    tree = InmemoryTree(algorithm="sha256")
    for line in lines:
        tree.append_entry(line)
    assert base64.b64decode(root) == tree.get_root()
    dash, name, coded = signature.rstrip("\n").split(" ")
    public, signed = base64.b64decode(desk.editor.key.public), base64.b64decode(coded)
    assert (dash, name) == ("—", "post.example")
    assert signed[:4] == hashlib.sha256(b"post.example\n\x01" + public).digest()[:4]
    Ed25519PublicKey.from_public_bytes(public).verify(signed[4:], f"{text}\n".encode())


def test_a_page_proves_its_own_line_and_changes_only_with_it(desk, tmp_path):
    first = desk.approved()
    logged(desk, None, tmp_path)
    (page,) = pages(tmp_path)
    before = page.read_bytes()
    carried = carried_by(page)
    assert carried["line"] == (tmp_path / "log.jsonl").read_text().splitlines()[0]
    assert carried["proof"].startswith("c2sp.org/tlog-proof@v1\nindex 0\n\npost.example\n1\n")
    for headline in ("Alpha", "Beta", "Gamma"):
        desk.approved(headline=headline)
        logged(desk, None, tmp_path)
    assert page.read_bytes() == before
    desk.correct(first)
    desk.edit(first, desk.reporter, body="In August [@dawn-rail].")
    desk.step(first, Step.FILE, desk.reporter)
    desk.step(first, Step.TAKE, desk.editor)
    desk.approve(first)
    logged(desk, None, tmp_path)
    assert "\nindex 4\n" in carried_by(page)["proof"]


def test_a_new_folder_and_a_zip_have_the_whole_log(desk, tmp_path):
    for headline in ("Alpha", "Beta"):
        desk.approved(headline=headline)
        logged(desk, None, tmp_path / "old")
    assert files(tmp_path / "old").keys() == LOG
    logged(desk, None, tmp_path / "new")
    assert files(tmp_path / "new") == files(tmp_path / "old")
    publishing.export(
        desk.store,
        publishing.ExportRequest(None, tmp_path / "site.zip", as_zip=True),
        by=desk.editor,
        renderer=desk.renderer,
    )
    with zipfile.ZipFile(tmp_path / "site.zip") as archive:
        assert {name: archive.read(name).decode() for name in LOG} == files(tmp_path / "old")


DAMAGES = {
    "missing": ("log.jsonl", lambda text: None, "was missing"),
    "a word": ("log.jsonl", lambda text: text.replace("published", "changed", 1), "Line 1 of log.jsonl"),
    "a line more": ("log.jsonl", lambda text: text + "{}\n", "from 4 on that nobody signed"),
    "cut": ("log.jsonl", lambda text: text[: text.index("\n") + 1], "cut off after line 1"),
    "cut within": ("log.jsonl", lambda text: text[:-9], "Line 3 of log.jsonl"),
    "empty": ("log.jsonl", lambda text: "", "was missing"),
    "no heads": ("checkpoints.jsonl", lambda text: None, "checkpoints.jsonl in the folder was not"),
    "heads cut": ("checkpoints.jsonl", lambda text: text[:40], "checkpoints.jsonl in the folder was not"),
    "a head taken out": (
        "checkpoints.jsonl",
        lambda text: text[: text.rindex("\n", 0, -1) + 1],
        "checkpoints.jsonl in",
    ),
    "a head altered": ("checkpoints.jsonl", lambda text: text.replace("signed", "Signed", 1), "checkpoints.jsonl in"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_log_that_was_damaged_in_the_folder_is_written_again_and_that_is_said(desk, tmp_path, name):
    for headline in ("Alpha", "Beta", "Gamma"):
        desk.approved(headline=headline)
        logged(desk, None, tmp_path)
    whole = files(tmp_path)
    file, damage, said = DAMAGES[name]
    damaged = damage(whole[file])
    (tmp_path / file).unlink()
    if damaged is not None:
        (tmp_path / file).write_text(damaged, encoding="utf-8")
    done = publishing.export(
        desk.store, publishing.ExportRequest(None, tmp_path), by=desk.editor, renderer=desk.renderer
    )
    assert len(done.notes) == 1
    assert said in done.notes[0]
    assert files(tmp_path) == whole


def test_a_desk_that_was_set_back_goes_on_with_what_it_published(desk, tmp_path):
    """From a backup of before: the lines in the folder are signed by this house, and stay."""
    one = desk.approved(headline="Alpha")
    backup = desk.store.back_up(to=tmp_path / "backup.ovn")
    logged(desk, None, tmp_path / "site")
    published = files(tmp_path / "site")
    with restored(desk, backup, tmp_path) as old:
        assert old.article(one).state is State.APPROVED
        old.approved(headline="Beta")
        lines = logged(old, None, tmp_path / "site")
        assert [line["what"] for line in lines] == ["published", "published"]
        assert files(tmp_path / "site")["log.jsonl"].startswith(published["log.jsonl"])
        logged(old, None, tmp_path / "fresh")
        assert files(tmp_path / "fresh") == files(tmp_path / "site")


def test_a_large_archive_is_recorded_in_pieces_that_can_travel(desk, tmp_path, monkeypatch):
    monkeypatch.setattr(public_log, "MOST_LINES", 2)
    for headline in ("Alpha", "Beta", "Gamma", "Delta", "Epsilon"):
        desk.approved(headline=headline)
    logged(desk, None, tmp_path / "old")
    added = [record.log for record in desk.read(lambda reading: reading.public_log().counted)]
    assert [(one.size, len(one.lines), len(one.heads)) for one in added] == [(0, 2, 1), (2, 2, 1), (4, 1, 1)]
    logged(desk, None, tmp_path / "new")
    assert files(tmp_path / "new") == files(tmp_path / "old")
    assert [code for code, _ in whole(tmp_path / "new")] == ["intact"]


def test_two_desks_that_published_apart_are_joined_and_the_log_says_so(desk, tmp_path):
    desk.approved(headline="Both")
    logged(desk, None, tmp_path / "ours")
    backup = desk.store.back_up(to=tmp_path / "backup.ovn")
    with restored(desk, backup, tmp_path) as other:
        other.approved(headline="Theirs")
        logged(other, None, tmp_path / "theirs")
        theirs = files(tmp_path / "theirs")
        desk.approved(headline="Ours")
        desk.approved(headline="Ours, too")
        logged(desk, None, tmp_path / "ours")
        before = files(tmp_path / "ours")
        restoring.restore(desk.store, other.store.back_up(to=tmp_path / "met.ovn"))
        done = publishing.export(
            desk.store, publishing.ExportRequest(None, tmp_path / "ours"), by=desk.editor, renderer=desk.renderer
        )
        lines = [json.loads(line) for line in files(tmp_path / "ours")["log.jsonl"].splitlines()]
        assert [line["what"] for line in lines] == [*["published"] * 3, "joined", "published"]
        (note,) = done.notes
        assert "joined to the public log, up to line 5" in note
        assert files(tmp_path / "ours")["log.jsonl"].startswith(before["log.jsonl"])
        assert (lines[3]["since"], lines[3]["size"]) == (1, 2)
        assert lines[3]["root"] == theirs["checkpoint"].split("\n")[2]
        restoring.restore(other.store, desk.store.back_up(to=tmp_path / "back.ovn"))
        logged(other, None, tmp_path / "theirs")
        assert files(tmp_path / "theirs") == files(tmp_path / "ours")
        logged(desk, None, tmp_path / "ours")
        assert files(tmp_path / "theirs") == files(tmp_path / "ours")


def test_the_signed_log_of_another_desk_in_the_folder_is_joined(desk, tmp_path):
    """Its records never came: only what it wrote to the folder is there."""
    desk.approved(headline="Both")
    backup = desk.store.back_up(to=tmp_path / "backup.ovn")
    with restored(desk, backup, tmp_path) as other:
        other.approved(headline="Theirs")
        logged(other, None, tmp_path / "theirs")
    desk.approved(headline="Ours")
    logged(desk, None, tmp_path / "ours")
    done = publishing.export(
        desk.store, publishing.ExportRequest(None, tmp_path / "theirs"), by=desk.editor, renderer=desk.renderer
    )
    (note,) = done.notes
    assert "Another desk of this newsroom had published apart" in note
    lines = files(tmp_path / "theirs")["log.jsonl"].splitlines()
    assert [json.loads(line)["what"] for line in lines].count("joined") == 1
    done = publishing.export(
        desk.store, publishing.ExportRequest(None, tmp_path / "theirs"), by=desk.editor, renderer=desk.renderer
    )
    assert (done.written, done.notes) == ((), ())


def test_a_log_by_a_stranger_or_a_reporter_is_not_taken_for_one_of_the_house(desk, tmp_path):
    desk.approved()
    logged(desk, None, tmp_path)
    whole = files(tmp_path)
    line = log.write_lines([log.Fact("2026", "published", "urn:uuid:9")], "")[0]
    head = Checkpoint("post.example", 1, log.tree_of([line]).root())
    for key in (signing.generate(), desk.reporter.key):
        note = sign_note(head.text, head.origin, base64.b64decode(key.public), key.private.sign)
        (tmp_path / "log.jsonl").write_text(line + "\n")
        (tmp_path / "checkpoints.jsonl").write_text(log.heads_text([note]))
        done = publishing.export(
            desk.store, publishing.ExportRequest(None, tmp_path), by=desk.editor, renderer=desk.renderer
        )
        assert "Line 1 of log.jsonl" in done.notes[0]
        assert files(tmp_path) == whole


def test_where_no_record_tells_of_the_log_it_begins_anew_and_says_so(desk, tmp_path):
    article = desk.approved()
    with desk.store.begin() as tx:  # as by a desk of before, which kept no record of its log
        tx.add_event(recording.new_event(tx, article, Step.PUBLISH, desk.editor))
    done = publishing.export(
        desk.store, publishing.ExportRequest(None, tmp_path), by=desk.editor, renderer=desk.renderer
    )
    lines = [json.loads(line)["what"] for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert lines == ["begun anew", "published"]
    assert "begins anew" in done.notes[0]


def test_a_record_of_the_log_that_a_reporter_or_nobody_signed_counts_for_nothing(desk, tmp_path):
    desk.approved()
    logged(desk, None, tmp_path)
    whole = files(tmp_path)
    (good,) = desk.read(lambda reading: reading.public_log().counted)
    longer = replace(good.log, lines=(*good.log.lines, *good.log.lines))
    with desk.store.begin() as tx:
        tx.add_house(recording.new_log_record(tx, good.log, desk.reporter, at=good.at))
        tx.add_house(replace(recording.new_log_record(tx, longer, desk.editor, at=good.at), signature=good.signature))
        tx.add_house(recording.new_log_record(tx, longer, desk.editor, at=good.at))
    assert len(desk.read(lambda reading: reading.public_log().problems)) == 2
    said = [str(one.why) for one in desk.read(uncounted.uncounted_entries)]
    assert len(said) == 3
    assert sum("its lines do not follow" in why for why in said) == 1
    logged(desk, None, tmp_path / "new")
    assert files(tmp_path / "new") == whole


def test_a_plan_says_what_the_export_does(desk, tmp_path):
    desk.approved()
    logged(desk, None, tmp_path)
    desk.approved(headline="Another")
    (tmp_path / "log.jsonl").write_text("other\n")
    planned = publishing.plan(
        desk.store, publishing.ExportRequest(None, tmp_path), by=desk.editor.person, renderer=desk.renderer
    )
    done = publishing.export(
        desk.store, publishing.ExportRequest(None, tmp_path), by=desk.editor, renderer=desk.renderer
    )
    assert {*planned.new, *planned.changed} == set(done.written)
    assert planned.notes == done.notes
    assert {"log.jsonl", "checkpoint", "checkpoints.jsonl"} <= set(planned.changed)


def pages(folder):
    return [path for path in folder.rglob("*.html") if b'id="ovn-log">{' in path.read_bytes()]


def carried_by(page):
    (text,) = html.fromstring(page.read_text(encoding="utf-8")).xpath("//script[@id='ovn-log']/text()")
    return json.loads(text)


@contextmanager
def restored(desk, backup, folder):
    """Another desk of the same people, which has what is in the backup."""
    path = folder / "other" / "newsroom.ovn"
    shutil.copytree(keys.folder_for(desk.store.path), keys.folder_for(path))
    restoring.recover(path, backup)
    with closing(open_store(path)) as store:
        yield Desk(store, desk.renderer)


def whole(folder, since=None, keys=None):
    """What verify says of the log of a site: code and words of each check."""
    found = publishing.verify_files(folder, keys, since=since)
    (one,) = [one for one in found if one.path.endswith("log.jsonl")]
    assert one.ok == (all(publishing.state_of(each) in {"good", "none"} for each in one.verdicts))
    return [(each.code, publishing.words_of(each)) for each in one.verdicts]


def test_verify_says_what_became_of_the_log_and_of_each_page_in_it(desk, tmp_path):
    site, kept = tmp_path / "site", tmp_path / "kept"
    for headline in ("Alpha", "Beta"):
        desk.approved(headline=headline)
        logged(desk, None, site)
        if headline == "Alpha":
            shutil.copytree(site, kept)
    assert [code for code, _ in whole(site)] == ["intact"]
    assert [code for code, _ in whole(site, kept)] == ["intact", "grown"]
    assert [code for code, _ in whole(site, site / "checkpoint")] == ["intact", "same"]
    assert [code for code, _ in whole(kept, site / "checkpoint")] == ["intact", "shorter"]
    pages_of = [one for one in publishing.verify_files(site) if one.approved_by]
    assert [one.verdicts[3].code for one in pages_of] == ["found", "found"]
    older = min(pages(site), key=lambda page: page.name)
    (alone,) = publishing.verify_files(Path(shutil.copy(older, tmp_path)), site / ".well-known/ovn-keys.json")
    assert publishing.words_of(alone.verdicts[3]).startswith("In the public log, line 1 of 1, as signed on 20")
    text = (site / "log.jsonl").read_text()
    (site / "log.jsonl").write_text(text.replace("published", "changed", 1))
    ((code, words),) = whole(site)
    assert (code, words.partition(" is")[0]) == ("line", "Line 2")
    assert [one.verdicts[3].code for one in publishing.verify_files(site) if one.approved_by] == ["rewritten"] * 2
    (site / "log.jsonl").unlink()
    assert [code for code, _ in whole(site)] == ["missing"]
    keys_elsewhere = (kept / ".well-known").rename(tmp_path / "keys") / "ovn-keys.json"
    assert [code for code, _ in whole(kept, keys=keys_elsewhere)] == ["intact"]


def test_the_page_of_a_withdrawn_text_proves_that_the_log_says_so(desk, tmp_path):
    article = desk.approved()
    logged(desk, None, tmp_path)
    desk.step(article, Step.WITHDRAW, desk.editor, reason="Wrong.")
    logged(desk, None, tmp_path)
    (page,) = pages(tmp_path)
    before = page.read_bytes()
    (found,) = publishing.verify_files(page)
    assert [one.code for one in found.verdicts] == ["withdrawn", "intact", "none", "found"]
    desk.approved(headline="Another")
    logged(desk, None, tmp_path)
    assert page.read_bytes() == before


def test_a_log_that_was_rewritten_by_the_newsroom_itself_is_told_by_who_kept_a_copy(desk, tmp_path):
    site, kept = tmp_path / "site", tmp_path / "kept"
    for headline in ("Alpha", "Beta"):
        desk.approved(headline=headline)
    logged(desk, None, site)
    shutil.copytree(site, kept)
    lines = log.lines_of((site / "log.jsonl").read_text())
    line = lines[0].replace("published", "changed")
    other = [line, *log.rechain(lines[1:], line)]
    head = Checkpoint("post.example", 2, log.tree_of(other).root())
    note = sign_note(head.text, head.origin, base64.b64decode(desk.editor.key.public), desk.editor.key.private.sign)
    (site / "log.jsonl").write_text(log.text_of(other))
    (site / "checkpoints.jsonl").write_text(log.heads_text([note]))
    (site / "checkpoint").write_text(note)
    assert whole(site)[0][0] == "intact"
    (_, (code, words)) = whole(site, kept)
    assert code == "rewritten_at"
    assert words.endswith("the first that is not as it was is line 1.")
    shutil.copy(kept / "checkpoint", tmp_path)
    assert whole(site, tmp_path / "checkpoint")[1][0] == "rewritten"


def test_an_older_head_has_to_be_one(desk, tmp_path):
    desk.approved()
    logged(desk, None, tmp_path)
    with pytest.raises(DeskError, match="is not the head of a public log"):
        publishing.verify_files(tmp_path, since=tmp_path / "log.jsonl")
    with pytest.raises(DeskError, match="nothing"):
        publishing.verify_files(tmp_path, since=tmp_path / "nothing")
