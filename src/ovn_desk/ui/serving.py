"""What the preview may load: the page that is shown, and the pictures of the store, at the desk's own address."""

from collections.abc import Callable
from functools import partial

import shiboken6
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject
from PySide6.QtWebEngineCore import (
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
    QWebEngineUrlRequestJob,
    QWebEngineUrlScheme,
    QWebEngineUrlSchemeHandler,
)

from ovn_desk.ui.jobs import Worker

SCHEME = QByteArray(b"ovn-page")
Serve = Callable[[str], tuple[str, bytes]]


def register() -> None:
    """Makes the scheme known; must run before the application object is made."""
    scheme = QWebEngineUrlScheme(SCHEME)
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    scheme.setFlags(QWebEngineUrlScheme.Flag.SecureScheme | QWebEngineUrlScheme.Flag.LocalScheme)
    QWebEngineUrlScheme.registerScheme(scheme)


class Server(QWebEngineUrlSchemeHandler):
    """Answers `images/…` with what `serve` gives, off the window's thread, and every other address with the page."""

    def __init__(self, serve: Serve, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = b""
        self._serve = serve
        self._worker = Worker(self)

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        path = job.requestUrl().path().removeprefix("/")
        if path.startswith("images/"):
            self._worker.run(partial(self._serve, path), done=partial(_reply, job), refused=lambda _: _fail(job))
            return
        _reply(job, ("text/html; charset=utf-8", self.document))

    def finish(self) -> None:
        self._worker.finish()


def _reply(job: QWebEngineUrlRequestJob, answer: tuple[str, bytes]) -> None:
    if not shiboken6.isValid(job):
        return  # the page went on to something else
    media, data = answer
    buffer = QBuffer(job)
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    job.reply(QByteArray(media.encode()), buffer)


def _fail(job: QWebEngineUrlRequestJob) -> None:
    if shiboken6.isValid(job):
        job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)


class Gate(QWebEngineUrlRequestInterceptor):
    """Nothing is loaded but the page itself (`own` is how its address begins), its pictures and what it carries."""

    def __init__(self, parent: QObject | None = None, *, own: str = "ovn-page:") -> None:
        super().__init__(parent)
        self._own = own

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        address = info.requestUrl().toString()
        info.block(not address.startswith((self._own, "data:")))
