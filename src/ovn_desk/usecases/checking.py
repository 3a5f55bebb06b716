"""Checking a text: its claims against its sources, its style, and the house's checklists."""

from dataclasses import dataclass
from datetime import UTC, datetime

from ovn_desk.domain import checklist, verification
from ovn_desk.domain.article import ArticleId, Content
from ovn_desk.domain.checklist import Problem
from ovn_desk.domain.comments import threads
from ovn_desk.domain.finding import Finding, standing_findings
from ovn_desk.domain.house import House
from ovn_desk.domain.verification import ClaimStatus
from ovn_desk.formats import annotated as copy
from ovn_desk.store import ReadTransaction
from ovn_desk.text import claims, style, words
from ovn_desk.usecases import suggesting, writing


@dataclass(frozen=True, slots=True)
class Check:
    """What a check gives: every claim as it stands, the style advice nobody has ignored, and the lines to settle."""

    claims: tuple[ClaimStatus, ...]
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]

    @property
    def to_settle(self) -> int:
        """How many lines stand in the way of approval: what every place in the window shows."""
        return checklist.count_to_settle(self.problems)

    @property
    def ready_to_file(self) -> bool:
        return not any(problem.blocks_filing for problem in self.problems)

    @property
    def ready_to_approve(self) -> bool:
        return not self.to_settle


def annotated_copy(reading: ReadTransaction, article: ArticleId) -> str:
    """The annotated copy of an article as it is now, as one HTML page; private, like the store itself."""
    content, house = writing.text_of(reading, article), reading.house()
    made_at = f"{datetime.now(UTC).astimezone(house.zone):%d %B %Y, %H:%M %Z}"
    is_saved = reading.working_copy(article) is None
    revision = reading.article(article).head if is_saved else ""
    return copy.write(
        content,
        check_content(content, house).claims,
        house,
        made_at=made_at,
        revision=revision,
        comments=threads(reading.events(article)),
        names={person.id: person.name for person in reading.staff()},
    )


def checked_article(reading: ReadTransaction, article: ArticleId, *, content: Content | None = None) -> Check:
    """Check an article's text, with its open comments and an editor's undecided changes counted.

    `content` is what is on the screen; without it, what the store has.
    """
    content = content or writing.text_of(reading, article)
    must_fix = sum(comment.stops_approval for comment in threads(reading.events(article)))
    undecided = len(suggesting.suggestions(reading, article).undecided)
    live = reading.article(article).live_approval
    published = reading.revision(live.revision).content if live and content.corrections else None
    return check_content(content, reading.house(), must_fix=must_fix, undecided=undecided, published=published)


def check_content(
    content: Content, house: House, *, must_fix: int = 0, undecided: int = 0, published: Content | None = None
) -> Check:
    """Check a text: claims, style and checklist; open `must_fix` comments and `undecided` changes stop approval.

    Pure but for today's date, which the deadlines of right of reply are held against, and cheap after one key: what
    stands in the other paragraphs is known. Raises DeskError for a style rule of the house that can not be read.
    """
    judged = tuple(verification.judge(claims.find(content), content.sources, content.waivers))
    findings = tuple(standing_findings(style.find(content, style.rules(house.text)), content.waivers))
    today = datetime.now(UTC).astimezone(house.zone).date().isoformat()
    found = checklist.Found(judged, findings, must_fix, undecided, words.count(content.body), today, published)
    return Check(judged, findings, tuple(checklist.problems(content, house, found)))
