"""`ovn-desk check` on a file: its JSON and its SARIF."""

import json

import pytest
from typer.testing import CliRunner

from ovn_desk.cli.program import app

ARTICLE = """---
headline: Board buys pumps
category: politics
byline: Rana Malik
language: en
sources:
  - key: note
    name: Board
    excerpts: [It bought 12 pumps.]
---
The board bought 12 pumps [@note].

It paid Rs5 million to a regime 🚆 of “very old friends”, it said.
"""


@pytest.fixture
def check(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "story.md").write_text(ARTICLE, encoding="utf-8")

    def run(*words):
        done = CliRunner().invoke(app, ["--store", "none.ovn", "check", "story.md", *words])
        assert done.exit_code == 1, done.output
        return done.output

    return run


def test_the_text_names_place_and_rule(check):
    lines = check().splitlines()
    assert any(line.startswith("3:9 ") and "must fix" in line and "[claims/uncited]" in line for line in lines)
    assert "Claims 1/3." in lines
    assert lines[-1] == "Ready to file."


def test_the_json_is_the_contract(check):
    made = json.loads(check("--json"))
    assert [(one["kind"], one["status"], one["text"], one["line"], one["column"]) for one in made["claims"]] == [
        ("figure", "supported", "12", 1, 18),
        ("figure", "uncited", "Rs5 million", 3, 9),
        ("quotation", "uncited", "very old friends", 3, 39),
    ]
    assert made["claims"][0]["sources"] == ["note"]
    assert {"rule", "message", "line", "column", "blocking"} <= set(made["problems"][0])
    assert "style/en-regime" in {one["rule"] for one in made["problems"]}
    assert (made["ready_to_file"], made["ready_to_approve"]) == (True, False)


def test_the_sarif_names_the_lines_of_the_file(check):
    made = json.loads(check("--sarif"))
    assert made["version"] == "2.1.0"
    run = made["runs"][0]
    assert {one["ruleId"] for one in run["results"]} == {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    first = next(one for one in run["results"] if one["ruleId"] == "claims/uncited")
    place = first["locations"][0]["physicalLocation"]
    assert first["level"] == "error"
    assert place["artifactLocation"]["uri"] == "story.md"
    assert place["region"] == {"startLine": 13, "startColumn": 9, "endLine": 13, "endColumn": 20}
