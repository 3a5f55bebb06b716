"""A decision between two versions while it is being made: what is chosen so far is kept until it is done.

It is kept by what a conflict is about, not by its place in the list: new versions may come meanwhile.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ovn_desk.domain.article import ArticleId
from ovn_desk.store import ReadTransaction, Store
from ovn_desk.text.merge import Choice, Conflict, ConflictId, Take

_BOTH = "both"
_WRITTEN = "written"


@dataclass(frozen=True, slots=True)
class PendingChoice:
    """What is chosen about one conflict: a side, both, one's own words (`is_written`), or nothing yet.

    `text` are the words that were typed, also where they are not what is chosen.
    """

    take: Take | None = None
    is_written: bool = False
    text: str = ""

    @property
    def choice(self) -> Choice | None:
        """The answer; None where there is none yet."""
        if self.is_written:
            return self.text if self.text.strip() else None
        return self.take

    @property
    def is_empty(self) -> bool:
        return self.take is None and not self.is_written and not self.text


@dataclass(frozen=True, slots=True)
class PendingChoices:
    """What was chosen before, by the conflicts of now.

    `changed` are conflicts one of whose sides became another since something was chosen about them; `left` are words
    that were typed about what is in no conflict any more.
    """

    by_conflict: dict[ConflictId, PendingChoice] = field(default_factory=dict)
    changed: tuple[ConflictId, ...] = ()
    left: tuple[str, ...] = ()


def keep_choice(store: Store, article: ArticleId, conflict: Conflict, chosen: PendingChoice) -> None:
    """Keeps what is chosen about a conflict, through a power cut; an empty choice is forgotten."""
    taken = ""
    if chosen.is_written:
        taken = _WRITTEN
    elif chosen.take is Take.BOTH:
        taken = _BOTH
    elif chosen.take is not None:
        taken = _hash(conflict.mine if chosen.take is Take.MINE else conflict.theirs)
    kept = json.dumps({"place": _place(conflict), "take": taken, "text": chosen.text}, ensure_ascii=False)
    with store.begin() as tx:
        tx.keep_choice(article, _identity(conflict), "" if chosen.is_empty else kept)


def pending_choices(reading: ReadTransaction, article: ArticleId, conflicts: Sequence[Conflict]) -> PendingChoices:
    """What was chosen about these conflicts, also before new versions came."""
    kept: dict[str, dict[str, str]] = {name: json.loads(text) for name, text in reading.choices(article).items()}
    found: dict[ConflictId, PendingChoice] = {}
    for conflict in conflicts:
        one = kept.pop(_identity(conflict), None)
        if one is not None:
            found[conflict.id] = _read(conflict, one)
    changed: list[ConflictId] = []
    for conflict in conflicts:
        name = next((name for name, one in kept.items() if one["place"] == _place(conflict)), None)
        if conflict.id not in found and name is not None:
            found[conflict.id] = PendingChoice(text=kept.pop(name)["text"])
            changed.append(conflict.id)
    left = tuple(one["text"] for one in kept.values() if one["text"].strip())
    return PendingChoices(found, tuple(changed), left)


def _read(conflict: Conflict, kept: dict[str, str]) -> PendingChoice:
    take, text = kept["take"], kept["text"]
    sides = {_BOTH: Take.BOTH, _hash(conflict.mine): Take.MINE, _hash(conflict.theirs): Take.THEIRS}
    return PendingChoice(sides.get(take), is_written=take == _WRITTEN, text=text)


def _identity(conflict: Conflict) -> str:
    """The same while neither side changes, whichever of them is one's own."""
    return _hash((_place(conflict), *sorted(map(_hash, (conflict.mine, conflict.theirs)))))


def _place(conflict: Conflict) -> str:
    """What a conflict is about: the part, the thing in it, and what both sides began with."""
    return _hash((conflict.part, conflict.key, conflict.base))


def _hash(value: Any) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()[:32]
