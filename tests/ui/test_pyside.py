import sys

from PySide6.QtCore import QObject


def test_a_void_call_keeps_the_references_of_none():
    """PySide6 6.12.0 on Python 3.11 dropped one at each call and died after some thousands: docs/decisions/0002."""
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(1000):
        thing.setObjectName("x")
    assert sys.getrefcount(None) > before - 100
