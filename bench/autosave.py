"""The time until an autosave is on disk, against the bare driver writing the same bytes with the same safety."""

import tempfile
from dataclasses import replace
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from measure import ROOT, corpus, heading, median, percentile, table, timed
from ovn_desk.domain.article import Content
from ovn_desk.store import records
from ovn_desk.usecases import housekeeping, writing

RUNS = 200


def main():
    texts = corpus()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        house = (ROOT / "resources" / "samples" / "openvoicenews.toml").read_text(encoding="utf-8")
        made = housekeeping.create_newsroom(Path(folder) / "newsroom.ovn", house_text=house)
        store, by = made.store, made.chief
        raw = driver.connect(str(Path(folder) / "raw.db"), isolation_level=None)
        raw.executescript("PRAGMA journal_mode=wal; PRAGMA synchronous=full; CREATE TABLE copy (id PRIMARY KEY, text)")
        for words in (800, 5_000, 50_000):
            content = Content(headline="A headline", body=texts.document(words), category="politics")
            article = writing.start(store, content, by=by)
            mine, theirs = [], []
            for number in range(RUNS if words < 50_000 else RUNS // 4):
                changed = replace(content, body=f"{content.body}\n\n{number}")
                text = records.content_text(changed)
                mine += timed(lambda: writing.keep(store, article, changed, by=by), runs=1)  # noqa: B023 - called at once
                theirs += timed(lambda: raw.execute("REPLACE INTO copy VALUES (1, ?)", (text,)), runs=1)  # noqa: B023
            ratio = median(mine) / median(theirs)
            rows.append([f"{words:,}", median(mine), percentile(mine, 99), median(theirs), ratio])
        raw.close()
        store.close()
    heading("One autosave, from the call to the end of COMMIT (not on the window's thread)")
    table(["words", "desk p50 ms", "desk p99 ms", "bare SQLite p50 ms", "ratio"], rows)


if __name__ == "__main__":
    main()
