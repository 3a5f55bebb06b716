"""What a site's answer means: the data in it, or one sentence that says what is wrong and what to do."""

import re
import ssl
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.texts import one_line
from ovn_desk.text import foreign

_LONGEST_WAIT = 60.0


class Unreachable(DeskError):
    """The site can not be worked with at all now: nothing more is tried."""


class Passing(Unreachable):
    """What may be over when it is tried again: no connection, too many requests, an error of the server's."""

    def __init__(self, sentence: str, *, wait: float = 0.0) -> None:
        super().__init__(sentence)
        self.wait = wait


class SiteRefused(DeskError):
    """The site would not do this one thing; `code` is WordPress's own name for why."""

    def __init__(self, sentence: str, *, status: int, code: str = "", data: Any = None) -> None:
        super().__init__(sentence)
        self.status = status
        self.code = code
        self.data = data if isinstance(data, dict) else {}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whole."""

    status: int
    headers: httpx.Headers
    body: bytes
    url: str


def broken(error: httpx.TransportError, host: str) -> Unreachable:
    """Why no answer came."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            reason = getattr(cause, "verify_message", "") or cause.reason or "no common encryption"
            return Unreachable(
                f"{host} could not prove that it is {host} ({reason}), so nothing was sent. "
                "Check the address and this computer's clock, or tell who runs the site."
            )
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx.TimeoutException):
        return Passing(f"{host} did not answer in time. {_AGAIN}")
    return Passing(f"{host} can not be reached: {one_line(str(error)) or 'the connection was cut'}. {_AGAIN}")


_AGAIN = "Upload again later: what is there stays, and nothing is uploaded twice."


def read(answer: Answer, host: str, user: str) -> Any:
    """The data of an answer; raises what any other answer means."""
    said, is_data = _data(answer)
    error = said if isinstance(said, dict) else {}
    code = str(error.get("code") or "")
    message = _plain(str(error.get("message") or ""))
    if 200 <= answer.status < 300:
        if not is_data:
            raise Unreachable(
                f"{host} answered with a page instead of data. A login page, a firewall or a plugin stands before its "
                "REST API; ask who runs the site."
            )
        return said
    if 300 <= answer.status < 400:
        raise Unreachable(_sent_on(answer, host))
    if answer.status == 429 or answer.status >= 500:
        wait = _asked_wait(answer.headers.get("Retry-After", ""))
        what = "has too many requests" if answer.status == 429 else f"failed ({answer.status})"
        raise Passing(f"{host} {what}. {_AGAIN}", wait=wait)
    raise _refusal(answer, code, message, host, user, error.get("data"))


def _refusal(answer: Answer, code: str, message: str, host: str, user: str, data: Any) -> DeskError:
    if answer.status == 401:
        if code.startswith("rest_"):  # it took nobody for logged in; a wrong password has a code of its own
            return Unreachable(
                f"{host} did not take the password in: its server drops it, or application passwords are off there. "
                "Ask who runs the site."
            )
        return Unreachable(
            f"{host} does not know “{user}” with this password. Make an application password there, "
            "under Users, Profile, and give that one."
        )
    if answer.status == 403:
        why = f": {message}" if message else ", or a firewall refused it."
        return SiteRefused(f"“{user}” has no right to do this at {host}{why}", status=403, code=code)
    if answer.status == 404 and (not code or code == "rest_no_route"):
        return Unreachable(
            f"{host} has no REST API at this address: it is turned off, WordPress stands in another folder, or its "
            "permalinks are set to “Plain”."
        )
    if answer.status == 413:
        return SiteRefused(
            f"{host} takes no file as large as this. Ask who runs the site to raise its upload limit.", status=413
        )
    why = message or "it did not say why"
    return SiteRefused(f"{host} refused ({answer.status}): {why}", status=answer.status, code=code, data=data)


def _data(answer: Answer) -> tuple[Any, bool]:
    try:
        return foreign.read_json(answer.body.decode("utf-8-sig")), True  # some plugins put a byte order mark first
    except ValueError:
        return None, False


def _sent_on(answer: Answer, host: str) -> str:
    target = urljoin(answer.url, answer.headers.get("Location", ""))
    try:
        parts = urlsplit(target)
        other = parts.netloc
    except ValueError:
        other = ""
    if not other or other == host:
        return f"{host} sends on to another page instead of answering. Check the address: it is that of the front page."
    return f"{host} sends on to {other}. The password was not sent there; if that is the site, name it as the address."


def _asked_wait(text: str) -> float:
    return min(float(text), _LONGEST_WAIT) if text.isascii() and text.isdigit() else 0.0


def _plain(text: str) -> str:
    return one_line(re.sub(r"<[^>]*>", "", text))[:200]
