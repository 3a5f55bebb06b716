"""How much a slow property test tries: all of it in `make explore`, half in `make check`, a quarter in `make test`."""

from hypothesis import settings


def examples(number):
    """How many examples a test tries of which each takes a quarter of a second or more."""
    share = {"explore": 1, "random": 2}.get(settings.get_current_profile_name(), 4)
    return max(3, number // share)


def is_exploring():
    """Whether somebody looks for new faults, and has the time."""
    return settings.get_current_profile_name() == "explore"
