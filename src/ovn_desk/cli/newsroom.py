"""Commands for the newsroom itself: init, backup, restore, doctor."""

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from ovn_desk import assets, lock, settings
from ovn_desk.cli import desk, staff, steps
from ovn_desk.domain.house import Role
from ovn_desk.domain.workflow import Step
from ovn_desk.text import foreign
from ovn_desk.usecases import doctor as examining
from ovn_desk.usecases import housekeeping


def add_to(app: typer.Typer) -> None:
    app.command()(init)
    app.add_typer(staff.app, name="staff")
    app.command()(backup)
    app.command()(restore)
    app.command()(doctor)


def init(
    house: Annotated[Path | None, typer.Option(help="The house as TOML; default: the sample house.")] = None,
    name: Annotated[str, typer.Option(help="The first person.")] = "",
    role: Annotated[Role, typer.Option(help="What the first person may do.")] = Role.CHIEF,
    passphrase_file: desk.PassphraseFile = None,
) -> None:
    """Make a store: the house, the first person and their key."""
    source = house or assets.folder() / "samples" / "openvoicenews.toml"
    text = foreign.read_text(source)
    path = settings.store_path(desk.given.store)
    passphrase = settings.passphrase(passphrase_file)
    with lock.held(path, program="ovn-desk init"):
        housekeeping.found(
            path, house_text=text, house_name=source.name, first=name, role=role, passphrase=passphrase
        ).close()
    desk.say(f"The newsroom is at {path}.")


def backup(to: Annotated[Path | None, typer.Option(help="A folder: a stick, a network drive.")] = None) -> None:
    """Make a checked copy of the store."""
    with desk.opened() as store:
        desk.say(str(housekeeping.back_up(store, to=to)))


def restore(
    target: Annotated[str, typer.Argument(metavar="FILE|ID", help="A backup file, or a held or spiked article.")],
    as_name: desk.AsName = "",
    reason: Annotated[str, typer.Option(help="Why the article comes back.")] = "",
    note: Annotated[str, typer.Option(help="A word to colleagues.")] = "",
) -> None:
    """Bring back what is missing from a backup, overwriting nothing; or a held or spiked article."""
    path, file = settings.store_path(desk.given.store), Path(target)
    if not file.exists() and not file.suffix:
        steps.take_step(target, Step.RESTORE, as_name=as_name, reason=reason, note=note)
        return
    with lock.held(path, program="ovn-desk restore"):
        if not path.exists():
            housekeeping.recover(path, file)
            desk.say(f"The newsroom is back at {path}.")
            return
        with desk.opened(is_alone=True) as store:
            added = housekeeping.restore(store, file)
    desk.say(f"{added} records came back." if added else "Everything in that backup is in the store already.")


def doctor(
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Make the list and the search anew.")] = False,
    as_json: desk.AsJson = False,
) -> None:
    """Check every hash, chain, signature and pragma; repair what is derived."""
    with (
        desk.opened() as store,
        lock.held(store.path, program="ovn-desk doctor --rebuild") if rebuild else nullcontext(),
    ):
        if rebuild and not store.damage():
            housekeeping.rebuild(store)
        problems = examining.examine(store)
        notes = [] if problems else examining.notes(store)
    if as_json:
        desk.print_json({"ok": not problems, "problems": _documents(problems), "notes": _documents(notes)})
    else:
        for record, reason in (*problems, *notes):
            desk.say(f"{record[:16]}  {reason}")
        if not problems:
            desk.say("Everything is as it should be." + (" The list and the search were made anew." if rebuild else ""))
    if problems:
        raise typer.Exit(1)


def _documents(found: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"record": record, "reason": reason} for record, reason in found]
