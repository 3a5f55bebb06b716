"""A plugin: what a test costs in CPU, which `make test` leaves to `make check`, and that no other is dear.

The processor's time counts, not the clock's: it is much the same on a busy computer. Not counted is what a test sets up
for others, too. `make costs` measures all of them and writes the list; a name on it of no test any more does no harm.
"""

import os
from collections import defaultdict
from pathlib import Path

import pytest

DEAR = Path(__file__).with_name("dear.txt")
MOST_CPU_SECONDS = 0.5
"""What a case of a test may cost to be one of every day."""


class Budget:
    """Marks the tests of the list and takes the cost of each; one in each process that runs tests."""

    def __init__(self, limit, *, is_writing):
        self._limit = limit
        self._is_writing = is_writing
        self._dear = names()
        self._begun, self._is_last = 0.0, False
        self._costs = defaultdict(float)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items):
        for item in items:
            if function_of(item.nodeid) in self._dear:
                item.add_marker(pytest.mark.dear)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, nextitem):
        self._begun, self._is_last = cpu_seconds(), nextitem is None
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef):
        begun = cpu_seconds()
        try:
            return (yield)
        finally:
            if fixturedef.scope != "function":
                self._begun += cpu_seconds() - begun

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item, call):
        report = yield
        if call.when == "teardown":
            cost = cpu_seconds() - self._begun
            if self._is_last:  # what all have shared is taken down with it
                return report
            report.user_properties.append(("cpu", cost))
            if self._limit and report.passed and cost > self._limit and not item.get_closest_marker("dear"):
                report.outcome = "failed"
                report.longrepr = (
                    f"This test took {cost:.1f} s of CPU; one of every day takes less than {MOST_CPU_SECONDS} s. "
                    "Make it cheaper, or name it in tests/dear.txt, as `make costs` does."
                )
        return report

    def pytest_runtest_logreport(self, report):
        if report.when == "teardown":
            name = function_of(report.nodeid)
            self._costs[name] = max(self._costs[name], dict(report.user_properties).get("cpu", 0.0))

    def pytest_sessionfinish(self, session, exitstatus):
        is_whole = exitstatus in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}
        if self._is_writing and is_whole and not hasattr(session.config, "workerinput"):
            dear = sorted(name for name, cost in self._costs.items() if cost > MOST_CPU_SECONDS)
            DEAR.write_text("".join(f"{name}\n" for name in dear), encoding="utf-8")


def names():
    """The tests that are on the list, as `tests/file.py::test_name`."""
    return frozenset(DEAR.read_text(encoding="utf-8").split())


def function_of(nodeid):
    """The test that a case is of: the list has all of its cases or none."""
    return nodeid.partition("[")[0]


def cpu_seconds():
    """What this process, and those of its own that have ended, have used so far."""
    return sum(os.times()[:4])


def pytest_addoption(parser):
    parser.addoption(
        "--most-cpu", type=float, default=0.0, help="fail a test that takes more seconds of CPU, unless dear"
    )
    parser.addoption(
        "--write-dear", action="store_true", help="write the list of the dear tests from what this run took"
    )


def pytest_configure(config):
    config.pluginmanager.register(
        Budget(config.getoption("--most-cpu"), is_writing=config.getoption("--write-dear")), "budget of cpu"
    )
