"""Commands about the newsroom's hub: hub init, add-staff, remove-staff, limits, upgrade, status, and sync."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from ovn_desk import assets, processes, settings
from ovn_desk.cli import bundles, desk, staff
from ovn_desk.domain.article import ArticleId, Revision
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Role
from ovn_desk.messages import Message

if TYPE_CHECKING:
    from ovn_desk.store import ReadTransaction, Store
    from ovn_desk.sync import postgres

hub_app = typer.Typer(help="The newsroom's own PostgreSQL, where all desks meet.", no_args_is_help=True)
Url = Annotated[str, typer.Argument(metavar="URL", help="postgresql://login@host/database, without a password.")]
Done = TypeVar("Done")


def add_to(app: typer.Typer) -> None:
    app.add_typer(hub_app, name="hub")
    app.command()(sync)


@hub_app.command()
def serve(
    server: Annotated[str, typer.Argument(help="How the newsroom's computers reach this server.")] = "",
    database: Annotated[str, typer.Option(help="What the hub's database is called.")] = "newsroom",
    cluster: Annotated[str, typer.Option(help="Which PostgreSQL, where there are several, as 15/main.")] = "",
    dry_run: Annotated[bool, typer.Option(help="Only show what would be changed.")] = False,
    yes: Annotated[bool, typer.Option(help="Do not ask before each change.")] = False,
    script: Annotated[bool, typer.Option(help="Print the script that does it, to run it on the server.")] = False,
) -> None:
    """Make this Debian server ready for a hub: PostgreSQL encrypted, with passwords, a database and daily copies.

    Asks before each change, and leaves what is right as it is.
    """
    path = assets.folder() / "scripts" / "hub" / "serve.sh"
    if script:
        desk.say(path.read_text(encoding="utf-8").rstrip())
        return
    if not sys.platform.startswith("linux") or not Path("/etc/debian_version").exists():
        raise DeskError("cli-hub-serve-elsewhere")
    words = ["--server", server, "--database", database, *(["--cluster", cluster] if cluster else [])]
    words += [flag for flag, is_on in (("--dry-run", dry_run), ("--yes", yes)) if is_on]
    raise typer.Exit(processes.run_script(path, words))


@hub_app.command()
def init(url: Url) -> None:
    """Make the hub of this newsroom in an empty database; needs a login that owns it and may make roles."""
    from ovn_desk.sync import postgres

    with desk.given_store() as store:
        address = _address(store, url)
        doors = _with_password(lambda password: postgres.make(address, store, password=password))
    desk.say(Message("cli-hub-made"))
    _say_doors(doors)


@hub_app.command()
def upgrade(url: Url = "") -> None:
    """Bring a hub that an older OVN Desk made up to date, in place; with the login that made it."""
    from ovn_desk.sync import postgres

    with desk.given_store() as store:
        address = _address(store, url)
        doors = _with_password(lambda password: postgres.upgrade(address, password=password))
    desk.say(Message("cli-hub-upgraded"))
    _say_doors(doors)


def _say_doors(doors: Iterable[Message]) -> None:
    for door in doors:
        desk.note(Message("cli-hub-still-open", door=door))


@hub_app.command("add-staff")
def add_staff(
    name: str,
    url: Url = "",
    role: Annotated[Role, typer.Option(help="What a new person may do: reporter, editor or chief.")] = Role.REPORTER,
    chief: staff.Chief = "",
    chief_passphrase_file: staff.ChiefFile = None,
) -> None:
    """Let a person in, with a login and a password of their own; again, give them another password.

    Who has no key yet is invited, too: with the login and the words they set up their own computer.
    """
    from ovn_desk.sync import postgres
    from ovn_desk.usecases import joining

    with desk.given_store() as store:
        address = _address(store, url)
        with store.read() as reading:
            known = next((one for one in reading.staff() if one.name.casefold() == name.casefold()), None)
            person = known or (reading.person(name) if _is_known(reading, name) else None)
            has_key = person is not None and person.id in {owner for owner, _ in reading.public_keys().values()}
        invited = None
        if not has_key:
            by = staff.signing_chief(store, chief, chief_passphrase_file)
            invited = joining.invite(store, person.name if person else name, role=role, by=by)
            person = invited.person
        assert person is not None
        someone = person
        login = _with_password(lambda password: postgres.add_staff(address, someone, password=password))
    desk.say(f"{login.name} reaches the hub as {login.login} with the password {login.password}")
    desk.note(Message("cli-shown-once"))
    if invited is not None:
        staff.say_invited(invited)
        desk.say(Message("cli-hub-sync-now"))


@hub_app.command("remove-staff")
def remove_staff(name: str, url: Url = "") -> None:
    """Keep a person out of the hub, and end what their login is doing there; their key is retired with staff retire."""
    from ovn_desk.sync import postgres

    with desk.given_store() as store:
        address = _address(store, url)
        with store.read() as reading:
            person = reading.person(name)
        login = _with_password(lambda password: postgres.remove_staff(address, person, password=password))
    desk.say(Message("cli-hub-kept-out", login=login))


@hub_app.command()
def limits(
    url: Url = "",
    record_kb: Annotated[int | None, typer.Option(help="How large a record may be, in kB.")] = None,
    records: Annotated[int | None, typer.Option(help="Records a login may send a day.")] = None,
    records_mb: Annotated[int | None, typer.Option(help="MB of records a login may send a day.")] = None,
    files: Annotated[int | None, typer.Option(help="Files a login may send a day.")] = None,
    files_mb: Annotated[int | None, typer.Option(help="MB of files a login may send a day.")] = None,
) -> None:
    """How much a person may send to the hub in a day; with options, change it, with the login that made the hub."""
    from ovn_desk.sync import postgres

    given = {
        "record_bytes": record_kb and record_kb * 1024,
        "records_a_day": records,
        "record_bytes_a_day": records_mb and records_mb * 1024**2,
        "files_a_day": files,
        "file_bytes_a_day": files_mb and files_mb * 1024**2,
    }
    changes = {name: value for name, value in given.items() if value is not None}
    with desk.given_store() as store:
        address = _address(store, url)
        found = _with_password(lambda password: postgres.limit(address, changes, password=password))
    desk.say(Message("cli-hub-record-limit", kilobytes=found.record_bytes // 1024))
    desk.say(f"A login may send a day, UTC: {_share(found.records_a_day, found.record_bytes_a_day, 'records')}")
    desk.say(f"and {_share(found.files_a_day, found.file_bytes_a_day, 'files')}.")


def _share(number: int, size: int, what: str) -> str:
    return f"{number} {what}, {size // 1024**2} MB"


def _is_known(reading: "ReadTransaction", name: str) -> bool:
    return any(one.name.casefold().startswith(name.casefold()) for one in reading.staff())


@hub_app.command()
def status(url: Url = "", as_json: desk.AsJson = False) -> None:
    """How the hub stands."""
    from ovn_desk.sync import postgres

    with desk.given_store() as store:
        address = _address(store, url)
        found = _with_password(lambda password: postgres.status(address, password=password))
    if as_json:
        said = asdict(replace(found, doors=(), waits=()))
        desk.print_json({**said, "doors": [*map(str, found.doors)], "waits": [*map(str, found.waits)]})
        return
    desk.say(f"PostgreSQL {found.version}, {'encrypted' if found.is_encrypted else 'on this computer'}")
    desk.say(f"Records: {found.rows}, files: {found.files}, {found.size / 1024**2:.0f} MB")
    desk.say(f"Newest record: {found.newest:%Y-%m-%d %H:%M}" if found.newest else Message("cli-hub-nothing-sent"))
    today = {used.login: used for used in found.used}
    for name, login in found.staff:
        used = today.get(login)
        sent = f"  today: {_share(used.records, used.record_bytes, 'records')}" if used else ""
        sent += f"; {_share(used.files, used.file_bytes, 'files')}" if used and used.files else ""
        desk.say(f"{name:<24} {login:<24}{sent}".rstrip())
    for wait in found.waits:
        desk.note(str(wait))
    _say_doors(found.doors)


def sync(url: Url = "") -> None:
    """Bring in what is new at the hub and send what is new here; where there is no store yet, set one up from it."""
    join_from(settings.store_path(desk.given.store), url)


def join_from(path: Path, url: str) -> None:
    """Sets up a store from a hub, or syncs the one that is there."""
    from ovn_desk.sync import postgres
    from ovn_desk.usecases import hub_password, merging

    made = list[Revision]()

    def settle(store: "Store", articles: Iterable[ArticleId]) -> None:
        made.extend(merging.combine(store, articles))

    if not path.exists():
        address = postgres.address(url)
        store, done = _with_password(lambda password: postgres.join(path, address, password=password, settle=settle))
        desk.say(Message("cli-newsroom-at", path=path))
        _finish(store, address, done, made)
        store.close()
        return
    with desk.given_store() as store:
        address = _address(store, url)
        kept = hub_password.find(store, postgres.addresses.account(address), key=None).word
        done = _with_password(
            lambda password: postgres.sync(store, address, password=password, settle=settle), kept=kept
        )
        _finish(store, address, done, made)


def _finish(store: "Store", address: "postgres.Address", done: "postgres.Round", made: list[Revision]) -> None:
    from ovn_desk.store.session import HUB
    from ovn_desk.sync import postgres

    with store.begin() as tx:
        tx.set_setting(HUB, postgres.without_password(address))
    bundles.say_came(store, done.came, combined=done.came.combined + len(made))
    desk.say(Message("cli-hub-sent", records=done.sent, files_sent=done.files_sent, files_came=done.files_came))
    for trouble in done.refused:
        desk.note(Message("cli-hub-row-refused", id=trouble.id[:12], why=trouble.why))
    if done.full:
        desk.note(str(done.full))
    if done.differs:
        desk.note(Message("cli-hub-differing", count=len(done.differs)))


def _address(store: "Store", url: str) -> "postgres.Address":
    """The address given, or else the one of the last round."""
    from ovn_desk.store.session import HUB
    from ovn_desk.sync import postgres

    with store.read() as reading:
        known = url or reading.setting(HUB)
    if not known:
        raise DeskError("cli-hub-unnamed")
    return postgres.address(known)


def _with_password(act: Callable[[str], Done], *, kept: str = "") -> Done:
    """With the password that the window kept, or without one, for ~/.pgpass may have it; at a terminal it is asked."""
    from ovn_desk.sync import postgres

    try:
        return act(kept)
    except postgres.LoginRefused:
        if not sys.stdin.isatty():
            raise
    return act(typer.prompt("Password of the hub", hide_input=True, err=True))
