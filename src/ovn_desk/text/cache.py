"""What was made of texts, kept for the newest of them, by their length.

A paragraph that is being typed is another one with each key, and a revision may be a sentence or a book.
"""

from collections.abc import Callable, Hashable
from functools import update_wrapper
from typing import Generic, TypeVar, TypeVarTuple

R = TypeVar("R")
Ts = TypeVarTuple("Ts")

LETTERS = 700_000  # the paragraphs of 50,000 words, each with its `_ENTRY`
_ENTRY = 200  # what is kept of the shortest text takes as much room as so many letters


class TextCache(Generic[R]):
    """Values of type R by any key; a value of None is the same as none.

    Keeps the newest `letters`, and at most as many again: when they are full they become the old ones, and of the old
    ones only those live on that were asked for since. Safe to use from several threads.
    """

    def __init__(self, letters: int = LETTERS) -> None:
        self._letters = self._room = letters
        self.newest: dict[Hashable, R] = {}
        self._old: dict[Hashable, R] = {}

    def __len__(self) -> int:
        return len(self.newest.keys() | self._old.keys())

    def find(self, key: Hashable, length: int) -> R | None:
        """The value of a key and of a text of this length in letters; it is among the newest from now on."""
        found = self.newest.get(key)
        if found is None:
            found = self._old.get(key)
            if found is not None:
                self.keep(key, length, found)
        return found

    def keep(self, key: Hashable, length: int, value: R) -> None:
        """Remembers a value that was made of a text of this length in letters."""
        self._room -= length + _ENTRY
        if self._room < 0:
            self._old, self.newest, self._room = self.newest, {}, self._letters
        self.newest[key] = value

    def forget(self) -> None:
        """Drop every value."""
        self.newest, self._old, self._room = {}, {}, self._letters


class Cached(Generic[*Ts, R]):
    """A pure function of a text, and of more that can be hashed, with what it gave for the newest texts: never None."""

    def __init__(self, function: Callable[[str, *Ts], R]) -> None:
        self._function = function
        self.known = TextCache[R]()
        update_wrapper(self, function)

    def __call__(self, text: str, *more: *Ts) -> R:
        key = (text, *more)
        found = self.known.newest.get(key)  # asked for a thousand times with each key of a long text
        if found is None:
            found = self.known.find(key, len(text))
        if found is None:
            found = self._function(text, *more)
            self.known.keep(key, len(text), found)
        return found
