"""After a crash: text that was kept but never became a version is offered, not forced."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ovn_desk.domain.article import WorkingCopy
from ovn_desk.store import Readable
from ovn_desk.ui import actions

if TYPE_CHECKING:
    from ovn_desk.ui.window import Desk


def found(store: Readable) -> list[WorkingCopy]:
    """Working copies that say something else than the newest version of their article."""
    with store.read() as reading:
        copies = reading.working_copies()
        return [copy for copy in copies if copy.content != reading.revision(reading.article(copy.article).head).content]


def offer(desk: "Desk") -> None:
    """Says what was kept, in a bar; going on is the default, and throwing away keeps a version in the history."""
    session = desk.workspace.session
    copies = [] if session.why_read_only else found(session)
    if not copies:
        return
    copy = copies[0]
    headline = copy.content.headline or QCoreApplication.translate("Recovery", "an article without a headline")
    kept = f"{copy.kept_at.astimezone():%H:%M:%S}"
    stopped = QCoreApplication.translate(
        "Recovery", "The desk stopped while “{headline}” was being written. Everything up to {kept} was kept."
    )
    unfinished = QCoreApplication.translate(
        "Recovery", "“{headline}” was being written, last at {kept}, and that is no version yet."
    )
    sentence = stopped if desk.was_stopped else unfinished
    if len(copies) > 1:
        more = QCoreApplication.translate("Recovery", " {count} more texts were kept, too: they are in the list.")
        sentence += more.replace("{count}", str(len(copies) - 1))

    def go_on(_: str) -> None:
        desk.open_article(copy.article)

    def compare(_: str) -> None:
        desk.open_article(copy.article)
        if desk.workspace.article.folded:
            desk.compare(desk.workspace.article.folded.head, "")

    def go_back(_: str) -> None:
        desk.open_article(copy.article)
        actions.revert(desk)

    desk.bar.say(
        sentence.format(headline=headline, kept=kept),
        tone="warn",
        answers=[
            (QCoreApplication.translate("Recovery", "Go on writing"), go_on),
            (QCoreApplication.translate("Recovery", "Compare"), compare),
            (QCoreApplication.translate("Recovery", "Use the last version"), go_back),
        ],
        sticky=True,
    )
