"""The first page of the list and a search over 10,000 articles, against the same SQL by the bare driver."""

import random
import sys
import tempfile
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from measure import ROOT, corpus, heading, median, percentile, table, timed
from ovn_desk.domain.article import Content
from ovn_desk.store import article_index
from ovn_desk.usecases import housekeeping, writing

NUMBER = 10_000
RUNS = 200
COLUMNS = "row, id, slug, headline, state, category, language, words, reporter, holder, problems, updated_at"


def fill(store, by, number):
    articles = corpus()
    for start in range(0, number, 500):
        with store.begin() as tx:
            for index in range(start, min(start + 500, number)):
                made = articles.article(index, lang="ur" if index % 10 == 0 else "en")
                content = Content(
                    headline=made["headline"],
                    standfirst=made["summary"],
                    body=made["body"],
                    byline=made["author"],
                    language="ur" if index % 10 == 0 else "en",
                    category="politics",
                )
                writing.add(tx, content, by=by)


def main():
    number = int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER
    words = corpus()
    chosen = random.Random(3)
    rare = [chosen.choice(words.VOCAB[6000:16000]) for _ in range(RUNS)]
    common = [chosen.choice(words.NEWS) for _ in range(RUNS)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "newsroom.ovn"
        house = (ROOT / "resources" / "samples" / "openvoicenews.toml").read_text(encoding="utf-8")
        newsroom = housekeeping.create_newsroom(path, house_text=house)
        store = newsroom.store
        fill(store, newsroom.chief, number)
        raw = driver.connect(str(path))

        def ours(search=""):
            with store.read() as reading:
                return len(reading.rows(search=search, limit=200))

        def bare(search=""):
            where, values = "", []
            if search:
                where = "WHERE row IN (SELECT rowid FROM article_search WHERE article_search MATCH ?)"
                values = [article_index.match_query(search)]
            query = f"SELECT {COLUMNS} FROM articles {where} ORDER BY updated_at DESC, id DESC LIMIT 200"
            return len(raw.execute(query, values).fetchall())

        rows = []
        for name, searches in (
            ("first 200", [""] * RUNS),
            ("search, rare word", rare),
            ("search, common word", common),
        ):
            assert [ours(search) for search in searches[:20]] == [bare(search) for search in searches[:20]]
            left, right = iter(searches), iter(searches)
            mine, theirs = [], []
            for _ in range(RUNS):  # in turn, so that noise falls on both
                mine += timed(lambda: ours(next(left)), runs=1)  # noqa: B023 - called at once
                theirs += timed(lambda: bare(next(right)), runs=1)  # noqa: B023 - called at once
            ratio = median(mine) / median(theirs)
            rows.append([name, median(mine), percentile(mine, 99), median(theirs), ratio])
        raw.close()
        store.close()
    heading(f"List and search, {number:,} articles")
    table(["", "desk p50 ms", "desk p99 ms", "bare SQLite p50 ms", "ratio (aim ≤ 3)"], rows)


if __name__ == "__main__":
    main()
