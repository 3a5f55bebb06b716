"""Data that is not part of the project: schemas and files of others, which a test may do without."""

from pathlib import Path

import pytest

_FOLDERS = [Path(__file__).parents[2] / "shared" / "data", Path("/work/shared/data")]


def shared(name):
    """A file or folder of the shared data; without it the test says so and is skipped."""
    for folder in _FOLDERS:
        if (folder / name).exists():
            return folder / name
    return pytest.skip(f"Needs ../shared/data/{name}, which is not here.")
