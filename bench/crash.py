"""Kills the desk a hundred times while it autosaves, and counts what was shown as saved and is not there."""

import sys
import tempfile
from pathlib import Path

from measure import ROOT, heading, table

sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "flows")]

from crashing import crash  # noqa: E402 - the test's own program, from its folder

TIMES = 100


def main():
    with tempfile.TemporaryDirectory() as folder:
        outcomes = list(crash(Path(folder), times=TIMES))
    lost = sum(max(0, shown - found) for shown, found, _ in outcomes)
    faults = sum(len(faults) for *_, faults in outcomes)
    heading("kill -9 in the middle of autosaving")
    table(
        ["kills", "edits shown as saved", "of these lost", "faults in the store"],
        [[TIMES, f"{outcomes[-1][0]:,}", lost, faults]],
    )


if __name__ == "__main__":
    main()
