"""Where files live, and the few things a user may set."""

import json
import logging
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import platformdirs

from ovn_desk import files
from ovn_desk.domain.errors import DeskError
from ovn_desk.text import foreign

APP = "OVN Desk"
_log = logging.getLogger(__name__)


SYSTEM, LIGHT, DARK = "system", "light", "dark"
MONOSPACE = "monospace"
SMALLEST_TEXT, LARGEST_TEXT = 11, 32
LINE_LENGTHS = 60, 90
_RANGES = {"pixels": (SMALLEST_TEXT, LARGEST_TEXT), "columns": LINE_LENGTHS, "page_zoom": (50, 200)}


@dataclass(frozen=True, slots=True)
class Preferences:
    """How a person likes to write on this computer; a text is the same whatever they are.

    `appearance` is light, dark or as the computer is. `face` is the name of a font; empty is a serif that this computer
    has, "monospace" its own monospaced one. `columns` is the length of a line in letters, `page_zoom` in per cent.
    `second_place` empty is no folder for copies off this disk. `keys` has the keys that somebody gave to commands, by
    the command's name, "" for none. `first_story` is how many steps of it were done.
    """

    appearance: str = SYSTEM
    face: str = ""
    pixels: int = 16
    columns: int = 72
    page_zoom: int = 100
    is_naskh: bool = False
    is_quoting: bool = True
    is_quoting_urdu: bool = True
    is_spelling: bool = True
    is_focused: bool = False
    is_typewriting: bool = False
    second_place: str = ""
    are_details_open: bool = False
    first_story: int = 0
    keys: dict[str, str] = field(default_factory=dict)


def preferences_file() -> Path:
    return Path(platformdirs.user_config_dir(APP, appauthor=False)) / "preferences.json"


def read_preferences(path: Path) -> Preferences:
    """Read the preferences; a value that can not be read becomes its default, so that it never stops anybody."""
    try:
        data = foreign.read_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Preferences()
    except (OSError, ValueError):
        _log.warning("The preferences in %s cannot be read; the defaults are used.", path)
        return Preferences()
    plain = asdict(Preferences())
    given = data if isinstance(data, dict) else {}
    known: dict[str, Any] = {part.name: given.get(part.name) for part in fields(Preferences)}
    read = Preferences(**{name: value for name, value in known.items() if type(value) is type(plain[name])})
    keys = {name: key for name, key in read.keys.items() if isinstance(key, str)}
    in_range = {name: min(max(getattr(read, name), least), most) for name, (least, most) in _RANGES.items()}
    return replace(read, keys=keys, **in_range)


def write_preferences(path: Path, preferences: Preferences) -> None:
    """Write the preferences atomically; raises DeskError when the file can not be written."""
    _write_json(path, asdict(preferences))


def _write_json(path: Path, value: dict[str, Any]) -> None:
    text = json.dumps(value, indent=1, ensure_ascii=False)
    try:
        files.write(path, text.encode(), is_private=True)
    except OSError as error:
        raise DeskError("preferences-not-kept", path=path, reason=files.reason(error)) from error


def read_window_state(path: Path) -> dict[str, Any]:
    """Read how the window was left; empty where that can not be read."""
    try:
        data = foreign.read_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        _log.warning("How the window was left cannot be read from %s.", path)
        return {}
    return data if isinstance(data, dict) else {}


def write_window_state(path: Path, state: Mapping[str, Any]) -> None:
    """Write how the window is left atomically; raises DeskError when the file can not be written."""
    _write_json(path, dict(state))


def data_folder() -> Path:
    return Path(platformdirs.user_data_dir(APP, appauthor=False))


def dictionaries() -> Path:
    """The folder of the spelling dictionaries the user added."""
    return data_folder() / "dictionaries"


def personal_words() -> Path:
    """The words the user knows to be right, one a line."""
    return data_folder() / "words.txt"


def log_folder() -> Path:
    return Path(platformdirs.user_log_dir(APP, appauthor=False))


def store_path(given: Path | None = None) -> Path:
    """The store to open: the one given, else `OVN_DESK_STORE`, else the one in the user's data folder."""
    if given:
        return given.expanduser()
    named = os.environ.get("OVN_DESK_STORE")
    return Path(named).expanduser() if named else data_folder() / "newsroom.ovn"


def passphrase(file: Path | None) -> str:
    """The first line of a passphrase file; empty without one."""
    if file is None:
        return ""
    lines = foreign.read_text(file).splitlines()
    if not lines or not lines[0]:
        raise DeskError("passphrase-file-empty", file=file)
    return lines[0]
