"""Where files live, and the few things a user may set."""

import os
from pathlib import Path

import platformdirs

from ovn_desk.domain.errors import DeskError

APP = "OVN Desk"


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
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DeskError(f"The passphrase file {file} can not be read: {error}.") from error
    if not lines or not lines[0]:
        raise DeskError(f"The passphrase file {file} is empty.")
    return lines[0]
