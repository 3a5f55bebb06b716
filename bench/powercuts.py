"""Cuts the power at every moment of every writing command, and reads whatever the disk may hold then.

Give how many cuts a scenario, and names of scenarios, to run some: `powercuts.py 320 autosave "key replace"`. Then the
same with a flush left out, which has to be found out. Needs Linux and a C compiler.
"""

import sys
import tempfile
from pathlib import Path

from measure import ROOT, heading, table

sys.path[:0] = [str(ROOT / "tests" / "flows")]

import fileops  # noqa: E402 - the tests' own program, from its folder

EACH = 320
MUTANTS = {"commits": "synchronous=NORMAL", "files": "no fsync of files", "folders": "no fsync of folders"}
MUTATED = ("autosave", "key replace, the only chief", "small files")


def main():
    cuts, names = (sys.argv[1:2] or [EACH])[0], sys.argv[2:]
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        found = fileops.run("powercut.py", Path(folder), cuts, "none", *names)
        mutants = (
            [] if names else fileops.run("powercut.py", Path(folder) / "mutants", 150, ",".join(MUTANTS), *MUTATED)
        )
    if found is None:
        print("Left out: this needs Linux and a C compiler.")
        return
    heading("power cuts, replayed from what was done to files")
    counted = ("operations", "cuts", "states", "lost", "faults", "stuck")
    rows = [[result["name"], *(result[name] for name in counted)] for result in found]
    rows.append(["all", *(sum(row[place + 1] for row in rows) for place in range(len(counted)))])
    table(["what", "operations", "cuts", "different disks", "lost", "faults", "stuck"], rows)
    for result in found:
        for example in result["examples"]:
            print(f"- {result['name']}: {example}")
    for mutant, words in MUTANTS.items() if mutants else ():
        caught = sum(result["lost"] + result["faults"] for result in mutants if result["mutant"] == mutant)
        print(f"{words}: {'found out, by ' + str(caught) if caught else 'NOT FOUND OUT'}")


if __name__ == "__main__":
    main()
