"""Random days at the desk, in the real editor over real stores and a real hub: no typed word vanishes."""

import random

import pytest
from typing_histories import Day, address_of

import hubs
from effort import examples
from make import Desk
from ovn_desk.store import open_store

STEPS = 30


def run(template, folder, renderer, seed, hub=""):
    day = Day(template, folder, renderer, random.Random(seed), hub=hub)
    try:
        for _ in range(STEPS):
            day.step()
    except AssertionError as error:
        raise AssertionError(f"seed {seed}: {error}") from error
    finally:
        day.close()


def test_no_typed_word_vanishes_in_a_few_days(qapp, template, tmp_path, renderer):
    for seed in range(6):
        run(template, tmp_path / str(seed), renderer, seed)


@pytest.mark.campaign
@pytest.mark.timeout(3600)
def test_no_typed_word_vanishes_in_many_days(qapp, template, tmp_path, renderer):
    for seed in range(1_000, 1_000 + examples(100)):
        run(template, tmp_path / str(seed), renderer, seed)


@pytest.mark.campaign
def test_no_typed_word_vanishes_while_a_real_hub_brings_records(qapp, template, tmp_path, renderer, server):
    for seed in range(2_000, 2_000 + examples(20)):
        with hubs.database(server) as database:
            store = open_store(template / "desk0.ovn")
            hub = address_of(database, Desk(store, renderer))
            store.close()
            run(template, tmp_path / str(seed), renderer, seed, hub)
