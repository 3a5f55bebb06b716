"""Files and folders, shown by whatever the computer shows them with; where it has nothing for them, that is said."""

import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from ovn_desk import processes
from ovn_desk.ui.widgets.message_bar import Answer

Say = Callable[[str, Sequence[Answer]], object]
"""Shows a sentence with its answers."""

_LOOK_MS, _LOOKS = 200, 50
"""A program that refuses says so at once; one that still runs after ten seconds has opened something."""


def open_file(path: Path, say: Say) -> None:
    """Opens a file or folder in the program that the computer has for it: a page in the browser.

    Where nothing opens it, `say` is given a sentence with the path, and an answer that copies it.
    """
    whole = path.absolute()
    opener = shutil.which("xdg-open") if sys.platform.startswith("linux") else None
    if opener is None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(whole))):
            _say_unopened(whole, say)
        return
    try:
        ended = processes.start_program([opener, str(whole)])  # what it opens stays when the desk is closed
    except OSError:
        _say_unopened(whole, say)
        return
    _Attempt(ended, lambda: _say_unopened(whole, say))


class _Attempt(QTimer):
    """Looks whether a program that was to open something refused; Qt tells only whether it was started."""

    def __init__(self, ended: Callable[[], int | None], refused: Callable[[], object]) -> None:
        super().__init__(QCoreApplication.instance())
        self._ended, self._refused, self._left = ended, refused, _LOOKS
        self.timeout.connect(self._look)
        self.start(_LOOK_MS)

    def _look(self) -> None:
        code = self._ended()
        self._left -= 1
        if code is None and self._left:
            return
        self.stop()
        self.deleteLater()
        if code:
            self._refused()


def _say_unopened(path: Path, say: Say) -> None:
    said = QCoreApplication.translate("Opening", "Nothing on this computer opened {path}. Open it by hand.")
    copy = QCoreApplication.translate("Opening", "Copy")
    say(said.format(path=path), [(copy, lambda _: QGuiApplication.clipboard().setText(str(path)))])
