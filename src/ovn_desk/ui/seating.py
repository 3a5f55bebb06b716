"""Who sits at this desk, and their key: it opens as they sit down, or the bar says what is missing, once."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ovn_desk.domain.errors import DeskError
from ovn_desk.ui.message_bar import MessageBar
from ovn_desk.ui.notices import Notices
from ovn_desk.ui.session import Session

if TYPE_CHECKING:
    from ovn_desk.ui.window import Desk


def greet(desk: "Desk") -> None:
    """Asks for what opens the key of whoever sits here now; says nothing where it is open."""
    session, notices = desk.workspace.session, desk.workspace.notices
    if session.is_signing or session.why_read_only:
        return
    name = session.person.name
    if session.is_sealed:
        desk.bar.ask(
            _tr("Passphrase of {name}").format(name=name),
            answers=[(_tr("Open my key"), lambda words: notices.try_action(lambda: session.open_key(words)))],
            secret=True,
        )
        return
    try:
        session.check_open_chief()
    except DeskError:
        said = _tr("{name} has no key on this computer, and can read only. A chief invites them.").format(name=name)
        desk.bar.say(
            said,
            tone="warn",
            answers=[(_tr("I was invited…"), lambda _: ask_for_invitation(desk.bar, session, notices))],
        )
        return
    desk.bar.say(
        _tr("{name} has no key on this computer. Whoever uses this login could then sign as {name}.").format(name=name),
        tone="warn",
        answers=[(_tr("Make one here"), lambda _: notices.try_action(session.make_key))],
    )


def ask_for_invitation(bar: MessageBar, session: Session, notices: Notices) -> None:
    """Asks for the words of an invitation; whoever they invite sits down here, and signs from then on."""

    def join(words: str) -> None:
        if notices.try_action(lambda: session.join(words)):
            notices.done.emit(_tr("Welcome, {name}. You sign here from now on.").format(name=session.person.name))

    bar.ask(_tr("The twelve words of your invitation:"), answers=[(_tr("Join"), join)])


def _tr(text: str) -> str:
    return QCoreApplication.translate("Seating", text)
