"""The steps by which a text came to be what it is, so that undo goes on after a restart."""

import json
from dataclasses import astuple, dataclass

from ovn_desk.domain.texts import in_common

MOST_STEPS = 200
_MOST_LETTERS = 200_000


@dataclass(frozen=True, slots=True)
class Step:
    """At a place (in letters) some text was taken out and some put in."""

    place: int
    taken: str
    put: str

    @property
    def inverse(self) -> "Step":
        return Step(self.place, self.put, self.taken)


def between(old: str, new: str) -> Step | None:
    """The one step from a text to another; none where they are the same."""
    if old == new:
        return None
    start = in_common(old, new)
    end = in_common(old[start:][::-1], new[start:][::-1])
    return Step(start, old[start : len(old) - end], new[start : len(new) - end])


def added(steps: tuple[Step, ...], step: Step) -> tuple[Step, ...]:
    """The steps with one more. Typing that goes on is one step, an undone step is gone, the oldest are forgotten."""
    last = steps[-1] if steps else None
    if last and step == last.inverse:
        return steps[:-1]
    if last and _goes_on(last, step):
        return (*steps[:-1], Step(last.place, last.taken, last.put + step.put))
    kept = (*steps, step)[-MOST_STEPS:]
    size = sum(len(one.taken) + len(one.put) for one in kept)
    while kept and size > _MOST_LETTERS:
        size -= len(kept[0].taken) + len(kept[0].put)
        kept = kept[1:]
    return kept


def _goes_on(last: Step, step: Step) -> bool:
    is_typing = not step.taken and "\n" not in step.put and not last.put.endswith("\n")
    return is_typing and step.place == last.place + len(last.put)


def applied(text: str, step: Step) -> str:
    """The text after a step; raises ValueError where the step was not made in this text."""
    if text[step.place : step.place + len(step.taken)] != step.taken:
        raise ValueError(f"no such text at {step.place}")
    return text[: step.place] + step.put + text[step.place + len(step.taken) :]


def beginning(text: str, steps: tuple[Step, ...]) -> str:
    """The text before all of the steps; raises ValueError where they do not lead to it."""
    for step in reversed(steps):
        text = applied(text, step.inverse)
    return text


def to_json(steps: tuple[Step, ...]) -> str:
    return json.dumps([astuple(step) for step in steps], ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> tuple[Step, ...]:
    return tuple(Step(*values) for values in json.loads(text))
