"""Which of an article's sources somebody means who has begun to type a key or a name."""

import re
from collections.abc import Callable, Sequence

from ovn_desk.domain.source import Source

_WORD = re.compile(r"[^\W_]+")


def find_sources(sources: Sequence[Source], typed: str) -> list[Source]:
    """The sources that have what was typed in their key or label, the likeliest first; all of them for nothing.

    A key that is just that comes first, then one that begins with it, then one with a word that does; then names and
    titles with such a word, and at last whatever has it somewhere. Among equals the article's order stays.
    """
    wanted = typed.strip().casefold()
    if not wanted:
        return list(sources)
    ranked = [(_rank(source, wanted), number) for number, source in enumerate(sources)]
    return [sources[number] for rank, number in sorted(ranked) if rank < len(_RANKS)]


def _begins_word(text: str, wanted: str) -> bool:
    return any(text.startswith(wanted, word.start()) for word in _WORD.finditer(text))


_RANKS: tuple[Callable[[str, str, str], bool], ...] = (
    lambda key, _, wanted: key == wanted,
    lambda key, _, wanted: key.startswith(wanted),
    lambda key, _, wanted: _begins_word(key, wanted),
    lambda _, label, wanted: _begins_word(label, wanted),
    lambda key, _, wanted: wanted in key,
    lambda _, label, wanted: wanted in label,
)
"""From the likeliest on: does a key and a label, both case-folded, answer to what was typed?"""


def _rank(source: Source, wanted: str) -> int:
    key, label = source.key.casefold(), source.label.casefold()
    answers = (number for number, suits in enumerate(_RANKS) if suits(key, label, wanted))
    return next(answers, len(_RANKS))
