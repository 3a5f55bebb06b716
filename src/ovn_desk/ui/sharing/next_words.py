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


def describe_left(number: int) -> str:
    """That the text of so many stories, which is no version, is not in the file; empty for none."""
    stories = quantity(number, "story", "stories")
    return _tr("Text of {stories} is no version and stayed behind.").format(stories=stories) if number else ""


def describe_way(name: str, *, is_by_hand: bool) -> str:
    """What to do with the file that was just written; `name` is empty where it is for anybody."""
    if is_by_hand:
        said = _tr("Now hand it to {name} yourself.") if name else _tr("Now hand it over yourself.")
    else:
        said = _tr("Now send it to {name}.") if name else _tr("Now send it.")
    return said.format(name=name)


def describe_unseen(name: str, number: int, handed: HandedOver, now: datetime) -> str:
    """How many stories somebody is not known to have; where all were handed to them when, by the clock of `now`."""
    count = quantity(number, "story", "stories")
    if handed.at is None or len(handed.stories) != number:
        return _tr("What {name} is not known to have: {count}").format(name=name, count=count)
    when = day_and_time(handed.at, now)
    return _tr("Handed over {when}, not known to be taken in: {count}").format(when=when, count=count)


def describe_handed(number: int, handed: HandedOver, now: datetime) -> str:
    """How many of these stories were handed over before; empty where none was, or all were."""
    if handed.at is None or len(handed.stories) in {0, number}:
        return ""
    said = _tr("{count} of them handed over {when}, not known to be taken in.")
    return said.format(count=len(handed.stories), when=day_and_time(handed.at, now))


def describe_seal(name: str, *, is_whole: bool, is_sealed: bool, may_be_sealed: bool, is_invited: bool) -> str:
    """Who can open the file; `name` is empty where it is for anybody, `is_whole` where it sets up a laptop."""
    if is_sealed and is_whole:
        said = _tr(
            "It is sealed: nobody but {name} can open it, on a laptop that has their key. A new one has none yet."
        )
    elif is_sealed:
        said = _tr("It is sealed: nobody but {name} can open it, also if it gets lost.")
    elif is_whole:
        said = _tr(
            "It is not sealed, for a laptop that is set up with it has no key yet: whoever gets the file can read it "
            "all."
        )
    elif not name or may_be_sealed:
        said = _tr("It is not sealed: whoever gets the file can read it.")
    elif is_invited:
        said = _tr(
            "{name}'s key comes with the answer to your invitation. Until then it is not sealed: whoever gets the file "
            "can read it."
        )
    else:
        said = _tr("{name} has no key yet, so it is not sealed: whoever gets the file can read it.")
    return said.format(name=name)


def _tr(text: str) -> str:
    return QCoreApplication.translate("HandOver", text)
