"""Commands about the newsroom's hub: hub init, add-staff, status, and sync."""

import sys
from collections.abc import Callable, Iterable
from typing import Annotated, TypeVar

import typer

from ovn_desk import settings
from ovn_desk.cli import bundles, desk
from ovn_desk.domain.article import ArticleId, Revision
from ovn_desk.domain.errors import DeskError
from ovn_desk.store import Store
from ovn_desk.sync import postgres
from ovn_desk.usecases import combining

hub_app = typer.Typer(help="The newsroom's own PostgreSQL, where all desks meet.", no_args_is_help=True)
Url = Annotated[str, typer.Argument(metavar="URL", help="postgresql://login@host/database, without a password.")]
Done = TypeVar("Done")
_HUB = "hub"


def add_to(app: typer.Typer) -> None:
    app.add_typer(hub_app, name="hub")
    app.command()(sync)


@hub_app.command()
def init(url: Url) -> None:
    """Make the hub of this newsroom in an empty database; needs a login that may make schemas and roles."""
    with desk.opened() as store:
        address = _address(store, url)
        _with_password(lambda password: postgres.make(address, store, password=password))
    desk.say("The hub is there. Let people in with: ovn-desk hub add-staff NAME URL")


@hub_app.command("add-staff")
def add_staff(name: str, url: Url = "") -> None:
    """Let a person in, with a login and a password of their own; again, give them another password."""
    with desk.opened() as store:
        address = _address(store, url)
        with store.read() as reading:
            person = reading.person(name)
        login = _with_password(lambda password: postgres.add_staff(address, person, password=password))
    desk.say(f"{login.name} reaches the hub as {login.login} with the password {login.password}")
    desk.note("It is shown this once. Hand it over in person.")


@hub_app.command()
def status(url: Url = "", as_json: desk.AsJson = False) -> None:
    """How the hub stands."""
    with desk.opened() as store:
        address = _address(store, url)
        found = _with_password(lambda password: postgres.status(address, password=password))
    if as_json:
        desk.print_json({name: getattr(found, name) for name in found.__slots__})
        return
    desk.say(f"PostgreSQL {found.version}, {'encrypted' if found.is_encrypted else 'on this computer'}")
    desk.say(f"Records: {found.rows}, files: {found.files}, {found.size / 1024**2:.0f} MB")
    desk.say(f"Newest record: {found.newest:%Y-%m-%d %H:%M}" if found.newest else "Nothing was sent to it yet.")
    for name, login in found.staff:
        desk.say(f"{name:<24} {login}")


def sync(url: Url = "") -> None:
    """Bring in what is new at the hub and send what is new here; where there is no store yet, set one up from it."""
    path, made = settings.store_path(desk.given.store), list[Revision]()

    def settle(store: Store, articles: Iterable[ArticleId]) -> None:
        made.extend(combining.combine(store, articles))

    if not path.exists():
        address = postgres.address(url)
        store, done = _with_password(lambda password: postgres.join(path, address, password=password, settle=settle))
        desk.say(f"The newsroom is at {path}.")
        _finish(store, address, done, made)
        store.close()
        return
    with desk.opened() as store:
        address = _address(store, url)
        done = _with_password(lambda password: postgres.sync(store, address, password=password, settle=settle))
        _finish(store, address, done, made)


def _finish(store: Store, address: postgres.Address, done: postgres.Round, made: list[Revision]) -> None:
    with store.begin() as tx:
        tx.set(_HUB, postgres.shown(address))
    bundles.say_came(store, done.came, combined=len(made))
    desk.say(f"Sent: records {done.sent}, files {done.files_sent}. Files that came: {done.files_came}.")
    for trouble in done.refused:
        desk.note(f"{trouble.id[:12]} was refused by the hub: {trouble.why}.")
    if done.differs:
        desk.note(f"Articles that are not the same here and at the hub yet: {len(done.differs)}.")


def _address(store: Store, url: str) -> postgres.Address:
    """The address given, or else the one of the last round."""
    with store.read() as reading:
        known = url or reading.setting(_HUB)
    if not known:
        raise DeskError("Name the hub once: ovn-desk sync postgresql://login@host/database")
    return postgres.address(known)


def _with_password(act: Callable[[str], Done]) -> Done:
    """Without a password first, for ~/.pgpass may have it; at a terminal it is asked for."""
    try:
        return act("")
    except postgres.LoginRefused:
        if not sys.stdin.isatty():
            raise
    return act(typer.prompt("Password of the hub", hide_input=True, err=True))
