"""Garbage is collected on the window's thread alone."""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1_000


def collect_here(parent: QObject) -> None:
    """Collects Python's garbage on this thread from now on, for as long as `parent` lives, and on no other.

    Python itself collects on whichever thread makes one object too many, also on one that renders or syncs. A Qt object
    that is destroyed on another thread than its own leaves its timers behind, and can hang the program or end it.
    """
    gc.disable()
    timer = QTimer(parent, interval=EVERY_MS)
    timer.timeout.connect(collect)
    timer.start()


def collect() -> None:
    """Collects the oldest generation that is due, by Python's own thresholds."""
    due = [number > most for number, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
    if any(due):
        gc.collect(max(generation for generation, is_due in enumerate(due) if is_due))
