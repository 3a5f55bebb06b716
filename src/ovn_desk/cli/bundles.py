"""Commands that hand over by file: bundle export, look, import."""

import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ovn_desk import settings
from ovn_desk.cli import desk
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.texts import one_line
from ovn_desk.messages import Message

if TYPE_CHECKING:
    from ovn_desk import signing
    from ovn_desk.store import Store
    from ovn_desk.sync.exchange import IngestReport

_SHOWN = 200  # letters of a headline
bundle_app = typer.Typer(help="Hand-off by file: on a stick, or by mail.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    app.add_typer(bundle_app, name="bundle")


@bundle_app.command("export")
def export(
    to: Annotated[Path, typer.Option(help="The bundle to write, as name.ovnb.")],
    articles: Annotated[list[str] | None, typer.Argument(metavar="ID…", help="Ids, starts of ids, or slugs.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every article.")] = False,
    for_name: Annotated[str, typer.Option("--for", metavar="NAME", help="Who it is for: all they lack.")] = "",
    is_sealed: Annotated[bool, typer.Option("--sealed", help="Only the person it is for can open it.")] = False,
    as_name: desk.AsName = "",
    passphrase_file: desk.PassphraseFile = None,
) -> None:
    """Write articles with their history, comments and pictures into a signed file."""
    from ovn_desk.sync import bundle

    if bool(articles) + every + bool(for_name and not articles) != 1 or (is_sealed and not for_name):
        raise typer.BadParameter("Name articles, or --all, or --for NAME; a sealed bundle is --for somebody.")
    with desk.given_store() as store:
        by = desk.signer(store, as_name, passphrase_file)
        with store.read() as reading:
            wanted = [reading.find(article) for article in articles] if articles else None
            person = reading.person(for_name) if for_name else None
        written = bundle.write(
            store,
            to,
            wanted,
            by=by,
            unseen_by=None if articles else person,
            sealed_to=person if is_sealed else None,
        )
    desk.say(Message("cli-bundle-written", path=to, articles=written.articles, rows=written.rows, files=written.files))
    if written.missing:
        desk.note(Message("cli-bundle-files-missing", count=written.missing))


@bundle_app.command("look")
def look(file: Path, passphrase_file: desk.PassphraseFile = None, as_json: desk.AsJson = False) -> None:
    """Show what a bundle would bring in; nothing is changed."""
    from ovn_desk.sync import bundle

    with desk.given_store() as store:
        found = bundle.preview_bundle(store, file, key=_key(store, file, passphrase_file))
    if as_json:
        document = asdict(replace(found, refusal=None, refused=()))
        del document["refusal"]
        document["articles"] = [asdict(one) for one in found.articles]
        document["refused"] = [
            {"kind": one.kind, "id": one.id, "why": one.why, "carrier": one.carrier} for one in found.refused
        ]
        desk.print_json({**document, "problem": found.problem})
        return
    sealed = ", sealed" if found.is_sealed else ""
    desk.say(one_line(f"By {found.by}, key {found.key}, {found.made_at[:16]}{sealed}"))
    for one in found.articles:
        word = "new" if one.is_new else "here already" if one.is_here else "changed"
        said = f"{one.id[:13]}  {one.headline[:_SHOWN]}  versions {one.revisions}, events {one.events}"
        desk.say(f"{word:<12} {one_line(said)}")
    desk.say(Message("cli-bundle-roster-changes", people=found.people, files=found.files))
    for trouble in found.refused:
        desk.note(Message("cli-bundle-would-refuse", id=trouble.id[:12], why=trouble.why))
    if found.refusal:
        raise DeskError(found.refusal)


@bundle_app.command("import")
def import_(file: Path, passphrase_file: desk.PassphraseFile = None) -> None:
    """Bring in a bundle by a colleague; where there is no store yet, set one up from it."""
    from ovn_desk.sync import bundle

    path = settings.store_path(desk.given.store)
    if not path.exists():
        join_from(path, str(file))
        return
    with desk.given_store() as store:
        came = bundle.import_bundle(store, file, key=_key(store, file, passphrase_file))
        _finish(store, came)


def join_from(path: Path, file: str) -> None:
    """Sets up a store from a bundle, or brings it into the one that is there."""
    from ovn_desk.sync import bundle

    if path.exists():
        with desk.given_store() as store:
            _finish(store, bundle.import_bundle(store, Path(file)))
        return
    store, came = bundle.join(path, Path(file))
    try:
        desk.say(Message("cli-newsroom-at", path=path))
        _finish(store, came)
    finally:
        store.close()


def _finish(store: "Store", came: "IngestReport") -> None:
    from ovn_desk.usecases import merging

    combined = merging.combine(store, came.articles)
    say_came(store, came, combined=came.combined + len(combined))


def say_came(store: "Store", came: "IngestReport", *, combined: int) -> None:
    """Print what was imported, and what there is to do about it."""
    from ovn_desk.usecases import merging

    desk.say(Message("cli-came", added=came.added, articles=len(came.articles), known=came.known))
    if combined:
        desk.say(Message("cli-versions-combined", how=merging.READ_THIS, count=combined))
    for headline in _undecided_headlines(store, came):
        desk.say(Message("cli-several-versions", headline=headline))
    for words, troubles in (("waits", came.waiting), ("is from a newer desk and kept", came.newer)):
        for trouble in troubles:
            desk.note(f"{trouble.id[:12]} {words}: {trouble.why}.")
    for trouble in came.refused:
        desk.note(Message("cli-row-refused", id=trouble.id[:12], sentence=trouble.sentence))
    for note in came.notes:
        desk.note(str(note))


def _undecided_headlines(store: "Store", came: "IngestReport") -> list[str]:
    from ovn_desk.usecases import merging

    with store.read() as reading:
        return [reading.row(article).headline for article in merging.undecided_articles(reading, came.articles)]


def _key(store: "Store", file: Path, passphrase_file: Path | None) -> "signing.Key | None":
    """The key that a sealed bundle asks for; raises DeskError where it is not on this computer."""
    from ovn_desk import signing
    from ovn_desk.sync import bundle
    from ovn_desk.usecases import people

    wanted = bundle.sealed_to(file)
    if not wanted:
        return None
    path = people.sealed_key_file(store, wanted)
    passphrase = settings.passphrase(passphrase_file)
    if not passphrase and signing.is_sealed(path) and sys.stdin.isatty():
        passphrase = typer.prompt("Your passphrase", hide_input=True, err=True)
    return signing.open_key(path, passphrase=passphrase)
