"""The review on the command line: comments, decisions, plans, corrections, people, and what the log says of it."""

import json
from contextlib import closing

import pytest
from typer.testing import CliRunner

from make import HOUSE
from ovn_desk.cli.program import app
from ovn_desk.domain.errors import DeskError
from ovn_desk.store import open_store

STORY = """---
headline: Rail groups
category: politics
language: en
---
The groups meet in July [@dawn-rail].

The end of the long talks is near, they say.
"""


class Program:
    """Runs `ovn-desk` in this process, on a store of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.runner = CliRunner()

    def run(self, *words):
        return self.runner.invoke(app, ["--store", str(self.folder / "newsroom.ovn"), *map(str, words)])

    def ok(self, *words):
        done = self.run(*words)
        assert done.exit_code == 0, (done.output, done.exception)
        return done.stdout.strip()

    def json(self, *words):
        return json.loads(self.ok(*words, "--json"))

    def refused(self, *words):
        done = self.run(*words)
        assert isinstance(done.exception, DeskError), done.output
        return str(done.exception)


@pytest.fixture
def program(tmp_path):
    made = Program(tmp_path)
    (tmp_path / "house.toml").write_text(HOUSE, encoding="utf-8")
    made.ok("init", "--house", tmp_path / "house.toml")
    for name in ("rana", "ayesha"):
        made.ok("staff", "key", "add", name)
    return made


def story(program, text=STORY):
    (program.folder / "story.md").write_text(text, encoding="utf-8")
    (report,) = program.json("import", program.folder / "story.md", "--as", "rana")
    id = report["id"]
    program.ok("cite", id, "dawn-rail", "--name", "Dawn", "--excerpt", "The groups meet in July.", "--as", "rana")
    return id


def in_review(program):
    id = story(program)
    program.ok("file", id, "--as", "rana", "--note", "Please read.")
    program.ok("take", id, "--as", "ayesha")
    return id


def test_a_comment_is_made_answered_and_settled(program):
    id = in_review(program)
    name = program.ok("comment", id, "@Rana who says so?", "--on", "near, they say", "--must-fix", "--as", "ayesha")
    (thread,) = program.json("comments", id)
    assert (thread["id"], thread["words"], thread["must_fix"], thread["orphaned"]) == (
        name,
        "near, they say",
        True,
        False,
    )
    assert thread["mentions"] == ["Rana Malik"]
    assert "must be settled" in program.refused("approve", id, "--as", "ayesha")
    program.ok("reply", id, name[:10], "The ministry.", "--as", "rana")
    assert "another editor" in program.refused("resolve", id, name[:10], "--as", "rana")
    program.ok("resolve", id, name[:10], "--as", "ayesha", "--text", "Thanks.")
    text = program.ok("comments", id)
    assert "Ayesha Khan on “near, they say” [must fix, settled]: @Rana who says so?" in text
    assert "Rana Malik: The ministry." in text
    program.ok("reopen", id, name[:10], "--as", "ayesha")
    assert not program.json("comments", id)[0]["resolved"]


def test_an_editors_changes_are_listed_and_decided(program):
    id = in_review(program)
    program.ok("cite", id, "dawn-rail", "--name", "Dawn", "--outlet", "Dawn", "--as", "ayesha")
    program.ok("send-back", id, "--reason", "See my changes.", "--as", "ayesha")
    (one,) = program.json("suggestions", id)
    assert (one["part"], one["status"], one["by"]) == ("sources", "undecided", "Ayesha Khan")
    assert "1 of 1 to decide" in program.ok("suggestions", id)
    assert "is rejected" in program.ok("decide", id, one["id"][:6], "reject", "--as", "rana")
    assert "is accepted" in program.ok("decide", id, one["id"], "accept", "--as", "rana")
    assert program.run("decide", id, one["id"], "perhaps", "--as", "rana").exit_code == 2
    assert "0 changes stay" in program.ok("decide", id, "all", "as-edited", "--as", "ayesha", "--reason", "Fine.")


def test_a_takeover_says_from_whom(program):
    id = in_review(program)
    assert program.ok("take", id, "--as", "bilal") == "Taken by Bilal Ahmed, over from Ayesha Khan."
    assert program.json("log", id)[-1]["what"] == "taken over from Ayesha Khan"


def test_a_chief_passes_over_the_checks_and_the_log_says_so(program):
    id = story(program, STORY.replace("they say", "they say 14 times"))
    program.ok("file", id, "--as", "rana")
    program.ok("take", id, "--as", "bilal")
    assert "has no source" in program.refused("approve", id, "--as", "bilal")
    assert "before full check" in program.ok("approve", id, "--as", "bilal", "--override", "The printer waits.")
    line = program.json("log", id)[-1]
    assert (line["what"], line["note"], line["signature"]) == (
        "approved before full check",
        "The printer waits.",
        "valid",
    )


def test_a_correction_says_both_sides(program):
    id = in_review(program)
    program.ok("approve", id, "--as", "ayesha")
    site = program.folder / "site"
    program.ok("export", id, "--to", site, "--as", "ayesha")
    assert "says both" in program.refused("correct", id, "--kind", "correction", "--as", "rana")
    program.ok("correct", id, "--kind", "correction", "--said", "July.", "--in-fact", "June.", "--as", "rana")
    assert program.json("show", id)["corrections"][0]["in_fact"] == "June."


def test_a_planned_story_waits_and_the_budget_and_the_inbox_show_it(program):
    id = in_review(program)
    program.ok("assign", id, "--to", "rana", "--due", "2001-02-03", "--words", "600", "--as", "ayesha")
    program.ok("plan", id, "--embargo", "2101-02-03 14:00", "--as", "ayesha")
    program.ok("approve", id, "--as", "ayesha")
    assert "2101-02-03 14:00 PKT" in program.run("export", id, "--to", program.folder / "site", "--as", "ayesha").stderr
    done = program.run("export", "--all", "--to", program.folder / "site", "--as", "ayesha")
    assert done.exit_code == 0
    assert "waiting" in done.stderr
    (row,) = program.json("budget")
    assert (row["owner"], row["aim"], row["due_at"]) == ("Rana Malik", 600, "2001-02-03T18:59:00.000+00:00")
    assert row["embargo_until"].startswith("2101-02-03T09:00")
    assert "Rana Malik" in program.ok("budget", "--week")
    program.ok("send-back", id, "--reason", "Too long.", "--as", "ayesha")
    items = program.json("inbox", "--as", "rana")
    assert {(item["why"], item["standing"]) for item in items} == {("sent back", "overdue"), ("assigned", "overdue")}
    assert "Too long." in program.ok("inbox", "--as", "rana")
    assert "Assigned to nobody" in program.ok("assign", id, "--to", "nobody", "--as", "ayesha")
    assert "at any time" in program.ok("plan", id, "--reason", "Agreed.", "--as", "ayesha")


GIVEN = {"who": "Rana Malik", "what": "Who meets?", "due": "2101-02-03T18:59:00.000+00:00", "words": 600}


@pytest.mark.parametrize(
    ("words", "changed"),
    [
        (["--to", "ayesha"], {"who": "Ayesha Khan"}),
        (["--what", "Who pays?"], {"what": "Who pays?"}),
        (["--due", "2101-02-04"], {"due": "2101-02-04T18:59:00.000+00:00"}),
        (["--due", "none"], {"due": ""}),
        (["--words", "0"], {"words": 0}),
    ],
)
def test_an_assignment_is_changed_in_what_is_named(program, words, changed):
    id = story(program)
    assert "--to NAME" in program.refused("assign", id, "--words", "600", "--as", "ayesha")
    given = ["--to", "rana", "--what", "Who meets?", "--due", "2101-02-03", "--words", "600"]
    program.ok("assign", id, *given, "--as", "ayesha")
    program.ok("assign", id, *words, "--as", "ayesha")
    with closing(open_store(program.folder / "newsroom.ovn")) as store, store.read() as reading:
        found = reading.article(id).assignment
        who = reading.person(found.who).name
    assert {"who": who, "what": found.what, "due": found.due, "words": found.words} == GIVEN | changed
    program.ok("assign", id, "--to", "nobody", "--as", "ayesha")
    assert "--to NAME" in program.refused("assign", id, "--words", "600", "--as", "ayesha")


@pytest.mark.parametrize(
    ("words", "embargo", "planned"),
    [
        (["--at", "2101-02-05"], "2101-02-02T19:00", "2101-02-04T19:00"),
        (["--embargo", "2101-02-06"], "2101-02-05T19:00", "2101-02-03T19:00"),
        (["--at", "none"], "2101-02-02T19:00", ""),
        (["--embargo", "none", "--reason", "Agreed."], "", "2101-02-03T19:00"),
        (["--reason", "Agreed."], "", ""),
    ],
)
def test_a_plan_is_changed_in_what_is_named(program, words, embargo, planned):
    id = story(program)
    program.ok("plan", id, "--embargo", "2101-02-03", "--at", "2101-02-04", "--as", "ayesha")
    program.ok("plan", id, *words, "--as", "ayesha")
    with closing(open_store(program.folder / "newsroom.ovn")) as store, store.read() as reading:
        found = reading.article(id).plan
    assert (found.embargo_until[:16], found.planned_at[:16]) == (embargo, planned)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["assign", "ID", "--to", "rana", "--due", "tomorrow", "--as", "ayesha"], "is not a time"),
        (["budget", "--day", "today"], "is not a day"),
        (["comment", "ID", "Hm.", "--on", "Tehran", "--as", "ayesha"], "is not in the text"),
        (["resolve", "ID", "f00", "--as", "ayesha"], "not one comment"),
        (["decide", "ID", "f00", "accept", "--as", "ayesha"], "not one of the changes"),
        (["plan", "ID", "--at", "2026-13-40", "--as", "ayesha"], "is not a time"),
        (["staff", "key", "retire", "rana", "--key", "ovn-x"], "none that is in use"),
        (["staff", "role", "rana", "reporter"], "is a reporter already"),
    ],
)
def test_what_can_not_be_done_is_said(program, words, said):
    id = story(program) if "ID" in words else ""
    assert said in program.refused(*(id if word == "ID" else word for word in words))


def test_a_chief_signs_for_people_and_keys(program):
    secret = program.folder / "secret.txt"
    secret.write_text("only Bilal\n", encoding="utf-8")
    program.ok("staff", "key", "replace", "Bilal", "--passphrase-file", secret)
    assert "has to open their key" in program.refused("staff", "add", "Omar")
    chief = ("--chief", "Bilal", "--chief-passphrase-file", secret)
    program.ok("staff", "add", "Omar", *chief)
    program.ok("staff", "role", "Omar", "editor", *chief)
    (omar,) = [one for one in program.json("staff", "list") if one["name"] == "Omar"]
    assert omar["role"] == "editor"
    assert "from now on" in program.ok("staff", "key", "replace", "Omar", *chief)
    (after,) = [one for one in program.json("staff", "list") if one["name"] == "Omar"]
    assert after["key"] != omar["key"]
    program.ok("staff", "key", "retire", "Omar", "--reason", "Lost.", *chief)
    assert "no key yet" in program.ok("staff", "list")
    program.ok("staff", "retire", "Omar", *chief)
    assert program.json("doctor") == {"ok": True, "problems": [], "notes": []}
