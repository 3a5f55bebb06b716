"""Which tests `make test` leaves to `make check`."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
DEAR = """
from budget import cpu_seconds

def test_a_dear_one():
    begun = cpu_seconds()
    while cpu_seconds() < begun + 0.5:
        pass

def test_a_cheap_one():
    pass
"""


@pytest.mark.parametrize(("limit", "failed"), [("0.4", "test_a_dear_one"), ("30", ""), ("0", "")])
def test_a_test_that_costs_more_than_it_may_fails(tmp_path, limit, failed):
    (tmp_path / "conftest.py").write_text('pytest_plugins = ["budget"]\n', encoding="utf-8")
    (tmp_path / "test_two.py").write_text(DEAR, encoding="utf-8")
    words = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:randomly", "-q", "--most-cpu", limit]
    done = subprocess.run(
        [*words, "-rA", "test_two.py"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(TESTS), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    said = done.stdout + done.stderr
    assert (done.returncode == 1) == bool(failed), said
    errors = [line.split("::")[1].split(" ")[0] for line in said.splitlines() if line.startswith("ERROR")]
    assert errors == ([failed] if failed else []), said
