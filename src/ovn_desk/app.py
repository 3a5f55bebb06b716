"""Starting the window: first what takes long and needs no help from Python, then everything else."""

import argparse
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

# Before the first page is painted: a driver of the screen brings an older libxml2 of the system, whose functions lxml
# would then be bound to instead of its own.
import lxml.etree  # noqa: F401
from PySide6.QtWidgets import QApplication, QMessageBox

from ovn_desk import messages, settings
from ovn_desk.domain.errors import DeskError
from ovn_desk.text.helper import RenderHelper
from ovn_desk.ui import preview
from ovn_desk.ui.background import garbage, jobs
from ovn_desk.ui.startup import instance, logs, store_place
from ovn_desk.ui.startup.session_end import SessionEnd
from ovn_desk.ui.widgets import theme
from ovn_desk.usecases import printing


def main() -> None:
    """Show the window that the program's arguments ask for, until it is closed."""
    sys.exit(show_window(sys.argv[1:]))


def show_window(arguments: Sequence[str]) -> int:
    """Show the window of a store until it is closed; the program's exit status."""
    parser = argparse.ArgumentParser(prog="ovn-desk-window", description="The window of OVN Desk.")
    parser.add_argument(
        "files", type=Path, nargs="*", help="What a colleague handed over, an invitation, or stories to import."
    )
    parser.add_argument("--store", type=Path)
    parser.add_argument("--open", default="", metavar="ID")
    parser.add_argument("--screenshot", type=Path)
    given = parser.parse_args(arguments)
    messages.speak_in_window()
    renderer = RenderHelper()
    renderer.warm_up()
    preview.prepare()
    jobs.give_way()
    app = QApplication(sys.argv[:1])
    app.setApplicationName(settings.APP)
    garbage.collect_here(app)
    logs.keep_log()
    path = settings.store_path(given.store)
    asked = instance.request(given.files, given.open)
    try:
        printing.check_sandbox()
        place = store_place.take_place(path, asked, may_ask=not given.screenshot)
    except DeskError as error:
        _refuse(str(error))
        return 1
    if place is None:
        return 0
    # Python reads the rest of the desk while Chromium and the helper start in processes of their own.
    reading = threading.Thread(target=_import_startup, daemon=True)
    reading.start()
    warm = preview.warm_up()
    theme.load_fonts()
    if given.screenshot:  # a picture is the same wherever it is made
        theme.choose(settings.LIGHT)
    else:
        theme.choose(settings.read_preferences(settings.preferences_file()).appearance)
    theme.apply(app)
    reading.join()
    from ovn_desk.startup import Startup

    start = Startup(app, path, renderer=renderer, place=place, asked=asked, picture=given.screenshot)
    try:
        start.begin()
    except DeskError as error:
        _refuse(str(error))
        start.finish()
        return 1
    warm.deleteLater()
    ending = SessionEnd(app, start.close)
    status = app.exec()
    ending.stop()
    start.finish()
    return status


def _import_startup() -> None:
    from ovn_desk import startup  # noqa: F401


def _refuse(sentence: str) -> None:
    """There is no window yet to put a bar in."""
    print(f"ovn-desk: {sentence}", file=sys.stderr)  # noqa: T201
    if QApplication.platformName() != "offscreen":
        QMessageBox.critical(None, "OVN Desk", sentence)


if __name__ == "__main__":
    main()
