"""Words that are half written outside the text, by what they are for, for as long as their window is open."""


class HalfWritten:
    """A box puts its words here as they are typed, and finds them when it is opened for the same again."""

    def __init__(self) -> None:
        self._words: dict[str, str] = {}

    def find(self, name: str) -> str:
        """What was written under a name; empty where nothing was."""
        return self._words.get(name, "")

    def keep(self, name: str, words: str) -> None:
        """Keeps words in the place of those before; empty ones are kept no longer."""
        self._words[name] = words
