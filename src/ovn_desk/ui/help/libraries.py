"""What the desk is made with, and under which licences: read from the packages' own metadata."""

import re
from dataclasses import dataclass
from importlib import metadata

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_PREFIX = "License :: "


@dataclass(frozen=True, slots=True)
class Library:
    """A package as it is installed; `licence` is empty where it names none."""

    name: str
    version: str
    licence: str


def libraries(package: str = "ovn-desk") -> list[Library]:
    """Those that a package needs to run, and those that they need, by name; none where it is not installed."""
    known: dict[str, Library] = {}
    waiting = _requirements(package)
    while waiting:
        name = waiting.pop()
        if name in known:
            continue
        try:
            about = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue  # for another system
        known[name] = Library(about["Name"] or name, about["Version"] or "", _licence(about))
        waiting += _requirements(name)
    return sorted(known.values(), key=lambda one: one.name.casefold())


def _requirements(package: str) -> list[str]:
    try:
        lines = metadata.requires(package) or []
    except metadata.PackageNotFoundError:
        return []
    return [match[0].casefold() for line in lines if "extra ==" not in line and (match := _NAME.match(line))]


def _licence(about: metadata.PackageMetadata) -> str:
    """The short name: an SPDX expression where there is one, else what the package is classed as."""
    if expressions := about.get_all("License-Expression"):
        return str(expressions[0])
    classed = [one.rpartition(" :: ")[2] for one in about.get_all("Classifier") or [] if one.startswith(_PREFIX)]
    classed = [one for one in classed if one != "OSI Approved"]
    if classed:
        return ", ".join(classed)
    words = str((about.get_all("License") or [""])[0]).strip()
    return words.splitlines()[0] if words else ""
