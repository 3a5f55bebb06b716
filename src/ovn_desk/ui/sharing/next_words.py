"""What is to be done with a file that was handed over, in words."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from ovn_desk.ui.widgets.phrases import day_and_time, quantity
from ovn_desk.usecases.handing_over import HandedOver


def describe_next(name: str, *, is_whole: bool) -> str:
    """How the file reaches whom it is for and opens there; `name` is empty where it is for anybody.

    A whole newsroom, which is not sealed, goes from hand to hand.
    """
    if is_whole and not name:
        return _tr("Then hand it over yourself, best on a stick. On a new laptop it is chosen under “I was invited”.")
    if is_whole:
        said = _tr(
            "Then hand the file to {name} yourself, best on a stick. On a new laptop, {name} starts OVN Desk and "
            "chooses it under “I was invited”."
        )
    elif not name:
        return _tr(
            "Then send the file, by mail or on a stick. It opens when it is dropped on the window of OVN Desk, or by a "
            "double click."
        )
    else:
        said = _tr(
            "Then send the file to {name}, by mail or on a stick. It opens when {name} drops it on the window of OVN "
            "Desk, or by a double click."
        )
    return said.format(name=name)


def describe_unseen(name: str, number: int, handed: HandedOver, now: datetime) -> str:
    """How many stories somebody is not known to have, and which of them were handed to them, by the clock of `now`."""
    count = quantity(number, "story", "stories")
    if not handed.stories or handed.at is None:
        return _tr("What {name} has not seen yet: {count}").format(name=name, count=count)
    when = day_and_time(handed.at, now)
    if len(handed.stories) == number:
        return _tr("Handed over {when}, not known to be taken in: {count}").format(when=when, count=count)
    said = _tr("What {name} is not known to have: {count}, {number} of it handed over {when}")
    return said.format(name=name, count=count, number=len(handed.stories), when=when)


def _tr(text: str) -> str:
    return QCoreApplication.translate("HandOver", text)
