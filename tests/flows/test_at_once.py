"""Two who do the same to the same files at the same moment."""

import subprocess
import sys

import pytest

from make import HOUSE
from ovn_desk import files, signing
from ovn_desk.domain.errors import DeskError
from ovn_desk.store import open_store
from ovn_desk.usecases import doctor, publishing


@pytest.mark.campaign
def test_of_three_who_make_one_newsroom_one_does_and_has_its_key(tmp_path):
    (tmp_path / "house.toml").write_text(HOUSE, encoding="utf-8")
    store = tmp_path / "newsroom.ovn"
    command = [sys.executable, "-m", "ovn_desk", "--store", str(store), "init"]
    command += ["--house", str(tmp_path / "house.toml"), "--name", "Bilal Ahmed"]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8") for _ in range(3)]
    said = [process.communicate()[1] for process in running]
    assert sorted(process.returncode for process in running) == [0, 1, 1]
    assert all("Traceback" not in words for words in said)
    made = open_store(store)
    assert doctor.examine(made) == []
    with made.read() as reading:
        known = set(reading.public_keys())
    made.close()
    (key,) = (path for path in (tmp_path / "newsroom-keys").iterdir() if path.name != "cache.key")
    assert known == {signing.open_key(key).id}
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_second_export_to_a_folder_is_refused_until_the_first_is_done(desk, tmp_path):
    article = desk.approved()
    site = tmp_path / "site"
    site.mkdir()
    asked, options = publishing.ExportRequest((article,), site), {"by": desk.editor, "renderer": desk.renderer}
    with (
        files.only_one(site / "ovn-export"),
        pytest.raises(DeskError, match="Another export is writing"),
    ):
        publishing.export(desk.store, asked, **options)
    assert list(site.iterdir()) == []
    assert publishing.export(desk.store, asked, **options).written
