"""Commands for the newsroom itself: init, backup, restore, doctor."""

from contextlib import nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ovn_desk import assets, settings
from ovn_desk.cli import bundles, desk, hub, staff, steps
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.workflow import Step
from ovn_desk.messages import Message

if TYPE_CHECKING:
    from ovn_desk.store.replication import RecordRow


def add_to(app: typer.Typer) -> None:
    app.command()(init)
    app.add_typer(staff.app, name="staff")
    app.command()(join)
    app.command()(house)
    app.command(name="believe-clock")(believe_clock)
    app.command()(backup)
    app.command()(restore)
    app.command()(doctor)


def init(
    newsroom: Annotated[
        str, typer.Option("--newsroom", metavar="NAME", help="A new newsroom of this name, with the usual categories.")
    ] = "",
    house: Annotated[
        Path | None, typer.Option(help="A newsroom file (TOML); without it and --newsroom: the sample newsroom's.")
    ] = None,
    name: Annotated[
        str, typer.Option(help="Who founds it, and is its chief; default: the first one in the file.")
    ] = "",
    passphrase_file: desk.PassphraseFile = None,
) -> None:
    """Make a store: the newsroom, its first chief and their key; everybody else joins by invitation."""
    from ovn_desk import lock
    from ovn_desk.usecases import founding, housekeeping

    if newsroom and house:
        raise DeskError("cli-newsroom-twice")
    if newsroom and not name.strip():
        raise DeskError("cli-founder-unnamed")
    source = house or assets.folder() / founding.SAMPLE_HOUSE
    path, passphrase = settings.store_path(desk.given.store), settings.passphrase(passphrase_file)
    text = founding.usual_house_text(newsroom) if newsroom else housekeeping.read_house_file(source)
    with lock.hold(path, program="ovn-desk init"):
        # Whoever founds one of their own is not put among the invented people of the sample.
        has_people = bool(house) or not name.strip()
        made = housekeeping.create_newsroom(
            path, house_text=text, house_name=source.name, chief=name, passphrase=passphrase, has_people=has_people
        )
        made.store.close()
    desk.say(Message("cli-newsroom-made", path=path, name=made.chief.name))
    desk.say(f"Recovery key: {made.recovery}")
    desk.note(Message("cli-recovery-words"))


def join(
    invitation: Annotated[
        str, typer.Argument(metavar="FILE|WORDS", help="The file a chief made, or the twelve words in quotation marks.")
    ],
    of: Annotated[
        str,
        typer.Option("--of", metavar="BUNDLE|URL", help="Where the newsroom is: a bundle, or the address of its hub."),
    ] = "",
    passphrase_file: desk.PassphraseFile = None,
) -> None:
    """Join a newsroom by invitation: sets up this computer and makes your own key on it."""
    from ovn_desk.sync import exchange
    from ovn_desk.usecases import joining

    path, words = settings.store_path(desk.given.store), invitation
    rows: list[RecordRow] = []
    if " " not in invitation.strip():
        words, rows = joining.read_file(Path(invitation))
    if of:
        bundles.join_from(path, of) if of.endswith(".ovnb") else hub.join_from(path, of)
    elif not path.exists():
        if not rows:
            raise DeskError("cli-newsroom-unnamed")
        exchange.join(path, rows)[0].close()
    with desk.given_store() as store:
        if rows:
            exchange.absorb(store, rows)
        signer = joining.join(store, words, passphrase=settings.passphrase(passphrase_file))
    desk.say(Message("cli-welcome", name=signer.name, key=signer.key.id))
    desk.note(Message("cli-others-learn"))


def house(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE.toml]", help="Another newsroom file to keep.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what the file would change.")] = False,
    anyway: Annotated[bool, typer.Option("--anyway", help="Keep it although stories lose their section.")] = False,
    as_name: desk.AsName = "",
    passphrase_file: desk.PassphraseFile = None,
) -> None:
    """Print the newsroom file, or keep another one, for a chief."""
    from ovn_desk.usecases import housekeeping

    with desk.given_store() as store:
        if file is None:
            with store.read() as reading:
                desk.say(reading.house().text)
            return
        text = housekeeping.read_house_file(file)
        wanted = housekeeping.read_whole_house(text, name=file.name)
        with store.read() as reading:
            touched = housekeeping.changed_sections(reading, wanted)
        for one in touched:
            desk.say(one.sentence)
        if dry_run:
            desk.say(Message("cli-house-can-be-kept"))
            return
        if any(not one.new for one in touched) and not anyway:
            raise DeskError("cli-house-unchanged")
        housekeeping.change_house(store, text, by=desk.signer(store, as_name, passphrase_file))
    desk.say(Message("cli-house-kept"))


def believe_clock(
    why: Annotated[str, typer.Option(metavar="REASON", help="How you know that this computer's clock is right.")] = "",
    as_name: desk.AsName = "",
    passphrase_file: desk.PassphraseFile = None,
) -> None:
    """Say, as a chief, that this computer's clock is right although records here are of a later time."""
    from ovn_desk.usecases.publishing import clock

    with desk.given_store() as store:
        clock.believe(store, by=desk.signer(store, as_name, passphrase_file), why=why)
    desk.say(Message("cli-clock-believed"))


def backup(to: Annotated[Path | None, typer.Option(help="A folder: a stick, a network drive.")] = None) -> None:
    """Make a checked copy of the store."""
    from ovn_desk.usecases import housekeeping

    with desk.given_store() as store:
        desk.say(str(housekeeping.back_up(store, to=to)))


def restore(
    target: Annotated[
        str, typer.Argument(metavar="FILE|ID", help="A backup file, or a held, spiked or discarded article.")
    ],
    as_name: desk.AsName = "",
    reason: Annotated[str, typer.Option(help="Why the article comes back.")] = "",
    note: Annotated[str, typer.Option(help="A word to colleagues.")] = "",
    passphrase_file: desk.PassphraseFile = None,
) -> None:
    """Bring back what is missing from a backup, overwriting nothing; or a held, spiked or discarded article."""
    from ovn_desk import lock
    from ovn_desk.usecases import restoring

    path, file = settings.store_path(desk.given.store), Path(target)
    if not file.exists() and not file.suffix:
        if _restore_discarded(target):
            desk.say(Message("cli-draft-restored"))
            return
        steps.take_step(
            target, Step.RESTORE, as_name=as_name, reason=reason, note=note, passphrase_file=passphrase_file
        )
        return
    with lock.hold(path, program="ovn-desk restore"):
        if not path.exists():
            came = restoring.recover(path, file)
            for sentence in (Message("cli-newsroom-back", path=path), *came.sentences):
                desk.say(sentence)
            return
        with desk.given_store(is_alone=True) as store:
            came = restoring.restore(store, file)
    for sentence in came.sentences:
        desk.say(sentence)


def _restore_discarded(article: str) -> bool:
    """Puts a draft back that was discarded on this desk; False for any other article."""
    from ovn_desk.usecases import drafts

    with desk.given_store() as store:
        with store.read() as reading:
            found = reading.find(article)
            is_discarded = reading.discarded_at(found) is not None
        if is_discarded:
            drafts.restore(store, [found])
    return is_discarded


def doctor(
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Put back triggers and indexes; make the list and the search anew.")
    ] = False,
    as_json: desk.AsJson = False,
) -> None:
    """Check every hash, chain, signature and pragma; repair what is derived."""
    from ovn_desk import lock
    from ovn_desk.sync import exchange
    from ovn_desk.usecases import doctor as examining
    from ovn_desk.usecases import housekeeping, merging

    with (
        desk.given_store() as store,
        lock.hold(store.path, program="ovn-desk doctor --rebuild") if rebuild else nullcontext(),
    ):
        if rebuild and not store.find_damage():
            housekeeping.rebuild(store)
        with suppress(DeskError):  # a damaged store is told about below
            if not store.why_read_only:
                merging.combine(store, exchange.retry_quarantined(store).articles)
        problems = examining.examine(store)
        notes = [] if problems else examining.notes(store)
    if as_json:
        desk.print_json({"ok": not problems, "problems": _documents(problems), "notes": _documents(notes)})
    else:
        for record, reason in (*problems, *notes):
            desk.say(f"{record[:16]}  {reason}")
        if not problems:
            desk.say(Message("cli-store-well-and-rebuilt" if rebuild else "cli-store-well"))
    if problems:
        raise typer.Exit(1)


def _documents(found: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"record": record, "reason": reason} for record, reason in found]
