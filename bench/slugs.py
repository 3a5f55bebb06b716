"""One article among 100,000 by its slug or the beginning of its id, as a range of the index and as LIKE had it."""

import sys
import tempfile
from pathlib import Path

from sqlalchemy import insert, select

from measure import ROOT, heading, median, table, timed
from ovn_desk.store import schema
from ovn_desk.usecases import housekeeping

NUMBER = 100_000
RUNS = 50


def rows(number):
    for index in range(number):
        yield {
            "id": f"{index * 2654435761 % 2**32:08x}-{index:024x}",
            "slug": f"{index % 997:03x}-story-{index}",
            "headline": f"Story {index}",
            "state": "draft",
            "category": "politics",
            "language": "en",
            "words": 400,
            "reporter": "somebody",
            "problems": 0,
            "updated_at": "2026-11-28T06:00:00Z",
        }


def main():
    number = int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER
    house = (ROOT / "resources" / "samples" / "openvoicenews.toml").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        store = housekeeping.create_newsroom(Path(folder) / "newsroom.ovn", house_text=house).store
        with store.begin() as tx:
            tx.connection.execute(insert(schema.articles), list(rows(number)))
        articles = schema.articles.c
        with store.read() as reading:
            article = reading.find(f"{5 % 997:03x}-story-5")
            by_range = select(articles.id).where(
                articles.slug >= "005-story-5", articles.slug < "005-story-5\U0010ffff"
            )
            by_like = select(articles.id).where(articles.slug.startswith("005-story-5", autoescape=True))
            assert {*reading.connection.scalars(by_range)} == {*reading.connection.scalars(by_like)}
            asked = {
                "find by slug": lambda: reading.find("005-story-5"),
                "find by a beginning of the id": lambda: reading.find(article[:20]),
                "slugs that begin so, range": lambda: reading.connection.scalars(by_range).all(),
                "slugs that begin so, LIKE": lambda: reading.connection.scalars(by_like).all(),
            }
            found = [[what, median(timed(ask, runs=RUNS))] for what, ask in asked.items()]
        store.close()
    heading(f"One of {number:,} articles")
    table(["", "p50 ms"], found)


if __name__ == "__main__":
    main()
