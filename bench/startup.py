"""How long `ovn-desk` takes to a window that has come to rest, with the memory of all its processes, and to an answer.

Usage: startup.py [ROUNDS]. The window beside a bare QTextEdit with a page (needs Xvfb, openbox, psutil, python-xlib);
the command line beside a program of one command on the same library. All in turn, so that noise falls on each.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from keystrokes import newsroom
from measure import heading, median, table, tool

ROUNDS = 7
ANSWERS = 15
DESK = [sys.executable, "-m", "ovn_desk"]
FLAGS = ("--version", "--help")
BARE = """
import typer
app = typer.Typer()
@app.command()
def hello(name: str = "") -> None:
    "Say hello."
app()
"""


def started(folder, name, command):
    """Milliseconds until the window came to rest, and megabytes of its processes (shared pages divided among them)."""
    out = folder / "out.json"
    out.unlink(missing_ok=True)
    bench = [sys.executable, str(tool("uibench.py")), "--runs", "1", "--keys", "0", "--label", name]
    bench += ["--json", str(out), "--log", str(folder / "ui.log"), "--", *command]
    subprocess.run(bench, check=True, stdout=subprocess.DEVNULL)
    return json.loads(out.read_text(encoding="utf-8").splitlines()[-1])


def answered(command):
    """Milliseconds until a command has ended."""
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return (time.perf_counter() - begun) * 1000


def windows(folder, rounds):
    store = newsroom(folder, 800)
    floor = [sys.executable, str(tool("floor_preview_native.py")), str(folder / "800.md"), "native"]
    programs = {"desk": [*DESK, "--store", str(store)], "floor": floor}
    found = {name: [] for name in programs}
    for number in range(rounds + 1):
        for name, command in programs.items():
            seen = started(folder, name, command)
            found[name] += [seen] if number else []  # the first round compiles, as an installation does once
    return found


def answers(folder):
    os.environ["OVN_DESK_STORE"] = str(folder / "800.ovn")
    asked = {flag: [*DESK, flag] for flag in FLAGS}
    asked |= {"list --json": [*DESK, "list", "--json"], "bare typer --help": [sys.executable, "-c", BARE, "--help"]}
    asked["bare python"] = [sys.executable, "-c", "pass"]
    found = {name: [] for name in asked}
    for _ in range(ANSWERS):
        for name, command in asked.items():
            found[name].append(answered(command))
    return found


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with tempfile.TemporaryDirectory() as name:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = f"{name}/compiled"
        seen, said = windows(Path(name), rounds), answers(Path(name))
    heading(f"Start-up of the window, 800 words, median of {rounds} rounds")
    rows = []
    for what, key, aim in (("to stable, ms", "stable_ms", 3), ("memory (PSS), MB", "pss_mb", 1.3)):
        mine, floor = (median([one[key] for one in seen[program]]) for program in ("desk", "floor"))
        rows.append([what, mine, floor, mine / floor, f"≤ {aim}"])
    table(["", "ovn-desk", "bare QTextEdit + WebEngine", "ratio", "aim"], rows)
    heading(f"Answers of the command line, median of {ANSWERS} runs")
    aims = dict.fromkeys(FLAGS, "≤ 300")
    table(["", "ms", "aim"], [[what, median(times), aims.get(what, "")] for what, times in said.items()])


if __name__ == "__main__":
    main()
