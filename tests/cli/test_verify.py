"""`ovn-desk verify`: what it prints of a page that is whole, and of others, and the status that it ends with."""

import json
import shutil

import pytest

import altered_pages
from shells import Shell

PAGE = "2025/07/rail-groups-to-meet-in-baku.html"


@pytest.fixture(scope="module")
def exported(tmp_path_factory, renderer):
    folder = tmp_path_factory.mktemp("exported")
    altered_pages.exported(folder, renderer)
    return folder / "site"


@pytest.fixture
def shell(exported, tmp_path):
    """A shell beside a copy of the site."""
    shutil.copytree(exported, tmp_path / "site")
    return Shell(tmp_path)


def alter(shell, old, new):
    page = shell.folder / "site" / PAGE
    text = page.read_text(encoding="utf-8")
    assert old in text
    page.write_text(text.replace(old, new), encoding="utf-8")


def test_a_whole_site_is_a_line_a_page(shell):
    said = shell.ok("verify", "site").splitlines()
    assert f"ok   site/{PAGE}  approved by Ayesha Khan" in said
    assert "ok   site/index.html" in said
    assert not [line for line in said if line.startswith(("NOT", "note"))]


def test_a_page_is_a_line_a_check(shell):
    checks = [line.split(maxsplit=1)[0] for line in shell.ok("verify", f"site/{PAGE}").splitlines()[1:]]
    assert checks[:3] == ["text", "file", "pictures"]


@pytest.mark.parametrize(
    ("old", "new", "mark", "said"),
    [
        ("1,200 people", "12,000 people", "NOT", "The first words that differ: “The groups meet in July. About 12,000"),
        ('">20 July 2025</time>', '">20 July 2024</time>', "NOT", "in the dates it shows"),
        (
            "</body>",
            "<script src='https://host.example/x.js'></script></body>",
            "note",
            "below the text. Hosts do that",
        ),
    ],
)
def test_a_change_is_said_with_its_place_and_ends_with_1(shell, old, new, mark, said):
    alter(shell, old, new)
    for target in ("site", f"site/{PAGE}"):
        done = shell.run("verify", target)
        assert done.returncode == 1
        assert f"{mark:<4} site/{PAGE}" in done.stdout
        assert said in done.stdout


def test_picture_files_that_are_missing_or_exchanged_are_said(shell):
    small, large = sorted((shell.folder / "site/assets/images").iterdir())
    data = small.read_bytes()
    small.write_bytes(large.read_bytes())
    done = shell.run("verify", "site")
    assert (done.returncode, f"{small.name} is not the picture file" in done.stdout) == (1, True)
    small.write_bytes(data)
    large.unlink()
    assert "1 of 2 picture files" in shell.ok("verify", "site")
    small.unlink()
    assert "Not given" in shell.ok("verify", "site")


def test_a_page_without_its_seal_is_said_to_have_none(shell):
    page = shell.folder / "site" / PAGE
    page.write_bytes(page.read_bytes().partition(b"<!-- ovn-seal")[0])
    done = shell.run("verify", "site")
    assert done.returncode == 1
    assert f"note site/{PAGE}  approved by Ayesha Khan" in done.stdout
    assert "carries no seal" in done.stdout


def test_a_site_says_whose_keys_those_are_and_what_is_not_signed(shell):
    said = shell.ok("verify", "site")
    assert "name their file with --key" in said
    assert "Not signed, so not checked: .ovn-manifest.json, " in said
    keys = next(one for one in json.loads(shell.ok("verify", "site", "--json")) if one["path"].endswith("keys.json"))
    assert [(one["check"], one["code"], one["state"]) for one in keys["checks"]] == [("keys", "own", "none")]
    shutil.copy(shell.folder / "site/.well-known/ovn-keys.json", shell.folder / "kept.json")
    assert "name their file with --key" not in shell.ok("verify", "site", "--key", "kept.json")


def test_a_file_that_no_export_writes_is_noted_and_ends_with_1(shell):
    (shell.folder / "site/x.php").write_text("<?php")
    done = shell.run("verify", "site")
    assert (done.returncode, "NOT" in done.stdout) == (1, False)
    assert "note site\n" in done.stdout
    assert "No export writes these files: x.php" in done.stdout
