"""`ovn-desk upload` as people type it, to a site on this computer."""

import json

import pytest

import wordpress_site
from shells import Shell
from wordpress_site import PASSWORD, USER


@pytest.fixture
def there():
    with wordpress_site.running() as (site, address):
        site.address = address
        yield site


@pytest.fixture
def shell(desk, tmp_path, monkeypatch):
    monkeypatch.setenv("OVN_DESK_WORDPRESS_PASSWORD", PASSWORD)
    return Shell(tmp_path)


def test_it_says_first_uploads_once_and_remembers_the_site(shell, desk, there):
    desk.approved()
    site = ("--site", there.address, "--user", USER)
    assert "1 new, 0 changed, 0 unchanged." in shell.ok("upload", "--all", "--as", "ayesha", *site, "--dry-run")
    assert there.posts == {}
    done = shell.json("upload", "--all", "--as", "ayesha")
    assert [sent["headline"] for sent in done["new"]] == ["Rail groups to meet in Baku"]
    assert "0 new, 0 changed, 1 unchanged." in shell.ok("upload", "--all", "--as", "ayesha")
    assert there.only()["status"] == "draft"
    assert PASSWORD not in json.dumps(done)


def test_what_is_missing_is_one_sentence(shell, desk, there, monkeypatch):
    assert "--all" in shell.refused("upload")
    assert "Name the site and the user once" in shell.refused("upload", "--all")
    site = ("--site", there.address, "--user", USER)
    assert "no keyring" in shell.refused("upload", "--all", "--as", "ayesha", *site, "--keep-password")
    monkeypatch.delenv("OVN_DESK_WORDPRESS_PASSWORD")
    assert "There is no password" in shell.refused("upload", "--all", *site)
    assert "without encryption" in shell.refused("upload", "--all", "--site", "http://news.example", "--user", USER)
