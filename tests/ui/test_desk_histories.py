"""Random histories of two windows over two stores and a hub: no word is lost, and nothing is said that is not so.

They are the same every time, as a change is not to be judged by what it did not touch; `make explore` draws others.
"""

import tempfile
from pathlib import Path

import pytest
from desk_histories import ACTS, Days
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

import hubs
from effort import examples, is_exploring

NUMBERS = st.integers(0, 63)


def machine(renderer, template, forgiven, open_hub=None):
    """The machine whose rules are these acts; `open_hub` gives a hub for one history."""

    class Histories(RuleBasedStateMachine):
        @initialize()
        def begin(self):
            self.folder = tempfile.TemporaryDirectory()
            self.database = open_hub() if open_hub else None
            address = self.database.__enter__() if self.database else ""
            server = open_hub.server if open_hub else ""
            self.days = Days(
                renderer, Path(self.folder.name), template, server=server, database=address, forgiven=forgiven
            )

        @rule(name=st.sampled_from(ACTS), a=NUMBERS, b=NUMBERS, c=NUMBERS)
        def act(self, name, a, b, c):
            self.days.act(name, a, b, c)

        def teardown(self):
            if not hasattr(self, "days"):
                return
            try:
                self.days.finish()
            finally:
                self.days.close()
                self.folder.cleanup()
                if self.database:
                    self.database.__exit__(None, None, None)

    return Histories


class _Hubs:
    def __init__(self, server):
        self.server = server

    def __call__(self):
        return hubs.database(self.server)


@pytest.mark.campaign
@pytest.mark.timeout(900)
def test_two_windows_and_a_hub(qapp, renderer, template, server, known_faults):
    made = machine(renderer, template, known_faults, _Hubs(server))
    # What failed names what was done, and a smaller history would cost minutes.
    phases = [Phase.explicit, Phase.reuse, Phase.generate]
    short = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
    run_state_machine_as_test(
        made,
        settings=settings(
            max_examples=examples(12),
            stateful_step_count=25,
            suppress_health_check=short,
            phases=phases,
            derandomize=not is_exploring(),
        ),
    )
