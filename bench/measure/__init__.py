"""What the benchmarks share: the machine, medians, a table, and the tools that stand beside the project."""

import os
import platform
import statistics
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # the keyring of who runs it is left alone
ROOT = Path(__file__).parents[2]
TOOLS = ROOT.parent / "shared" / "bench"


def tool(name):
    """A shared measuring program; without it the benchmark says so and ends."""
    path = TOOLS / name
    if not path.exists():
        print(f"Left out: this needs {name} in {TOOLS}.")
        sys.exit(0)
    return path


def corpus():
    """The deterministic articles of `gen_corpus.py` as a module."""
    sys.path.insert(0, str(tool("gen_corpus.py").parent))
    import gen_corpus

    return gen_corpus


def timed(function, *, runs):
    """Milliseconds of each run."""
    found = []
    for _ in range(runs):
        start = time.perf_counter()
        function()
        found.append((time.perf_counter() - start) * 1000)
    return found


def percentile(values, percent):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(percent / 100 * (len(ordered) - 1)))]


def median(values):
    return statistics.median(values)


def heading(title):
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    print(f"## {title}\n")
    print(
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"{memory:.0f} GB, Python {platform.python_version()}\n"
    )


def table(header, rows):
    print("| " + " | ".join(header) + " |")
    print("|" + "---|" * len(header))
    for row in rows:
        print("| " + " | ".join(f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in row) + " |")
    print(flush=True)
