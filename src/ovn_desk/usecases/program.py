"""What names this program as far as it decides what an export writes: anything in it changed is another name."""

import hashlib
import marshal
import pkgutil
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import metadata, util

import ovn_desk
from ovn_desk import assets
from ovn_desk.rendering.artifact import named

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
        parts += [part for module in _modules(f"ovn_desk.{name}") for part in (module.encode(), _code(module))]
    for name in _RESOURCES:
        files = (path for path in sorted((assets.folder() / name).rglob("*")) if path.is_file())
        parts += [path.read_bytes() for path in files]
    return named(ovn_desk.__version__, *(hashlib.sha256(part).hexdigest() for part in parts))


def _library(name: str) -> bytes:
    """The version of a library; in a frozen program that does not carry it, the code of its top."""
    try:
        return f"{name} {metadata.version(_NAMES.get(name, name))}".encode()
    except metadata.PackageNotFoundError:
        return _code(name)


def _modules(package: str) -> Iterator[str]:
    """The names of a package's modules, itself first; nothing is imported."""
    yield package
    spec = util.find_spec(package)
    for name, is_package in sorted(_children((spec and spec.submodule_search_locations) or ())):
        yield from _modules(f"{package}.{name}") if is_package else (f"{package}.{name}",)


def _children(paths: Iterable[str]) -> Iterator[tuple[str, bool]]:
    return ((one.name, one.ispkg) for one in pkgutil.iter_modules(list(paths)))


def _code(module: str) -> bytes:
    """The code of a module, as its file has it or as it was loaded; empty where its loader gives neither."""
    spec = util.find_spec(module)
    loader = spec and spec.loader
    if spec is None or loader is None:
        return b""
    if spec.origin and hasattr(loader, "get_data"):
        try:
            return bytes(loader.get_data(spec.origin))
        except OSError:  # a frozen module's origin may name the file that it was made from
            pass
    code = loader.get_code(module) if hasattr(loader, "get_code") else None
    return marshal.dumps(code, 2) if code else b""  # as of version 3 the same code may be written in several ways
