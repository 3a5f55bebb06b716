"""Where a file for a colleague goes, by what stands in the fields of its form: under a name that no file there has."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from ovn_desk.domain.addresses import free_slug
from ovn_desk.domain.errors import DeskError
from ovn_desk.sync import BUNDLE_SUFFIX
from ovn_desk.text import foreign


def free_name(folder: str, name: str) -> str:
    """The name, with a number where a file in the folder has it; what is wrong with a folder is no matter yet."""
    try:
        place = foreign.path_of(folder)
        return free_slug(name, lambda one: foreign.path_of(str(place / f"{one}{BUNDLE_SUFFIX}")).exists())
    except DeskError:
        return name


def free_path(folder: str, name: str) -> Path:
    """The file's path, where the name may be a path itself; raises DeskError for what can be none."""
    typed = foreign.path_of(str(Path(folder.strip(), name.strip())))
    if not typed.name:
        raise DeskError(QCoreApplication.translate("HandOverDialog", "Name the file."))
    free = free_name(str(typed.parent), typed.name.removesuffix(BUNDLE_SUFFIX))
    return foreign.path_of(str(typed.with_name(free + BUNDLE_SUFFIX)))
