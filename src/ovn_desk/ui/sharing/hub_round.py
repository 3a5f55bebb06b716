"""One round with the hub, off the window's thread: what it brought, or why it did not come to its end."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.errors import DeskError
from ovn_desk.signing import Key
from ovn_desk.usecases import hub_password, kept_out, merging
from ovn_desk.usecases.hub_password import Keeping
from ovn_desk.usecases.queries import Store


class Want(Enum):
    """What the hub needs of whoever sits here before a round can go on."""

    NOTHING = auto()
    """It cannot be reached just now: nothing is to be done here."""
    PASSWORD = auto()
    KEY = auto()
    """The password is sealed with a key that is not open."""
    LOGIN = auto()
    """It lets this login in no more, or not yet."""
    CERTIFICATE = auto()
    ROOM = auto()
    """It takes nothing in: it can only be read, or its disk is full."""
    HELP = auto()
    """Anything else that somebody has to look at."""


_WANTS = {
    Want.PASSWORD: "hub-login-refused hub-password-wanted",
    Want.LOGIN: "hub-login-closed hub-not-let-in hub-not-admitted hub-forbids",
    Want.ROOM: "hub-read-only hub-disk-full",
    Want.NOTHING: (
        "hub-name-unknown hub-no-network hub-unreachable hub-connection-refused hub-stopping hub-slow"
        " hub-too-many-desks hub-refused"
    ),
}
_KEPT_OUT = frozenset({"hub-login-closed", "hub-not-let-in"})
_WANT_BY_CODE = {code: want for want, codes in _WANTS.items() for code in codes.split()}


@dataclass(frozen=True, slots=True)
class Miss:
    """A round that did not come to its end: why, as a sentence, and what is wanted."""

    sentence: str
    want: Want


def want_of(code: str) -> Want:
    """What is wanted where a round, or a test, ended with this code of a sentence."""
    if code.startswith("hub-certificate-"):
        return Want.CERTIFICATE
    return _WANT_BY_CODE.get(code, Want.HELP)


def run_round(
    store: Store,
    address: str,
    password: str,
    key: Key | None,
    *,
    save_rested: Callable[[], object],
    is_to_keep: bool = False,
) -> Any:
    """A `Round`, or a `Miss`; without a password given, with the one that is kept.

    `save_rested` is called when what is new at the hub is here, and before what is new here goes there. A password
    that was typed is kept at once, also where the hub cannot be reached: nobody types it twice.
    """
    from ovn_desk.sync import postgres  # only those with a hub have its package

    def settle(store: Store, articles: Iterable[ArticleId]) -> object:
        made = merging.combine(store, articles)
        with suppress(DeskError):  # then the text is on this computer alone, which the status line says
            save_rested()
        return made

    from ovn_desk.sync.postgres import addresses

    is_sealed = False
    try:
        url = postgres.address(address)
        account = addresses.account(url)
        if is_to_keep:
            with suppress(DeskError):  # a keyring that is locked: it is asked for again after the next start
                hub_password.keep(store, account, password, key=key)
        if not password:
            kept = hub_password.find(store, account, key=key)
            password, is_sealed = kept.word, kept.keeping is Keeping.SEALED and not kept.word
        done = postgres.sync(store, url, password=password, settle=settle)
    except DeskError as error:
        if is_sealed and key is None and isinstance(error, postgres.LoginRefused):
            return Miss(str(error), Want.KEY)
        if error.code in _KEPT_OUT:
            with suppress(DeskError):  # a full disk: then only the status line says so
                kept_out.note(store, address, is_out=True)
        return Miss(str(error), want_of(error.code))
    else:
        with suppress(DeskError):  # a full disk: with the next round
            kept_out.note(store, address, is_out=False)
        return done
