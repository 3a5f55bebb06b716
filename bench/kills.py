"""Kills every writing command at the things it does to files, runs it again, and compares with a run nobody killed.

Give how many kills a scenario, and names of scenarios, to run some: `kills.py 36 restore "key replace"`. Where there
are more operations than kills, every so many-th is taken. Needs Linux and a C compiler.
"""

import sys
import tempfile
from pathlib import Path

from measure import ROOT, heading, table

sys.path[:0] = [str(ROOT / "tests" / "flows")]

import fileops  # noqa: E402 - the tests' own program, from its folder

EACH = 36


def main():
    words = sys.argv[1:] or [EACH]
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        found = fileops.run("killing.py", Path(folder), *words)
    if found is None:
        print("Left out: this needs Linux and a C compiler.")
        return
    heading("kill -9 at what is done to files, and the same again")
    counted = ("operations", "kills", "lost", "stuck", "left", "lying")
    rows = [[result["name"], *(result[name] for name in counted)] for result in found]
    rows.append(["all", *(sum(row[place + 1] for row in rows) for place in range(len(counted)))])
    table(["what", "operations", "kills", "lost", "stuck", "leftovers", "a list that lies meanwhile"], rows)
    for result in found:
        for example in result["examples"]:
            print(f"- {result['name']}: {example}")


if __name__ == "__main__":
    main()
