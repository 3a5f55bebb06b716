"""The public log as exports write it."""

import json

import pytest

from make import content
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.evidence import CorrectionKind
from ovn_desk.domain.workflow import Step
from ovn_desk.usecases import publishing, reviewing, writing


def logged(desk, ids, folder):
    publishing.export(desk.store, ids, to=folder, by=desk.editor, renderer=desk.renderer)
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


def test_a_log_that_was_changed_stops_the_export(desk, tmp_path):
    article = desk.approved()
    logged(desk, [article], tmp_path)
    file = tmp_path / "log.jsonl"
    file.write_text(file.read_text().replace("published", "changed") + "{}\n")
    with pytest.raises(DeskError, match="Put it back"):
        logged(desk, [article], tmp_path)
