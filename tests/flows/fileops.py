"""The library that counts, logs and stops at what a process does to files (bench/fileops.c), built and used."""

import ctypes
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

SOURCE = Path(__file__).parents[2] / "bench" / "fileops.c"


def build(folder):
    """The library, compiled; none where there is no compiler for it or no Linux."""
    compiler = shutil.which("cc")
    if compiler is None or not sys.platform.startswith("linux"):
        return None
    made = folder / "fileops.so"
    options = ["-O2", "-shared", "-fPIC", "-Wall", "-Wextra", "-Werror"]
    subprocess.run([compiler, *options, "-o", str(made), str(SOURCE)], check=True)
    return made


def environment(library):
    """What a process has to be started in, to be watched."""
    return {
        **os.environ,
        "LD_PRELOAD": str(library),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }


def run(program, folder, *words):
    """Runs a program of this folder, watched; the JSON lines it prints. None where nothing can be watched here."""
    folder.mkdir(exist_ok=True)
    library = build(folder)
    if library is None:
        return None
    script = Path(__file__).with_name(program)
    command = [sys.executable, str(script), str(folder / "newsrooms"), *map(str, words)]
    paths = [str(SOURCE.parents[1] / name) for name in ("src", "tests", "tests/flows")]
    watched = environment(library) | {"PYTHONPATH": os.pathsep.join(paths)}
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8", env=watched)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def arm(folder, *, kill_at=0, is_torn=False, log=-1):
    """From here on this process is watched, and killed before operation `kill_at` on the files of a folder."""
    library = ctypes.CDLL(None)
    library.fileops_arm(os.fsencode(folder), ctypes.c_long(kill_at), int(is_torn), int(log))


def count():
    """How many operations there were."""
    function = ctypes.CDLL(None).fileops_count
    function.restype = ctypes.c_long
    return function()


def mark(text):
    """A line of the program's own in the log: what it has acknowledged."""
    ctypes.CDLL(None).fileops_mark(text.encode())


class Operation(NamedTuple):
    """One line of a log. `words` are as fileops.c writes them, `data` what was written."""

    kind: str
    words: tuple[str, ...]
    data: bytes = b""


def operations(log):
    """What a log says, in order."""
    data, at = Path(log).read_bytes(), 0
    while at < len(data):
        end = data.index(b"\n", at)
        kind, *words = data[at:end].decode().split("\t")
        at = end + 1
        size = int(words[2]) if kind == "write" else 0
        yield Operation(kind, tuple(words), data[at : at + size])
        at += size
