"""A little of bench/kills.py: commands killed at things they do to files, run again, and compared."""

import fileops
import pytest

NAMES = (
    "init",
    "export it again",
    "restore",
    "staff add",
    "join",
    "key replace, the only chief",
    "key replace, keyring",
    "autosave",
)


@pytest.mark.campaign
def test_a_command_that_is_killed_anywhere_and_run_again_ends_as_if_nobody_had_killed_it(tmp_path):
    found = fileops.run("killing.py", tmp_path, 9, *NAMES)
    if found is None:
        pytest.skip("Needs Linux and a C compiler.")
    assert [result["examples"] for result in found] == [[]] * len(NAMES)
    assert min(result["kills"] for result in found) >= 8
