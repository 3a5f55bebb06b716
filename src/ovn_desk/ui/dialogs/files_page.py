"""The section of Preferences for files: whether a double click on one of the newsroom's opens it here."""

from PySide6.QtWidgets import QCheckBox, QLabel

from ovn_desk.ui.background.jobs import Worker
from ovn_desk.ui.dialogs.preference_pages import Page
from ovn_desk.ui.state.preferences import Preferences
from ovn_desk.usecases import file_associations


class FilesPage(Page):
    """A switch for this login of this computer; it is no preference, so it is never restored."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__(preferences)
        self._worker = Worker(self)
        self.box = QCheckBox(self.tr("Open these files with OVN Desk"))
        self.box.clicked.connect(self._follow)
        self.said = QLabel(wordWrap=True)
        self.said.setProperty("chip", "bad")
        self.said.hide()
        self._form.addRow(self.box)
        self._add_note(
            self.tr(
                "A double click on stories that a colleague handed over (.ovnb), on an invitation (.ovn-invitation) or "
                "on a copy of the newsroom (.ovn) opens it in the window, wherever the file lies."
            )
        )
        self._column.addWidget(self.said)
        self._add_note(self.tr("Without this, drop the file anywhere on the window, or choose it with Import, Ctrl+O."))
        self._end()

    def _fill(self) -> None:
        self.box.setChecked(file_associations.is_registered())

    def _follow(self, is_on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.box.setEnabled(False)
        self.said.hide()
        change = file_associations.register if is_on else file_associations.unregister
        self._worker.run(change, done=lambda _: self._show_state(), refused=self._refuse)

    def _show_state(self) -> None:
        self.box.setEnabled(True)
        self.show_values()

    def _refuse(self, why: str) -> None:
        self._show_state()
        self.said.setText(why)
        self.said.show()
