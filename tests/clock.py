"""How long something takes, by the clock of the processor: other programs on the computer change nothing in it."""

import time
from contextlib import contextmanager


@contextmanager
def at_most(seconds):
    """What is done in this thread costs no more of the processor's time."""
    start = time.thread_time()
    yield
    spent = time.thread_time() - start
    assert spent < seconds
