"""A plugin: each process that runs tests begins with long ones, so that none is alone with one at the end.

`--dist worksteal` gives each process a piece of the list, and to who is done the end of another's. Within a file, and
from file to file beside these, the order stays as it was drawn.
"""

import os
from itertools import groupby

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Once those that are not wanted are out."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    long = {item.path for item in items if item.get_closest_marker("campaign")}
    items[:] = deal(items, workers, file_of=lambda item: item.path, is_long=long.__contains__)


def deal(items, workers, *, file_of, is_long):
    """The tests in pieces as xdist cuts them, one for each worker, with the long files spread over their beginnings."""
    files = [(file, list(tests)) for file, tests in groupby(items, key=file_of)]
    long = [tests for file, tests in files if is_long(file)]
    rest = [test for file, tests in files if not is_long(file) for test in tests]
    made, left = [], len(items)
    for worker in range(workers):
        piece = [test for tests in long[worker::workers] for test in tests]
        room = max(0, left // (workers - worker) - len(piece))
        piece += rest[:room]
        del rest[:room]
        made += piece
        left -= len(piece)
    return made + rest
