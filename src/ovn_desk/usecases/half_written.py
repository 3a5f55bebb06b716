"""Words that are half written outside an article's text: kept on this laptop, and never part of a record."""

from collections.abc import Mapping

from ovn_desk.store import ReadTransaction, Store


def keep(store: Store, words: Mapping[str, str]) -> None:
    """Keep words by what they are for, in the place of those before; empty ones take them away."""
    with store.begin() as tx:
        for name, text in words.items():
            if tx.setting(_setting(name)) != text:
                tx.set_setting(_setting(name), text)


def find(reading: ReadTransaction, name: str) -> str:
    """The words that were kept under a name; empty where there are none."""
    return reading.setting(_setting(name))


def _setting(name: str) -> str:
    return f"half written {name}"
