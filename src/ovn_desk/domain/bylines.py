"""The people a byline names."""

import re

_BETWEEN = re.compile(r"\s*(?:[,،;&]|\band\b|\bاور\b)\s*")


def authors(byline: str) -> list[str]:
    """Split a byline into names, each once: `Rana Malik` and `Ali Raza` of “Rana Malik and Ali Raza”."""
    return list(dict.fromkeys(name for name in _BETWEEN.split(byline) if name))
