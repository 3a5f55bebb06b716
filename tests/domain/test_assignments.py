from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ovn_desk.domain.assignments import Assignment, Due, Plan, due, too_early_refusal

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "standing"), [(-1, Due.OVER), (1, Due.SOON), (24, Due.SOON), (25, Due.LATER), (None, Due.NONE)]
)
def test_a_deadline_is_later_due_within_a_day_or_over(hours, standing):
    text = "" if hours is None else (NOON + timedelta(hours=hours)).isoformat()
    assert due(Assignment("rana", due=text).due_at, NOON) is standing


def test_an_embargo_and_a_planned_time_hold_until_they_are_over_and_name_the_time():
    plan = Plan(embargo_until="2026-11-24T18:00:00+05:00", planned_at="2026-11-24T14:00:00+00:00")
    zone = ZoneInfo("Asia/Karachi")
    assert "embargo until 2026-11-24 18:00 PKT" in str(too_early_refusal(plan, NOON, zone))
    assert "planned for 2026-11-24 19:00 PKT" in str(too_early_refusal(plan, NOON + timedelta(hours=1.5), zone))
    assert too_early_refusal(plan, NOON + timedelta(hours=2), zone) is None
    assert too_early_refusal(Plan(), NOON, zone) is None
