"""What names this program as far as it decides what an export writes: anything in it changed is another name."""

import hashlib
import marshal
import pkgutil
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import metadata, util
from importlib.machinery import ModuleSpec

import ovn_desk
from ovn_desk import assets
from ovn_desk.rendering.artifact import name_for

_CODE = ("domain", "text", "rendering", "formats", "store", "usecases")
_RESOURCES = ("templates", "css", "scripts")
_LIBRARIES = ("jinja2", "markdown", "markupsafe", "nh3", "PIL")
_NAMES = {"PIL": "pillow"}


@lru_cache(maxsize=1)
def program_fingerprint() -> str:
    """A hash of the program, its resources and libraries, on which everything in the build cache depends.

    Code is read through the loaders of its modules, so that this is right where there are no source files, too: in a
    zip, from `.pyc` files alone, and in a frozen program.
    """
    parts = [_library(name) for name in _LIBRARIES]
    for name in _CODE:
        for spec in _modules(f"ovn_desk.{name}", ovn_desk.__path__):
            parts += [spec.name.encode(), _code(spec)]
    for name in _RESOURCES:
        files = (path for path in sorted((assets.folder() / name).rglob("*")) if path.is_file())
        parts += [path.read_bytes() for path in files]
    return name_for(ovn_desk.__version__, *(hashlib.sha256(part).hexdigest() for part in parts))


def _library(name: str) -> bytes:
    """The version of a library; in a frozen program that does not carry it, the code of its top."""
    try:
        return f"{name} {metadata.version(_NAMES.get(name, name))}".encode()
    except metadata.PackageNotFoundError:
        spec = util.find_spec(name)
        return _code(spec) if spec else name.encode()


def _modules(name: str, path: Iterable[str]) -> Iterator[ModuleSpec]:
    """A module and all below it, in order; nothing is imported, for which `importlib.util.find_spec` would."""
    spec = next((found for finder in sys.meta_path if (found := finder.find_spec(name, list(path)))), None)
    if spec is None:
        return
    yield spec
    inside = spec.submodule_search_locations or ()
    for child in sorted(one.name for one in pkgutil.iter_modules(list(inside))):
        yield from _modules(f"{name}.{child}", inside)


def _code(spec: ModuleSpec) -> bytes:
    """The code of a module, as its file has it or as it is loaded; empty where its loader gives neither."""
    get_data, get_code = (getattr(spec.loader, name, None) for name in ("get_data", "get_code"))
    if spec.origin and get_data:
        try:
            return bytes(get_data(spec.origin))
        except OSError:  # what a frozen module says of its origin may be no file
            pass
    code = get_code(spec.name) if get_code else None
    return marshal.dumps(code, 2) if code else b""  # as of version 3 the same code may be written in several ways
