"""A start's place at the store: as its window, as a reader, or none because another window comes to the front."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from ovn_desk.lock import NoLock, StoreTaken
from ovn_desk.ui.startup import instance
from ovn_desk.ui.startup.instance import Instance, Request
from ovn_desk.ui.widgets import theme


@dataclass(frozen=True, slots=True)
class Place:
    """How a start has its store: `instance` is none where it may only read, and `why_read_only` says why."""

    instance: Instance | None = None
    why_read_only: str = ""


def take_place(path: Path, asked: Request, *, may_ask: bool = True) -> Place | None:
    """Takes the store, or asks the person what to do where somebody has it who can not be reached.

    None is the end: another window of this person comes to the front, or they quit. Raises StoreTaken where nobody can
    be asked.
    """
    is_taking_over = False
    while True:
        try:
            made = instance.claim(path, asked, is_taking_over=is_taking_over)
        except NoLock as error:
            if not path.exists():
                raise
            return Place(why_read_only=str(error))
        except StoreTaken as taken:
            if not may_ask or QApplication.platformName() == "offscreen":
                raise
            box = _question(taken, may_read=path.exists())
            box.exec()
            answer = box.buttonRole(box.clickedButton()) if box.clickedButton() else QMessageBox.ButtonRole.RejectRole
            if answer is QMessageBox.ButtonRole.RejectRole:
                return None
            if answer is QMessageBox.ButtonRole.YesRole:
                return Place(why_read_only=str(taken))
            is_taking_over = answer is QMessageBox.ButtonRole.DestructiveRole
        else:
            return Place(made) if made else None


def _question(taken: StoreTaken, *, may_read: bool) -> QMessageBox:
    theme.load_fonts()
    theme.apply(QApplication.instance())  # type: ignore[arg-type]
    box = QMessageBox(QMessageBox.Icon.Warning, "OVN Desk", str(taken))
    if taken.is_certain:
        box.addButton(_translate("Try again"), QMessageBox.ButtonRole.AcceptRole)
    else:
        box.addButton(_translate("It is not open there: open it here"), QMessageBox.ButtonRole.DestructiveRole)
    if may_read:
        box.setDefaultButton(box.addButton(_translate("Open to read only"), QMessageBox.ButtonRole.YesRole))
    box.setEscapeButton(box.addButton(_translate("Quit"), QMessageBox.ButtonRole.RejectRole))
    return box


def _translate(text: str) -> str:
    return QCoreApplication.translate("Taking", text)
