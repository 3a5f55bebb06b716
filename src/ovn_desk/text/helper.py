"""Rendering where a slow input can be stopped: a helper process with a time limit."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from ovn_desk import processes
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.image import Image
from ovn_desk.text import chunks
from ovn_desk.text.body import RenderedBody, assemble_body, check_length
from ovn_desk.text.cache import TextCache

TIME_LIMIT = 10.0
_PIECE_TIME_LIMIT = 1.0
_START_TIME_LIMIT = 60.0  # a cold disk and a busy computer: not the fault of any text


class _Answer(NamedTuple):
    """The HTML of a piece, or the code and values of why there is none."""

    html: str = ""
    refused: str = ""
    values: Mapping[str, object] = {}


class RenderHelper:
    """One helper process, started on first use and after it had to be stopped; safe to call from several threads."""

    def __init__(self, time_limit: float = TIME_LIMIT) -> None:
        self.time_limit = time_limit
        self._worker = processes.Worker(answer_pieces)
        self._is_ready = False
        self._known = TextCache[_Answer]()
        self._lock = threading.Lock()

    def render(self, text: str, sources: Sequence[str] = (), images: Sequence[Image] = ()) -> RenderedBody:
        """Render as `text.render.render` does, in the helper process; pieces rendered before come from the cache.

        Raises DeskError naming the line when a piece takes longer than the time limit (in seconds).
        """
        check_length(text)
        shared, pieces = chunks.shared_definitions(text), chunks.split(text)
        with self._lock:
            found = {piece: self._known.find((piece, shared), len(piece)) for piece in pieces}
            known = {piece: answer for piece, answer in found.items() if answer is not None}
            if missing := [piece for piece in found if piece not in known]:
                known |= self._learn(missing, shared)
        fragments: list[str] = []
        for piece in pieces:
            answer = known[piece]
            if answer.refused:
                line = 1 + sum(before.count("\n") + 2 for before in pieces[: len(fragments)])
                raise DeskError(answer.refused, **{"line": line, **answer.values})
            fragments.append(answer.html)
        return assemble_body(pieces, fragments, sources, images)

    def warm_up(self) -> None:
        """Start the helper and let it read what it renders with, so that the first page does not wait for that."""
        self._worker.start()
        threading.Thread(target=self._try_to_be_ready, daemon=True).start()

    def close(self) -> None:
        """Stop the helper; the next render starts a new one."""
        self._is_ready = False
        self._worker.close()

    def _learn(self, pieces: Sequence[str], shared: str) -> dict[str, _Answer]:
        """Asks for all pieces at once; one by one where that takes too long, up to the one that is the cause."""
        try:
            answers = self._ask(pieces, shared, self.time_limit)
        except TimeoutError:
            answers = list(self._one_by_one(pieces, shared))
        learned = dict(zip(pieces, answers, strict=False))
        for piece, answer in learned.items():
            self._known.keep((piece, shared), len(piece), answer)
        return learned

    def _one_by_one(self, pieces: Sequence[str], shared: str) -> Iterator[_Answer]:
        for piece in pieces:
            try:
                yield self._ask([piece], shared, min(_PIECE_TIME_LIMIT, self.time_limit))[0]
            except TimeoutError:
                yield _Answer(refused="text-too-slow")
                return

    def _ask(self, pieces: Sequence[str], shared: str, limit: float) -> list[_Answer]:
        """Ask a helper that has started; the time limit is for the text alone, TimeoutError past it."""
        self._be_ready()
        try:
            answers = self._worker.ask({"pieces": list(pieces), "shared": shared}, limit=limit)
        except TimeoutError:
            self._is_ready = False
            raise
        except processes.Ended as error:
            self._is_ready = False
            raise DeskError("helper-stopped") from error
        return [_Answer(**answer) for answer in answers]

    def _be_ready(self) -> None:
        if self._is_ready:
            return
        try:
            self._worker.ask({"pieces": ["Ready."], "shared": ""}, limit=_START_TIME_LIMIT)
        except (TimeoutError, processes.Ended) as error:
            raise DeskError("helper-stopped") from error
        self._is_ready = True

    def _try_to_be_ready(self) -> None:
        with self._lock, suppress(DeskError):  # whoever renders first tries again, and says so
            self._be_ready()


def answer_pieces(question: dict[str, Any]) -> list[dict[str, Any]]:
    """Render each piece of a question, or say why it can not be: what the helper process does."""
    return [_answer(piece, question["shared"]) for piece in question["pieces"]]


def _answer(piece: str, shared: str) -> dict[str, Any]:
    from ovn_desk.text.render import fragment  # only the helper itself needs Markdown

    try:
        return {"html": fragment(piece, shared)}
    except DeskError as error:
        return {"refused": error.code, "values": error.values}
