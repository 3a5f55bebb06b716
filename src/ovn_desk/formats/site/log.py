"""The public log of what a newsroom published, changed and withdrew; each line seals all the lines above it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from ovn_desk.domain.errors import DeskError
from ovn_desk.text import foreign

NAME = "log.jsonl"
_CHANGED = (
    f"{NAME} in the export's folder is not as this desk wrote it. Put it back from the site, or delete it to begin a "
    "new one."
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: what became of an article, when (ISO 8601, UTC), and the digest and key of its approval."""

    at: str
    what: str
    article: str
    digest: str = ""
    key: str = ""


def extended(text: str, facts: Iterable[Fact]) -> str:
    """A log with the facts that are not in it yet, oldest first; what it said before stays to the letter.

    Raises DeskError when a line above was changed: the log would no longer prove anything.
    """
    lines = text.splitlines()
    known = [_fact(line, before) for line, before in zip(lines, ["", *lines], strict=False)]
    for fact in sorted(set(facts) - set(known), key=lambda fact: (fact.at, fact.article, fact.what)):
        data = asdict(fact) | {"previous": _seal(lines[-1] if lines else "")}
        lines.append(json.dumps(data, sort_keys=True))
    return "".join(f"{line}\n" for line in lines)


def _fact(line: str, before: str) -> Fact:
    try:
        data = foreign.read_json(line)
        seal, fact = data.pop("previous"), Fact(**data)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DeskError(_CHANGED) from error
    if seal != _seal(before):
        raise DeskError(_CHANGED)
    return fact


def _seal(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest() if line else ""
