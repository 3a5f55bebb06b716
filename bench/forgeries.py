"""A hostile colleague: thousands of forged records, by hub rows, bundle rows and a restored backup; what they change.

Usage: forgeries.py [FORGERIES]. Counts the forgeries, how many a desk took in (to carry on and show to its chief), how
many counted, and how many bytes of the exported site changed.
"""

import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from measure import ROOT, heading, table

sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "sync")]

from test_hostile import newsroom, state  # noqa: E402

import forging  # noqa: E402 - the tests' own, from their folder
import sharing  # noqa: E402
from ovn_desk.sync import exchange  # noqa: E402
from ovn_desk.text.helper import RenderHelper  # noqa: E402
from ovn_desk.usecases import housekeeping, publishing  # noqa: E402

MANY = 3_000


def main():
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    renderer, counts, began = RenderHelper(), Counter(), time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, sharing.newsroom(Path(folder) / "room", renderer) as (one, other):
        articles = newsroom(one)
        sharing.meet(one, other)
        site = Path(folder) / "site"
        publishing.export(one.store, None, to=site, by=one.editor, renderer=renderer)
        sharing.meet(one, other)
        before, files = state(one), forging.site(site)
        found = [
            forged for thief in (other.reporter, other.editor) for forged in forging.forgeries(other, articles, thief)
        ]
        chosen = random.Random(1).sample(found, min(wanted, len(found)))
        counts["accepted"] = 0
        kinds = Counter(what.split(" ")[0] for what, _ in chosen)
        for what, row in chosen:
            came = exchange.absorb(one.store, [row])
            counts["taken in, and counting for nothing"] += came.added
            counts["refused"] += len(came.refused)
            counts["waiting for what they say they rest on"] = len(came.waiting)
            if (now := state(one)) != before:
                counts["accepted"] += 1
                print(f"Accepted: {what}: {row.record}")
                before = now
        housekeeping.rebuild(one.store)
        publishing.export(one.store, None, to=site, by=one.editor, renderer=renderer)
        after = forging.site(site)
        changed = [name for name in {*files, *after} if files.get(name) != after.get(name)]
        heading(f"{len(chosen)} forgeries of {len(found)}, in {time.perf_counter() - began:.0f} s")
        table(
            ["what became of them", "number"],
            [*counts.items(), ("files of the site that changed", len(changed))],
        )
        table(["kind", "forgeries"], kinds.most_common())
    renderer.close()
    sys.exit(bool(counts["accepted"] or changed))


if __name__ == "__main__":
    main()
