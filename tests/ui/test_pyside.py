import gc
import sys

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextFrame

from ovn_desk.ui.editor import Field


def test_a_void_call_keeps_the_references_of_none():
    """PySide6 6.12.0 on Python 3.11 dropped one at each call and died after some thousands: docs/decisions/0002."""
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(1000):
        thing.setObjectName("x")
    assert sys.getrefcount(None) > before - 100


def test_laying_out_one_text_after_another_in_a_field_leaves_no_frame_of_each(qtbot):
    field = Field("headline", label="Headline", pixels=30)
    qtbot.addWidget(field)

    def frames():
        gc.collect()
        return sum(isinstance(each, QTextFrame) for each in gc.get_objects())

    before = frames()
    for number in range(10):
        field.load(f"Story {number}", language="en", article=f"{number}")
    assert frames() == before
