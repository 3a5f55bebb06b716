"""Asking to be let into a newsroom that one was not invited to, and a chief's answer."""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from ovn_desk.domain.article import ArticleId, StaffId
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Role, Staff
from ovn_desk.domain.roster import Act, JoinRequest
from ovn_desk.domain.texts import one_line
from ovn_desk.signing import Signer
from ovn_desk.store import Readable, ReadTransaction, Store, WriteTransaction, replication
from ovn_desk.store.records import new_id
from ovn_desk.store.session import ASKED
from ovn_desk.usecases import keys, people

LONGEST_NAME = 80
_DIGITS = 8
_NO_BREAK = "\N{NO-BREAK SPACE}"
_WORK = 2**15  # of scrypt, with 32 MB: some 0.1 s a number
_MEMORY = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Departure:
    """That somebody was taken off the newsroom's list: `by` whom, by name, and when."""

    by: str
    at: datetime


def newcomer(name: str) -> Staff:
    """Somebody who is not on the roster, as they call themselves; raises DeskError for no name, or one too long.

    Letters that show nothing are left out: two names that look alike would be one to the chief.
    """
    shown = "".join(letter for letter in one_line(name) if unicodedata.category(letter) not in {"Cf", "Cc", "Co"})
    shown = people.tidy_name(shown)
    if len(shown) > LONGEST_NAME:
        raise DeskError("name-too-long", most=LONGEST_NAME)
    return Staff(StaffId(new_id()), shown, Role.REPORTER)


def ask(store: Store, person: Staff, *, passphrase: str = "") -> Signer:
    """Makes a key for this person on this computer, and the record that asks to be let in with it.

    It grants nothing. Until a chief answers, whoever asked may write stories of their own here.
    """
    folder = keys.folder_for(store.path)
    keys.rename_new_keys(store)
    with store.begin() as tx:
        roster = tx.roster()
        keys.check_none(folder, roster, person)
        if person.id not in roster.people:
            _check_name(tx, person.name)
        with keys.making(tx, folder, passphrase) as key:
            said = {} if person.id in roster.people else {"name": person.name}
            people.write(tx, Act.ASK, person.id, Signer(person, key), about=key.id, public=key.public, **said)
        tx.set_setting(ASKED, key.id)
        asker = tx.roster().asker(key.id) or person
    keys.rename_new_keys(store)
    return Signer(asker, key)


def ask_again(store: Store, *, by: Signer) -> None:
    """Asks once more with the same key, after a chief has declined."""
    with store.begin() as tx:
        request = own_request(tx)
        if request is None or not request.is_declined:
            raise DeskError("request-not-declined")
        said = {"name": request.name} if request.name else {}
        people.write(tx, Act.ASK, request.person, by, about=request.key, public=request.public, **said)
        refresh_stories(tx, request.person)


def own_request(reading: ReadTransaction) -> JoinRequest | None:
    """What somebody at this desk asked, while it is not granted; None where nothing is open or declined."""
    return reading.roster().requests.get(reading.setting(ASKED))


def is_granted(reading: ReadTransaction) -> bool:
    """Whether whoever asked at this desk was let in, and is in still."""
    return reading.roster().owner(reading.setting(ASKED)) is not None


def open_requests(reading: ReadTransaction) -> list[JoinRequest]:
    """What others asked and nobody answered, the oldest first."""
    mine = reading.setting(ASKED)
    found = [one for one in reading.roster().requests.values() if not one.is_declined and one.key != mine]
    return sorted(found, key=lambda one: (one.at, one.id))


def own_stories(reading: ReadTransaction, person: StaffId) -> list[ArticleId]:
    """What somebody began here who is not let in."""
    theirs = sorted(replication.by_people(reading, [person]))
    folded = {article: reading.history(article).article for article in theirs}
    return [one for one, found in folded.items() if found and found.is_unconfirmed and found.reporter == person]


def has_key_anywhere(reading: ReadTransaction, person: StaffId) -> bool:
    """Whether a person has a key in use, on whichever computer."""
    return person in {owner for owner, _ in reading.public_keys().values()}


def keys_elsewhere(store: Readable, person: StaffId) -> frozenset[str]:
    """The ids of a person's keys in use that are not on this computer."""
    folder = keys.folder_for(store.path)
    with store.read() as reading:
        theirs = [one.id for one in reading.roster().keys.values() if one.person == person and not one.retired_at]
    return frozenset(name for name in theirs if keys.path_of_key(folder, name) is None)


def number(reading: ReadTransaction, request: JoinRequest) -> str:
    """The number that who asked reads out by telephone, as `4711 0815`: the same wherever the same key asks.

    No line breaks within it.
    It is scrypt over the newsroom, the person and the key: a key with the same number takes 100 million tries of 0.1 s.
    """
    return _number(reading.roster().founding, request.person, request.public)


@lru_cache(maxsize=64)
def _number(newsroom: str, person: str, public: str) -> str:
    salt = f"ovn-desk/join-number/1\n{newsroom}\n{person}".encode()
    made = hashlib.scrypt(public.encode(), salt=salt, n=_WORK, r=8, p=1, maxmem=_MEMORY, dklen=16)
    digits = f"{int.from_bytes(made) % 10**_DIGITS:0{_DIGITS}}"
    return f"{digits[:4]}{_NO_BREAK}{digits[4:]}"


def let_in(store: Store, key: str, *, by: Signer) -> Staff:
    """A chief puts the key on the roster, and a newcomer with it: what they wrote is theirs from now on.

    A newcomer is a reporter, or what they were invited as; their invitation is over.

    Raises DeskError where nothing is asked with that key any more, or another person has the newcomer's name.
    """
    with store.begin() as tx:
        request = _open_request(tx, key)
        if request.person not in tx.roster().people:
            name = people.tidy_name(request.name)
            _check_name(tx, name)
            people.write(tx, Act.ADD, request.person, by, name=name, role=str(role_of_asker(tx, request)))
        people.write(tx, Act.ADD_KEY, request.person, by, about=request.key, public=request.public)
        people.withdraw_invitations(tx, request.person, by)
        refresh_stories(tx, request.person)
        return tx.person(request.person)


def role_of_asker(reading: ReadTransaction, request: JoinRequest) -> Role:
    """What whoever asks is, or will be once they are let in: what they were invited as, by that very name."""
    known = reading.roster().people.get(request.person)
    if known is not None:
        return known.role
    invited = [one for one in people.open_invitations(reading) if one.person == request.person]
    named = [one.role for one in invited if one.name.casefold() == request.name.casefold()]
    return named[0] if named else Role.REPORTER


def decline(store: Store, key: str, *, by: Signer) -> JoinRequest:
    """A chief says no: the key never signs anything here, unless its owner asks again and is let in then."""
    with store.begin() as tx:
        request = _open_request(tx, key)
        people.write(tx, Act.RETIRE_KEY, request.person, by, about=request.key, reason="declined")
        refresh_stories(tx, request.person)
    return request


def _open_request(reading: ReadTransaction, key: str) -> JoinRequest:
    request = reading.roster().requests.get(key)
    if request is None or request.is_declined:
        raise DeskError("request-not-open")
    return request


def departure(reading: ReadTransaction, request: JoinRequest) -> Departure | None:
    """When somebody left whose name a newcomer gives; none where nobody of that name did, and for people of the roster.

    Whoever has left comes back as somebody new: what they did before stays theirs who left.
    """
    roster = reading.roster()
    if request.person in roster.people:
        return None
    acts = [one for one in roster.records if one.act is Act.RETIRE]
    named = [one for one in acts if roster.people[one.person].name.casefold() == request.name.casefold()]
    return Departure(roster.people[named[-1].by].name, named[-1].at) if named else None


def _check_name(reading: ReadTransaction, name: str) -> None:
    """A name that somebody has who works here is taken; whoever has left may come back under theirs."""
    if any(one.name.casefold() == name.casefold() for one in reading.staff() if not one.is_retired):
        raise DeskError("newcomers-name-taken", name=name)


def refresh_stories(tx: WriteTransaction, person: StaffId) -> None:
    """Counts the stories anew that somebody began before their key did."""
    for article in replication.by_people(tx, [person]):
        tx.project(article)
