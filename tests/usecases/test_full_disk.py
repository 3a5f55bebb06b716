"""What goes out onto a disk that is full: one sentence that says so, and nothing is left of it."""

import random
from functools import partial
from string import ascii_letters

import pytest
from typer.testing import CliRunner

import disks
from ovn_desk.cli.program import app
from ovn_desk.domain.errors import DeskError
from ovn_desk.sync import bundle
from ovn_desk.usecases import housekeeping, publishing, spelling, templates

FORMS = ["site", "page", "wordpress", "wxr", "ninjs", "markdown", "docx", "json"]
ROOM = [0, 8 * 1024, 28 * 1024]  # bytes: for nothing, for a folder or two, for some of the files


@pytest.fixture
def disk(tmp_path):
    with disks.mounted(tmp_path / "stick", mb=1) as folder:
        yield folder


def everything(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def refuse(disk, write):
    """The one sentence that comes of writing to a full disk, on which nothing is left."""
    before = everything(disk)
    with pytest.raises(DeskError) as told:
        write()
    assert everything(disk) == before
    sentence = str(told.value)
    assert "\n" not in sentence
    assert "full" in sentence
    assert str(disk) in sentence


@pytest.mark.parametrize("is_zip", [pytest.param(False, marks=pytest.mark.campaign), True])
def test_an_export_onto_a_full_disk(desk, disk, is_zip):
    for number in range(3):
        desk.approved(
            headline="Trains " + "abc"[number],
            body=f"The groups meet in July [@dawn-rail].\n\n{noise(20_000 + 10 * number)}",
        )
    for room in ROOM:
        others = disks.fill(disk, leave=room)
        for form in FORMS:
            refuse(disk, partial(export, desk, disk / form, form, is_zip))
        others.unlink()


def noise(letters):
    """Words that can not be packed."""
    chance = random.Random(letters)
    return " ".join("".join(chance.choices(ascii_letters, k=9)) for _ in range(letters // 10))


def export(desk, to, form="site", is_zip=False):
    publishing.export(
        desk.store, publishing.ExportRequest(None, to, form, as_zip=is_zip), by=desk.editor, renderer=desk.renderer
    )


def test_an_export_again_onto_a_disk_that_got_full_leaves_the_site_as_it_was(desk, tmp_path):
    desk.approved(headline="Trains come")
    with disks.mounted(tmp_path / "site-disk", mb=6) as disk:
        export(desk, disk / "site")
        desk.approved(headline="Trains go", body=f"The groups meet in July [@dawn-rail].\n\n{noise(60_000)}")
        texts = {path: path.read_bytes() for path in (disk / "site").rglob("*") if path.is_file()}
        for room in ROOM:
            others = disks.fill(disk, leave=room)
            refuse(disk, partial(export, desk, disk / "site"))
            assert {path: path.read_bytes() for path in texts} == texts
            others.unlink()
        export(desk, disk / "site")
        assert all(one.ok for one in publishing.verify_files(disk / "site"))


def test_a_bundle_onto_a_full_disk(desk, disk):
    articles = [desk.approved(), desk.draft(headline="Noise", body=noise(400_000))]
    for room in ROOM:
        others = disks.fill(disk, leave=room)
        for sealed_to in (None, desk.editor):
            refuse(
                disk,
                partial(bundle.write, desk.store, disk / "s.ovnb", articles, by=desk.editor, sealed_to=sealed_to),
            )
        others.unlink()


def test_a_backup_a_word_and_a_snippet_onto_a_full_disk(desk, disk):
    (disk / "snippets").mkdir()
    disks.fill(disk)
    refuse(disk, lambda: housekeeping.back_up(desk.store, to=disk))
    refuse(disk, lambda: spelling.add_word("Sukkur", to=disk / "words.txt"))
    refuse(disk, lambda: templates.keep_snippet("greeting", "Hello", own=disk / "snippets"))


@pytest.mark.parametrize(
    "command", [["render", "story.md", "--to"], ["annotate", "rail-groups-to-meet-in-baku", "--to"]]
)
def test_a_command_that_writes_a_file_onto_a_full_disk(desk, disk, tmp_path, monkeypatch, command):
    desk.draft()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "story.md").write_text("# A story\n\nWords.", encoding="utf-8")
    disks.fill(disk)

    def write():
        done = CliRunner().invoke(app, ["--store", str(desk.store.path), *command, str(disk / "page.html")])
        raise done.exception

    refuse(disk, write)
