"""Commands about people and keys: the roster, which a chief signs."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ovn_desk import files, settings
from ovn_desk.cli import desk
from ovn_desk.domain.house import Role, Staff
from ovn_desk.messages import Message

if TYPE_CHECKING:
    from ovn_desk.signing import Signer
    from ovn_desk.store import Store
    from ovn_desk.usecases import joining

app = typer.Typer(help="The roster: who works here, and what each may do.", no_args_is_help=True)
key_app = typer.Typer(help="A person's key on this computer.", no_args_is_help=True)
app.add_typer(key_app, name="key")

Chief = Annotated[str, typer.Option(metavar="NAME", help="The chief who signs this; default: who has a key open here.")]
ChiefFile = Annotated[Path | None, typer.Option(help="A file whose first line opens the chief's key.")]
PersonRole = Annotated[Role, typer.Option(help="reporter, editor or chief.")]


@app.command("list")
def list_(as_json: desk.AsJson = False) -> None:
    """Who is on the roster."""
    with desk.given_store() as store, store.read() as reading:
        staff = reading.staff()
        keys = {owner: name for name, (owner, _) in reading.public_keys().items()}
    if as_json:
        rows = [
            {
                "id": one.id,
                "name": one.name,
                "role": one.role,
                "retired": one.is_retired,
                "has_key": one.id in keys,
                "key": keys.get(one.id, ""),
            }
            for one in staff
        ]
        desk.print_json(rows)
        return
    for one in staff:
        status = "retired" if one.is_retired else keys.get(one.id, "no key yet")
        desk.say(f"{one.name:<24} {one.role:<9} {status}")


@app.command()
def add(
    name: str,
    role: PersonRole = Role.REPORTER,
    passphrase_file: desk.PassphraseFile = None,
    chief: Chief = "",
    chief_passphrase_file: ChiefFile = None,
) -> None:
    """Put a person on the roster and make their key on this computer."""
    from ovn_desk.usecases import people

    with desk.given_store() as store:
        by = _chief(store, chief, chief_passphrase_file)
        passphrase = settings.passphrase(passphrase_file)
        person = people.add_staff_with_key(store, name=name, role=role, passphrase=passphrase, by=by)
    desk.say(Message("cli-staff-added", name=person.name, role=person.role))


@app.command()
def invite(
    name: str,
    role: PersonRole = Role.REPORTER,
    to: Annotated[Path | None, typer.Option(help="Also write a file that sets up their computer.")] = None,
    days: Annotated[int, typer.Option(min=1, help="For how long it is good.")] = 14,
    chief: Chief = "",
    chief_passphrase_file: ChiefFile = None,
) -> None:
    """Invite a person, or one of the roster to another computer: their desk makes its own key with the invitation."""
    from ovn_desk.usecases import joining

    with desk.given_store() as store:
        invited = joining.invite(
            store, name, role=role, days=days, by=signing_chief(store, chief, chief_passphrase_file)
        )
        if to is not None:
            files.write(to, joining.write_file(store, invited).encode(), is_private=True)
    say_invited(invited)
    if to is not None:
        desk.say(f"{to} holds these words, too, and sets up a computer: ovn-desk join {to.name}")


def say_invited(invited: "joining.NewInvitation") -> None:
    """The words of an invitation, and how they are handed over."""
    desk.say(Message("cli-staff-invited", name=invited.person.name, role=invited.person.role, expires=invited.expires))
    desk.say(f"  {invited.words}")
    desk.note(Message("cli-words-shown-once"))


@app.command()
def invitations() -> None:
    """The invitations that are still open."""
    from ovn_desk.usecases import people

    with desk.given_store() as store, store.read() as reading:
        found = people.open_invitations(reading)
    for one in found:
        desk.say(f"{one.key}  {one.name:<24} {one.role:<9} until {one.expires}")
    if not found:
        desk.note(Message("cli-no-invitation"))


@app.command()
def uninvite(
    key: Annotated[str, typer.Argument(metavar="KEY", help="The key of an open invitation, as “invitations” shows.")],
    chief: Chief = "",
    chief_passphrase_file: ChiefFile = None,
) -> None:
    """Take an open invitation back."""
    from ovn_desk.usecases import joining

    with desk.given_store() as store:
        found = joining.withdraw(store, key, by=signing_chief(store, chief, chief_passphrase_file))
    desk.say(Message("cli-invitation-withdrawn", name=found.name))


@app.command()
def recover(
    name: str,
    words_file: Annotated[Path | None, typer.Option(help="A file with the twelve words of the recovery key.")] = None,
    passphrase_file: desk.PassphraseFile = None,
) -> None:
    """Make a new key for a chief who lost theirs, with the recovery key that was printed when the newsroom was made."""
    from ovn_desk.usecases import joining

    words = settings.passphrase(words_file) or typer.prompt("The twelve words of the recovery key", err=True)
    with desk.given_store() as store:
        signer = joining.recover(store, name, words, passphrase=settings.passphrase(passphrase_file))
    desk.say(Message("cli-staff-recovered", name=signer.name, key=signer.key.id))


@app.command("role")
def role_(name: str, role: Role, chief: Chief = "", chief_passphrase_file: ChiefFile = None) -> None:
    """Give a person another role from now on."""
    from ovn_desk.usecases import people

    with desk.given_store() as store:
        person = people.change_role(store, name, role, by=_chief(store, chief, chief_passphrase_file))
    desk.say(Message("cli-staff-role", name=person.name, role=person.role))


@app.command()
def retire(name: str, chief: Chief = "", chief_passphrase_file: ChiefFile = None) -> None:
    """Take a person off the roster; what they did stays named."""
    from ovn_desk.usecases import people

    with desk.given_store() as store:
        person = people.retire_staff(store, name, by=_chief(store, chief, chief_passphrase_file))
    desk.say(Message("cli-staff-retired", name=person.name))


@key_app.command("add")
def key_add(
    name: str, passphrase_file: desk.PassphraseFile = None, chief: Chief = "", chief_passphrase_file: ChiefFile = None
) -> None:
    """Make a person's key on this computer."""
    from ovn_desk.usecases import people

    with desk.given_store() as store:
        by = _chief(store, chief, chief_passphrase_file)
        person = _person(store, name)
        key = people.make_key(store, person, passphrase=settings.passphrase(passphrase_file), by=by)
    desk.say(Message("cli-staff-key", name=person.name, key=key.id))


@key_app.command("retire")
def key_retire(
    name: str,
    key: Annotated[str, typer.Option(help="The key's id, where the person has more than one.")] = "",
    reason: Annotated[str, typer.Option(help="Why; kept in the roster.")] = "",
    chief: Chief = "",
    chief_passphrase_file: ChiefFile = None,
) -> None:
    """Let a key sign nothing more; what it signed before holds."""
    from ovn_desk.usecases import people

    with desk.given_store() as store:
        by = _chief(store, chief, chief_passphrase_file)
        found = people.retire_key(store, name, key=key, reason=reason, by=by)
    desk.say(Message("cli-staff-key-retired", key=found.id))


@key_app.command("replace")
def key_replace(
    name: str,
    passphrase_file: desk.PassphraseFile = None,
    old_passphrase_file: Annotated[
        Path | None, typer.Option(help="A file whose first line opens the old key, which then signs the new one.")
    ] = None,
    chief: Chief = "",
    chief_passphrase_file: ChiefFile = None,
) -> None:
    """Make a new key in place of the person's key on this computer, which is retired."""
    from ovn_desk.usecases import people

    with desk.given_store() as store:
        person = _person(store, name)
        by = _chief(store, chief, chief_passphrase_file)
        opened = settings.passphrase(old_passphrase_file)
        old = people.signer(store, person, passphrase=opened).key if opened else None
        passphrase = settings.passphrase(passphrase_file)
        key = people.replace_key(store, person, passphrase=passphrase, old=old, by=by)
    desk.say(Message("cli-staff-key-replaced", name=person.name, key=key.id))


def _person(store: "Store", name: str) -> Staff:
    with store.read() as reading:
        return reading.person(name)


def signing_chief(store: "Store", chief: str, file: Path | None) -> "Signer":
    """The chief who was named, with their opened key, or the one whose key lies open on this computer."""
    from ovn_desk.usecases import people

    return _chief(store, chief, file) or people.open_chief(store)


def _chief(store: "Store", chief: str, file: Path | None) -> "Signer | None":
    """The chief who was named, with their opened key, or none: the use case then looks for one that lies open."""
    return desk.signer_of(store, _person(store, chief), file) if chief else None
