"""Rendering many texts: two helper processes where there is much to do, and the next texts while one is verified."""

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue

from ovn_desk.domain.article import Content, RevisionId
from ovn_desk.text.helper import RenderHelper
from ovn_desk.usecases import signatures
from ovn_desk.usecases.signatures import Body

_FEW = 8  # fewer are done before a second helper has started


class Renderers:
    """The desk's helper, and another one of its own that is started when there is much to do."""

    def __init__(self, helper: RenderHelper) -> None:
        self._helper = helper
        self._second = RenderHelper()
        self._free: SimpleQueue[RenderHelper] = SimpleQueue()
        self._pool = ThreadPoolExecutor(2)
        self._started: dict[RevisionId, Future[Body]] = {}
        for one in (helper, self._second):
            self._free.put(one)

    def start(self, contents: Mapping[RevisionId, Content]) -> None:
        """Begins to render what `body` will be asked for."""
        if len(contents) > _FEW:
            self._started |= {name: self._pool.submit(self._render, content) for name, content in contents.items()}

    def body(self, revision: RevisionId, content: Content) -> Body:
        """The body of a revision; raises DeskError where its text can not be shown."""
        started = self._started.pop(revision, None)
        return started.result() if started else signatures.body(content, self._helper)

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)
        self._second.close()

    def _render(self, content: Content) -> Body:
        helper = self._free.get()
        try:
            return signatures.body(content, helper)
        finally:
            self._free.put(helper)
