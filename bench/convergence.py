"""Random histories of three desks that meet by stick or at a hub: do they end up with the same, with nothing lost?

Give the number of histories, by stick and at a hub: `convergence.py 500 50`.
"""

import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from measure import ROOT, heading, table

sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "sync")]

import world  # noqa: E402 - the test's own world, from its folder

import hubs  # noqa: E402
import sharing  # noqa: E402
from ovn_desk.sync import postgres  # noqa: E402
from ovn_desk.text.helper import RenderHelper  # noqa: E402

STEPS = 60


def history(template, renderer, seed, names, hub=None):
    """One history; what it counted."""
    picked = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        made = world.World(template, Path(folder), renderer, hub)
        try:
            if hub:
                postgres.make(postgres.address(hub), made.desks[0].store)
            made.begin()
            for _ in range(STEPS):
                made.act(picked.choice(names), *(picked.randrange(64) for _ in range(3)))
            made.end()
        except AssertionError as error:
            print(f"seed {seed}: {error or 'an invariant does not hold'}")
            made.counts["failed"] += 1
        finally:
            made.close()
    return made.counts


def run(label, number, one):
    start, counts = time.perf_counter(), Counter()
    for seed in range(number):
        counts += one(seed)
    shown = (
        "edit",
        "approve",
        "decide",
        "combined",
        "undecided",
        "read_stick",
        "cut_stick",
        "sync",
        "cut_sync",
        "failed",
    )
    return [label, number, *(f"{counts[name]:,}" for name in shown), f"{time.perf_counter() - start:.0f}"], shown


def main():
    by_stick, at_hub = (int(number) for number in (sys.argv[1:3] if len(sys.argv) > 2 else (40, 8)))
    renderer = RenderHelper()
    heading("Histories of three desks")
    with tempfile.TemporaryDirectory() as folder, hubs.server() as socket:
        template = Path(folder)
        with sharing.newsroom(template, renderer, number=3):
            pass

        def sticks(seed):
            return history(template, renderer, seed, world.PEOPLE + world.STICKS)

        def hub(seed):
            with hubs.database(socket) as address:
                return history(template, renderer, seed, world.PEOPLE + world.HUB, address)

        rows, shown = zip(run("sticks", by_stick, sticks), run("hub", at_hub, hub), strict=True)
    table(["by", "histories", *shown[0], "seconds"], rows)
    renderer.close()


if __name__ == "__main__":
    main()
