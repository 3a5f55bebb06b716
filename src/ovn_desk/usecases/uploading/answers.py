"""What a site's answer means: the data in it, or one sentence that says what is wrong and what to do."""

import re
import ssl
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.texts import one_line
from ovn_desk.messages import Message
from ovn_desk.text import foreign

_LONGEST_WAIT = 60.0


class Unreachable(DeskError):
    """The site can not be worked with at all now: nothing more is tried."""


class Passing(Unreachable):
    """What may be over when it is tried again: no connection, too many requests, an error of the server's."""

    def __init__(self, code: str | Message, /, *, wait: float = 0.0, **values: object) -> None:
        super().__init__(code, **values)
        self.wait = wait


class SiteRefused(DeskError):
    """The site would not do this one thing; `rest_code` is WordPress's own name for why."""

    def __init__(
        self, code: str | Message, /, *, status: int, rest_code: str = "", data: Any = None, **values: object
    ) -> None:
        super().__init__(code, **values)
        self.status = status
        self.rest_code = rest_code
        self.data = data if isinstance(data, dict) else {}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whole."""

    status: int
    headers: httpx.Headers
    body: bytes
    url: str


def unreachable(error: httpx.TransportError, host: str) -> Unreachable:
    """Why no answer came."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            reason = getattr(cause, "verify_message", "") or cause.reason or "no common encryption"
            return Unreachable("site-not-proved", host=host, reason=reason)
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx.TimeoutException):
        return Passing("site-silent", host=host)
    return Passing("site-unreachable", host=host, reason=one_line(str(error)) or Message("site-connection-cut"))


def read(answer: Answer, host: str, user: str) -> Any:
    """The data of an answer; raises what any other answer means."""
    said, is_data = _data(answer)
    error = said if isinstance(said, dict) else {}
    code = str(error.get("code") or "")
    message = _plain(str(error.get("message") or ""))
    if 200 <= answer.status < 300:
        if not is_data:
            raise Unreachable("site-answers-with-page", host=host)
        return said
    if 300 <= answer.status < 400:
        raise _sent_on(answer, host)
    if answer.status == 429 or answer.status >= 500:
        wait = _asked_wait(answer.headers.get("Retry-After", ""))
        if answer.status == 429:
            raise Passing("site-busy", wait=wait, host=host)
        raise Passing("site-failed", wait=wait, host=host, number=answer.status)
    raise _refusal(answer, code, message, host, user, error.get("data"))


def _refusal(answer: Answer, code: str, message: str, host: str, user: str, data: Any) -> DeskError:
    if answer.status == 401:
        if code.startswith("rest_"):  # it took nobody for logged in; a wrong password has a code of its own
            return Unreachable("site-drops-password", host=host)
        return Unreachable("site-password-wrong", host=host, user=user)
    if answer.status == 403:
        if message:
            return SiteRefused("site-forbids", status=403, rest_code=code, user=user, host=host, why=message)
        return SiteRefused("site-forbids-silently", status=403, rest_code=code, user=user, host=host)
    if answer.status == 404 and (not code or code == "rest_no_route"):
        return Unreachable("site-without-api", host=host)
    if answer.status == 413:
        return SiteRefused("site-file-too-large", status=413, host=host)
    return SiteRefused(
        "site-refuses",
        status=answer.status,
        rest_code=code,
        data=data,
        host=host,
        number=answer.status,
        why=message or Message("site-without-reason"),
    )


def _data(answer: Answer) -> tuple[Any, bool]:
    try:
        return foreign.read_json(answer.body.decode("utf-8-sig")), True  # some plugins put a byte order mark first
    except ValueError:
        return None, False


def _sent_on(answer: Answer, host: str) -> Unreachable:
    target = urljoin(answer.url, answer.headers.get("Location", ""))
    try:
        parts = urlsplit(target)
        other = parts.netloc
    except ValueError:
        other = ""
    if not other or other == host:
        return Unreachable("site-sends-to-page", host=host)
    return Unreachable("site-sends-elsewhere", host=host, other=other)


def _asked_wait(text: str) -> float:
    return min(float(text), _LONGEST_WAIT) if text.isascii() and text.isdigit() else 0.0


def _plain(text: str) -> str:
    return one_line(re.sub(r"<[^>]*>", "", text))[:200]
