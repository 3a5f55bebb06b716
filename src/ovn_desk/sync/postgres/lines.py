"""A bare line to where a hub should be: whether the name is known, whether anything answers, and whether encrypted.

Every wait can be broken off, so that somebody who tests an address need not wait for a network's time limits.
"""

import errno
import queue
import select
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import URL

from ovn_desk.domain.errors import DeskError
from ovn_desk.sync.postgres.addresses import PORT, host_of
from ovn_desk.sync.postgres.faults import message

GoOn = Callable[[], bool]
"""False where nobody waits for the answer any more."""
LIMIT_S = 10.0
_LOOK_S = 0.1
_SSL_REQUEST = struct.pack("!ii", 8, 80877103)  # PostgreSQL's frontend/backend protocol, "SSL Session Encryption"
_NO_NETWORK = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN}


class BrokenOff(DeskError):
    """Whoever asked does not want to know any more."""

    def __init__(self) -> None:
        super().__init__("hub-test-stopped")


@contextmanager
def encrypted_line(url: URL, context: ssl.SSLContext, *, go_on: GoOn) -> Iterator[ssl.SSLSocket]:
    """An encrypted line to the server, as PostgreSQL makes one, before anything was said on it.

    Raises DeskError for a server that is not there, is no PostgreSQL or offers no encryption, and ssl.SSLError.
    """
    with _open_line(url, go_on) as plain:
        if not _offers_encryption(plain, url, go_on):
            raise DeskError(message("hub-offers-no-encryption", url))
        line = context.wrap_socket(plain, server_hostname=host_of(url), do_handshake_on_connect=False)
        with line:
            _shake_hands(line, url, go_on)
            yield line


@contextmanager
def _open_line(url: URL, go_on: GoOn) -> Iterator[socket.socket]:
    why = DeskError(message("hub-unreachable", url))
    for family, kind, protocol, _, place in _find_places(url, go_on):
        line = socket.socket(family, kind, protocol)
        line.setblocking(False)
        try:
            code = line.connect_ex(place)
            if code in {0, errno.EINPROGRESS, errno.EWOULDBLOCK}:
                _wait(line, url, go_on, is_writing=True)
                code = line.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if not code:
                yield line
                return
            why = DeskError(message(_code_of(code), url))
        finally:
            line.close()
    raise why


def _code_of(number: int) -> str:
    if number == errno.ECONNREFUSED:
        return "hub-connection-refused"
    return "hub-no-network" if number in _NO_NETWORK else "hub-unreachable"


def _find_places(url: URL, go_on: GoOn) -> list[tuple[int, int, int, str, tuple[str, int]]]:
    """What the name stands for. Nothing can stop a name server that is silent: its thread is left behind."""
    answers: queue.SimpleQueue[object] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(socket.getaddrinfo(host_of(url), url.port or PORT, type=socket.SOCK_STREAM))
        except (OSError, ValueError) as error:  # also a name that can be none
            answers.put(error)

    threading.Thread(target=ask, daemon=True).start()
    until = time.monotonic() + LIMIT_S
    while time.monotonic() < until:
        if not go_on():
            raise BrokenOff
        with suppress(queue.Empty):
            found = answers.get(timeout=_LOOK_S)
            if isinstance(found, list):
                return found
            raise DeskError(message("hub-name-unknown", url))
    raise DeskError(message("hub-name-unknown", url))


def _offers_encryption(line: socket.socket, url: URL, go_on: GoOn) -> bool:
    """Asks for encryption; a server that answers with neither yes nor no is no PostgreSQL."""
    line.send(_SSL_REQUEST)
    _wait(line, url, go_on)
    try:
        answer = line.recv(1)
    except OSError:
        answer = b""
    if answer not in {b"S", b"N"}:
        raise DeskError(message("hub-not-postgresql", url))
    return answer == b"S"


def _shake_hands(line: ssl.SSLSocket, url: URL, go_on: GoOn) -> None:
    while True:
        try:
            line.do_handshake()
        except ssl.SSLWantReadError:
            _wait(line, url, go_on)
        except ssl.SSLWantWriteError:
            _wait(line, url, go_on, is_writing=True)
        else:
            return


def _wait(line: socket.socket, url: URL, go_on: GoOn, *, is_writing: bool = False) -> None:
    """Until the line can be read or written; raises DeskError after the time limit, BrokenOff when nobody waits."""
    until = time.monotonic() + LIMIT_S
    while time.monotonic() < until:
        if not go_on():
            raise BrokenOff
        if any(select.select([] if is_writing else [line], [line] if is_writing else [], [line], _LOOK_S)):
            return
    raise DeskError(message("hub-unreachable", url))
