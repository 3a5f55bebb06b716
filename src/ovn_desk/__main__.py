"""`ovn-desk` and `python -m ovn_desk`: the window where no command is given, else the command line.

The arguments alone tell which of the two it is, so that neither waits for what only the other one imports.
"""

import gc
import os
import sys
from collections.abc import Sequence

from ovn_desk import processes

_OF_THE_WINDOW = frozenset({"--store", "--open"})
_COMPLETING = "_OVN_DESK_COMPLETE"  # set by a shell that asks how a line may go on


def main() -> None:
    """Run the window, the command line, or the part of a process that answers for another one."""
    if processes.is_for_answering(sys.argv[1:]):
        processes.answer(sys.argv[2])
    elif is_for_window(sys.argv[1:]) and _COMPLETING not in os.environ:
        gc.disable()  # the window collects by its own clock: `ui.background.garbage`
        from ovn_desk import app

        app.main()
    else:
        from ovn_desk import cli, drawing

        cli.main(drawing)


def is_for_window(arguments: Sequence[str]) -> bool:
    """Whether arguments name no command: none at all, or only files, the store and the article to open."""
    rest = iter(arguments)
    for argument in rest:
        name, equals, _ = argument.partition("=")
        if _is_file(argument):
            continue
        if name not in _OF_THE_WINDOW or not (equals or next(rest, "")):
            return False
    return True


def _is_file(argument: str) -> bool:
    """Whether an argument names a file to open: no command has a dot or a folder in its name."""
    return not argument.startswith("-") and ("." in argument or os.sep in argument)


if __name__ == "__main__":
    main()
