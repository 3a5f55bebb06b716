"""What forgeries come to: thousands of forged records, and alterations of an exported page.

Usage: forgeries.py [FORGERIES], for a hostile colleague, by hub rows, bundle rows and a restored backup: how many a
desk took in (to carry on and show to its chief), how many counted, and how many bytes of the exported site changed.
Usage: forgeries.py pages [RANDOM], for pages: how many alterations of each kind are noticed, as what they are, and
whether the script of verify.html says the same of each as the desk does. It needs node.
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

import altered_pages  # noqa: E402 - the tests' own, from their folder
import forging  # noqa: E402
import sharing  # noqa: E402
from ovn_desk.formats.site import verdicts  # noqa: E402
from ovn_desk.sync import exchange  # noqa: E402
from ovn_desk.text.helper import RenderHelper  # noqa: E402
from ovn_desk.usecases import housekeeping, publishing  # noqa: E402

MANY = 3_000


def pages(number):
    """Alterations of one exported page, those somebody thought of and so many random ones."""
    renderer, failed = RenderHelper(), []
    with tempfile.TemporaryDirectory() as folder:
        export = altered_pages.exported(Path(folder), renderer)
        made = [*altered_pages.forgeries(export), *altered_pages.random_ones(export, random.Random(1), number)]
        theirs = altered_pages.in_node(export, made, Path(folder))
    renderer.close()
    counts = Counter()
    for one, script in zip(made, theirs, strict=True):
        said = [
            {"check": each.check, "code": each.code, "values": dict(each.values)}
            for each in export.verdicts(one.data, one.files)
        ]
        codes = {each["check"]: each["code"] for each in said}
        is_random = one.kind == "random"
        touches = not is_random and one.touches == altered_pages.TEXT
        noticed = codes["pictures"] == "changed" if one.files else codes["file"] != "intact"
        as_such = touches and verdicts.state("text", codes["text"]) == "bad"
        counts.update(
            {
                (one.kind, "made"): 1,
                (one.kind, "noticed"): noticed,
                (one.kind, "touches"): touches,
                (one.kind, "as such"): as_such,
                (one.kind, "agreed"): said == script["verdicts"],
            }
        )
        if not noticed or (touches and not as_such) or said != script["verdicts"]:
            failed.append(one.name)
    columns = ("made", "noticed", "touches", "as such", "agreed")
    kinds = list(dict.fromkeys(one.kind for one in made))
    heading(f"{len(made)} alterations of an exported page")
    rows = [[kind, *(counts[kind, column] for column in columns)] for kind in kinds]
    rows.append(["all", *(sum(row[place] for row in rows) for place in range(1, len(columns) + 1))])
    table(
        ["kind", "made", "noticed as a change", "touch what was approved", "noticed as such", "desk and script agree"],
        rows,
    )
    for name in failed:
        print(f"Not as it should be: {name}")
    sys.exit(bool(failed))


def main():
    if sys.argv[1:2] == ["pages"]:
        pages(int(sys.argv[2]) if len(sys.argv) > 2 else MANY)
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    renderer, counts, began = RenderHelper(), Counter(), time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, sharing.newsroom(Path(folder) / "room", renderer) as (one, other):
        articles = newsroom(one)
        sharing.meet(one, other)
        site = Path(folder) / "site"
        publishing.export(one.store, publishing.ExportRequest(None, site), by=one.editor, renderer=renderer)
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
        publishing.export(one.store, publishing.ExportRequest(None, site), by=one.editor, renderer=renderer)
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
