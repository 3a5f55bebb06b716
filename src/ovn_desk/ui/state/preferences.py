"""What this person likes, on this computer."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from ovn_desk import settings
from ovn_desk.ui.state.notices import Notices


class Preferences(QObject):
    """`value` is what holds now; without a file it is forgotten with the window."""

    changed = Signal()

    def __init__(self, file: Path | None, notices: Notices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file, self._notices = file, notices
        self.value: settings.Preferences = settings.read_preferences(file) if file else settings.Preferences()

    def set(self, **changes: Any) -> None:
        """Sets some of them, and keeps all for the next time."""
        self.set_all(replace(self.value, **changes))

    def set_all(self, value: settings.Preferences) -> None:
        """Sets them all, and keeps them for the next time."""
        self.value = value
        if self._file:
            file = self._file
            self._notices.try_action(lambda: settings.write_preferences(file, self.value))
        self.changed.emit()

    def window_state(self) -> Mapping[str, Any]:
        """How the window was left; empty the first time."""
        return settings.read_window_state(self._window_file) if self._window_file else {}

    def keep_window_state(self, state: Mapping[str, Any]) -> None:
        """Keeps how the window is left; raises DeskError where that can not be written."""
        if self._window_file:
            settings.write_window_state(self._window_file, state)

    @property
    def _window_file(self) -> Path | None:
        return self._file.with_name("window.json") if self._file else None

    def toggle(self, name: str) -> None:
        """Turns one on that is off, or off that is on."""
        self.set(**{name: not getattr(self.value, name)})
