"""Talking to one WordPress site: encrypted, never sent on elsewhere, tried again where that can help."""

import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx
import tenacity

from ovn_desk import __version__
from ovn_desk.domain.errors import DeskError
from ovn_desk.usecases.uploading import answers
from ovn_desk.usecases.uploading.access import Access
from ovn_desk.usecases.uploading.answers import Answer, Passing, Unreachable

_LARGEST = 32 * 1024 * 1024
_ENDPOINT = "/wp-json/wp/v2/"
_SLICE = 0.1
Done = TypeVar("Done")


class Stopped(DeskError):
    """Somebody stopped the upload."""

    def __init__(self) -> None:
        super().__init__("upload-stopped")


class Site:
    """The REST API of a site; a context, which closes the connections. Times are in seconds.

    `silence` is how long the site may say nothing, `pause` the first wait before another try, which grows;
    `is_stopped` is asked before each request and while waiting.
    """

    def __init__(
        self,
        access: Access,
        *,
        silence: float = 30.0,
        tries: int = 4,
        pause: float = 1.0,
        is_stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        self.access = access
        self._tries, self._pause, self._silence = tries, pause, silence
        self._is_stopped = is_stopped
        self._client = httpx.Client(
            auth=httpx.BasicAuth(access.user, access.password),
            headers={"User-Agent": f"ovn-desk/{__version__}", "Accept": "application/json"},
            timeout=httpx.Timeout(silence, connect=min(silence, 10.0)),
            follow_redirects=False,
            trust_env=access.site.startswith("https:"),  # no proxy may read what is not encrypted
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._client.close()

    def get(self, path: str, **query: str | int) -> Any:
        return self._try_again(lambda: self._ask("GET", path, params=query))

    def update(self, path: str, values: Mapping[str, Any]) -> Any:
        """Changes something that is there; said twice it is the same."""
        return self._try_again(lambda: self._ask("POST", path, json=values))

    def create(self, path: str, find: Callable[[], Done | None], read: Callable[[Any], Done], **body: Any) -> Done:
        """Makes something new; before another try it looks with `find` whether the last one did it after all."""
        tried = False

        def attempt() -> Done:
            nonlocal tried
            if tried and (found := find()) is not None:
                return found
            tried = True
            return read(self._ask("POST", path, **body))

        return self._try_again(attempt)

    def _try_again(self, attempt: Callable[[], Done]) -> Done:
        growing = tenacity.wait_exponential(self._pause, max=30 * self._pause) + tenacity.wait_random(0, self._pause)

        def wait(state: tenacity.RetryCallState) -> float:
            error = state.outcome.exception() if state.outcome else None
            return max(growing(state), error.wait if isinstance(error, Passing) else 0.0)

        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(Passing),
            stop=tenacity.stop_after_attempt(self._tries),
            wait=wait,
            sleep=self._sleep,
            reraise=True,
        )
        return retrying(attempt)

    def _ask(self, method: str, path: str, **what: Any) -> Any:
        self._go_on()
        url = f"{self.access.site}{_ENDPOINT}{path}"
        try:
            with self._client.stream(method, url, **what) as response:
                answer = Answer(response.status_code, response.headers, self._body(response), url)
        except httpx.TransportError as error:
            raise answers.unreachable(error, self.access.host) from error
        except httpx.InvalidURL as error:
            raise Unreachable("site-url-wrong", address=self.access.site) from error
        except httpx.DecodingError as error:
            raise Passing("site-answer-damaged", host=self.access.host) from error
        return answers.read(answer, self.access.host, self.access.user)

    def _body(self, response: httpx.Response) -> bytes:
        """An answer of a sane size, in a sane time: a site that trickles would hold the desk for ever."""
        until = time.monotonic() + 10 * self._silence
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            self._go_on()
            if len(body) > _LARGEST or time.monotonic() > until:
                raise Unreachable("site-answer-endless", host=self.access.host)
        return bytes(body)

    def _sleep(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self._go_on()
            time.sleep(min(left, _SLICE))

    def _go_on(self) -> None:
        if self._is_stopped():
            raise Stopped
