"""Who may take which step with an article now, and why somebody may not."""

from ovn_desk.domain.errors import StepRefused
from ovn_desk.domain.house import Staff
from ovn_desk.domain.workflow.article import Article
from ovn_desk.domain.workflow.rules import EDITORS, RULES, WORDS, Rule, State, Step, state_words


def refusal(article: Article, step: Step, staff: Staff) -> str:
    """Why this person may not take this step now, in a sentence; empty when they may."""
    verb = WORDS[step][0]
    if staff.is_retired:
        return f"{staff.name} is retired from the roster and may not {verb} an article."
    if staff.role not in RULES[step].roles:
        return f"Only an editor may {verb} an article; {staff.name} is a {staff.role}."
    if step in {Step.APPROVE, Step.PUBLISH} and (why := _undecided(article)):
        return why
    return rule_refusal(article, step, staff) or _holder_refusal(article, step, staff)


def rule_refusal(article: Article, step: Step, staff: Staff) -> str:
    """What the row of the table says against a step, whoever has the article: the fold counts no step against it."""
    rule, (verb, _) = RULES[step], WORDS[step]
    if staff.role not in rule.roles:
        return f"Only an editor may {verb} an article; {staff.name} is a {staff.role}."
    if why := state_refusal(article, step):
        return why
    if rule.own and staff.id != article.reporter and staff.role not in EDITORS:
        return f"Only its reporter or an editor may {verb} this article."
    if rule.not_own and staff.id == article.reporter:
        return f"{staff.name} reported this article, so another editor has to {verb} it."
    return ""


def state_refusal(article: Article, step: Step) -> str:
    """Why no step of this kind starts from where the article stands."""
    rule, (verb, done) = RULES[step], WORDS[step]
    if article.state not in rule.sources:
        states = " or ".join(sorted(state_words(state) for state in rule.sources))
        return f"This article is {state_words(article.state)}; only one that is {states} can be {done}."
    return _live(article, rule, verb) if rule.live is not None else ""


def _holder_refusal(article: Article, step: Step, staff: Staff) -> str:
    """Who has the article and who wrote it: what only its newest state tells."""
    if step is Step.APPROVE and article.holder != staff.id:
        return "Take the article before approving it: somebody else has it now."
    if step is Step.APPROVE and article.rivals:
        return "Another editor took this article at the same time, on another computer. Agree, then take it again."
    if step is Step.APPROVE and article.is_strict and staff.id in article.writers:
        return (
            f"{staff.name} wrote part of this text since it was last approved; here another editor has to approve it."
        )
    if step is Step.TAKE and article.holder == staff.id and not article.rivals:
        return f"{staff.name} has this article already."
    return ""


def _undecided(article: Article) -> str:
    """What stops approval and export of any article: versions nobody decided between, or what can not be read here."""
    if len(article.heads) > 1:
        return f"There are {len(article.heads)} versions of this article. Decide between them first."
    if article.newer:
        return "A newer desk wrote something about this article that this one can not read. Update the desk first."
    return ""


def _live(article: Article, rule: Rule, verb: str) -> str:
    if rule.live and not article.is_live:
        return f"This article is {state_words(article.state)} and was never published; spike it, or {verb} it later."
    if not rule.live and article.is_live:
        return "Readers have this article: withdraw it, or send its correction back."
    return ""


def allowed(article: Article, step: Step, staff: Staff) -> bool:
    return not refusal(article, step, staff)


def check(article: Article, step: Step, staff: Staff, *, reason: str = "") -> None:
    """Raises StepRefused with the reason when this person may not take this step now."""
    if why := refusal(article, step, staff):
        raise StepRefused(why)
    if RULES[step].needs_reason and not reason.strip():
        raise StepRefused("reason-needed", step=WORDS[step][0])


def edit_refusal(article: Article, staff: Staff) -> str:
    """Why this person may not change the text now; empty when they may."""
    if article.state in {State.SPIKED, State.WITHDRAWN}:
        return f"This article is {state_words(article.state)}. Restore it to change it."
    if article.state is State.PUBLISHED:
        return "This article is published. Open a correction to change it."
    if staff.role in EDITORS:
        return ""
    if article.state in {State.FILED, State.IN_REVIEW, State.APPROVED, State.HELD}:
        return (
            f"This article is {state_words(article.state)}: the desk has it. Recall it or wait until it is sent back."
        )
    if staff.id not in article.authors:
        return "This is another reporter's draft."
    return ""


def next_step(article: Article, staff: Staff) -> Step | None:
    """The one step this person would most likely take now: what the main button offers."""
    for step in (Step.FILE, Step.APPROVE, Step.TAKE, Step.PUBLISH):
        if step is Step.PUBLISH and article.state is not State.APPROVED:
            continue
        if allowed(article, step, staff):
            return step
    return None
