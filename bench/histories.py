"""Random histories of steps by random people, some of whom cheat: what is published, and by whose word.

Usage: histories.py [HISTORIES]: 500 when not said; the aim, 10,000, takes about an hour.
"""

import sys
import tempfile
import time
from pathlib import Path

from measure import ROOT, heading, table

sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "flows")]

from hypothesis import HealthCheck, Phase, settings  # noqa: E402 - the test's own machine, from its folder
from hypothesis.stateful import run_state_machine_as_test  # noqa: E402

from histories import History, newsroom  # noqa: E402
from ovn_desk.text.helper import RenderHelper  # noqa: E402

MANY = 500
AIM = 10_000
STEPS = 20


def main():
    many = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    with tempfile.TemporaryDirectory() as folder:
        History.template = newsroom(Path(folder) / "template")
        History.renderer = RenderHelper()
        start = time.perf_counter()
        run_state_machine_as_test(
            History,
            settings=settings(
                max_examples=many,
                stateful_step_count=STEPS,
                deadline=None,
                database=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )
        seconds = time.perf_counter() - start
        History.renderer.close()
    heading(
        f"Random histories of up to {STEPS} steps by five people (aim: {AIM:,}, nothing published without its word)"
    )
    counts = History.counts
    names = ("histories", "events", "approvals", "forged", "exports", "published")
    table(
        [*names, "published wrongly", "list ≠ records", "seconds"],
        [[*(f"{counts[name]:,}" for name in names), 0, 0, seconds]],
    )


if __name__ == "__main__":
    main()
