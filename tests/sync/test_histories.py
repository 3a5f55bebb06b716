"""Random histories of three desks: whatever they did apart, they end up with the same, and nothing is lost."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

import hubs
from effort import examples
from ovn_desk.sync import postgres
from sync import world

NUMBERS = st.integers(0, 63)
SHORT = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


def machine(template, renderer, names, open_hub=None):
    """The machine whose rules are these acts; `open_hub` gives a hub for one history."""

    class Histories(RuleBasedStateMachine):
        @initialize()
        def begin(self):
            self.folder = tempfile.TemporaryDirectory()
            self.database = open_hub() if open_hub else None
            hub = self.database.__enter__() if self.database else None
            self.world = world.World(template, Path(self.folder.name), renderer, hub)
            if hub:
                postgres.make(postgres.address(hub), self.world.desks[0].store)
            self.world.begin()

        @rule(name=st.sampled_from(names), a=NUMBERS, b=NUMBERS, c=NUMBERS)
        def act(self, name, a, b, c):
            self.world.act(name, a, b, c)

        def teardown(self):
            if not hasattr(self, "world"):
                return
            try:
                self.world.end()
            finally:
                self.world.close()
                self.folder.cleanup()
                if self.database:
                    self.database.__exit__(None, None, None)

    return Histories


def test_three_desks_and_their_sticks_end_up_with_the_same(template, renderer):
    made = machine(template, renderer, world.PEOPLE + world.STICKS)
    run_state_machine_as_test(
        made, settings=settings(max_examples=examples(12), stateful_step_count=25, suppress_health_check=SHORT)
    )


def test_three_desks_and_a_hub_end_up_with_the_same(template, renderer, server):
    made = machine(template, renderer, world.PEOPLE + world.HUB, lambda: hubs.database(server))
    run_state_machine_as_test(
        made, settings=settings(max_examples=examples(4), stateful_step_count=20, suppress_health_check=SHORT)
    )
