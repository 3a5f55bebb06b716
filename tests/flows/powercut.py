"""Cuts the power at every moment of a command, and reads what the disk may hold then.

Usage: powercut.py FOLDER CUTS MUTANTS [NAME…], under bench/fileops.c. CUTS is about how many cuts a scenario. MUTANTS
are, with commas, “none” and what the desk is made to leave out: “commits” (synchronous=NORMAL), “files” (no fsync of a
file it writes itself), “folders” (no fsync of a folder it writes to). Prints a JSON line a scenario and mutant.
"""

import hashlib
import json
import os
import random
import shutil
import stat
import sys
from pathlib import Path

import disk
import fileops
import killing
import scenarios

from ovn_desk.store import connecting

DONE = "done"


def mutate(mutant):
    """Has this process leave out a flush; SQLite's own are another matter, but for “commits”."""
    flush = os.fsync

    def only(is_wanted):
        return lambda descriptor: flush(descriptor) if is_wanted(os.fstat(descriptor).st_mode) else None

    if mutant == "commits":
        connecting._PRAGMAS["synchronous"] = 1
    elif mutant == "files":
        os.fsync = only(stat.S_ISDIR)
    elif mutant == "folders":
        os.fsync = only(stat.S_ISREG)


def record(scenario, folder, log, mutant):
    """Runs a scenario watched, and notes in the log what it said was done."""
    mutate(mutant)
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    fileops.arm(folder, log=descriptor)
    code = killing.act(scenario, folder, arming=False)
    fileops.mark(DONE)
    return code


class Campaign:
    """The power cuts of one scenario."""

    def __init__(self, scenario, world, mutant):
        self.scenario, self.world, self.mutant = scenario, world, mutant
        self.folder, self.log = world.folder, world.place / "log"
        self.result = {"name": scenario.name, "mutant": mutant, "operations": 0, "cuts": 0, "states": 0}
        self.result |= {"lost": 0, "faults": 0, "stuck": 0}
        self.examples, self.known, self.saved = [], set(), 0
        self.chance = random.Random(1)

    def go(self, cuts, again):
        """About so many cuts; after one in `again` the command is run again, and has to end as if nothing had been."""
        template = self.world.template(self.scenario)
        self._begin(template)
        self.before = killing.run(killing.examine, self.folder, [])[1]["records"]
        wanted = []
        self._begin(template)
        for _ in range(2):
            killing.run(killing.act, self.scenario, self.folder, 0, False, False)
            wanted.append(killing.run(killing.examine, self.folder, self.before)[1])
        self.wanted = [one["state"] for one in wanted]
        self._begin(template)
        here = disk.Disk(self.folder)
        code, _ = killing.run(record, self.scenario, self.folder, self.log, self.mutant)
        assert code == 0, f"{self.scenario.name} cannot be recorded"
        self.done = set(killing.run(killing.examine, self.folder, self.before)[1]["records"])
        operations = list(fileops.operations(self.log))
        self.result["operations"] = len(operations)
        each = max(1, round(cuts / (len(operations) + 1)))
        is_done, last = False, len(operations) - 1
        for number, operation in enumerate(operations):
            here.do(operation)
            if operation.kind == "mark":
                is_done = operation.words[0] == DONE
                self.saved = self.saved if is_done else int(operation.words[0].split()[-1])
            for keep in disk.ways(self.chance, each * 8 if number == last else each, number):
                self._cut(number, here.after_cut(keep), is_done, again)

    def _begin(self, template):
        killing.fresh(template, self.folder)
        self.scenario.begin(self.folder)

    def _cut(self, number, files, is_done, again):
        self.result["cuts"] += 1
        contents = sorted((name, data and hashlib.sha256(data).digest()) for name, data in files.items())
        whole = hashlib.sha256(repr((is_done, self.saved, contents)).encode()).digest()
        if whole in self.known:
            return
        self.known.add(whole)
        self.result["states"] += 1
        shutil.rmtree(self.folder, ignore_errors=True)
        disk.lay_out(files, self.folder)
        is_again = self.result["states"] % again == 0
        _, found = killing.run(self._verdict, is_done, is_again)
        for kind, text in [["faults", "it cannot be examined"]] if found is None else found:
            self.result[kind] += 1
            if len(self.examples) < 8:
                self.examples.append(f"{kind} at {number}: {text}"[:600])

    def _verdict(self, is_done, is_again):
        """What is wrong with the folder as the cut left it."""
        said = []
        found = killing.examine(self.folder, self.before)
        if found["lost"]:
            said.append(["lost", f"records of before: {found['lost']}"])
        if self.saved and (newest := self.scenario.newest(self.folder)) < self.saved:
            said.append(["lost", f"shown as saved {self.saved}, found {newest}"])
        if found["faults"]:
            said.append(["faults", str(found["faults"])])
        if is_done and (missing := self.done - set(found["records"])):
            said.append(["lost", f"it was done, and {len(missing)} records are not there"])
        if is_done and (unlike := self._unlike(found["state"])):
            said.append(["lost", f"it was done, and differs: {unlike}"])
        if is_again:
            killing.act(self.scenario, self.folder, arming=False)
            after = killing.examine(self.folder, self.before)
            unlike = self._unlike(after["state"])
            if after["faults"] or after["left"] or unlike:
                said.append(["stuck", f"{after['faults']} {after['left']} {unlike}"])
        return said

    def _unlike(self, state):
        """What of a state is neither as after the command nor as after it was run twice."""
        parts = {}
        for part in {*state, *self.wanted[0]}:
            values = [wanted.get(part) for wanted in self.wanted]
            if part == "files":
                missing = set(values[0]) - set(state["files"])
                if missing:
                    parts[part] = sorted(missing)
            elif state.get(part) not in values:
                parts[part] = [state.get(part), values[0]]
        return parts and json.dumps(parts, ensure_ascii=False)


def main():
    place, cuts, mutants, names = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3].split(","), sys.argv[4:]
    with scenarios.world(place) as world:
        for scenario in scenarios.every(world):
            for mutant in mutants if not names or scenario.name in names else ():
                campaign = Campaign(scenario, world, mutant)
                campaign.go(cuts, again=5)
                print(json.dumps(campaign.result | {"examples": campaign.examples}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
