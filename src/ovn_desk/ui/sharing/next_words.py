"""What is to be done with a file that was handed over, in words."""

from PySide6.QtCore import QCoreApplication


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


def _tr(text: str) -> str:
    return QCoreApplication.translate("HandOver", text)
