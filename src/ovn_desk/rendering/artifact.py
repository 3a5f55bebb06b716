"""What an export gives out: files that are made when they are written, or not at all where they stand already."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Self

from ovn_desk.rendering.model import PageModel

Complete = Callable[[PageModel], PageModel]
Task = Callable[[], bytes]


def _as_it_is(model: PageModel) -> PageModel:
    return model


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file: `path` in its export, and how it is made.

    `write` gives its text or bytes from `models` with their texts, and where `carries` is not None from `pictures`, the
    files by their addresses, too. Of a page or a feed it is a pure function, so any process can call it (`task`).
    `made_from` names everything the file depends on but the program itself; empty where that is not known. `article`
    is the id of the one article the file is of; empty where it is of many or none.
    """

    path: str
    write: Callable[..., str | bytes]
    models: tuple[PageModel, ...] = ()
    made_from: str = ""
    article: str = ""
    carries: "Mapping[str, Artifact] | None" = None

    @classmethod
    def of(cls, path: str, data: bytes | str, *, article: str = "") -> Self:
        """A file that is made already."""
        return cls(path, partial(_same, data), article=article)

    def task(self, complete: Complete = _as_it_is) -> Task:
        """What makes the file: a call that can be pickled where `write` can, with all that it needs in it."""
        models = [complete(one) for one in self.models]
        if self.carries is None:
            return partial(_make_bytes, self.write, *models)
        return partial(
            _make_bytes, self.write, *models, pictures={path: one.make() for path, one in self.carries.items()}
        )

    def make(self, complete: Complete = _as_it_is) -> bytes:
        """The file, made in this process."""
        return self.task(complete)()


def _same(data: bytes | str) -> bytes | str:
    return data


def _make_bytes(write: Callable[..., str | bytes], *models: PageModel, **pictures: Mapping[str, bytes]) -> bytes:
    data = write(*models, **pictures)
    return data.encode() if isinstance(data, str) else data


def name_for(*parts: str) -> str:
    """One name for everything that something is made from; empty when that of a part is not known."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest() if all(parts) else ""
