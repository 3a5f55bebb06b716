"""Who sits at this desk, and what a chief does: people, keys, the house, steps that do not count, the clock."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Role, Staff
from ovn_desk.ui.commands import Command, Menu, Submenu
from ovn_desk.ui.commands.palette import Choice, Find, Palette
from ovn_desk.ui.features.conditions import is_chief
from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.state.key_access import KeyAccess
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.widgets.kept_dialogs import KeptDialogs
from ovn_desk.ui.widgets.message_bar import REFUSAL, Answer, MessageBar
from ovn_desk.ui.widgets.opening import open_file
from ovn_desk.ui.widgets.phrases import quantity
from ovn_desk.ui.widgets.saving_place import suggest_file
from ovn_desk.usecases import people, queries, recovering

if TYPE_CHECKING:
    from ovn_desk.ui.dialogs.people import PeopleDialog

_LEFT_BEHIND = "left behind"
_GREETING = "who sits here"
"""The topic of what is said to whoever sits down: it is so until their key is open, or they leave."""


class PeopleFeature(Feature):
    """A key opens as its owner sits down, or the bar says what is missing, once."""

    def __init__(
        self,
        session: Session,
        article: OpenArticle,
        notices: Notices,
        *,
        key_access: KeyAccess,
        bar: MessageBar,
        palette: Palette,
        open_article: Callable[[str], object],
        ask_to_be_let_in: Callable[[], object],
        greet_asker: Callable[[], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session, self._article, self._notices, self._key_access = session, article, notices, key_access
        self._bar, self._palette, self._open_article, self._window = bar, palette, open_article, parent
        self._dialogs = KeptDialogs(bar)
        self._ask_to_be_let_in, self._greet_asker = ask_to_be_let_in, greet_asker
        self._sat = session.person
        session.person_changed.connect(self.greet)
        notices.refused.connect(self._hear_refused)
        session.key.opened.connect(lambda: bar.withdraw(_GREETING))

    def commands(self) -> Sequence[Command]:
        chief = partial(is_chief, self._session)
        switch = partial(self._palette.open, "~")
        newsroom = partial(Command, shortcut="", menu=Menu.FILE, submenu=Submenu.NEWSROOM)
        return (
            newsroom("app.house", "Newsroom settings…", run=self.show_house, when=chief),
            newsroom("person.people", "People and keys…", run=self.show_people),
            newsroom("person.invite", "Invite somebody…", run=self.invite, when=chief),
            newsroom("person.uncounted", "Steps that do not count…", run=self.show_uncounted, when=chief),
            newsroom("app.clock", "Trust this computer's clock…", run=self.believe_clock, when=chief),
            Command("person.switch", "Switch person…", "Ctrl+Shift+P", Menu.FILE, switch),
        )

    def choices(self) -> Mapping[str, Find]:
        return {"~": self.find_people}

    def greet(self) -> None:
        """Asks for what opens the key of whoever sits here now; says nothing where it is open."""
        before, self._sat = self._sat, self._session.person
        self._greet_asker()
        self._bar.withdraw(_GREETING)
        self._say_what_lacks()
        if before.is_retired and not self._sat.is_retired:
            self._say_left_behind(before)

    def _say_left_behind(self, before: Staff) -> None:
        """To whoever comes back as somebody new: what they typed before they left is in no story of theirs."""
        session = self._session
        if not queries.ask(session.store, recovering.unfinished_texts, by=before):
            return
        said = self.tr(
            "What {name} typed here before leaving is in no story of yours: save it as files, and import them (File, "
            "Import)."
        )
        save: Answer = (self.tr("Save what was typed here…"), lambda _: self.ask_for_folder(by=before))
        self._bar.say(said.format(name=before.name), tone="warn", answers=[save], sticky=True, topic=_LEFT_BEHIND)

    def _hear_refused(self, sentence: str) -> None:
        """What is refused for want of a key leaves the way to one on top, once it is said; the rest has to be read."""
        try:
            _ = self._session.by
        except DeskError as lacking:
            if str(lacking) == sentence:
                QTimer.singleShot(0, self, self._greet_again)

    def _greet_again(self) -> None:
        if self._bar.tells_of(_GREETING) and not self._session.key.is_open:
            self._bar.withdraw(_GREETING)
            self._bar.withdraw(REFUSAL)
            self._say_what_lacks()

    def _say_what_lacks(self) -> None:
        """Says what whoever sits here lacks to write and sign, with the way to it."""
        session = self._session
        if session.person.is_retired and not session.why_read_only:
            self.say_left()
            return
        if session.key.is_open or session.why_read_only:
            return
        if session.key.is_sealed:
            self._key_access.ask()
            return
        name = session.person.name
        ask: Answer = (self.tr("Ask to be let in…"), lambda _: self._ask_to_be_let_in())
        invited: Answer = (self.tr("I was invited…"), lambda _: self._ask_for_invitation())
        answers = [ask, invited]
        if session.person == people.READER:
            sentence = self.tr("Nobody has said who sits at this desk: it only reads.")
            answers = [(self.tr("Say who I am…"), ask[1]), invited]
        elif not self._is_chief_open():
            sentence = self.tr("{name} has no key on this computer, and can only read here.")
        else:
            sentence = self.tr("{name} has no key on this computer. Whoever uses this login could then sign as {name}.")
            answers = [(self.tr("Make one here"), lambda _: self._make_key())]
        self._bar.say(
            sentence.format(name=name),
            tone="warn",
            answers=answers,
            topic=_GREETING,
        )

    def say_left(self) -> None:
        """To whoever has left: that they only read, and what they typed that no other desk has."""
        session = self._session
        said = self.tr("{name} has left this newsroom, and can only read here.").format(name=session.person.name)
        texts = len(queries.ask(session.store, recovering.unfinished_texts, by=session.person))
        if not texts:
            self._bar.say(said, tone="warn", topic=_GREETING)
            return
        alone = self.tr(
            "What was written in {stories} is no version, or counts at no desk any more: save it as files, which an "
            "editor can import."
        ).format(stories=quantity(texts, "story", "stories"))
        save: Answer = (self.tr("Save what was typed here…"), lambda _: self.ask_for_folder())
        self._bar.withdraw(_GREETING)  # it is said on top, also to whoever asked for more than they may
        self._bar.say(f"{said} {alone}", tone="warn", answers=[save], topic=_GREETING)

    def ask_for_folder(self, *, is_kept_out: bool = False, by: Staff | None = None) -> None:
        """Saves what was typed here and is no version, or counts for nobody, into a folder that is chosen.

        Of who is kept out of the hub, also what that lacks. `by` whoever sits here, where nobody else is named.
        """
        title = self.tr("Save what was typed here into")
        if chosen := QFileDialog.getExistingDirectory(self._window, title, suggest_file("")):
            self.save_texts(Path(chosen), is_kept_out=is_kept_out, by=by)

    def save_texts(self, folder: Path, *, is_kept_out: bool = False, by: Staff | None = None) -> None:
        """What was typed here and is no version, as a file for each story."""
        store = self._session.flushed_store()
        if store is None:
            return
        try:
            written = recovering.write_files(store, folder, by=by or self._session.person, is_kept_out=is_kept_out)
        except DeskError as error:
            self._notices.refused.emit(str(error))
            return
        said = self.tr("{files} written to {folder}. Send them to an editor, who imports them.")
        if len(written) == 1:
            said = self.tr("{files} written to {folder}. Send it to an editor, who imports it.")
        self._bar.say(
            said.format(files=quantity(len(written), "file", "files"), folder=folder),
            answers=[(self.tr("Open folder"), lambda _: open_file(folder, self._notices.warn))],
        )

    def _is_chief_open(self) -> bool:
        try:
            self._session.key.check_open_chief()
        except DeskError:
            return False
        return True

    def find_people(self, words: str) -> list[Choice]:
        """For the palette: who works here; whoever is chosen sits down."""
        return [
            Choice(person.name, person.role, partial(self._article.switch_person, person))
            for person in queries.active_staff(self._session.store)
            if words in person.name.casefold()
        ]

    def show_house(self) -> None:
        from ovn_desk.ui.dialogs.house import HouseDialog  # not needed to begin

        self._dialogs.open(("newsroom", self._session.person.id), lambda: HouseDialog(self._session, self._window))

    def show_people(self) -> None:
        self._open_people()

    def _open_people(self) -> "PeopleDialog":
        from ovn_desk.ui.dialogs.people import PeopleDialog  # not needed to begin

        about = ("people", self._session.person.id, self._session.key.is_chiefs)
        return self._dialogs.open(about, lambda: PeopleDialog(self._session, self._window))

    def add_for_hub(self, go_back: Callable[[], object]) -> None:
        """The people, to add somebody who is let in at the hub next, where `go_back` leads when this is closed."""
        dialog = self._open_people()
        dialog.begin_adding_for_hub()

        def leave(_: int) -> None:
            dialog.finished.disconnect(leave)
            go_back()

        dialog.finished.connect(leave)

    def invite_editor(self) -> None:
        """The same for somebody who may approve."""
        self.invite(Role.EDITOR)

    def invite(self, role: Role = Role.REPORTER, name: str = "") -> None:
        """The people, with the keyboard where a newcomer's name is typed, and the role that is wanted of them."""
        self._open_people().begin_inviting(role, name)

    def invite_again(self, name: str) -> None:
        """The same for somebody who left, who comes back as a new person."""
        self.invite(name=name)

    def show_uncounted(self) -> None:
        from ovn_desk.ui.dialogs.uncounted import UncountedDialog  # not needed to begin

        dialog = UncountedDialog(self._session, self._window)
        dialog.article_wanted.connect(self._open_article)
        self._show(dialog)

    def believe_clock(self) -> None:
        """A chief says that the clock here is right, which a refused export asks for."""
        session = self._session

        def believe(why: str) -> None:
            from ovn_desk.usecases.publishing import clock  # not needed to begin

            store = session.flushed_store()
            if store and self._notices.try_action(lambda: clock.believe(store, by=session.by, why=why)):
                self._notices.done.emit(self.tr("This computer's clock is trusted now. Export again."))

        self._bar.ask(
            self.tr("Records here are of a later time than this computer's clock. How do you know that it is right?"),
            answers=[(self.tr("It is right"), lambda why: self._key_access.with_key(partial(believe, why)))],
            needs=self.tr("A reason is needed."),
        )

    def _make_key(self) -> None:
        self._notices.try_action(self._session.key.make)

    def _ask_for_invitation(self) -> None:
        """Asks for the words of an invitation; whoever they invite sits down here, and signs from then on."""

        def join(words: str) -> None:
            self._notices.try_action(lambda: self._notices.done.emit(self._session.join(words)))

        self._bar.ask(self.tr("The twelve words of your invitation:"), answers=[(self.tr("Join"), join)])

    def _show(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()
