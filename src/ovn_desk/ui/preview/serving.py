"""What the preview and the printer may load: the page that is shown, and its pictures, at the desk's own address."""

import os
from collections.abc import Callable
from functools import partial

import shiboken6
from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QObject, Qt
from PySide6.QtWebEngineCore import (
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
    QWebEngineUrlRequestJob,
    QWebEngineUrlScheme,
    QWebEngineUrlSchemeHandler,
)

from ovn_desk.ui.background.jobs import Worker

SCHEME = QByteArray(b"ovn-page")
_NO_HOST = '--host-resolver-rules="MAP * ~NOTFOUND"'  # no interceptor sees what a page only wants to be ready for
_PICTURES = ("images/", "assets/")  # in the preview, and in a page as it is exported
Serve = Callable[[str], tuple[str, bytes]]


def prepare() -> None:
    """Make the scheme known, and no other host, and a page a window of its own; before the application object is made.

    As an ordinary child the page would have the whole window composed anew with each key.
    """
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontCreateNativeWidgetSiblings)
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    flags = os.environ.get("QTWEBENGINE_CHROMIUM_FLAGS", "")
    if _NO_HOST not in flags:
        os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = f"{flags} {_NO_HOST}".strip()
    scheme = QWebEngineUrlScheme(SCHEME)
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    scheme.setFlags(QWebEngineUrlScheme.Flag.SecureScheme)  # not a local one, which may read every file of the disk
    QWebEngineUrlScheme.registerScheme(scheme)


class Server(QWebEngineUrlSchemeHandler):
    """Answers a picture's address with what `serve` gives, off the window's thread, and every other with the page."""

    def __init__(self, serve: Serve, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = b""
        self._serve = serve
        self._worker = Worker(self)

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        path = job.requestUrl().path().removeprefix("/")
        if path.startswith(_PICTURES):
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
    """Nothing is loaded but the page itself, its pictures and what it carries."""

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        address = info.requestUrl().toString()
        info.block(not address.startswith(("ovn-page:", "data:")))
