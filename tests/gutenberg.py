"""WordPress's own block parser and library, for tests of what is exported to it."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCRIPT = Path(__file__).with_name("wordpress") / "blocks.cjs"
_PACKAGES = {"parser": ROOT / "node_modules", "library": SCRIPT.with_name("node_modules")}
_NEEDED = {"parser": "@wordpress/block-serialization-default-parser", "library": "@wordpress/block-library"}
_MADE_BY = {"parser": "npm ci", "library": "npm ci --prefix tests/wordpress"}


def needs(how):
    found = shutil.which("node") and (_PACKAGES[how] / _NEEDED[how]).exists()
    return pytest.mark.skipif(not found, reason=f"Needs node and `{_MADE_BY[how]}`: .ci/run installs them.")


def read(how, *files):
    """The blocks of each file, as nested tables."""
    command = ["node", str(SCRIPT), how, *map(str, files)]
    environment = {**os.environ, "NODE_PATH": str(_PACKAGES[how])}
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, env=environment)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def flat(blocks):
    for block in blocks:
        yield block
        yield from flat(block["inner"])
