"""Who may read what the desk keeps: its owner alone, and everybody what was exported for them."""

import os
import stat

import pytest

from ovn_desk.store import open_store
from ovn_desk.sync import bundle
from ovn_desk.usecases import housekeeping, publishing

pytestmark = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Needs POSIX permissions.")


def modes(folder):
    """Permissions of everything below a folder, by its path there."""
    return {
        path.relative_to(folder).as_posix(): oct(stat.S_IMODE(path.stat().st_mode))
        for path in sorted(folder.rglob("*"))
    }


def test_the_newsroom_and_what_is_beside_it_can_be_read_by_its_owner_alone(desk, tmp_path):
    article = desk.approved()
    housekeeping.back_up(desk.store)
    bundle.write(desk.store, tmp_path / "story.ovnb", [article], by=desk.editor)
    publishing.export(
        desk.store, publishing.ExportRequest((article,), tmp_path / "site"), by=desk.editor, renderer=desk.renderer
    )
    found = modes(tmp_path)
    site = {name for name in found if name.startswith("site")}
    folders = {name for name in found if (tmp_path / name).is_dir()}
    assert {found[name] for name in folders - site} == {"0o700"}
    assert {found[name] for name in set(found) - folders - site} == {"0o600"}
    usual = os.umask(0)
    os.umask(usual)
    assert {found[name] for name in site & folders} == {oct(0o777 & ~usual)}
    assert {found[name] for name in site - folders} == {oct(0o666 & ~usual)}


def test_a_store_that_everybody_could_read_is_closed_when_it_is_opened(desk):
    desk.store.close()
    desk.store.path.chmod(0o644)
    store = open_store(desk.store.path)
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
    store.close()
