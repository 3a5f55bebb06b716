"""A double click on a file of the newsroom opens it here: entries for the desktop of this login, on Linux.

They are what the freedesktop.org specifications name: a desktop entry, the types of our files by their names, and an
icon. Nothing outside the login's folders is touched. Windows and macOS learn it from an installer.
"""

import re
import shutil
import sys
from pathlib import Path
from string import Template

import platformdirs

from ovn_desk import assets, files, processes
from ovn_desk.domain.errors import DeskError

MIME_TYPES = (
    "application/vnd.ovn-desk.handover",
    "application/vnd.ovn-desk.invitation",
    "application/vnd.ovn-desk.newsroom",
)
_ENTRY = "ovn-desk.desktop"
_PLAIN = re.compile(r"[\w./+-]+")
_LIMIT = 60.0  # seconds for a tool of the desktop; a second is usual


def can_register() -> bool:
    """Whether this computer's desktop reads such entries."""
    return sys.platform.startswith("linux")


def is_registered() -> bool:
    """Whether a double click starts this very program."""
    try:
        return _entry_path().read_text(encoding="utf-8") == _entry()
    except OSError:
        return False


def register() -> None:
    """Writes the entries and has the desktop read them; raises DeskError where it can not."""
    types, made_default = _tool("update-mime-database"), _tool("xdg-mime")
    icon = (assets.folder() / "icons" / "ovn-desk.svg").read_bytes()
    try:
        files.write(_data() / "icons" / "hicolor" / "scalable" / "apps" / "ovn-desk.svg", icon)
        files.write(_types_path(), assets.text("desktop/ovn-desk.xml").encode())
        files.write(_entry_path(), _entry().encode())
    except OSError as error:
        raise DeskError("association-not-written", folder=_data(), reason=files.reason(error)) from error
    _run(types, str(_data() / "mime"))
    _run(made_default, "default", _ENTRY, *MIME_TYPES)
    _refresh_menu()


def unregister() -> None:
    """Takes the entries away again; the icon may stay."""
    try:
        for path in (_entry_path(), _types_path()):
            files.remove(path)
    except OSError as error:
        raise DeskError("association-not-written", folder=_data(), reason=files.reason(error)) from error
    _run(_tool("update-mime-database"), str(_data() / "mime"))
    _refresh_menu()


def _refresh_menu() -> None:
    """Some desktops keep a list of what opens what; where there is no tool for it they read the entries themselves."""
    if tool := shutil.which("update-desktop-database"):
        _run(tool, str(_entry_path().parent))


def _entry() -> str:
    return Template(assets.text(f"desktop/{_ENTRY}")).substitute(program=" ".join(map(_quote, _program())))


def _program() -> list[str]:
    """The window's own program beside Python, or Python with its module."""
    window = Path(sys.executable).with_name("ovn-desk-window")
    return [str(window)] if window.exists() else processes.command()


def _quote(word: str) -> str:
    """A word of the Exec key as the Desktop Entry Specification quotes it: in the quotes, and in the key's value.

    A plain word stays plain: the scripts of some desktops look for the program by it.
    """
    if _PLAIN.fullmatch(word):
        return word
    for letter in ("\\", '"', "`", "$"):
        word = word.replace(letter, f"\\{letter}")
    return f'"{word}"'.replace("\\", "\\\\").replace("%", "%%")


def _data() -> Path:
    return Path(platformdirs.user_data_dir())


def _entry_path() -> Path:
    return _data() / "applications" / _ENTRY


def _types_path() -> Path:
    return _data() / "mime" / "packages" / "ovn-desk.xml"


def _tool(name: str) -> str:
    if found := shutil.which(name):
        return found
    raise DeskError("association-tool-missing", tool=name)


def _run(tool: str, *arguments: str) -> None:
    if processes.run_program([tool, *arguments], limit=_LIMIT):
        raise DeskError("association-tool-failed", tool=Path(tool).name)
