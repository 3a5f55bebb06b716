"""The first start: found a newsroom, join one that is elsewhere, bring one back, or try the sample newsroom."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ovn_desk.domain.errors import DeskError
from ovn_desk.ui.background.jobs import Worker
from ovn_desk.ui.startup.copy_form import CopyForm
from ovn_desk.ui.startup.founding_form import FoundingForm
from ovn_desk.ui.startup.join_form import JoinForm
from ovn_desk.ui.startup.start_page import LargeChoice, StartPage
from ovn_desk.ui.state.incoming_files import FileKind, kind_of
from ovn_desk.ui.widgets.file_drops import FileDrops
from ovn_desk.ui.widgets.verdict import Verdict
from ovn_desk.ui.widgets.word_grid import WordGrid
from ovn_desk.usecases import housekeeping, sample
from ovn_desk.usecases.queries import Store

_LEAST_SIZE = 520, 360
_LOOKED_AT = frozenset({FileKind.HANDED_OVER, FileKind.INVITATION, FileKind.COPY})
"""What the desk shows or asks about, before anything of it is taken in."""


class FirstStart(QStackedWidget):
    """Makes the store; then `founded` with it and who sits there, by name or id, empty for nobody.

    Nothing is written before the last button. `copy_folders` are where copies went on this computer before.
    """

    founded = Signal(object, str)
    sample_made = Signal()
    """The sample newsroom is in its place, beside the one that is not made yet."""

    def __init__(self, path: Path, parent: QWidget | None = None, *, copy_folders: Sequence[Path] = ()) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(*_LEAST_SIZE)
        self._path = path
        self._worker = Worker(self)
        self.made: Store | None = None
        self.waiting: list[Path] = []
        """Files that came while the newsroom was being made here: the desk takes them in as it opens."""
        self._name = ""
        self.complaint = ""
        self.form = FoundingForm()
        self.form.done.connect(self._finish_founding)
        self.form.complaint_wanted.connect(self.complain)
        self._complaints: list[Verdict] = []
        self.join_form = JoinForm(path, self)
        self.copy_form = CopyForm(path, self, folders=copy_folders)
        self.choices = self._make_choices()
        self.recovery = WordGrid(self.tr("The recovery key"))
        self.written_down = QCheckBox(self.tr("I have written these words on paper"))
        self.go_on = self._primary(self.tr("Go to the desk"))
        self.go_on.setEnabled(False)  # one Enter too many must not take words away that are shown once
        self.written_down.toggled.connect(self.go_on.setEnabled)
        self.go_on.clicked.connect(self._go_on)
        self._first = self._first_page()
        self._founding = self._founding_page()
        self._words = self._words_page()
        self.join_form.left.connect(self._show_choices)
        self.join_form.joined.connect(self.founded)
        self.join_form.page_wanted.connect(self.setCurrentWidget)
        self.copy_form.left.connect(self._show_choices)
        self.copy_form.brought.connect(lambda store: self.join_form.begin(brought=store))
        self.copy_form.page_wanted.connect(self.setCurrentWidget)
        for page in (self._first, self._founding, self._words, *self.join_form.pages, *self.copy_form.pages):
            self.addWidget(page)
        self._show_choices()
        FileDrops(self, self.take_files)

    @property
    def name(self) -> QWidget:
        return self.form.name

    def begin_founding(self) -> None:
        """Asks for what a new newsroom needs."""
        self.complain("")
        self.setCurrentWidget(self._founding)
        self.form.focus_missing()

    def join(self, file: Path | None = None) -> None:
        """Joins with what somebody was given, an invitation or a file of a colleague: asks for it, or looks into it."""
        self.join_form.begin(file)

    def take_files(self, files: list[Path]) -> None:
        """Goes on with a file that was dropped or double-clicked; once a newsroom is made it waits for the desk."""
        if self.made is not None or self.join_form.is_begun or self.copy_form.is_begun:
            self._keep_for_desk(files)
            return
        kinds = {kind_of(file): file for file in reversed(files)}
        given = kinds.get(FileKind.INVITATION) or kinds.get(FileKind.HANDED_OVER)
        if self.currentWidget() is self._founding:
            self.complain(self.tr("Go on here first. Then drop the file on the desk."))
        elif given is not None:
            self.join(given)
        elif copy := kinds.get(FileKind.COPY):
            self.copy_form.begin(copy)
        else:
            said = self.tr("{name} can come in once there is a newsroom: start one here, or join one.")
            self._show_choices()
            self.complain(said.format(name=files[0].name))

    def _keep_for_desk(self, files: list[Path]) -> None:
        """The page stays, with what it says only once; the files come in behind it."""
        self.waiting = list(dict.fromkeys([*self.waiting, *files]))
        kinds = {file: kind_of(file) for file in self.waiting}
        ours = [file for file in self.waiting if kinds[file] in _LOOKED_AT]
        taken_in = self.tr("{files}: taken in when you go to the desk.")
        looked_at = self.tr("{files}: looked at when you go to the desk, and taken in only where you say so there.")
        sorts = ((taken_in, [file for file in self.waiting if file not in ours]), (looked_at, ours))
        said = [words.format(files=", ".join(file.name for file in some)) for words, some in sorts if some]
        said.append(self.tr("Go on here first."))
        for page in self.findChildren(StartPage):
            page.show_note(" ".join(said))
        if FileKind.HANDED_OVER in kinds.values():
            self.join_form.joined_page.say_handed_over()

    def try_sample(self) -> None:
        """Makes the sample newsroom where there is none yet, off the window's thread, and goes there."""
        if self._worker.is_busy:
            return
        path = sample.sample_path(self._path)
        if path.exists():
            self.sample_made.emit()
            return
        choice = self.choices["sample"]
        choice.say(choice.title.text(), self.tr("Making the sample newsroom: a few seconds…"))

        def refuse(why: str) -> None:
            self._describe_sample()
            self.complain(why)

        self._worker.run(
            lambda: sample.make_sample_newsroom(path).close(), done=lambda _: self.sample_made.emit(), refused=refuse
        )

    def _make_choices(self) -> dict[str, LargeChoice]:
        made = {
            "found": LargeChoice(self.tr("Start a newsroom"), self.tr("You are its chief, and invite the others.")),
            "invited": LargeChoice(
                self.tr("I was invited…"),
                self.tr("Somebody there gave you a file or twelve words."),
            ),
            "hub": LargeChoice(
                self.tr("From the hub…"),
                self.tr("Your newsroom has a server, and you have a login there."),
            ),
            "sample": LargeChoice(self.tr("Try the sample newsroom"), ""),
            "copy": LargeChoice(
                self.tr("I have a copy…"),
                self.tr("Bring a newsroom back from a stick or another disk."),
            ),
        }
        acts = {
            "found": self.begin_founding,
            "invited": self.join,
            "hub": self.join_form.begin_from_hub,
            "copy": self.copy_form.begin,
            "sample": self.try_sample,
        }
        for name, act in acts.items():
            made[name].setObjectName(f"welcome-{name}")
            made[name].clicked.connect(lambda _=False, act=act: act())
        return {"sample": made["sample"], **made} if self._has_sample else made

    @property
    def _has_sample(self) -> bool:
        """Whether there is a sample newsroom to go on in: then that comes first."""
        return sample.sample_path(self._path).exists()

    def _describe_sample(self) -> None:
        again = self.tr("Go on in the sample newsroom") if self._has_sample else self.tr("Try the sample newsroom")
        self.choices["sample"].say(again, self.tr("Invented people and stories, on this computer only."))

    def _show_choices(self) -> None:
        self._describe_sample()
        self.complain("")
        self.setCurrentWidget(self._first)
        self.choices["sample" if self._has_sample else "found"].setFocus()

    def _first_page(self) -> StartPage:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for choice in self.choices.values():
            column.addWidget(choice)
        column.addWidget(self._complaint())
        return StartPage(
            self.tr("Welcome to OVN Desk"),
            self.tr("A newsroom on your laptop. Everything stays on this computer; nothing is asked of the internet."),
            body,
            (),
        )

    def _founding_page(self) -> StartPage:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        begin, back = self._primary(self.tr("Open the desk")), QPushButton(self.tr("Back"))
        begin.clicked.connect(self._finish_founding)
        page = StartPage(
            self.tr("Your newsroom"),
            self.tr("All of this can be changed later. Nothing is written before you open the desk."),
            body,
            (begin, back, self._complaint()),
        )
        back.clicked.connect(self._show_choices)
        page.back_wanted.connect(self._show_choices)
        return page

    def _words_page(self) -> StartPage:
        """What is shown once, when the newsroom is made; Enter goes on once it is ticked."""
        page = StartPage(
            self.tr("Write these twelve words on paper"),
            self.tr(
                "They are the recovery key of this newsroom: a chief who lost their key gets a new one with them. "
                "They are shown this once and kept nowhere. Keep the paper where only chiefs come."
            ),
            self.recovery,
            (self.written_down, self.go_on),
        )
        page.next_wanted.connect(self.go_on.click)
        return page

    def _primary(self, words: str) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName("primary")
        return button

    def _complaint(self) -> Verdict:
        made = Verdict()
        self._complaints.append(made)
        return made

    def complain(self, sentence: str) -> None:
        """Says what is wrong, on the page that is shown; an empty sentence takes it back."""
        self.complaint = sentence
        for verdict in self._complaints:
            verdict.say(sentence, tone="bad")

    def _finish_founding(self) -> None:
        name = " ".join(self.form.name.text().split())
        try:
            text = self.form.house_text()
            if not name:
                self.complain(self.tr("Say who you are: your name stands in the history and in bylines."))
                self.form.focus_missing()
                return
            self._make_newsroom(name, text)
        except DeskError as error:
            self.complain(str(error))
            self.form.focus_missing()
            return
        self.setCurrentWidget(self._words)
        self.written_down.setFocus()

    def _make_newsroom(self, name: str, text: str) -> None:
        """Makes the newsroom; its recovery key is shown before anything else, for it is shown once."""
        made = housekeeping.create_newsroom(self._path, house_text=text, house_name=self.form.file_name, chief=name)
        if self.form.story.isChecked():
            sample.add_story_to_try(made.store, by=made.chief)
        self.recovery.show_words(made.recovery)
        self.made, self._name = made.store, made.chief.name

    def _go_on(self) -> None:
        if self.made is not None:
            self.founded.emit(self.made, self._name)
