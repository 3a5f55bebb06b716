"""Declaring the use of AI, what readers are told of it, and a year's table for an auditor."""

import csv
import io
import json

import pytest
from lxml import html
from typer.testing import CliRunner

from ovn_desk.cli.program import app
from ovn_desk.domain.ai_use import DECLARED_NONE, AiTask, AiUse
from ovn_desk.domain.workflow import Step
from ovn_desk.usecases import auditing, publishing, writing


@pytest.fixture
def run(store):
    def run(*words):
        done = CliRunner().invoke(app, ["--store", str(store.path), *words])
        return done.exit_code, f"{done.output}{done.exception or ''}"

    return run


def used(store, article):
    with store.read() as reading:
        return writing.text_of(reading, article).ai_used


def test_a_task_at_a_time_is_declared_changed_and_taken_back(run, store, desk):
    article = desk.draft()
    run("declare-ai", article, "translation", "--tool", "DeepL", "--what", "first version", "--as", "rana")
    run("declare-ai", article, "summary", "--tool", "Claude", "--as", "rana")
    run("declare-ai", article, "translation", "--what", "headline only", "--as", "rana")
    first, second = AiUse(AiTask.TRANSLATION, "DeepL", "headline only"), AiUse(AiTask.SUMMARY, "Claude")
    assert used(store, article) == (first, second)
    run("declare-ai", article, "summary", "--take-back", "--as", "rana")
    assert used(store, article) == (first,)
    assert "AI used: none." in run("declare-ai", article, "none", "--as", "rana")[1]
    assert used(store, article) == DECLARED_NONE
    assert "not declared" in run("declare-ai", article, "none", "--take-back", "--as", "rana")[1]
    assert used(store, article) == ()


def test_a_use_without_its_tool_is_refused(run, store, desk):
    article = desk.draft()
    status, said = run("declare-ai", article, "draft", "--as", "rana")
    assert status == 1
    assert "name the tool" in said
    assert used(store, article) == ()


@pytest.mark.parametrize(
    ("language", "uses", "words"),
    [
        ("en", (), "AI used: not declared."),
        ("en", DECLARED_NONE, "AI used: none."),
        (
            "en",
            (AiUse(AiTask.TRANSLATION, "DeepL", "first version."), AiUse(AiTask.SUMMARY, "Claude")),
            "AI used: translation (DeepL, first version); summary (Claude).",
        ),
        ("ur", DECLARED_NONE, "مصنوعی ذہانت کا استعمال: نہیں۔"),
    ],
)
def test_readers_are_told_under_how_we_know_and_the_approval_is_over_it(store, desk, tmp_path, language, uses, words):
    article = desk.approved(language=language, ai_used=uses)
    publishing.export(
        store, publishing.ExportRequest((article,), tmp_path / "out"), by=desk.editor, renderer=desk.renderer
    )
    pages = {path: path.read_text(encoding="utf-8") for path in (tmp_path / "out").rglob("*.html")}
    ((page, text),) = ((path, text) for path, text in pages.items() if "data-ovn-signed>" in text)
    lines = html.fromstring(text).xpath("//article//*[@id='ovn-how']/following-sibling::*")
    assert words in [" ".join(item.text_content().split()) for line in lines for item in line.iter("li", "p")]
    assert publishing.verify_files(page)[0].ok
    page.write_text(text.replace(words[:6], "We did"), encoding="utf-8")
    assert not publishing.verify_files(page)[0].ok


def test_a_year_as_a_table_names_who_examined_each_text(run, store, desk, tmp_path):
    none = desk.in_review(headline="=Rail talks", ai_used=DECLARED_NONE)
    desk.step(none, Step.SEND_BACK, desk.editor, reason="Who says so?")
    desk.step(none, Step.FILE, desk.reporter)
    desk.step(none, Step.TAKE, desk.editor)
    desk.approve(none)
    desk.approved(headline="A second one")
    desk.draft(headline="Never published")
    publishing.export(store, publishing.ExportRequest(None, tmp_path / "out"), by=desk.editor, renderer=desk.renderer)
    with store.read() as reading:
        year = auditing.examined_texts(reading, reading.article(none).first_published_at.year)[0].published_at.year
    status, said = run("ai-report", str(year))
    assert status == 0
    rows = list(csv.DictReader(io.StringIO(said)))
    found = {row["headline"]: (row["AI used"], row["sent back before"]) for row in rows}
    assert found == {"'=Rail talks": ("none", "1"), "A second one": ("not declared", "0")}
    assert {row["examined and approved by"] for row in rows} == {"Ayesha Khan"}
    assert {row["reported by"] for row in rows} == {"Rana Malik"}
    assert json.loads(run("ai-report", str(year + 1), "--json")[1]) == []
    run("ai-report", str(year), "--to", str(tmp_path / "table.csv"))
    assert (tmp_path / "table.csv").read_text(encoding="utf-8-sig").splitlines() == said.splitlines()


def test_a_correction_is_a_text_of_its_own(store, desk, tmp_path):
    article = desk.approved(ai_used=DECLARED_NONE)
    asked, by = publishing.ExportRequest((article,), tmp_path / "out"), {"by": desk.editor, "renderer": desk.renderer}
    publishing.export(store, asked, **by)
    publishing.export(store, asked, **by)
    with store.read() as reading:
        (first,) = auditing.examined_texts(reading, reading.article(article).first_published_at.year)
    assert first.ai_used == DECLARED_NONE
