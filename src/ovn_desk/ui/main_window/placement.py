"""Where the window stands and what it shows beside the text, as it was left; for each role of its own."""

import logging
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from PySide6.QtCore import QByteArray, QObject
from PySide6.QtWidgets import QMainWindow

from ovn_desk.domain.errors import DeskError
from ovn_desk.ui.main_window import showing
from ovn_desk.ui.main_window.columns import Columns
from ovn_desk.ui.state.preferences import Preferences
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.widgets.arrangement import Front, View, Wishes
from ovn_desk.ui.widgets.side import REVIEWING, WRITING, Side

_USUAL = {View.TEXT: WRITING, View.REVIEW: REVIEWING}
_log = logging.getLogger(__name__)


class Placement(QObject):
    """Kept when the window closes, and when somebody with another role sits down."""

    def __init__(
        self, window: QMainWindow, side: Side, columns: Columns, session: Session, preferences: Preferences
    ) -> None:
        super().__init__(window)
        self._window, self._side, self._columns = window, side, columns
        self._session, self._preferences = session, preferences
        self._role = str(session.person.role)
        self._kept: dict[str, Any] = dict(preferences.window_state())
        session.person_changed.connect(self._change_role)
        self._recall()

    def show(self) -> None:
        """Shows the window where it stood, or so that it fits the screen."""
        geometry = self._kept.get("geometry")
        if isinstance(geometry, str) and geometry:
            self._window.restoreGeometry(QByteArray.fromBase64(geometry.encode()))
        showing.show_fitting(self._window)

    def keep(self) -> None:
        """Remembers it for the next time; a disk that takes nothing keeps nobody from going home."""
        self._note()
        self._kept["geometry"] = bytes(self._window.saveGeometry().toBase64().data()).decode()
        try:
            self._preferences.keep_window_state(self._kept)
        except DeskError as error:
            _log.warning("%s", error)

    def _change_role(self) -> None:
        role = str(self._session.person.role)
        if role != self._role:
            self._note()
            self._role = role
            self._recall()

    def _note(self) -> None:
        wishes = {view.value: asdict(wishes) for view, wishes in self._side.wishes.items()}
        self._kept[self._role] = {"widths": dict(self._columns.widths), **wishes}

    def _recall(self) -> None:
        given = self._kept.get(self._role)
        kept = given if isinstance(given, dict) else {}
        self._columns.widths = _widths(kept.get("widths"))
        self._side.wishes = {view: _wishes(kept.get(view.value), usual) for view, usual in _USUAL.items()}
        self._side.changed.emit()


def _widths(given: object) -> dict[str, int]:
    known = given if isinstance(given, Mapping) else {}
    return {str(name): width for name, width in known.items() if type(width) is int and width > 0}


def _wishes(given: object, usual: Wishes) -> Wishes:
    """What was written down, as far as it can be read; the rest as usual."""
    known = given if isinstance(given, Mapping) else {}
    values: dict[str, Any] = {}
    for field in fields(Wishes):
        value = known.get(field.name)
        if field.name == "front" and value in set(Front):
            values["front"] = Front(value)
        elif type(value) is bool and field.name != "front":
            values[field.name] = value
    return Wishes(**{**asdict(usual), **values})
