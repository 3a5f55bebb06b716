"""You are in: what an invitation did, and the answer without which nobody's desk knows this computer's key."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ovn_desk.signing import Signer
from ovn_desk.ui.startup.start_page import StartPage
from ovn_desk.ui.state import join_requests as requests
from ovn_desk.ui.widgets.verdict import Verdict
from ovn_desk.usecases.queries import Store


class JoinedPage(StartPage):
    """Writes the answer as a file for the chief who invited; `left` when whoever joined goes on to the desk."""

    left = Signal()

    def __init__(self) -> None:
        self.steps, self.said = QLabel(wordWrap=True), Verdict()
        self.save, self.go_on = QPushButton(), QPushButton()
        self.save.setObjectName("primary")
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.steps)
        column.addWidget(self.said)
        super().__init__("", "", body, (self.save, self.go_on))
        self.save.setText(self.tr("Save the answer as a file…"))
        self.go_on.setText(self.tr("Go to the desk"))
        self.lead.setText(self.tr("This computer has your key now, and what you write counts as yours."))
        self._store: Store | None = None
        self._answer, self._is_handed = "", False
        self._by: Signer | None = None
        self.save.clicked.connect(self._choose_file)
        self.go_on.clicked.connect(self.left)

    def show_joined(self, store: Store, by: Signer, chiefs: Sequence[str], *, has_stories: bool) -> None:
        """Says what is to be done until the first story comes, and with whom."""
        self._store, self._by = store, by
        self.heading.setText(self.tr("You are in, {name}").format(name=by.name))
        self.said.hide()
        who = self.tr(" or ").join(chiefs) or self.tr("a chief")
        answer = self.tr(
            "Save the answer as a file and send it to {who}, by e-mail or on a stick. With it their desk knows your "
            "key, and what they hand you can be sealed, so that only you can open it."
        )
        stories = self.tr(
            "No story has been handed to you yet. Ask {who} for a file: it opens when you drop it on the window of OVN "
            "Desk, or by a double click."
        )
        self._answer = answer.format(who=who)
        self._show_steps(self.tr("You can write at once.") if has_stories else stories.format(who=who))
        if self._is_handed:
            self.say_handed_over()

    def say_handed_over(self) -> None:
        """A file that somebody handed over came, and waits for the desk: nobody has to be asked for one."""
        self._is_handed = True
        if self._answer:
            self._show_steps(self.tr("Go to the desk: what was handed to you is shown there."))

    def _show_steps(self, then: str) -> None:
        lines = "".join(f"<li>{one}</li>" for one in (self._answer, then))
        self.steps.setText(f"<ol style='margin-left:-22px'>{lines}</ol>")

    def write_answer(self, to: Path) -> None:
        """The answer as a file to send to a chief: it carries the key's public half, and no story."""
        if self._store is None or self._by is None:
            return
        if requests.save_request(self._store, to, by=self._by, say=self.said.say):
            self.go_on.setFocus()

    def _choose_file(self) -> None:
        if self._by is None:
            return
        file = requests.choose_request_file(self, self._by.name, title=self.save.text(), has_joined=True)
        if file is not None:
            self.write_answer(file)
