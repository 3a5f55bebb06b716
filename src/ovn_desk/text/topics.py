"""IPTC Media Topics by name: a story keeps their codes, people see and search their names in English and Urdu."""

from dataclasses import dataclass
from functools import cache

from ovn_desk import assets
from ovn_desk.text import words

_SCHEME = "medtop:"
_FILES = ("topics/media-topics.tsv", "topics/urdu.tsv")


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of IPTC's list. `code` is as a story has it, `medtop:20000270`; not every topic has an Urdu name.

    `above` is the English name of the topic it belongs to; empty for the highest. IPTC keeps what it has `retired`,
    and offers it no more.
    """

    code: str
    english: str
    urdu: str = ""
    above: str = ""
    is_retired: bool = False

    def name(self, language: str) -> str:
        """The name in a language, or else in English."""
        return self.urdu if language == "ur" and self.urdu else self.english


def find(code: str) -> Topic | None:
    """The topic of a code; none for a code that is not IPTC's."""
    return _topics().get(code)


def name(code: str, language: str) -> str:
    """The name of a topic in a language; an unknown code is its own name."""
    found = find(code)
    return found.name(language) if found else code


def search(typed: str, *, limit: int = 12) -> list[Topic]:
    """The topics that have every word of a search at the start of one of theirs, in English or Urdu, the nearest first.

    Nearest is a name that begins with what was typed, then the shorter one. A code finds its topic.
    """
    if found := find(typed.strip() if typed.strip().startswith(_SCHEME) else f"{_SCHEME}{typed.strip()}"):
        return [found]
    wanted = words.search_tokens(typed)
    if not wanted:
        return []
    start = " ".join(wanted)
    ranked = [
        (not any(name.startswith(start) for name in names), min(map(len, names)), place)
        for place, names in enumerate(_folded_names())
        if any(_has_words(name, wanted) for name in names)
    ]
    offered = _topics_on_offer()
    return [offered[place] for *_, place in sorted(ranked)[:limit]]


def _has_words(name: str, wanted: list[str]) -> bool:
    parts = name.split()
    return all(any(part.startswith(word) for part in parts) for word in wanted)


@cache
def _topics() -> dict[str, Topic]:
    listed, urdu_names = ([line.split("\t") for line in assets.text(name).splitlines()] for name in _FILES)
    english = {code: _as_title(name) for code, _, _, name in listed}
    urdu = {code: name for code, name in urdu_names}  # noqa: C416 - rows are no pairs to a type checker
    return {
        f"{_SCHEME}{code}": Topic(
            f"{_SCHEME}{code}", english[code], urdu.get(code, ""), english.get(parent, ""), bool(retired)
        )
        for code, parent, retired, _ in listed
    }


@cache
def _topics_on_offer() -> tuple[Topic, ...]:
    return tuple(topic for topic in _topics().values() if not topic.is_retired)


@cache
def _folded_names() -> tuple[tuple[str, ...], ...]:
    """Of each topic that is offered, its names as the search compares them."""
    return tuple(
        tuple(" ".join(words.search_tokens(name)) for name in (topic.english, topic.urdu) if name)
        for topic in _topics_on_offer()
    )


def _as_title(name: str) -> str:
    """IPTC writes names small; a chip begins like a heading."""
    return name[:1].upper() + name[1:]
