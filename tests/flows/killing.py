"""Kills commands at each thing they do to files, runs them again, and compares with runs that nobody killed.

Usage: killing.py FOLDER MOST [NAME…], under bench/fileops.c. MOST is the number of kills a scenario; where there are
more operations, every so many-th is taken. Prints a JSON line a scenario.

Each run is a fork of this process, which has read the whole program already.
"""

import hashlib
import json
import os
import re
import shutil
import signal
import sys
import traceback
from collections import Counter
from contextlib import suppress
from pathlib import Path

import fileops
import scenarios

from ovn_desk import signing
from ovn_desk.domain.errors import DeskError
from ovn_desk.store import backup, open_store
from ovn_desk.usecases import doctor, keys, people, publishing

IDS = re.compile(r"ovn-[0-9a-f]{16}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{8}T\d+|[0-9a-f]{12,}")
LEFT = re.compile(r"^\..*(part|lock|unfinished)|\.new$|-journal$|-wal$|-shm$|^ovn-print-")
STORY = re.compile(r"\b\d{4}/\d{2}/[a-z-]+\.html")
ENDED, REFUSED, FAILED = 0, 1, 3


def run(function, *given):
    """Runs a function in a fork; returns its exit code (negative for a signal) and what it returned."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        code = FAILED
        try:
            answer = function(*given)
            code = answer if isinstance(answer, int) else ENDED
            with os.fdopen(writing, "w") as file:
                json.dump(answer, file)
        except BaseException:  # noqa: BLE001 - the fork ends here, whatever it was
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading) as file:
        text = file.read()
    _, status = os.waitpid(child, 0)
    code = -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
    return code, json.loads(text) if text else None


def act(scenario, folder, kill_at=0, is_torn=False, arming=True):
    """The command, in this process; its exit code."""
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    if not os.environ.get("OVN_KILLS_SHOW"):
        os.dup2(quiet, 2)
    if arming:
        fileops.arm(folder, kill_at=kill_at, is_torn=is_torn)
    try:
        scenario.act(folder)
    except DeskError as error:
        os.write(2, f"refused: {error}\n".encode())
        return REFUSED
    except SystemExit as error:
        return int(bool(error.code))
    return ENDED


def count(scenario, folder):
    """How many operations a run has that nobody kills."""
    code = act(scenario, folder)
    return [fileops.count(), code]


def examine(folder, before):
    """What a folder holds: `faults` of any kind, what of `before` is `lost`, and the `state` to compare."""
    path = folder / "newsroom.ovn"
    found = {"faults": [], "lost": [], "state": {"files": {}}, "records": []}
    if path.exists():
        store = open_store(path)
        try:
            _examine_store(store, found)
        finally:
            store.close()
    found["lost"] = sorted(set(before) - set(found["records"]))
    for copy in folder.glob("*-backups/*.ovn"):
        found["faults"] += [f"{copy.name}: {fault}" for fault in backup.find_damage(copy)]
    for manifest in folder.rglob(publishing.MANIFEST):
        found["faults"] += [*_unlike(manifest), *_dead_links(manifest.parent)]
    names = (path for path in folder.rglob("*") if path.is_file() or LEFT.search(path.name))
    counted = Counter(IDS.sub("*", path.relative_to(folder).as_posix()) for path in names)
    found["state"]["small files"] = {
        path.name: path.read_text()
        for path in (folder / "home").rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
    found["state"]["files"] = {name: number for name, number in counted.items() if not _is_free(name)}
    found["left"] = sorted(name for name in counted if LEFT.search(name.rpartition("/")[2]) and "-cache.db" not in name)
    return found


def _is_free(name):
    """Whole copies may be more, and what is kept to be made once fewer."""
    return re.search(r"-backups/[^.][^/]*\.ovn$|-kept\.db|kept\.key|-(wal|shm)$", name)


def _examine_store(store, found):
    keys.rename_new_keys(store)  # as whoever signs next does
    found["faults"] += [f"{record[:12]}: {why}" for record, why in doctor.examine(store)]
    with store.read() as reading:
        for article in reading.article_ids():
            revisions, events = reading.revisions(article), reading.events(article)
            found["records"] += [one.id for one in (*revisions, *events)]
            copy = reading.working_copy(article)
            found["state"].setdefault("articles", []).append(
                [
                    reading.article(article).state,
                    [one.content.headline + one.content.body[-20:] for one in revisions],
                    sorted(one.step for one in events),
                    copy.content.headline + copy.content.body[-20:] if copy else None,
                ]
            )
        found["state"].setdefault("articles", []).sort()
        found["records"] += [record.id for record in reading.roster_records()]
        found["state"]["house"] = hashlib.sha256(reading.house().text.encode()).hexdigest()
        found["state"]["people"] = _people(store, reading, found)
    found["faults"] += _lies(store)


def _people(store, reading, found):
    """Everybody with their keys, and whether one in use opens on this computer."""
    roster, here = people.roster(reading), {}
    folder = store.path.with_name(store.path.stem + "-keys")
    for file in folder.glob("ovn-*.*"):
        try:
            here[signing.open_key(file, passphrase=scenarios.PASSPHRASE).id] = file.name
        except DeskError as error:
            found["faults"].append(f"{file.name}: {error}")
    said = []
    for person in roster.people.values():
        theirs = [key for key in roster.keys.values() if key.person == person.id]
        in_use = [key for key in theirs if not key.retired_at]
        opens = sum(key.id in here for key in in_use)
        said.append([person.name, person.role, person.is_retired, len(in_use), opens, len(theirs) - len(in_use)])
    return sorted(said)


def _lies(store):
    """What is derived and does not say what a rebuild says."""

    class Undone(Exception):
        pass

    said = []
    with suppress(Undone), store.begin() as tx:
        before = _derived(tx)
        tx.keep_roster()
        tx.rebuild()
        after = _derived(tx)
        said = [f"{name} lies" for name in before if before[name] != after[name]]
        raise Undone
    return said


def _derived(tx):
    ask = tx.connection.exec_driver_sql
    made = {}
    for table in ("articles", "concerns", "named_sources", "staff", "keys"):
        columns = [row[1] for row in ask(f"PRAGMA table_info({table})") if row[1] != "row"]
        made[table] = sorted(map(str, ask(f"SELECT {', '.join(columns)} FROM {table}").all()))
    made["search"] = sorted(row.id for row in tx.rows(search="story"))
    return made


def _unlike(manifest):
    """Files of an export that are not what its manifest says; one it marks as unfinished says nothing."""
    for name, sha256 in json.loads(manifest.read_text()).items():
        file = manifest.parent / name
        if sha256 and file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() != sha256:
            yield f"{name} is not what the manifest says"
        if sha256 and not file.is_file():
            yield f"{name} is in the manifest and not there"


def _dead_links(site):
    """What leads readers of a site to a story that is not there: lists, feeds, maps, other stories."""
    for file in site.rglob("*"):
        if file.is_file() and file.suffix in {".html", ".xml", ".json"} and ".ovn-" not in str(file.relative_to(site)):
            for page in set(STORY.findall(file.read_text(encoding="utf-8"))):
                if not (site / page).is_file():
                    yield f"{file.relative_to(site)} leads to {page}, which is not there"


def fresh(template, folder):
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(template, folder, symlinks=True)


class Campaign:
    """The kills of one scenario."""

    def __init__(self, scenario, template, folder):
        self.scenario, self.template, self.folder = scenario, template, folder
        self.result = {"name": scenario.name, "operations": 0, "kills": 0, "lost": 0, "stuck": 0, "left": 0, "lying": 0}
        self.examples = []

    def go(self, most):
        self._begin()
        self.before = self._examined([])["records"]
        self._begin()
        _, (whole, code) = run(count, self.scenario, self.folder)
        once = self._examined(self.before)
        run(act, self.scenario, self.folder, 0, False, False)
        self.wanted = [once["state"], self._examined(self.before)["state"]]
        self.result["operations"] = whole
        if code or once["faults"] or once["left"]:
            self._note("stuck", f"the run that nobody killed: {code}, {once['faults']}, {once['left']}")
            return
        for number in spread(whole, most):
            self._kill(number)

    def _begin(self):
        fresh(self.template, self.folder)
        self.scenario.begin(self.folder)

    def _kill(self, number):
        self._begin()
        code, _ = run(act, self.scenario, self.folder, number, bool(number % 2))
        if code != -signal.SIGKILL:
            return  # it had fewer operations this time
        self.result["kills"] += 1
        beside = self.folder.with_name("beside")
        fresh(self.folder, beside)
        now, forgotten = self._examined(self.before, beside), run(self._forgotten, beside)[1]
        if now["faults"]:
            self._note("lying", f"at {number}: {now['faults']}")
        code, _ = run(act, self.scenario, self.folder, 0, False, False)
        after = self._examined(self.before)
        lost = [now["lost"], after["lost"], forgotten, run(self.scenario.lost, self.folder)[1]]
        if any(lost):
            self._note("lost", f"at {number}: {lost}")
        if code not in {ENDED, REFUSED} or after["faults"] or not self._is_done(after["state"]):
            self._note("stuck", f"at {number}: exit {code}, {after['faults']}, {self._difference(after['state'])}")
        if after["left"]:
            self._note("left", f"at {number}: {after['left']}")

    def _forgotten(self, folder):
        """What was shown as saved and is not there."""
        shown = self.folder.with_name("shown")
        if not (self.scenario.newest and shown.exists()):
            return ""
        last, found = int(shown.read_text().split()[-1]), self.scenario.newest(folder)
        return f"shown as saved {last}, found {found}" if found < last else ""

    def _is_done(self, state):
        names = set().union(*(wanted["files"] for wanted in self.wanted))
        is_known = all(
            number <= max(wanted["files"].get(name, 0) for wanted in self.wanted)
            for name, number in state["files"].items()
        )
        parts = (set().union(*self.wanted) | set(state)) - {"files"}
        is_like = all(state.get(part) in [wanted.get(part) for wanted in self.wanted] for part in parts)
        return is_known and set(self.wanted[0]["files"]) - set(state["files"]) <= set() and is_like and names

    def _difference(self, state):
        parts = {}
        for part, value in state.items():
            if all(value != wanted.get(part) for wanted in self.wanted):
                parts[part] = [value, self.wanted[0].get(part)]
        return json.dumps(parts, ensure_ascii=False)[:1500]

    def _examined(self, before, folder=None):
        code, found = run(examine, folder or self.folder, before)
        if code or found is None:
            return {
                "faults": [f"it cannot be examined: {code}"],
                "lost": [],
                "records": [],
                "state": {"files": {}},
                "left": [],
            }
        return found

    def _note(self, kind, text):
        self.result[kind] += 1
        if len(self.examples) < 12:
            self.examples.append(f"{kind} {text}")


def spread(whole, most):
    """The numbers of the operations to die at: all, or so many, spread evenly."""
    if whole <= most:
        return range(1, whole + 1)
    return sorted({1 + round(place * (whole - 1) / (most - 1)) for place in range(most)})


def main():
    place, most, names = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    with scenarios.world(place) as world:
        for scenario in scenarios.every(world):
            if names and scenario.name not in names:
                continue
            template = world.template(scenario)
            campaign = Campaign(scenario, template, world.folder)
            campaign.go(most)
            print(json.dumps(campaign.result | {"examples": campaign.examples}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
