"""The command line as people type it: what it says, and how it ends."""

import json
import shutil
import subprocess
import sys

import pypdf
import pytest

from make import HOUSE
from shells import OwnProcess, Shell


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory):
    """A folder with what `ovn-desk init` makes, to be copied."""
    made = Shell(tmp_path_factory.mktemp("newsroom"))
    (made.folder / "house.toml").write_text(HOUSE, encoding="utf-8")
    made.ok("init", "--house", "house.toml")
    for name in ("rana", "ayesha"):
        made.ok("staff", "key", "add", name)
    return made.folder


@pytest.fixture
def shell(newsroom, tmp_path):
    shutil.copytree(newsroom, tmp_path, dirs_exist_ok=True)
    return Shell(tmp_path)


@pytest.fixture
def own_process(newsroom, tmp_path):
    """The same, where each command is a process as it is for people."""
    shutil.copytree(newsroom, tmp_path, dirs_exist_ok=True)
    return OwnProcess(tmp_path)


def test_a_command_is_a_process_with_a_status_two_outputs_and_an_input(own_process):
    id = own_process.ok("new", "--headline", "ریل", "--body", "-", "--as", "rana", text="Typed in a pipe: ریل\n")
    shown = own_process.json("show", id)
    assert (shown["headline"], shown["body"].strip()) == ("ریل", "Typed in a pipe: ریل")
    assert own_process.refused("show", "بس").startswith("No article has the id or slug “بس”")
    done = own_process.run("list", "--limit", "many")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Usage:" in done.stderr


def test_the_whole_main_job_without_a_window(shell):
    (shell.folder / "story.md").write_text("# Rail groups\n\nThey meet [@dawn].", encoding="utf-8")
    report = shell.json("import", "story.md", "--as", "rana")[0]
    assert (report["status"], report["headline"]) == ("imported", "Rail groups")
    id = report["id"]
    shell.ok("cite", id, "dawn", "--kind", "outlet", "--name", "Dawn", "--as", "rana", "--excerpt", "as it stood")
    check = shell.run("check", id)
    assert check.returncode == 1
    assert "Choose a category" in check.stdout
    text = shell.ok("show", id, "--markdown").replace("language: en", "language: en\ncategory: politics")
    (shell.folder / "again.md").write_text(text.replace("They meet", "They meet soon"), encoding="utf-8")
    id = shell.json("import", "again.md", "--as", "rana")[0]["id"]
    shell.ok("file", id, "--as", "rana", "--note", "Please read.")
    shell.ok("take", id, "--as", "ayesha")
    shell.ok("approve", id, "--as", "ayesha")
    planned = shell.json("export", id, "--to", "site", "--as", "ayesha", "--dry-run")
    assert not (shell.folder / "site").exists()
    done = shell.json("export", id, "--to", "site", "--as", "ayesha")
    assert planned["new"] == done["written"]
    assert any(path.endswith("rail-groups-2.html") for path in done["written"])
    assert done["refused"] == []
    assert shell.json("export", id, "--to", "paper", "--as", "ayesha", "--format", "pdf")["written"] == [
        "rail-groups-2.pdf"
    ]
    shell.ok("annotate", id, "--to", "copy.pdf")
    for printed in ("paper/rail-groups-2.pdf", "copy.pdf"):
        assert "They meet soon" in pypdf.PdfReader(shell.folder / printed).pages[0].extract_text()
    checked = shell.json("verify", "site")
    assert {(check["ok"], check["approved_by"]) for check in checked} == {(True, "Ayesha Khan"), (True, "")}
    shown = shell.json("show", id)
    assert (shown["state"], shown["approval"]["by"], shown["approval"]["valid"]) == ("published", "Ayesha Khan", True)
    assert [line["what"] for line in shell.json("log", id)] == ["started", "filed", "taken", "approved", "exported"]
    assert shell.json("doctor") == {"ok": True, "problems": [], "notes": []}
    assert len(shell.json("list", "--search", "soon")) == 1


def test_a_spiked_article_and_a_backup_both_come_back_by_restore(shell):
    id = shell.ok("new", "--headline", "Story", "--as", "rana")
    shell.ok("spike", id, "--as", "ayesha", "--reason", "Not ours")
    assert "Restored" in shell.ok("restore", id, "--as", "ayesha")
    copy = shell.ok("backup", "--to", "stick")
    shell.store.unlink()
    for side in shell.folder.glob("newsroom.ovn-*"):
        side.unlink()
    assert "is back" in shell.ok("restore", copy)
    assert len(shell.json("list")) == 1


def test_a_draft_is_discarded_restored_and_copied(shell):
    id = shell.ok("new", "--headline", "Story", "--body", "-", "--as", "rana", text="Every word.\n")
    assert "Discarded: 1" in shell.ok("discard", id, "--as", "rana")
    assert shell.json("list") == []
    assert "in the list again" in shell.ok("restore", id)
    assert [row["id"] for row in shell.json("list")] == [id]
    copy = shell.ok("duplicate", id, "--as", "ayesha", "--headline", "Another")
    shown = shell.json("show", copy)
    assert (shown["headline"], shown["body"].strip()) == ("Another", "Every word.")


def test_a_text_may_come_from_standard_input(shell):
    id = shell.ok("new", "--headline", "Story", "--body", "-", "--as", "rana", text="Typed in a pipe.\n")
    assert shell.json("show", id)["body"].strip() == "Typed in a pipe."


def test_a_translation_is_begun_with_what_it_translates(shell):
    original = shell.ok("new", "--headline", "Story", "--as", "rana", "--category", "politics")
    shell.ok("cite", original, "dawn", "--name", "Dawn", "--as", "rana")
    made = shell.json("show", shell.ok("new", "--headline", "خبر", "--translates", original[:18], "--as", "rana"))
    assert (made["language"], made["translates"], made["category"]) == ("ur", original, "politics")
    assert (made["headline"], [source["key"] for source in made["sources"]]) == ("خبر", ["dawn"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["new", "--headline", "x", "--as", "rana", "--language", "fr"], "does not write in “fr”"),
        (["new", "--headline", "x", "--as", "rana", "--translates", "nothing"], "No article has the id"),
        (["show", "nothing"], "No article has the id or slug “nothing”"),
        (["new", "--headline", "x", "--as", "rana", "--category", "horoscopes"], "no category “horoscopes”"),
        (["new", "--headline", "x", "--as", "somebody"], "not the name of one person in this newsroom"),
        (["new", "--headline", "x"], "Say who you are"),
        (["new", "--headline", "x", "--as", "rana", "--body", "nowhere.md"], "cannot be read"),
        (["export", "--all", "--to", "out", "--as", "rana"], "Only an editor may export"),
        (["export", "--all", "--to", "out", "--as", "ayesha", "--format", "papyrus"], "“papyrus”"),
        (["export", "--all"], "--to"),
        (["verify", "nowhere"], "There is nothing at"),
        (["restore", "nowhere.ovn"], "There is no backup file"),
        (["render", "nowhere.md"], "cannot be read"),
        (["init"], "exists already"),
        (["staff", "add", "Rana Malik"], "on the roster already"),
        (["staff", "retire", "Nobody"], "not the name of one person"),
        (["demo", "--to", "."], "exists already"),
        (["list", "--category", "horoscopes"], "no category"),
    ],
)
def test_what_can_not_be_done_is_said_in_one_sentence(shell, words, said):
    assert said in shell.refused(*words)


def _file(name, data):
    return lambda folder: (folder / name).write_bytes(data)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty.md", b"", "is empty"),
        ("picture.md", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "is not a text file"),
        ("binary.txt", bytes(range(256)) * 40, "is not a text file"),
        ("lying.md", b"\xef\xbb\xbf\xff\xfe\xff", "does not fit"),
        ("large.md", b"word " * (50 * 1024 * 1024 // 5), "is over 20 MB"),
        ("front.md", b"---\nheadline: [\n---\nText", "front matter"),
        ("category.md", b"---\nheadline: H\ncategory: horoscopes\n---\nText", "no category"),
        ("genre.md", b"---\nheadline: H\ngenre: poem\n---\nText", "“poem” is no genre"),
        ("broken.docx", b"PK\x03\x04" + bytes(200), "is not a Word file"),
        ("nothing.html", b"<html><body></body></html>", "no text in it"),
        ("deep.html", b"<div>" * 5_000 + b"x", ""),
    ],
)
def test_a_bad_file_is_reported_and_the_others_come_in(shell, name, data, said):
    (shell.folder / name).write_bytes(data)
    (shell.folder / "good.txt").write_text("A headline\n\nA good text.", encoding="utf-8")
    done = shell.run("import", name, "good.txt", "--as", "rana", "--json")
    assert done.returncode == 1
    bad, good = json.loads(done.stdout)
    assert (bad["status"], good["status"]) == ("failed", "imported")
    assert said in bad["reason"]
    assert "\n" not in bad["reason"]
    assert "Traceback" not in done.stderr


def test_an_import_of_many_ends_with_how_many_came_and_what_did_not(shell):
    (shell.folder / "a.docx").write_bytes(b"PK\x03\x04 broken")
    for name in ("b.txt", "c.txt"):
        (shell.folder / name).write_text(f"Headline of {name}\n\nA good text.", encoding="utf-8")
    done = shell.run("import", "a.docx", "b.txt", "c.txt", "--as", "rana")
    assert done.returncode == 1
    assert [line.split()[:2] for line in done.stdout.splitlines()] == [
        ["imported", "b.txt"],
        ["imported", "c.txt"],
        ["failed", "a.docx"],
    ]
    assert done.stdout.splitlines()[-1].endswith("Open it in Word and save it again.")
    assert done.stderr.strip() == "2 imported, 0 skipped, 1 failed."


def test_a_file_of_another_kind_and_a_missing_one_are_reported(shell):
    (shell.folder / "story.pdf").write_bytes(b"%PDF")
    reports = json.loads(shell.run("import", "story.pdf", "gone.md", "--as", "rana", "--json").stdout)
    assert [report["status"] for report in reports] == ["skipped", "failed"]


def test_a_newsroom_of_a_name_has_nobody_but_who_founds_it(shell, tmp_path):
    new = tmp_path / "new.ovn"
    assert "--name" in shell.refused("init", "--newsroom", "Lyari Times", store=new)
    assert not new.exists()
    shell.ok("init", "--newsroom", "Lyari Times", "--name", "Sana Baloch", store=new)
    assert "Lyari Times" in shell.ok("house", store=new)
    staff = shell.ok("staff", "list", store=new)
    assert "Sana Baloch" in staff
    assert "Bilal Ahmed" not in staff


def test_who_founds_under_a_name_of_the_sample_is_its_chief_and_nobody_invented_stands_beside_them(shell, tmp_path):
    new = tmp_path / "new.ovn"
    with_people = shell.ok("init", store=tmp_path / "sample.ovn")
    shell.ok("init", "--name", "Ayesha Khan", store=new)
    staff = shell.ok("staff", "list", store=new)
    assert [line for line in staff.splitlines() if "chief" in line or "editor" in line or "reporter" in line] == [
        line for line in staff.splitlines() if "Ayesha Khan" in line
    ]
    assert "chief" in staff
    assert with_people


def test_a_house_with_a_mistake_is_named_by_line(shell, tmp_path):
    (tmp_path / "bad.toml").write_text(HOUSE.replace('role = "chief"', 'role = "boss"'), encoding="utf-8")
    said = shell.refused("init", "--house", "bad.toml", store=tmp_path / "new.ovn")
    assert "bad.toml, line" in said
    assert not (tmp_path / "new.ovn").exists()


def test_wrong_usage_ends_with_two_and_shows_the_usage(shell):
    done = shell.run("list", "--limit", "many")
    assert done.returncode == 2
    assert "Usage:" in done.stderr


def test_help_is_complete_at_every_level(shell):
    commands = "init staff import new list show cite check log file take release send-back approve hold spike correct"
    commands += " withdraw recall export verify render backup restore doctor demo comment comments reply resolve reopen"
    commands += " suggestions decide assign plan inbox budget"
    text = shell.ok("--help")
    for name in commands.split():
        assert name in text
        assert "Usage:" in shell.ok(name, "--help")


def test_the_command_line_never_imports_qt(shell):
    program = "import sys, ovn_desk.cli; sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_page_is_made_of_a_file_without_a_store(tmp_path):
    (tmp_path / "a.md").write_text("# Head\n\nText.", encoding="utf-8")
    page = Shell(tmp_path).ok("render", "a.md")
    assert page.startswith("<!doctype html>")
    assert ">Head</h1>" in page
    assert Shell(tmp_path).ok("render", "a.md", "--fragment") == "<p>Text.</p>"


def test_a_page_is_moved_by_a_chief_with_a_reason_and_its_old_address_leads_there(shell):
    body = "They meet [@dawn]."
    id = shell.ok(
        "new", "--headline", "Rail groups", "--body", "-", "--as", "rana", "--category", "politics", text=body
    )
    shell.ok("cite", id, "dawn", "--kind", "outlet", "--name", "Dawn", "--as", "rana")
    assert "has no page yet" in shell.refused("move-page", id, "baku", "--why", "So.", "--as", "bilal")
    shell.ok("file", id, "--as", "rana")
    shell.ok("take", id, "--as", "ayesha")
    shell.ok("approve", id, "--as", "ayesha")
    (page,) = (name for name in shell.json("export", id, "--to", "site", "--as", "ayesha")["written"] if "rail" in name)
    assert "Only a chief" in shell.refused("move-page", id, "baku", "--why", "So.", "--as", "ayesha")
    assert "needs a reason" in shell.refused("move-page", id, "baku", "--as", "bilal")
    moved = f"{page.rpartition('/')[0]}/baku.html"
    assert moved in shell.ok("move-page", id, "baku", "--why", "It named a victim.", "--as", "bilal")
    shell.ok("export", "--all", "--to", "site", "--as", "ayesha")
    assert f"url=../../{moved}" in (shell.folder / "site" / page).read_text()
    assert [line["what"] for line in shell.json("log", id)][-2:] == ["exported", "moved"]
    assert shell.json("show", id)["address"] == moved
    assert shell.json("doctor")["ok"]


def test_the_house_is_printed_and_another_one_kept_which_says_what_it_does_to_stories(shell):
    body = "They meet [@dawn]."
    id = shell.ok(
        "new", "--headline", "Rail groups", "--body", "-", "--as", "rana", "--category", "politics", text=body
    )
    shell.ok("cite", id, "dawn", "--kind", "outlet", "--name", "Dawn", "--as", "rana")
    shell.ok("file", id, "--as", "rana")
    shell.ok("take", id, "--as", "ayesha")
    shell.ok("approve", id, "--as", "ayesha")
    shell.ok("export", id, "--to", "site", "--as", "ayesha")
    other = shell.folder / "other.toml"
    other.write_text(shell.ok("house").replace('key = "politics"', 'key = "state"'), encoding="utf-8")
    assert "1 story that readers have would be in no section" in shell.ok("house", "other.toml", "--dry-run")
    assert "Nothing was changed" in shell.refused("house", "other.toml", "--as", "bilal")
    other.write_text(
        shell.ok("house").replace('key = "politics"', 'key = "state"\nwas = ["politics"]'), encoding="utf-8"
    )
    assert "Only a chief" in shell.refused("house", "other.toml", "--as", "ayesha")
    assert "will be in “state”" in shell.ok("house", "other.toml", "--as", "bilal")
    shell.ok("export", "--all", "--to", "site", "--as", "ayesha")
    assert (shell.folder / "site" / "category" / "state.html").is_file()


def test_only_a_chief_believes_a_clock_and_says_why(shell):
    assert "Only a chief" in shell.refused("believe-clock", "--why", "The radio.", "--as", "ayesha")
    assert "Say why" in shell.refused("believe-clock", "--as", "bilal")
    assert "is believed" in shell.ok("believe-clock", "--why", "The radio says so.", "--as", "bilal")
