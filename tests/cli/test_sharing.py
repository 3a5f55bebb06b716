"""Handing over and syncing as people type it."""

import json
import shutil
import zipfile

import pytest

import hubs
from make import HOUSE
from ovn_desk import signing
from ovn_desk.store import open_store
from ovn_desk.sync.bundle import container
from shells import Shell


@pytest.fixture
def shell(tmp_path):
    made = Shell(tmp_path)
    (tmp_path / "house.toml").write_text(HOUSE, encoding="utf-8")
    made.ok("init", "--house", "house.toml", "--name", "Bilal Ahmed")
    for name in ("rana", "ayesha"):
        made.ok("staff", "key", "add", name)
    return made


def other(shell):
    """A second computer in the same folder."""
    made = Shell(shell.folder)
    made.store = shell.folder / "other.ovn"
    return made


def test_a_story_goes_to_a_new_computer_and_back(shell):
    id = shell.ok("new", "--headline", "Rail groups", "--as", "rana").split()[-1]
    assert "articles 1," in shell.ok("bundle", "export", "--all", "--to", "stick.ovnb", "--as", "bilal")
    second = other(shell)
    assert "The newsroom is at" in second.ok("bundle", "import", "stick.ovnb")
    assert second.json("show", id)["headline"] == "Rail groups"
    assert "has no key on this computer" in second.refused("hold", id, "--reason", "Legal.", "--as", "bilal")
    for key in (shell.folder / "newsroom-keys").glob("*.json"):
        shutil.copy(key, shell.folder / "other-keys")
    second.ok("hold", id, "--reason", "Legal.", "--as", "bilal")
    second.ok("bundle", "export", "--for", "bilal", "--sealed", "--to", "back.ovnb", "--as", "bilal")
    found = shell.json("bundle", "look", "back.ovnb")
    assert (found["by"], found["is_sealed"], found["problem"]) == ("Bilal Ahmed", True, "")
    assert [one["events"] for one in found["articles"]] == [1]
    assert "New records: 1" in shell.ok("bundle", "import", "back.ovnb")
    assert shell.json("show", id)["state"] == "held"


def test_what_is_wrong_with_a_bundle_is_one_sentence(shell):
    (shell.folder / "letter.ovnb").write_text("Dear editor")
    assert "is not whole: it was cut short" in shell.refused("bundle", "look", "letter.ovnb")
    assert "There is no file" in shell.refused("bundle", "import", "nothing.ovnb")
    assert shell.run("bundle", "export", "--to", "x.ovnb").returncode == 2
    assert json.loads(shell.ok("list", "--json")) == []


def test_a_newsroom_makes_a_hub_and_a_new_computer_is_set_up_from_it(shell, database):
    id = shell.ok("new", "--headline", "Rail groups", "--as", "rana").split()[-1]
    assert "Name the hub once" in shell.refused("sync")
    assert "is not a hub yet" in shell.refused("sync", database)
    shell.ok("hub", "init", database)
    assert "reaches the hub as rana_malik with the password" in shell.ok("hub", "add-staff", "rana", database)
    assert "Sent: records" in shell.ok("sync", database)
    second = other(shell)
    assert "The newsroom is at" in second.ok("sync", hubs.login(database, "rana_malik"))
    assert second.json("show", id)["headline"] == "Rail groups"
    assert "New records: 0" in second.ok("sync")
    assert shell.json("hub", "status", database)["staff"] == [["Rana Malik", "rana_malik"]]


def test_whoever_runs_the_hub_says_how_much_a_day_holds_and_keeps_somebody_out(shell, database):
    shell.ok("hub", "init", database)
    shell.ok("hub", "add-staff", "rana", database)
    shell.ok("sync", database)
    assert "5000 records, 100 MB" in shell.ok("hub", "limits")
    assert "2 records, 3 MB" in shell.ok("hub", "limits", "--records", "2", "--records-mb", "3")
    assert "may not do that" in shell.refused("hub", "limits", hubs.login(database, "rana_malik"), "--records", "9")
    shell.ok("new", "--headline", "One", "--as", "rana")
    shell.ok("new", "--headline", "Two", "--as", "rana")
    shell.ok("new", "--headline", "Three", "--as", "rana")
    said = shell.run("sync", hubs.login(database, "rana_malik"))
    assert "Sent: records 2" in said.stdout
    assert "a login may send 2 records and 3 MB of them a day" in said.stderr
    assert "today: 2 records" in shell.ok("hub", "status", database)
    assert "is today's already" in shell.refused("hub", "upgrade", database)
    assert "rana_malik is kept out" in shell.ok("hub", "remove-staff", "rana", database)
    assert shell.run("sync", hubs.login(database, "rana_malik")).returncode == 1


def words_of(said):
    """The twelve words in what a command said."""
    return next(line.strip() for line in said.splitlines() if len(line.split()) == 12)


def test_a_new_person_joins_by_a_file_and_is_known_by_their_first_bundle(shell):
    assert "Zia Noor is invited as editor" in shell.ok(
        "staff", "invite", "Zia Noor", "--role", "editor", "--to", "zia.ovn-invitation"
    )
    assert "Zia Noor" in shell.ok("staff", "invitations")
    second = other(shell)
    assert "Welcome, Zia Noor" in second.ok("join", "zia.ovn-invitation")
    assert "used already" in second.refused("join", "zia.ovn-invitation")
    id = second.ok("new", "--headline", "By Zia")
    second.ok("bundle", "export", "--all", "--to", "first.ovnb")
    assert "New records: 2" in shell.ok("bundle", "import", "first.ovnb")
    assert shell.json("show", id)["headline"] == "By Zia"
    (zia,) = [one for one in shell.json("staff", "list") if one["name"] == "Zia Noor"]
    assert (zia["role"], zia["has_key"]) == ("editor", True)
    assert "No invitation is open" in shell.run("staff", "invitations").stderr
    assert shell.json("doctor") == second.json("doctor") == {"ok": True, "problems": [], "notes": []}


def test_a_new_computer_of_the_same_person_joins_by_words_and_a_bundle(shell):
    words = words_of(shell.ok("staff", "invite", "rana malik"))
    shell.ok("bundle", "export", "--all", "--to", "all.ovnb", "--as", "bilal")
    second = other(shell)
    assert "not the twelve words" in second.refused(
        "join", words.replace(words.split()[0], "nowordatall"), "--of", "all.ovnb"
    )
    assert "Welcome, Rana Malik" in second.ok("join", words.upper(), "--of", "all.ovnb")
    assert second.ok("new", "--headline", "From my new laptop")
    assert len({one["key"] for one in second.json("staff", "list")}) == 3


def test_an_invitation_that_was_taken_back_opens_nothing(shell):
    words = words_of(shell.ok("staff", "invite", "Zia Noor"))
    key = shell.ok("staff", "invitations").split()[0]
    assert "is withdrawn" in shell.ok("staff", "uninvite", key)
    assert "was withdrawn" in shell.refused("join", words)
    assert "Only a chief invites" in shell.refused("staff", "invite", "Omar", "--chief", "ayesha")


def test_a_person_joins_with_the_words_and_the_login_of_the_hub(shell, database):
    shell.ok("hub", "init", database)
    words = words_of(shell.ok("hub", "add-staff", "Zia Noor", database))
    shell.ok("sync", database)
    second = other(shell)
    assert "Welcome, Zia Noor" in second.ok("join", words, "--of", hubs.login(database, "zia_noor"))
    id = second.ok("new", "--headline", "By Zia")
    second.ok("sync")
    shell.ok("sync")
    assert shell.json("show", id)["headline"] == "By Zia"


def test_a_chief_who_lost_their_key_gets_another_one_with_the_printed_words(shell, tmp_path):
    made = Shell(tmp_path / "lost")
    made.folder.mkdir()
    said = made.ok("init", "--name", "Zia Noor")
    (tmp_path / "words.txt").write_text(said.rpartition("Recovery key: ")[2], encoding="utf-8")
    for key in (made.folder / "newsroom-keys").glob("*.json"):
        key.unlink()
    assert "has no key on this computer" in made.refused("new", "--headline", "x", "--as", "Zia Noor")
    recover = ("staff", "recover", "Zia Noor", "--words-file", tmp_path / "words.txt")
    assert "signs with the key" in made.ok(*recover)
    assert made.ok("new", "--headline", "x")
    (tmp_path / "words.txt").write_text("zoo " * 12, encoding="utf-8")
    assert "not the twelve words" in made.refused("staff", "recover", "Ayesha Khan", *recover[3:])


def test_whoever_is_invited_twice_is_one_person(shell):
    """Seen: two persons of one name, of whom nobody could name one, and none could be retired."""
    words = [line for name in range(2) for line in shell.ok("staff", "invite", "Mallory Dar").splitlines()[1:2]]
    second = other(shell)
    shell.ok("bundle", "export", "--all", "--to", "room.ovnb", "--as", "bilal")
    third = Shell(shell.folder)
    third.store = shell.folder / "third.ovn"
    assert "was withdrawn" in third.refused("join", words[0].strip(), "--of", "room.ovnb"), "the second took its place"
    second.ok("join", words[1].strip(), "--of", "room.ovnb")
    second.ok("new", "--headline", "From a second", "--as", "mallory")
    second.ok("bundle", "export", "--all", "--to", "second.ovnb", "--as", "mallory")
    shell.ok("bundle", "import", "second.ovnb")
    assert shell.ok("staff", "list").count("Mallory Dar") == 1
    shell.ok("staff", "retire", "mallory")


def test_what_a_bundle_says_of_itself_is_one_line_and_steers_no_terminal(shell):
    shell.ok("new", "--headline", "Rail groups", "--as", "rana")
    shell.ok("bundle", "export", "--all", "--to", "true.ovnb", "--as", "rana")
    with zipfile.ZipFile(shell.folder / "true.ovnb") as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    (file,) = (path for path in (shell.folder / "newsroom-keys").glob("*.json") if _owner(shell, path) == "Rana Malik")
    said = json.loads(entries[container.MANIFEST]) | {"name": "Bilal\x1b[2J\nApproved by Ayesha Khan. \ud800"}
    raw = json.dumps(said).encode()
    entries |= {container.MANIFEST: raw}
    entries[container.SIGNATURE] = signing.sign(signing.open_key(file), container.signed_bytes(raw)).encode()
    with zipfile.ZipFile(shell.folder / "false.ovnb", "w") as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    done = shell.run("bundle", "look", "false.ovnb")
    assert "Traceback" not in done.stderr
    assert "\x1b" not in done.stdout
    assert not [line for line in done.stdout.splitlines() if line.startswith("Approved by")]


def _owner(shell, path):
    store = open_store(shell.folder / "newsroom.ovn")
    with store.read() as reading:
        owner = reading.roster().owner(signing.key_name(path))
    store.close()
    return owner.name


def test_the_script_for_the_hubs_server_is_printed_and_shows_its_changes_first(shell):
    script = shell.ok("hub", "serve", "--script")
    assert script.startswith("#!/bin/bash")
    assert "hostssl" in script
