"""A few dozen random histories; `bench/histories.py` runs ten thousand."""

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

import histories
from effort import examples


def test_nothing_is_published_without_an_approval_of_just_that_text_whoever_does_what(renderer, tmp_path):
    histories.History.template = histories.newsroom(tmp_path / "template")
    histories.History.renderer = renderer
    run_state_machine_as_test(
        histories.History,
        settings=settings(max_examples=examples(30), stateful_step_count=20, suppress_health_check=list(HealthCheck)),
    )
