"""What a row of the list says: who, when, how long, why it was sent back, and what is to be done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from time import monotonic

from PySide6.QtCore import QCoreApplication

from ovn_desk.domain.article import ArticleId, StaffId
from ovn_desk.domain.assignments import Due, due
from ovn_desk.domain.notifications import Reason
from ovn_desk.domain.workflow import EDITORS, RUNNING, State
from ovn_desk.ui.state.clock import newsroom_now, newsroom_time
from ovn_desk.ui.state.custody import custody_names, custody_text
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.widgets.phrases import age, quantity
from ovn_desk.usecases import exportable, kept_out, queries
from ovn_desk.usecases.article_list import ListLine, Note
from ovn_desk.usecases.queries import ArticleRow

_IS_LATE = RUNNING - {State.APPROVED, State.HELD}
_FILED_ONCE = frozenset({State.FILED, State.IN_REVIEW, State.SENT_BACK})
_TO_SETTLE = _FILED_ONCE | {State.DRAFT}
_AGE_CHANGES = 20  # seconds in which no age on the screen is wrong by more than that


@dataclass(frozen=True, slots=True)
class RowText:
    """The texts of a row. `quote` are somebody's own words; `tone` is the badge's: calm, warn or bad."""

    headline: str
    language: str
    about: str
    quote: str = ""
    badge: str = ""
    tone: str = ""
    is_pinned: bool = False
    has_headline: bool = True

    @property
    def whole(self) -> str:
        """Everything, as a tooltip and a screen reader have it."""
        said = " ".join(part for part in (self.about, self.quote) if part)
        return "\n".join(part for part in (self.headline, said, self.badge) if part)


class RowTexts:
    """Makes them for whoever sits here."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._names: dict[StaffId, str] = {}
        self._custody_names: dict[StaffId, str] = {}
        self._made: dict[ListLine, RowText] = {}
        self._made_at: object = None
        self.say_where: Callable[[ArticleId], str] = lambda _: ""
        """What of a story is only on this laptop, for its tooltip."""
        self.is_for_me = False
        self.to_settle: tuple[ArticleId | None, int] = (None, 0)
        """How much is to be settled in the open article as it stands; its row counts its last revision."""
        self.length: tuple[ArticleId | None, int] = (None, 0)
        """The words of the open article as it stands; its row has the newest version's, or what was kept."""
        self.refresh()

    def refresh(self) -> None:
        """Reads anew who works here. Where nobody shares a first name it stands alone: the list is narrow."""
        self._made.clear()
        self._names = queries.short_names(self._session.store)
        self._custody_names = custody_names(self._session, is_short=True)

    def forget(self) -> None:
        """What was made is made anew."""
        self._made.clear()

    def forget_exports(self) -> None:
        """A step was taken or a site written: which withdrawn pages still stand is asked anew when one is seen."""
        self.__dict__.pop("_standing_pages", None)
        self._made.clear()

    @cached_property
    def _standing_pages(self) -> frozenset[ArticleId]:
        return queries.ask(self._session.store, exportable.standing_pages)

    def make(self, line: ListLine) -> RowText:
        """The texts of a line; a row is measured and drawn many times a minute, and says the same."""
        now = (int(monotonic() // _AGE_CHANGES), self.is_for_me, self.to_settle, self.length)
        if now != self._made_at:
            self._made.clear()
            self._made_at = now
        if line not in self._made:
            self._made[line] = self._make(line)
        return self._made[line]

    def _make(self, line: ListLine) -> RowText:
        row = line.row
        about, quote = self._about(line)
        badge, tone = self._badge(line)
        return RowText(
            row.headline or _translate("No headline yet"),
            row.language if row.headline else "en",
            about,
            quote,
            badge,
            tone,
            is_pinned=line.is_pinned,
            has_headline=bool(row.headline),
        )

    def _about(self, line: ListLine) -> tuple[str, str]:
        row, now = line.row, newsroom_now(self._session.house)
        opened, words = self.length
        when = age(row.updated_at, now)
        length = quantity(words if row.id == opened else row.words, "word", "words")
        if line.discarded_at is not None:
            return _translate("discarded {when} · {length}").format(when=age(line.discarded_at, now), length=length), ""
        if (note := self._note(line)) is not None:
            quote = f"“{' '.join(note.words.split())}”" if note.words else ""
            is_others = not self.is_for_me and row.reporter != self._session.person.id
            is_here_only = kept_out.is_filed_here_only(self._session.store, row.id, row.state)
            said = self._custody(row) if is_others or is_here_only else self._reason(note, now)
            if row.state is State.FILED and is_others:
                said = " · ".join(filter(None, [self._names.get(row.reporter, ""), said]))
            return said + (":" if quote else ""), quote
        name = self._names.get(row.reporter, "") if row.reporter != self._session.person.id else ""
        if row.state not in RUNNING:  # nobody has it any more
            return " · ".join([f"{name}, {when}" if name else when, length]), ""
        custody = self._custody(row, when)
        writer = [name] if name and row.custody.holder != row.reporter else []
        return " · ".join([*writer, custody, length]), ""

    def _custody(self, row: ArticleRow, when: str = "") -> str:
        """Who has the story; of a draft of whoever looks, which goes without saying, when it was changed."""
        if when and row.state is State.DRAFT and row.custody.holder == self._session.person.id:
            return when
        return custody_text(self._session, row.id, row.custody, row.state, self._custody_names)

    def _note(self, line: ListLine) -> Note | None:
        """What brings the article to whoever looks for what waits; else why it was sent back, or the note it has."""
        if self.is_for_me:
            return next(iter(line.notes), None)
        wanted = {State.SENT_BACK: Reason.SENT_BACK, State.FILED: Reason.WAITING}.get(line.row.state)
        found = next((note for note in line.notes if note.why is wanted), None)
        return found if found is not None and (found.words or wanted is Reason.SENT_BACK) else None

    def _reason(self, note: Note, now: datetime) -> str:
        name, when = self._names.get(note.by, ""), age(note.at, now)
        if note.why is Reason.SENT_BACK and not self.is_for_me:
            return f"{name}, {when}"
        who = when if note.by == self._session.person.id else f"{name}, {when}"
        return f"{str(note.why.words).capitalize()} · {who}"

    def _badge(self, line: ListLine) -> tuple[str, str]:
        row = line.row
        if row.is_lapsed or row.is_unconfirmed:
            lapsed = _translate("does not count")
            return lapsed if row.is_lapsed else _translate("not yet confirmed"), "warn"
        if row.versions > 1:
            return _translate("{number} versions: decide").format(number=row.versions), "bad"
        if row.custody.rivals:
            is_theirs = self._session.person.role in EDITORS
            return _translate("taken twice: settle it" if is_theirs else "taken by two editors"), "bad"
        if line.is_to_read:
            return _translate("combined, please read"), "warn"
        if row.is_changed:
            return _translate("changed since approval"), "warn"
        late, how_late = self._deadline(line) if self.is_for_me or row.state in _IS_LATE else ("", "")
        to_do, how_open = self._open_words(line)
        if late or to_do:
            return " · ".join(filter(None, [late, to_do])), how_late or how_open
        if row.state is State.WITHDRAWN and row.id in self._standing_pages:
            return _translate("its page is still up"), "warn"
        if row.state is State.APPROVED:
            return _translate("signed, ready to export"), "calm"
        return "", ""

    def _open_words(self, line: ListLine) -> tuple[str, str]:
        """That it is a correction, which readers wait for, and how much of it is to be settled."""
        row, (opened, number) = line.row, self.to_settle
        to_settle = number if row.id == opened else row.problems
        parts = [_translate("correction")] if line.is_correction and row.state in _FILED_ONCE else []
        is_open = bool(row.state in _TO_SETTLE and to_settle and line.discarded_at is None)
        if is_open:
            parts.append(_translate("{number} to settle").format(number=to_settle))
        return " · ".join(parts), ("warn" if is_open else "calm") if parts else ""

    def _deadline(self, line: ListLine) -> tuple[str, str]:
        if line.due_at is None:
            return "", ""
        when = f"{newsroom_time(self._session.house, line.due_at):%a %H:%M}"
        match due(line.due_at, newsroom_now(self._session.house)):
            case Due.OVER:
                return _translate("overdue since {when}").format(when=when), "bad"
            case Due.SOON:
                return _translate("due {when}").format(when=when), "warn"
            case _:
                return "", ""


def _translate(text: str) -> str:
    return QCoreApplication.translate("Articles", text)
