"""Rendering many texts: two helper processes where there is much to do, and the next texts while one is verified."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue

from ovn_desk.domain.article import Content, EventId
from ovn_desk.domain.workflow import Event
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
        self._started: dict[EventId, Future[Body]] = {}
        for one in (helper, self._second):
            self._free.put(one)

    def start(self, texts: Sequence[tuple[Event, Content]]) -> None:
        """Begins to render what `body` will be asked for: approvals and what they approve."""
        if len(texts) > _FEW:
            self._started |= {
                approval.id: self._pool.submit(self._render, content, approval) for approval, content in texts
            }

    def body(self, approval: Event, content: Content) -> Body:
        """The body of what was approved; raises DeskError where its text can not be shown."""
        started = self._started.pop(approval.id, None)
        return started.result() if started else signatures.body(content, self._helper, approval.credits)

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)
        self._second.close()

    def _render(self, content: Content, approval: Event) -> Body:
        helper = self._free.get()
        try:
            return signatures.body(content, helper, approval.credits)
        finally:
            self._free.put(helper)
