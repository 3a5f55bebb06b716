"""Fixtures: desks of one newsroom, and a hub in a real PostgreSQL."""

import pytest

import sharing
from ovn_desk.sync import postgres


@pytest.fixture
def desks(template, tmp_path, renderer):
    with sharing.opened(template, tmp_path, renderer) as made:
        yield made


@pytest.fixture
def hub(database, desks):
    """The newsroom's hub, with all three people let in."""
    url = postgres.address(database)
    postgres.make(url, desks[0].store)
    for person in (desks[0].reporter, desks[0].editor, desks[0].chief):
        postgres.add_staff(url, person)
    return database
