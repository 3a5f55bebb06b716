"""How much a slow property test tries: all of it in `make check`, some of it in `make test`."""

from hypothesis import settings


def examples(number):
    """How many examples a test tries of which each takes a quarter of a second or more."""
    return number if settings.get_current_profile_name() in {"random", "explore"} else max(3, number // 4)


def is_exploring():
    """Whether somebody looks for new faults, and has the time."""
    return settings.get_current_profile_name() == "explore"
