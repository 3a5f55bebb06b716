"""An export format as one value, and what it is built from."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from functools import cached_property
from typing import Protocol

from ovn_desk.domain.house import House
from ovn_desk.messages import Message
from ovn_desk.rendering.artifact import Artifact, name_for
from ovn_desk.rendering.model import PageModel


class Printer(Protocol):
    """What prints a page on paper; `engine` names it, since another one may break lines elsewhere."""

    @property
    def engine(self) -> str: ...

    @property
    def address(self) -> str:
        """Where a page is while it is printed."""

    def print(self, html: str, beside: Mapping[str, bytes]) -> bytes:
        """The page as a PDF; `beside` are the files that it names."""


@dataclass(frozen=True)
class Edition:
    """Everything that an export publishes at one moment; the models are without their texts.

    `models` are live, `withdrawn` are those that readers had before they were taken off. `images` are the files that
    pages name, by address, `keys` ids and public keys (base64) to check approvals with, `log` the files of the public
    log by name, and `proofs` name by article id what shows that it is in there. `now` says what is news.
    """

    house: House
    now: datetime
    models: Sequence[PageModel] = ()
    withdrawn: Sequence[PageModel] = ()
    images: Mapping[str, Artifact] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)
    log: Mapping[str, str] = field(default_factory=dict)
    proofs: Mapping[str, str] = field(default_factory=dict)
    printer: Printer | None = None

    @cached_property
    def house_name(self) -> str:
        """What names all that files have of the house and its theme."""
        return name_for(repr(self.house))

    @cached_property
    def stems(self) -> Sequence[str]:
        """What the files of each model are called: its slug, with the id where two of two months share one."""
        shared = Counter(one.slug for one in self.models)
        return [one.slug if shared[one.slug] == 1 else f"{one.slug}-{one.id[:8]}" for one in self.models]

    def pictures_of(self, model: PageModel) -> Mapping[str, Artifact]:
        """The files of an article's pictures by their addresses."""
        return {address: self.images[address] for one in model.pictures for _, address in one.copies}

    def each(self, suffix: str, write: Callable[..., str | bytes], *, carries: bool = False) -> Iterable[Artifact]:
        """A file for each article: `write` makes it of its model, and with `carries` of the files of its pictures."""
        about = name_for(suffix, self.house_name)
        for stem, model in zip(self.stems, self.models, strict=True):
            pictures = self.pictures_of(model) if carries else None
            yield Artifact(f"{stem}{suffix}", write, (model,), name_for(about, model.made_from), model.id, pictures)


class Images(Enum):
    """What a format does with pictures: leave them out, name files that go with it, or carry them inside."""

    NONE = auto()
    BESIDE = auto()
    INSIDE = auto()


@dataclass(frozen=True, slots=True)
class Format:
    """How articles can be exported.

    `name` is what the command line calls it, `label` and `about` are for people, `suffix` ends the names of its files.
    `build` gives these, each after those that it leads to, from an edition and the suffix. `whole_site`: it is written
    with everything that was ever published. `themed`: its files are pages of the house, with its theme, and are sealed.
    `weight` is how many steps of progress one article takes: 2 where making its file takes as long as verifying it.
    """

    name: str
    label: Message
    about: Message
    suffix: str
    build: Callable[[Edition, str], Iterable[Artifact]]
    needs_images: Images = Images.BESIDE
    whole_site: bool = False
    themed: bool = False
    weight: int = 1

    def files(self, edition: Edition) -> list[Artifact]:
        """Every file of an export: pictures first, then pages, then what leads to them."""
        beside = edition.images.values() if self.needs_images is Images.BESIDE else ()
        return [*beside, *self.build(edition, self.suffix)]
