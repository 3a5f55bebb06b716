"""Who may take which step with an article now, and why somebody may not."""

from ovn_desk.domain.errors import StepRefused
from ovn_desk.domain.house import Staff
from ovn_desk.domain.workflow.article import Article
from ovn_desk.domain.workflow.rules import EDITORS, RULES, Rule, State, Step, step_done
from ovn_desk.messages import Alternatives, Message


def refusal(article: Article, step: Step, staff: Staff) -> Message | None:
    """Why this person may not take this step now; none when they may."""
    if staff.is_retired:
        return Message("step-retired", name=staff.name, step=step)
    if staff.role not in RULES[step].roles:
        return Message("step-editors-only", step=step, name=staff.name, role=staff.role)
    if step in {Step.APPROVE, Step.PUBLISH} and (why := _open_versions_refusal(article)):
        return why
    return rule_refusal(article, step, staff) or _holder_refusal(article, step, staff)


def rule_refusal(article: Article, step: Step, staff: Staff) -> Message | None:
    """What the row of the table says against a step, whoever has the article: the fold counts no step against it."""
    rule = RULES[step]
    if (why := _story_refusal(article, staff)) and (article.lapse or step is not Step.READ):
        return why
    if staff.role not in rule.roles:
        return Message("step-editors-only", step=step, name=staff.name, role=staff.role)
    if why := state_refusal(article, step):
        return why
    if rule.own and staff.id != article.reporter and staff.role not in EDITORS:
        return Message("step-reporter-or-editors-only", step=step)
    if rule.not_own and staff.id == article.reporter:
        return Message("step-not-by-reporter", name=staff.name, step=step)
    return None


def _story_refusal(article: Article, staff: Staff) -> Message | None:
    """Why nobody, or nobody else, may do anything with a story, as whoever began it had left or is not let in yet."""
    if article.lapse:
        return Message("story-lapsed", why=article.lapse)
    is_others = article.is_unconfirmed and staff.id != article.reporter
    return Message("story-not-confirmed") if is_others else None


def state_refusal(article: Article, step: Step) -> Message | None:
    """Why no step of this kind starts from where the article stands."""
    rule = RULES[step]
    if article.state not in rule.sources:
        states, done = Alternatives(rule.sources), step_done(step)
        return Message("step-from-other-state", state=article.state, states=states, done=done)
    return _live_refusal(article, rule, step) if rule.live is not None else None


def _holder_refusal(article: Article, step: Step, staff: Staff) -> Message | None:
    """Who has the article and who wrote it: what only its newest state tells."""
    if step is Step.APPROVE and article.holder != staff.id:
        return Message("step-untaken")
    if step is Step.CORRECT and staff.role not in EDITORS and staff.id not in article.authors:
        return Message("correct-other-reporters")  # what they would write could not count
    if step is Step.SEND_BACK and article.state is State.IN_REVIEW and article.holder != staff.id:
        return Message("send-back-untaken")
    if step in {Step.APPROVE, Step.SEND_BACK} and article.state is State.IN_REVIEW and article.rivals:
        return Message("step-taken-twice" if step is Step.APPROVE else "send-back-taken-twice")
    if step is Step.APPROVE and article.is_strict and staff.id in article.writers:
        return Message("step-not-by-writer", name=staff.name)
    if step is Step.TAKE and article.holder == staff.id and not article.rivals:
        return Message("step-taken-already", name=staff.name)
    return None


def _open_versions_refusal(article: Article) -> Message | None:
    """What stops approval and export of any article: versions nobody decided between, or what can not be read here."""
    if len(article.heads) > 1:
        return Message("versions-open", count=len(article.heads))
    if article.newer:
        return Message("article-has-newer")
    return None


def _live_refusal(article: Article, rule: Rule, step: Step) -> Message | None:
    if rule.live and not article.is_live:
        return Message("step-never-published", state=article.state, step=step)
    if not rule.live and article.is_live:
        return Message("step-while-published")
    return None


def may_take_step(article: Article, step: Step, staff: Staff) -> bool:
    """Whether `refusal` has nothing against it."""
    return not refusal(article, step, staff)


def check(article: Article, step: Step, staff: Staff, *, reason: str = "") -> None:
    """Raise StepRefused when `refusal` has something against the step, or a reason that it needs is missing."""
    if why := refusal(article, step, staff):
        raise StepRefused(why)
    if RULES[step].needs_reason and not reason.strip():
        raise StepRefused("reason-needed", step=step)


def may_come_to_approve(article: Article, staff: Staff) -> bool:
    """Whether this person could approve the article once it is taken: not who wrote it, and not a reporter."""
    is_writer = staff.id == article.reporter or (article.is_strict and staff.id in article.writers)
    return staff.role in RULES[Step.APPROVE].roles and not staff.is_retired and not is_writer


def edit_refusal(article: Article, staff: Staff) -> Message | None:
    """Why this person may not change the text now; none when they may."""
    if staff.is_retired:
        return Message("edit-retired", name=staff.name)
    if why := _story_refusal(article, staff):
        return why
    if article.state is State.WITHDRAWN:
        return Message("edit-withdrawn")
    if article.state is State.SPIKED:
        return Message("edit-after-end", state=article.state)
    if article.state is State.PUBLISHED:
        return Message("edit-published")
    if staff.role in EDITORS:
        return None
    if article.state is State.FILED:
        return Message("edit-filed")
    if article.state in {State.IN_REVIEW, State.APPROVED, State.HELD}:
        return Message("edit-with-desk", state=article.state)
    if staff.id not in article.authors:
        return Message("edit-other-reporters")
    return None


def typing_refusal(article: Article, staff: Staff) -> Message | None:
    """Why this person may not begin to write in the text now: what they typed before they knew of it still counts.

    A story that was sent back is its writer's. An editor who stands in for a writer who is away files it first.
    """
    if article.state is State.SENT_BACK and staff.role in EDITORS and staff.id != article.reporter:
        return Message("edit-sent-back")
    return edit_refusal(article, staff)


def next_step(article: Article, staff: Staff, *, has_writer_left: bool = False) -> Step | None:
    """The one step this person would most likely take now: what the main button offers.

    A draft and a story that was sent back wait for their reporter: nobody else is offered to file them, though an
    editor may, unless their writer has left the newsroom. Nobody is offered to take a story for review that they may
    not approve, as their own.
    """
    is_reporters = article.state in {State.DRAFT, State.SENT_BACK} and staff.id != article.reporter
    is_waiting = is_reporters and not has_writer_left
    for step in (Step.FILE, Step.APPROVE, Step.TAKE, Step.PUBLISH):
        if step is Step.PUBLISH and article.state is not State.APPROVED:
            continue
        if (step is Step.FILE and is_waiting) or (step is Step.TAKE and not may_come_to_approve(article, staff)):
            continue
        if may_take_step(article, step, staff):
            return step
    return None
