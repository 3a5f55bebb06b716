"""What signatures cost: signing records, and verifying a whole archive of them, at first and again.

Usage: signatures.py [ARTICLES] [STORE]. A store that is there already is measured; else one is made.
It forgets what it had verified.
"""

import sys
import tempfile
import time
from pathlib import Path

from export import fill
from measure import heading, median, table
from ovn_desk import signing
from ovn_desk.store import open_store, records, schema
from ovn_desk.text import signatures

ARTICLES, ROUNDS, MANY = 1_000, 3, 10_000


def each(function):
    """Microseconds a call."""
    start = time.perf_counter()
    for number in range(MANY):
        function(number)
    return (time.perf_counter() - start) / MANY * 1e6


def forget(path):
    """What was verified when it was written or came in is not remembered any more."""
    store = open_store(path)
    with store.begin() as tx:
        tx.connection.execute(schema.verified.delete())
    store.close()


def folded(path):
    """Seconds to fold every article of a store that was just opened."""
    store = open_store(path)
    start = time.perf_counter()
    with store.read() as reading:
        ids = reading.article_ids()
        for place in range(0, len(ids), 100):
            reading.histories(ids[place : place + 100])
    taken = time.perf_counter() - start
    store.close()
    return taken


def count(path):
    store = open_store(path)
    with store.read() as reading:
        ask = reading.connection.exec_driver_sql
        found = sum(ask(f"SELECT count(*) FROM {name}").scalar() for name in ("revisions", "events"))
    store.close()
    return found


def main():
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    with tempfile.TemporaryDirectory() as folder:
        path = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(folder) / "newsroom.ovn"
        if not path.exists():
            fill(path, articles)
        key = signing.generate()
        texts = [records.signed_bytes(f"{number:064x}") for number in range(MANY)]
        signed = [signing.sign(key, text) for text in texts]
        sign, verify = [], []
        for _ in range(ROUNDS):
            sign.append(each(lambda number: signing.sign(key, texts[number])))
            verify.append(each(lambda number: signatures.is_valid(key.public, texts[number], signed[number])))
        number = count(path)
        again = [folded(path) for _ in range(ROUNDS)]
        forget(path)
        first = [folded(path) for _ in range(ROUNDS)]
        heading(f"Signatures: {articles:,} articles, {number:,} signed texts and steps; medians of {ROUNDS}")
        table(
            ["what", "time"],
            [
                ["one signature made", f"{median(sign):.0f} µs"],
                ["one signature verified", f"{median(verify):.0f} µs"],
                ["the whole archive folded, every signature verified", f"{median(first):.2f} s"],
                ["the same with what was verified before remembered", f"{median(again):.2f} s"],
            ],
        )


if __name__ == "__main__":
    main()
