"""Writing an export so that what stands in its folder is whole at every moment."""

import json
import multiprocessing
import os
import re
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.workflow import State
from ovn_desk.formats import FORMATS
from ovn_desk.rendering.artifact import Artifact
from ovn_desk.store.build_cache import BuildCache
from ovn_desk.usecases import publishing
from ovn_desk.usecases.publishing import files
from ovn_desk.usecases.publishing.files import MANIFEST
from ovn_desk.usecases.publishing.hashes import Hashes
from ovn_desk.usecases.publishing.sealing import Sealer


def site(version, pages, *, size=20_000):
    """A small site: pages that say their version from end to end, and a front page that leads to each."""
    made = {f"2025/07/{page}.html": f"{version}:{page}\n{'x' * size}\n{version} END" for page in pages}
    links = "\n".join(f'<a href="{name}">' for name in made)
    return {name: text.encode() for name, text in (made | {"index.html": f"{links}\n{version} END"}).items()}


OLD, NEW = site("old", range(20)), site("new", range(10, 30))


def compared(compare, made, folder):
    """One export of these files, which nothing is known of from before."""
    with BuildCache(folder.parent / f"{folder.name}.db") as kept:
        made = [Artifact.of(name, data) for name, data in made.items()]
        return compare(made, folder, Hashes(kept, "site"), Sealer(FORMATS["markdown"], {}, datetime.now(UTC)))


def write_folder(made, folder):
    return compared(files.write_folder, made, folder)


def plan(made, folder):
    return compared(files.plan, made, folder)


def standing(folder):
    """Every file of an export as a reader finds it."""
    files = [
        file for file in folder.rglob("*") if file.is_file() and not file.relative_to(folder).parts[0].startswith(".")
    ]
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def test_a_plan_says_what_would_change_and_touches_nothing(tmp_path):
    write_folder(OLD, tmp_path)
    before = standing(tmp_path)
    made = plan(NEW, tmp_path)
    assert set(made.new) == NEW.keys() - OLD.keys()
    assert set(made.changed) == NEW.keys() & OLD.keys()
    assert set(made.removed) == OLD.keys() - NEW.keys()
    assert standing(tmp_path) == before
    assert write_folder(NEW, tmp_path) == made
    assert standing(tmp_path) == NEW
    assert plan(NEW, tmp_path) == type(made)(unchanged=len(NEW))


def exporting_for_ever(folder):
    while True:
        write_folder(NEW, folder)
        write_folder(OLD, folder)


@pytest.mark.skipif(sys.platform == "win32", reason="Needs fork and SIGKILL, which Windows does not have.")
def test_a_killed_export_leaves_whole_pages_and_links_that_lead_somewhere(tmp_path):
    write_folder(OLD, tmp_path)
    seen = set()
    for number in range(20):
        child = multiprocessing.get_context("fork").Process(target=exporting_for_ever, args=(tmp_path,))
        child.start()
        time.sleep(0.011 * (number + 1))  # at another point each time
        os.kill(child.pid, signal.SIGKILL)
        child.join()
        found = standing(tmp_path)
        for name, data in found.items():
            assert data in {OLD.get(name), NEW.get(name)}, name
        seen.add(frozenset(name for name, data in found.items() if data == NEW.get(name)))
        front = found["index.html"].decode()
        assert set(re.findall(r'href="([^"]+)"', front)) <= found.keys()
    assert len(seen) > 1
    write_folder(NEW, tmp_path)
    assert standing(tmp_path) == NEW
    assert sorted(path.name for path in tmp_path.iterdir()) == [MANIFEST, "2025", "index.html"]


def killed_before_the_manifest_has_its_name(folder):
    os.fsync = lambda descriptor: os.kill(os.getpid(), signal.SIGKILL) if is_manifest(descriptor) else None
    write_folder(OLD, folder)


def is_manifest(descriptor):
    return MANIFEST in Path(f"/proc/self/fd/{descriptor}").readlink().name


@pytest.mark.skipif(sys.platform != "linux", reason="Needs fork, SIGKILL and /proc, which only Linux has.")
def test_an_export_that_has_nothing_to_write_clears_what_a_killed_one_left(tmp_path):
    write_folder(NEW, tmp_path)
    child = multiprocessing.get_context("fork").Process(
        target=killed_before_the_manifest_has_its_name, args=(tmp_path,)
    )
    child.start()
    child.join()
    assert any(path.name.endswith(".part") for path in tmp_path.iterdir())
    write_folder(NEW, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [MANIFEST, "2025", "index.html"]


def test_what_can_not_be_written_leaves_the_folder_as_it_was(tmp_path):
    write_folder(OLD, tmp_path)
    before = standing(tmp_path)
    broken = NEW | {"2025/07/10.html/inside.html": b"a page is in the way"}
    with pytest.raises(DeskError, match="Nothing there was changed"):
        write_folder(broken, tmp_path)
    assert standing(tmp_path) == before
    assert {path.name for path in tmp_path.iterdir()} == {MANIFEST, "2025", "index.html"}


@pytest.mark.parametrize("manifest", ["", "[]", '{"../../outside.txt": "x"}', '{"/etc/passwd": "x"}', "null"])
def test_a_manifest_that_was_changed_removes_nothing_outside(tmp_path, manifest):
    (tmp_path / "outside.txt").write_text("mine")
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    (folder / MANIFEST).write_text(manifest)
    assert plan(NEW, folder).removed == ()


def test_a_planned_export_names_the_files_to_upload_and_publishes_nothing(desk, tmp_path):
    article = desk.approved()
    asked, options = (
        publishing.ExportRequest((article,), tmp_path / "site"),
        {"by": desk.editor, "renderer": desk.renderer},
    )
    planned = publishing.plan(desk.store, asked, **options)
    assert not (tmp_path / "site").exists()
    assert desk.article(article).state is State.APPROVED
    done = publishing.export(desk.store, asked, **options)
    assert done.written == planned.new
    assert json.loads((tmp_path / "site" / MANIFEST).read_text()).keys() == set(done.written)
    assert publishing.plan(desk.store, asked, **options).unchanged == len(done.written)


def test_a_site_puts_every_page_in_place_before_what_leads_to_it(desk, tmp_path):
    done = publishing.export(
        desk.store,
        publishing.ExportRequest((desk.approved(),), tmp_path / "site"),
        by=desk.editor,
        renderer=desk.renderer,
    )
    order = [name for name in done.written if not name.startswith("assets/")]
    assert order[0] == "2025/07/rail-groups-to-meet-in-baku.html"
    assert order.index("author/rana-malik.html") < order.index("feed.xml")
