"""Whether the tests see it when what guards a promise is broken: each mutant is tried on a copy of the tree.

Usage: mutants.py [--list] [--only NAME ...] [--slice N/OF]. The tests are run once without a mutant, then those
named by it with each. A mutant whose text no longer stands in the source once is an error: it has to follow the code.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure import ROOT, heading, table
from measure.mutations import MUTANTS

TIME_LIMIT = 120  # seconds for the tests of one mutant; one that makes them hang is seen by that
TREES = ("src", "tests", "resources", "bench", "docs")
FILES = ("pyproject.toml", "README.md", "Makefile", "package.json")
PYTEST = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", "--no-header"]
FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)


class Copy:
    """A copy of the tree in which one file at a time is another."""

    def __init__(self, folder):
        self.folder = folder
        self._time = int(time.time())
        folder.chmod(0o755)  # some tests read it as nobody
        ignored = shutil.ignore_patterns("__pycache__", "node_modules")
        for name in TREES:
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        for name in FILES:
            if (ROOT / name).exists():
                shutil.copy(ROOT / name, folder / name)

    def write(self, name, text):
        """Writes a file with a time of its own: compiled code is told from its source by whole seconds."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        self._time += 1
        os.utime(path, (self._time, self._time))

    def failed(self, tests, *, limit=TIME_LIMIT):
        """The first test that fails, `(too slow)` past the time limit, and nothing where all pass."""
        known = {"PYTHONPATH": str(self.folder / "src"), "QT_QPA_PLATFORM": "offscreen"}
        try:
            done = subprocess.run(
                [*PYTEST, *tests],
                cwd=self.folder,
                env=os.environ | known,
                capture_output=True,
                encoding="utf-8",
                timeout=limit,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return "(too slow)"
        found = FAILED.search(done.stdout)
        if done.returncode not in {0, 1} or (done.returncode and not found):
            sys.exit(f"The tests could not be run: {' '.join(tests)}\n{done.stdout[-3000:]}{done.stderr[-1000:]}")
        return found[1] if found else ""


def mutated(mutant):
    """The source with the mutant in it; ends the program where its text does not stand there once."""
    text = (ROOT / mutant.file).read_text(encoding="utf-8")
    if text.count(mutant.old) != 1:
        sys.exit(f"{mutant.name}: its text stands {text.count(mutant.old)} times in {mutant.file}, not once.")
    return text.replace(mutant.old, mutant.new)


def chosen():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", action="store_true", help="Only name the mutants, and see that each can be made.")
    parser.add_argument("--only", metavar="NAME", nargs="+", help="Try these alone.")
    parser.add_argument("--slice", default="1/1", metavar="N/OF", help="Try each OF-th, from the N-th on.")
    given = parser.parse_args()
    number, of = map(int, given.slice.split("/"))
    unknown = set(given.only or ()) - {one.name for one in MUTANTS}
    if unknown:
        sys.exit(f"There is no mutant {', '.join(sorted(unknown))}.")
    picked = [one for one in MUTANTS if not given.only or one.name in given.only]
    return picked[number - 1 :: of], given.list


def main():
    mutants, is_list = chosen()
    changed = {one.name: mutated(one) for one in mutants}
    if is_list:
        table(["mutant", "file", "tests"], [[one.name, one.file, " ".join(one.tests)] for one in mutants])
        return
    heading(f"Mutants of what guards the promises, {len(mutants)} of {len(MUTANTS)}")
    rows, survived = [], 0
    with tempfile.TemporaryDirectory() as name:
        copy = Copy(Path(name))
        whole = {one.file: (copy.folder / one.file).read_text(encoding="utf-8") for one in mutants}
        if wrong := copy.failed(sorted({test for one in mutants for test in one.tests}), limit=TIME_LIMIT * 10):
            sys.exit(f"{wrong} fails without any mutant.")
        for one in mutants:
            copy.write(one.file, changed[one.name])
            started = time.perf_counter()
            seen = copy.failed(one.tests)
            seconds = time.perf_counter() - started
            copy.write(one.file, whole[one.file])
            survived += not seen
            rows.append([one.name, seen.rpartition("::")[2] or "SURVIVED", seconds])
            print(f"{one.name:<40} {rows[-1][1]}", file=sys.stderr, flush=True)
    table(["mutant", "caught by", "s"], rows)
    print(f"{len(rows) - survived} of {len(rows)} caught (aim: all).")
    sys.exit(survived > 0)


if __name__ == "__main__":
    main()
