"""What every command shares: the store, the person acting, and how results are printed."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Protocol

import typer

from ovn_desk import files, settings
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Staff
from ovn_desk.domain.texts import normalised_text
from ovn_desk.messages import Message

if TYPE_CHECKING:
    from ovn_desk.signing import Signer
    from ovn_desk.store import Store
    from ovn_desk.text.helper import RenderHelper
    from ovn_desk.usecases.printing import PrintFolder
    from ovn_desk.usecases.publishing import Refused

ArticleId = Annotated[str, typer.Argument(metavar="ID", help="An id, a unique start of one, or a slug.")]
AsName = Annotated[str, typer.Option("--as", metavar="NAME", help="Who does this: a name on the roster.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
PassphraseFile = Annotated[
    Path | None, typer.Option("--passphrase-file", help="A file whose first line opens the person's key.")
]


class Drawing(Protocol):
    """What only Qt can draw: functions for processes of their own, which the program gives the command line."""

    def print_folder(self, folder: str, /) -> bool: ...
    def photograph(self, asked: Any, /) -> int: ...


@dataclass
class Given:
    """What a command is given beside its own words: the store that stands before it, and what draws."""

    store: Path | None = None
    drawing: Drawing | None = None


given = Given()


@contextmanager
def given_store(*, is_alone: bool = False) -> "Iterator[Store]":
    """The store that was named, closed at the end; `is_alone` where the command has the store's lock."""
    from ovn_desk.store import open_store

    store = open_store(settings.store_path(given.store), is_alone=is_alone)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def rendering() -> "Iterator[RenderHelper]":
    """A renderer for as long as the command runs."""
    from ovn_desk.text.helper import RenderHelper

    helper = RenderHelper()
    try:
        yield helper
    finally:
        helper.close()


def folder_printer() -> "PrintFolder":
    """What prints a page in a process of its own; where the program gave nothing that draws, nothing is printed."""
    from ovn_desk.usecases import printing

    return given.drawing.print_folder if given.drawing else printing.print_nothing


def acting_person(store: "Store", name: str) -> Staff:
    """The person named with --as; without a name, the only one who has a key on this computer, or is on the roster."""
    from ovn_desk.usecases import people

    with store.read() as reading:
        if name:
            return reading.person(name)
        everybody = [person for person in reading.staff() if not person.is_retired]
    here = [person for person in everybody if people.has_key(store, person)]
    for found in (here, everybody):
        if len(found) == 1:
            return found[0]
    names = ", ".join(f"“{person.name}”" for person in here or everybody)
    raise DeskError("cli-who", names=names)


def signer(store: "Store", name: str, file: Path | None) -> "Signer":
    """The person who acts, with their key on this computer opened: what every command that writes asks for."""
    return signer_of(store, acting_person(store, name), file)


def signer_of(store: "Store", person: Staff, file: Path | None) -> "Signer":
    """A person with their key, opened by the passphrase file or, at a terminal, by asking."""
    from ovn_desk.usecases import people

    passphrase = settings.passphrase(file)
    if not passphrase and people.is_sealed(store, person) and sys.stdin.isatty():
        passphrase = typer.prompt(f"Passphrase of {person.name}", hide_input=True, err=True)
    return people.signer(store, person, passphrase=passphrase)


def write_file(to: Path, data: bytes, *, is_private: bool = False) -> None:
    """Writes what a command made; raises DeskError when it can not be written."""
    try:
        files.write(to, data, is_private=is_private)
    except OSError as error:
        raise DeskError("cli-not-written", path=to, reason=files.reason(error)) from error


def say(text: str | Message) -> None:
    """A line for people, on standard output; what would steer the terminal is left out."""
    typer.echo(normalised_text(str(text)))


def note(text: str | Message) -> None:
    """A line beside the result, on standard error."""
    typer.echo(normalised_text(str(text)), err=True)


def say_left_out(waiting: "Iterable[Refused]", refused: "Sequence[Refused]") -> None:
    """Why articles did not go out; raises Exit with status 1 when one was refused."""
    for one in waiting:
        note(f"waiting   {one.id}: {one.reason}")
    for one in refused:
        note(f"refused   {one.id}: {one.reason}")
    if refused:
        raise typer.Exit(1)


def print_json(data: Any) -> None:
    """The one machine-readable document."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str).encode(errors="replace").decode())


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], bool]]:
    """A bar on the terminal that a use case moves; nothing where nobody looks."""
    if not sys.stderr.isatty():
        yield lambda _done, _all: True
        return
    with typer.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def move(done: int, whole: int) -> bool:
            bar.length = whole
            bar.update(done - bar.pos)
            return True

        yield move
