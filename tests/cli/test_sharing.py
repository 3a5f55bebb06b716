"""Handing over and syncing as people type it."""

import json
import shutil

import pytest

import hubs
from make import HOUSE
from shells import Shell


@pytest.fixture
def shell(tmp_path):
    made = Shell(tmp_path)
    (tmp_path / "house.toml").write_text(HOUSE, encoding="utf-8")
    made.ok("init", "--house", "house.toml", "--name", "Bilal Ahmed")
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
    shutil.copytree(shell.folder / "newsroom-keys", shell.folder / "other-keys")
    second.ok("hold", id, "--reason", "Legal.", "--as", "bilal")
    second.ok("bundle", "export", "--for", "bilal", "--sealed", "--to", "back.ovnb", "--as", "bilal")
    found = shell.json("bundle", "look", "back.ovnb")
    assert (found["by"], found["is_sealed"], found["problem"]) == ("Bilal Ahmed", True, "")
    assert [one["events"] for one in found["articles"]] == [1]
    assert "New records: 1" in shell.ok("bundle", "import", "back.ovnb")
    assert shell.json("show", id)["state"] == "held"


def test_what_is_wrong_with_a_bundle_is_one_sentence(shell):
    (shell.folder / "letter.ovnb").write_text("Dear editor")
    assert "not a whole bundle" in shell.refused("bundle", "look", "letter.ovnb")
    assert "There is no bundle" in shell.refused("bundle", "import", "nothing.ovnb")
    assert shell.run("bundle", "export", "--to", "x.ovnb").returncode == 2
    assert json.loads(shell.ok("list", "--json")) == []


def test_a_newsroom_makes_a_hub_and_a_new_computer_is_set_up_from_it(shell, database):
    id = shell.ok("new", "--headline", "Rail groups", "--as", "rana").split()[-1]
    assert "Name the hub once" in shell.refused("sync")
    assert "There is no hub at" in shell.refused("sync", database)
    shell.ok("hub", "init", database)
    assert "reaches the hub as rana_malik with the password" in shell.ok("hub", "add-staff", "rana", database)
    assert "Sent: records" in shell.ok("sync", database)
    second = other(shell)
    assert "The newsroom is at" in second.ok("sync", hubs.login(database, "rana_malik"))
    assert second.json("show", id)["headline"] == "Rail groups"
    assert "New records: 0" in second.ok("sync")
    assert shell.json("hub", "status", database)["staff"] == [["Rana Malik", "rana_malik"]]
