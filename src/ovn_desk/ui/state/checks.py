"""The check of the working text, made off the window's thread whenever the keys have rested."""

from collections import Counter

from PySide6.QtCore import QObject, Signal

from ovn_desk.domain import finding, verification
from ovn_desk.domain.article import ArticleId, Content
from ovn_desk.domain.claim import CHECKED
from ovn_desk.domain.evidence import WaiverKind
from ovn_desk.domain.finding import Finding
from ovn_desk.domain.verification import HOLDS, ClaimStatus
from ovn_desk.ui.background.jobs import Latest
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.usecases import checking, queries
from ovn_desk.usecases.checking import Check


class Checks(QObject):
    """`latest` is the newest check, `content` and `article` what it was made of; `changed` says that another came."""

    changed = Signal()

    def __init__(
        self, session: Session, article: OpenArticle, text: WorkingText, notices: Notices, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._article, self._text, self._notices = session, article, text, notices
        self._jobs = Latest(self)
        self.latest = Check((), (), ())
        self.content = Content()
        self.article: ArticleId | None = None
        article.opened.connect(self._ask)
        text.rested.connect(self._ask)
        article.changed.connect(self._ask)
        session.house_changed.connect(self._ask)

    @property
    def to_settle(self) -> int:
        """How many lines of the checklist stand in the way of approval: the one count that every place shows."""
        return self.latest.to_settle

    @property
    def claim_counts(self) -> tuple[int, int]:
        """How many claims that may stop an approval rest on something, and how many there are."""
        checked = [one for one in self.latest.claims if one.claim.kind in CHECKED]
        return sum(one.status in HOLDS for one in checked), len(checked)

    @property
    def settled_ways(self) -> dict[WaiverKind, int]:
        """How many of the claims that rest on something do so by a person's word, by what that person said of them."""
        waivers = [one.waiver for one in self.latest.claims if one.claim.kind in CHECKED and one.status in HOLDS]
        return dict(Counter(waiver.kind for waiver in waivers if waiver is not None))

    def waive(self, judged: ClaimStatus, kind: WaiverKind, reason: str) -> None:
        """A person's word that a claim stands; gone by itself when its sentence changes."""
        waiver = verification.waive(
            judged,
            kind,
            by=self._session.person.name,
            at=self._session.today,
            reason=reason.strip(),
        )
        self._text.edit(waivers=(*self._text.content.waivers, waiver))

    def ignore(self, found: Finding, reason: str) -> None:
        """A person's word that a sentence stays as it is though a style rule speaks about it."""
        waiver = finding.ignore(found, by=self._session.person.name, at=self._session.today, reason=reason.strip())
        self._text.edit(waivers=(*self._text.content.waivers, waiver))

    def take_back(self, judged: ClaimStatus) -> None:
        """The waiver of a claim is gone; the claim is judged again."""
        left = tuple(waiver for waiver in self._text.content.waivers if waiver != judged.waiver)
        self._text.edit(waivers=left)

    def finish(self) -> None:
        self._jobs.finish()

    def _ask(self) -> None:
        content, article = self._text.content, self._article.id
        if article is None:
            self._show(None, content, Check((), (), ()))
            return

        def check() -> Check:
            return queries.ask(self._session.store, checking.checked_article, article, content=content)

        def follow(made: Check) -> None:
            if article == self._article.id:
                self._show(article, content, made)

        def refuse(why: str) -> None:
            if article == self._article.id:  # why one that went meanwhile has no checks is no news
                self._notices.refused.emit(why)

        self._jobs.ask(check, done=follow, refused=refuse)

    def _show(self, article: ArticleId | None, content: Content, check: Check) -> None:
        self.article, self.content, self.latest = article, content, check
        self.changed.emit()
