"""Setting a new computer up for a newsroom that is elsewhere: a look at it first, then all of it and one's own key."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ovn_desk import signing
from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Role, Staff
from ovn_desk.signing import Signer
from ovn_desk.sync import BUNDLE_SUFFIX, bundle, exchange, newsroom
from ovn_desk.sync.newsroom import Newsroom
from ovn_desk.ui.state.incoming_files import FileKind, kind_of
from ovn_desk.usecases import hub_password, join_requests, joining, merging, queries, store_settings
from ovn_desk.usecases.queries import Store, ask

if TYPE_CHECKING:
    from ovn_desk.sync.postgres.diagnosing import Diagnosis


@dataclass(frozen=True, slots=True)
class Source:
    """Where a newcomer gets the newsroom from: a file that was handed to them, or its hub.

    `words` are those of an invitation, `recovery` those of the recovery key, by which a chief gets a new key; `hub` is
    an address without a password.
    """

    file: Path | None = None
    hub: str = ""
    password: str = field(default="", repr=False)
    words: str = ""
    recovery: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class SetUp:
    """A computer that is set up. `number` is what who asked to be let in reads out, empty where they are in.

    Whoever `is_invited` is in by an invitation; `has_stories` says whether any came with the newsroom. `why` says what
    went wrong after the newsroom was here: then nobody sits there yet.
    """

    store: Store
    by: Signer | None = None
    number: str = ""
    is_sent: bool = False
    is_invited: bool = False
    has_stories: bool = False
    why: str = ""


def look(source: Source) -> "tuple[Newsroom, Source] | Diagnosis":
    """The newsroom and whom its file is for, and the source with the words that stand in it; nothing is written.

    A hub that cannot be used is a Diagnosis with its problem. Raises DeskError where there is no newsroom, or it
    cannot be read.
    """
    file, words = source.file, source.words
    if file is None and not source.hub:
        raise DeskError(_translate(_NOWHERE))
    if file is None:
        from ovn_desk.sync import postgres  # only those with a hub have its package
        from ovn_desk.sync.postgres.diagnosing import diagnose

        url = postgres.address(source.hub)
        tried = diagnose(url, source.password)
        if tried.problem is not None:
            return tried
        found = postgres.read_newsroom(url, password=source.password)
        found = _with_login(found, {one for one in found.active if postgres.login_of(one.name) == url.username})
    elif kind_of(file) is FileKind.COPY:
        raise DeskError(_translate(_COPY).format(name=file.name))
    elif file.suffix == BUNDLE_SUFFIX:
        if bundle.sealed_to(file):
            raise DeskError(_translate(_SEALED).format(name=file.name))
        found = bundle.read_newsroom(file)
    else:
        own, rows = joining.read_file(file)
        words = words or own  # whoever typed words of their own is not let in by somebody else's
        found = newsroom.read_newsroom(rows)
    if words:
        key = signing.key_from_words(words)
        if key.public == found.recovery:
            chiefs = [one.id for one in found.active if one.role is Role.CHIEF]
            found = replace(found, addressee=chiefs[0] if len(chiefs) == 1 else "", is_theirs_alone=False)
            return found, Source(file, source.hub, source.password, recovery=words)
        invited = found.invitee(key.id)
        if not invited:
            raise DeskError(_describe_unknown_words(found, key.id, file))
        found = replace(found, addressee=invited, is_theirs_alone=False)
    return found, Source(file, source.hub, source.password, words)


def _with_login(found: Newsroom, owners: set[Staff]) -> Newsroom:
    """Whoever has the login that was used, where it is one person's: nobody comes in at it as somebody else."""
    if len(owners) != 1:
        return found
    return replace(found, addressee=next(iter(owners)).id, is_theirs_alone=True)


def _describe_unknown_words(found: Newsroom, key: str, file: Path | None) -> str:
    """What is the matter with words that are well written, and open no invitation in what was read."""
    if key in found.spent:
        return _translate(_WORDS_SPENT)
    return _translate(_WORDS_TOO_NEW).format(name=file.name) if file else _translate(_WORDS_UNKNOWN_AT_HUB)


def set_up(path: Path, source: Source, person: Staff | None, *, is_invited: bool, made: Store | None = None) -> SetUp:
    """Writes the newsroom to this computer, and makes the person's key; without a person it is only read here.

    Whoever `is_invited`, or a chief who has the recovery key, is in at once; anybody else asks a chief.
    `made` is the store of a try before.
    """
    store = made or _fetch(path, source)
    if person is None:
        return SetUp(store)
    try:
        if source.recovery:
            by = joining.recover(store, person.id, source.recovery)
            _keep_password(store, source, by)
            return SetUp(store, by)
        if is_invited:
            by = joining.join(store, source.words)
            _keep_password(store, source, by)
            return SetUp(store, by, is_invited=True, has_stories=queries.has_stories(store))
        by = join_requests.ask(store, person)
    except DeskError as error:
        return SetUp(store, why=str(error))
    is_sent = False
    if source.hub:
        _keep_password(store, source, by)
        with suppress(DeskError):  # it goes with the next round
            _sync(store, source)
            is_sent = True
    return SetUp(store, by, own_number(store), is_sent)


def own_number(store: Store) -> str:
    """The number of what was asked here; empty where nothing is open."""
    request = ask(store, join_requests.own_request)
    return ask(store, join_requests.number, request) if request else ""


def _fetch(path: Path, source: Source) -> Store:
    if source.hub:
        from ovn_desk.sync import postgres  # only those with a hub have its package

        url = postgres.address(source.hub)
        store, _ = postgres.join(path, url, password=source.password, settle=_settle)
        store_settings.set_hub_address(store, postgres.without_password(url))
        return store
    if source.file is not None and source.file.suffix == BUNDLE_SUFFIX:
        store, came = bundle.join(path, source.file)
        merging.combine(store, came.articles)
        return store
    rows = joining.read_file(source.file)[1] if source.file else []
    return exchange.join(path, rows)[0]


def _keep_password(store: Store, source: Source, by: Signer) -> None:
    """In the keyring, or sealed with the key that was just made: nobody types it again at the next start."""
    if not source.hub or not source.password:
        return
    from ovn_desk.sync import postgres
    from ovn_desk.sync.postgres import addresses

    with suppress(DeskError):  # a keyring that is locked: the hub asks for the password again
        account = addresses.account(postgres.address(source.hub))
        hub_password.keep(store, account, source.password, key=by.key)


def _sync(store: Store, source: Source) -> None:
    from ovn_desk.sync import postgres  # only those with a hub have its package

    postgres.sync(store, postgres.address(source.hub), password=source.password, settle=_settle)


def _settle(store: Store, articles: Iterable[ArticleId]) -> object:
    return merging.combine(store, articles)


_NOWHERE = (
    "Twelve words alone do not say where the newsroom is. Name its hub, or a file that a colleague handed over; "
    "or ask the chief for an invitation as a file."
)
_COPY = (
    "{name} is a copy of a newsroom. Go back and choose “I have a copy…”: it is brought back there, and asks "
    "for a chief's twelve words."
)
_WORDS_SPENT = "These twelve words were used already, or taken back. Ask the chief for a new invitation."
_WORDS_TOO_NEW = (
    "{name} does not know these words: it was written before you were invited, or it is of another newsroom. Ask for a "
    "newer file, or for the invitation as a file, which needs no other."
)
_WORDS_UNKNOWN_AT_HUB = (
    "The hub does not know these words yet. Ask the chief to sync once more, or for the invitation as a file."
)
_SEALED = (
    "Only the person whom {name} is for can open it, with the key on their own computer. Ask for a file that anybody "
    "in the newsroom can open."
)


def _translate(text: str) -> str:
    return QCoreApplication.translate("SettingUp", text)
