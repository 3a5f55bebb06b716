"""The entries that make a double click open our files, read by the desktop's own tools in a home of their own."""

import configparser
import shutil
import subprocess
import sys

import pytest

from ovn_desk.domain.errors import DeskError
from ovn_desk.usecases import file_associations

NEEDED = ("update-mime-database", "xdg-mime")
FILES = {
    "story.ovnb": ("application/vnd.ovn-desk.handover", b"PK\x03\x04"),
    "rana.ovn-invitation": ("application/vnd.ovn-desk.invitation", b"{}"),
    "newsroom-2026.ovn": ("application/vnd.ovn-desk.newsroom", b"SQLite format 3\0"),
}
pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or not all(map(shutil.which, NEEDED)), reason="no such desktop here"
)


@pytest.fixture
def home(tmp_path, monkeypatch):
    home = tmp_path / "home"
    (home / "config").mkdir(parents=True)
    for name, folder in {"HOME": "", "XDG_DATA_HOME": "data", "XDG_CONFIG_HOME": "config"}.items():
        monkeypatch.setenv(name, str(home / folder))
    return home


def put_program(folder, monkeypatch):
    """The window's program, which says what it was started with, beside a Python."""
    folder.mkdir()
    program = folder / "ovn-desk-window"
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(folder / "python"))


def asked(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_the_desktop_knows_our_files_and_opens_them_with_us(home, monkeypatch):
    put_program(home / "bin", monkeypatch)
    assert not file_associations.is_registered()
    file_associations.register()
    assert file_associations.is_registered()
    globs = (home / "data" / "mime" / "globs2").read_text()
    for name, (kind, data) in FILES.items():
        (home / name).write_bytes(data)
        assert f":{kind}:*{name[name.index('.') :]}" in globs
        assert asked("xdg-mime", "query", "default", kind) == "ovn-desk.desktop"


def test_what_it_starts_is_this_program_with_the_files(home, monkeypatch):
    put_program(home / 'my $programs at "50 %"', monkeypatch)
    file_associations.register()
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str
    entry.read(home / "data" / "applications" / "ovn-desk.desktop")
    line = entry["Desktop Entry"]["Exec"]
    assert line.endswith(" %F")
    words = unquoted(line.removesuffix(" %F"))
    assert asked(*words, "a story.ovnb", "b.docx") == "a story.ovnb\nb.docx"


def unquoted(line):
    """The words of an Exec key, read as the Desktop Entry Specification says: the value first, then the quotes."""
    value = line.replace("\\\\", "\\")
    words, word, is_in, letters = [], "", False, iter(value)
    for letter in letters:
        if letter == '"':
            is_in = not is_in
        elif letter == "\\" and is_in:
            word += next(letters)
        elif letter == " " and not is_in:
            words.append(word)
            word = ""
        else:
            word += letter
    return [one.replace("%%", "%") for one in (*words, word)]


def test_it_can_be_taken_back(home):
    file_associations.register()
    file_associations.unregister()
    assert not file_associations.is_registered()
    assert "ovn-desk" not in (home / "data" / "mime" / "globs2").read_text()


def test_where_a_tool_is_missing_that_is_said_and_nothing_is_written(home, monkeypatch):
    monkeypatch.setenv("PATH", str(home))
    with pytest.raises(DeskError) as refused:
        file_associations.register()
    assert "drop files on the window" in str(refused.value)
    assert not (home / "data").exists()
