import pytest
from crashing import crash


@pytest.mark.campaign
def test_every_edit_shown_as_saved_survives_twenty_kills(tmp_path):
    outcomes = list(crash(tmp_path, times=20))
    assert len(outcomes) == 20
    assert [(shown, found) for shown, found, _ in outcomes if found < shown] == []
    assert [faults for *_, faults in outcomes if faults] == []
    assert outcomes[-1][0] > 40, "too few saves to have been killed in the middle of any"
