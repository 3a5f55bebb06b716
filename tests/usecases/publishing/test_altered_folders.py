"""An export to a folder in which somebody changed files: what stands there counts, and nothing outside is touched."""

import json
import os
import shutil
import sys
from dataclasses import replace
from itertools import cycle

import pytest

from make import Desk, newsroom
from ovn_desk.domain.errors import DeskError
from ovn_desk.usecases import pictures, publishing
from ovn_desk.usecases.publishing.files import MANIFEST
from photos import photo

PAGE = "2025/07/rail-groups-to-meet-in-baku.html"
KINDS = {
    "page": PAGE,
    "list page": "index.html",
    "author page": "author/rana-malik.html",
    "page of keys": "verify.html",
    "feed": "feed.xml",
    "json feed": "feed.json",
    "keys": ".well-known/ovn-keys.json",
    "sitemap": "sitemap.xml",
    "picture": "assets/images/*",
    "font": "assets/*.woff2",
    "log": "log.jsonl",
    "heads of the log": "checkpoints.jsonl",
    "head of the log": "checkpoint",
}


@pytest.fixture(scope="module")
def exported(tmp_path_factory, renderer):
    """A desk, the site it exported, and that site as it was before its second article."""
    folder = tmp_path_factory.mktemp("exported")
    store = newsroom(folder / "newsroom.ovn")
    desk = Desk(store, renderer)
    (image,) = pictures.import_images(store, [photo((900, 600))]).images
    image = replace(image, key="train", alt="A train", credit="Ali Raza")
    desk.approved(body="They meet [@dawn-rail].\n\n![](image:train)", images=(image,))
    export(desk, folder / "old")
    desk.approved(headline="ریل گروپ", language="ur")
    shutil.copytree(folder / "old", folder / "site")
    export(desk, folder / "site")
    yield desk, folder / "site", folder / "old"
    store.close()


@pytest.fixture
def site(exported, tmp_path):
    desk, made, old = exported
    shutil.copytree(made, tmp_path / "site")
    return desk, tmp_path / "site", old


def export(desk, folder, **options):
    return publishing.export(
        desk.store, publishing.ExportRequest(None, folder, **options), by=desk.editor, renderer=desk.renderer
    )


def plan(desk, folder):
    return publishing.plan(
        desk.store, publishing.ExportRequest(None, folder), by=desk.editor.person, renderer=desk.renderer
    )


def standing(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def change(path, _old):
    path.write_bytes(path.read_bytes().replace(b"2025", b"2031", 1) + b"\nThe minister resigned.\n")


def empty(path, _old):
    path.write_bytes(b"")


def set_back(path, old):
    """As it was an export before; what did not exist then, or was the same, as another had it."""
    before = old.read_bytes() if old.is_file() else b""
    path.write_bytes(before if before != path.read_bytes() else before[:-1])


def link(path, _old):
    aim = path.with_name(f"{path.name}-elsewhere")
    path.rename(aim)
    path.symlink_to(aim)


def link_nowhere(path, _old):
    path.unlink()
    path.symlink_to("/nowhere/at/all")


def pipe(path, _old):
    path.unlink()
    os.mkfifo(path)


DAMAGES = [change, empty, set_back, link, link_nowhere, pipe]
DAMAGED = [(kind, change) for kind in KINDS] + list(zip(KINDS, cycle(DAMAGES[1:]), strict=False))
"""Each kind of file is changed, and damaged in one of the other ways: each way is used on two kinds or more."""


@pytest.mark.skipif(sys.platform == "win32", reason="Needs pipes, and links that everybody may make.")
@pytest.mark.parametrize(("kind", "damage"), DAMAGED)
def test_what_stands_in_the_folder_is_written_again_and_that_is_said(site, kind, damage):
    desk, folder, old = site
    path = next(folder.glob(KINDS[kind]))
    name = path.relative_to(folder).as_posix()
    whole = standing(folder)[name]
    damage(path, old / name)
    planned = plan(desk, folder)
    assert name in planned.changed
    done = export(desk, folder)
    assert name in done.written
    assert not path.is_symlink()
    if name.endswith(".html"):  # sealed anew
        assert b"The minister resigned" not in path.read_bytes()
        assert path.read_bytes().partition(b"<!-- ovn-seal ")[0] == whole.partition(b"<!-- ovn-seal ")[0]
    else:
        assert path.read_bytes() == whole
    assert [note for note in done.notes if name in note]
    assert planned.notes == done.notes
    again = export(desk, folder)
    assert (again.written, again.notes) == ((), ())


def test_several_files_are_one_sentence(site):
    desk, folder, _ = site
    for name in ("feed.xml", "index.html"):
        change(folder / name, None)
    said = "2 files in the folder were not as they had been exported, and are written again: "
    (note,) = export(desk, folder).notes
    assert note.startswith(said)
    assert {"feed.xml", "index.html"} == set(note.removeprefix(said).rstrip(".").split(", "))


def test_a_manifest_that_says_it_was_so_hides_no_change(site):
    desk, folder, _ = site
    change(folder / "feed.xml", None)
    (folder / MANIFEST).unlink()
    assert export(desk, folder).written == ("feed.xml",)


@pytest.mark.parametrize("name", [*KINDS.values(), MANIFEST])
def test_a_folder_in_the_place_of_a_file_is_one_sentence_and_nothing_changes(site, name):
    desk, folder, _ = site
    path = next(folder.glob(name))
    path.unlink()
    path.mkdir()
    (path / "mine.txt").write_text("mine")
    change(folder / "404.html", None)
    before = standing(folder)
    for attempt in (plan, export):
        with pytest.raises(DeskError, match=r"is in the way.* Move it away, then export again\."):
            attempt(desk, folder)
    assert standing(folder) == before


@pytest.mark.skipif(sys.platform == "win32", reason="Needs links that everybody may make.")
@pytest.mark.parametrize("name", ["2025", "2025/07", "assets", ".well-known"])
def test_a_folder_that_leads_elsewhere_is_not_written_through(site, tmp_path, name):
    desk, folder, _ = site
    shutil.move(folder / name, tmp_path / "elsewhere")
    (folder / name).symlink_to(tmp_path / "elsewhere")
    for path in (tmp_path / "elsewhere").rglob("*"):
        if path.is_file():
            path.write_text("mine")
    before = standing(tmp_path / "elsewhere")
    with pytest.raises(DeskError, match="is in the way"):
        export(desk, folder)
    assert standing(tmp_path / "elsewhere") == before


@pytest.mark.skipif(sys.platform == "win32", reason="Needs links that everybody may make.")
@pytest.mark.parametrize("name", [MANIFEST, ".ovn-unfinished"])
def test_a_link_in_the_place_of_what_an_export_works_with_leads_nowhere(site, tmp_path, name):
    desk, folder, _ = site
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "index.html").write_text("mine")
    (tmp_path / "mine.txt").write_text("mine")
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(tmp_path / ("mine.txt" if name == MANIFEST else "mine"))
    change(folder / "index.html", None)
    assert "index.html" in export(desk, folder).written
    assert (tmp_path / "mine.txt").read_text() == "mine"
    assert standing(tmp_path / "mine") == {"index.html": b"mine"}


@pytest.mark.skipif(sys.platform == "win32", reason="Needs pipes.")
def test_a_pipe_in_the_place_of_the_manifest_or_a_zip_is_replaced(site, tmp_path):
    desk, folder, _ = site
    pipe(folder / MANIFEST, None)
    assert export(desk, folder).written == ()
    assert "index.html" in json.loads((folder / MANIFEST).read_text())
    os.mkfifo(tmp_path / "site.zip")
    export(desk, tmp_path / "site.zip", as_zip=True)
    assert (tmp_path / "site.zip").is_file()


def listed(folder, *names):
    manifest = folder / MANIFEST
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | dict.fromkeys(names, "0" * 64)))


def test_what_only_the_manifest_says_was_exported_stays_and_is_named(site):
    desk, folder, _ = site
    for name in ("thesis.docx", "googlef00.html"):
        (folder / name).write_text("mine")
    listed(folder, "thesis.docx", "googlef00.html")
    assert plan(desk, folder).removed == ()
    done = export(desk, folder)
    assert (done.written, done.removed) == ((), ())
    (note,) = done.notes
    assert "stays: googlef00.html, thesis.docx." in note or "stays: thesis.docx, googlef00.html." in note
    assert (folder / "thesis.docx").read_text() == "mine"
    assert export(desk, folder).notes == ()


@pytest.mark.skipif(sys.platform == "win32", reason="Needs links that everybody may make.")
def test_what_the_manifest_lists_behind_a_link_stays(site, tmp_path):
    desk, folder, _ = site
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "gone.html").write_bytes((folder / PAGE).read_bytes())  # even a page of the house
    (folder / "out").symlink_to(tmp_path / "mine")
    listed(folder, "out/gone.html")
    assert export(desk, folder).removed == ()
    assert (tmp_path / "mine" / "gone.html").is_file()


def test_a_page_that_another_desk_of_the_newsroom_sealed_is_removed(site):
    desk, folder, _ = site
    (folder / "gone.html").write_bytes((folder / PAGE).read_bytes())
    listed(folder, "gone.html")
    assert export(desk, folder).removed == ("gone.html",)
    assert not (folder / "gone.html").exists()
