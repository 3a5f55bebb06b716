"""Undo: the steps by which a text came to be what it is, and where one step ends and the next begins."""

import json
import re
import time
from collections.abc import Callable
from dataclasses import astuple, dataclass

from ovn_desk.domain.texts import common_prefix_length

MOST_STEPS = 1_000
PAUSE_S = 1.0
LONG_S, TOO_LONG_S = 10.0, 20.0  # a step this old ends with its word, or at once
_MOST_LETTERS = 8_000_000
_SENTENCE_END = re.compile(r"[.!?…۔؟][\"'”’»)\]]*\s+$")
_LOOKED_BACK = 16


@dataclass(frozen=True, slots=True)
class Step:
    """At a place (in letters) some text was taken out and some put in."""

    place: int
    taken: str
    put: str

    @property
    def inverse(self) -> "Step":
        return Step(self.place, self.put, self.taken)


@dataclass(frozen=True, slots=True)
class History:
    """The steps that led to a text, oldest first, and those that were undone, the next one to redo last."""

    done: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()


class Recorder:
    """Makes steps of edits as they come.

    An edit goes on with the last step while somebody types or deletes on without a pause of `PAUSE_S` seconds. A new
    sentence, a line end, `close` and whatever was not typed begin another one. `clock` gives seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._history = History()
        self._is_open = False
        self._began_at = self._edited_at = 0.0

    @property
    def history(self) -> History:
        return self._history

    def load(self, history: History) -> None:
        """Begin with the history of a text that was opened."""
        self._history, self._is_open = history, False

    def close(self) -> None:
        """The next edit begins a new step: the cursor went elsewhere, something was pasted, a command was used."""
        self._is_open = False

    def record(self, step: Step, *, is_typed: bool) -> None:
        """Add an edit that was just made to the last step, or as a new one; undone steps can not be redone any more."""
        now, done = self._clock(), self._history.done
        is_going_on = is_typed and self._is_open and bool(done) and now - self._edited_at < PAUSE_S
        whole = _continue_step(done[-1], step) if is_going_on else None
        if whole is None or self._is_overdue(done[-1], step, now):
            self._began_at = now
            done = _newest((*done, step))
        else:
            done = (*done[:-1], whole)
        self._history = History(done)
        self._is_open, self._edited_at = is_typed, now

    def amend(self, step: Step, text: str) -> None:
        """Add an edit that is part of the last step, such as a typographic mark; `text` is what that step had made."""
        done = self._history.done
        whole = _compose_steps(done[-1], step, text) if done else step
        done = done[:-1] if whole.taken == whole.put else (*done[:-1], whole)
        self._history = History(done, self._history.undone)

    def undo(self) -> Step | None:
        """The edit that takes the last step back; None where there is none."""
        self._is_open = False
        if not self._history.done:
            return None
        *done, last = self._history.done
        self._history = History(tuple(done), (*self._history.undone, last))
        return last.inverse

    def redo(self) -> Step | None:
        """The edit that makes the step undone last once more; None where there is none."""
        self._is_open = False
        if not self._history.undone:
            return None
        *undone, step = self._history.undone
        self._history = History((*self._history.done, step), tuple(undone))
        return step

    def keep_undone(self) -> None:
        """Turn undone steps into steps that were made and taken back, so that undo still reaches them.

        For an edit that its writer did not make: a colleague's must not end what could be redone.
        """
        undone = self._history.undone
        again, back = reversed(undone), (step.inverse for step in undone)
        self._history = History(_newest((*self._history.done, *again, *back)))

    def _is_overdue(self, last: Step, step: Step, now: float) -> bool:
        """Whether somebody has typed on without a pause for so long that one undo would take too much."""
        age = now - self._began_at
        is_word_start = not step.put[:1].isspace() and last.put[-1:].isspace()
        return age >= TOO_LONG_S or (age >= LONG_S and is_word_start)


def step_between(old: str, new: str) -> Step | None:
    """The one step from a text to another; None where they are the same."""
    if old == new:
        return None
    start = common_prefix_length(old, new)
    end = common_prefix_length(old[start:][::-1], new[start:][::-1])
    return Step(start, old[start : len(old) - end], new[start : len(new) - end])


def apply_step(text: str, step: Step) -> str:
    """The text after a step; raises ValueError where the step was not made in this text."""
    if text[step.place : step.place + len(step.taken)] != step.taken:
        raise ValueError(f"no such text at {step.place}")
    return text[: step.place] + step.put + text[step.place + len(step.taken) :]


def text_before_steps(text: str, steps: tuple[Step, ...]) -> str:
    """The text before all of the steps; raises ValueError where they do not lead to it."""
    for step in reversed(steps):
        text = apply_step(text, step.inverse)
    return text


def to_json(steps: tuple[Step, ...]) -> str:
    """The newest steps, as many as are kept, as a JSON list of [place, taken, put]."""
    """The newest steps, as many as are kept, as a JSON list of [place, taken, put]."""
    """The newest steps, as many as are kept, as a JSON list of [place, taken, put]."""
    """The newest steps, as many as are kept, as a JSON list of [place, taken, put]."""
    """The newest steps, as many as are kept, as a JSON list of [place, taken, put]."""
    """The newest steps, as many as are kept, as a JSON list of [place, taken, put]."""
    """Steps as a JSON list of [place, taken, put]."""
    return json.dumps([astuple(step) for step in steps], ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> tuple[Step, ...]:
    """The steps that `to_json` wrote."""
    """The steps that `to_json` wrote."""
    """The steps that `to_json` wrote."""
    """The steps that `to_json` wrote."""
    """The steps that `to_json` wrote."""
    """The steps that `to_json` wrote."""
    """The steps that `to_json` wrote."""
    return tuple(Step(*values) for values in json.loads(text))


def _continue_step(last: Step, step: Step) -> Step | None:
    """Both as one step where the second types or deletes on from the first; None otherwise."""
    if (
        not step.taken
        and last.put
        and step.place == last.place + len(last.put)
        and not _ends_sentence(last.put, step.put)
    ):
        return Step(last.place, last.taken, last.put + step.put)
    if step.put or last.put:
        return None
    if step.place + len(step.taken) == last.place:  # Backspace
        return Step(step.place, step.taken + last.taken, "")
    if step.place == last.place:  # Delete
        return Step(step.place, last.taken + step.taken, "")
    return None


def _ends_sentence(before: str, after: str) -> bool:
    """Whether a sentence or a line ended between what was typed before and what comes after."""
    if "\n" in after:
        return not before.endswith("\n")
    if before.endswith("\n"):
        return True
    return not after[:1].isspace() and _SENTENCE_END.search(before[-_LOOKED_BACK:]) is not None


def _compose_steps(first: Step, second: Step, text: str) -> Step:
    """Two steps as one; `text` is what there was between them."""
    end = first.place + len(first.put)
    low, high = min(first.place, second.place), max(end, second.place + len(second.taken))
    put = text[low : second.place] + second.put + text[second.place + len(second.taken) : high]
    return Step(low, text[low : first.place] + first.taken + text[end:high], put)


def _newest(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The newest steps, as many as are kept; the last one always."""
    steps = steps[-MOST_STEPS:]
    size = sum(len(step.taken) + len(step.put) for step in steps)
    first = 0
    while size > _MOST_LETTERS and first < len(steps) - 1:
        size -= len(steps[first].taken) + len(steps[first].put)
        first += 1
    return steps[first:]
