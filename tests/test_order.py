"""Long tests are the first of each process that runs tests."""

import pytest

from order import deal

FILES = ["a", "b", "L", "c", "d", "M", "e", "N", "f"]
TESTS = [f"{file}{number}" for file in FILES for number in range(3)]


@pytest.mark.parametrize("workers", [1, 2, 3, 6])
def test_each_piece_begins_with_long_files_and_nothing_is_lost(workers):
    dealt = deal(TESTS, workers, file_of=lambda test: test[0], is_long=str.isupper)
    assert sorted(dealt) == sorted(TESTS)
    pieces, left = [], list(dealt)
    for worker in range(workers):  # as xdist cuts them
        end = len(left) // (workers - worker)
        pieces.append(left[:end])
        left = left[end:]
    assert [piece[0][0] for piece in pieces[:3]] == ["L", "M", "N"][: min(workers, 3)]
    assert [test for test in dealt if test[0].islower()] == [test for test in TESTS if test[0].islower()]


def test_without_long_ones_the_order_stays():
    assert deal(TESTS, 3, file_of=lambda test: test[0], is_long=lambda _: False) == TESTS
