"""Small file systems of their own, that can be filled to the last byte or made read-only."""

import shutil
import subprocess
import sys
from contextlib import contextmanager

import pytest


@contextmanager
def mounted(folder, *, mb):
    """A file system in memory at `folder`; skips the test, saying why, where none can be mounted."""
    if sys.platform != "linux" or not shutil.which("mount"):
        pytest.skip("Needs Linux's tmpfs to have a disk that is full.")
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={mb}m", "tmpfs", str(folder)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip(f"Needs root to mount a disk that is full (.ci/run has it): {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder, *, name="others.bin", leave=0):
    """Other people's files take every byte of a disk but so many."""
    with (folder / name).open("ab", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            while True:
                try:
                    file.write(b"x" * size)
                except OSError:
                    break
        if leave:
            file.truncate(file.tell() - leave)
    return folder / name


def make_read_only(folder):
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)


def names(folder):
    return sorted(path.name for path in folder.iterdir())
