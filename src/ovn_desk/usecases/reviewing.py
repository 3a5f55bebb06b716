"""The desk's steps: file, take, send back, approve with a signature, hold, spike, correct, withdraw."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from ovn_desk.domain import citing, workflow
from ovn_desk.domain.article import ArticleId, Content
from ovn_desk.domain.checklist import Problem
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.evidence import Correction, CorrectionKind, correction_gap
from ovn_desk.domain.house import Role
from ovn_desk.domain.texts import key_for
from ovn_desk.domain.workflow import RULES, Event, Override, Step, Takeover
from ovn_desk.messages import Message, Sentences
from ovn_desk.signing import Signer
from ovn_desk.store import Store
from ovn_desk.store.build_cache import BuildCache
from ovn_desk.text import words
from ovn_desk.text.helper import RenderHelper
from ovn_desk.usecases import bodies, checking, crediting, pictures, recording, signatures, writing

_ELSEWHERE = {
    Step.APPROVE: "reviewing.approve",
    Step.PUBLISH: "publishing.export",
    Step.CORRECT: "reviewing.correct",
}
_MOST_SAID = 5


def take_step(
    store: Store,
    article: ArticleId,
    step: Step,
    *,
    by: Signer,
    reason: str = "",
    note: str = "",
    override: str = "",
    known: writing.KeptCopy | None = None,
) -> Event:
    """Take a workflow step that needs no more than a reason; raises StepRefused saying why not.

    Taking what another editor has is a takeover, and its event says from whom. With `override`, a reason, a chief files
    what the checklist stops. `known` is the text that this person has before them: another writer's is not filed.
    """
    if step in _ELSEWHERE or step not in RULES or RULES[step].stays:
        raise DeskError("step-elsewhere", step=step, elsewhere=_ELSEWHERE.get(step) or Message("own-use-case"))
    with store.begin() as tx:
        folded = tx.article(article)
        workflow.check(folded, step, by.person, reason=reason)
        writing.cut_revision(tx, article, by=by, known=known)
        details: Takeover | Override | None = None
        if step is Step.TAKE and (others := [who for who in (folded.holder, *folded.rivals) if who and who != by.id]):
            details = Takeover(others[0])
        if step is Step.FILE:
            problems = checking.checked_article(tx, article).problems
            details = _override_details([p for p in problems if p.blocks_filing], by, override)
            reason = override if details else reason
        event = recording.new_event(tx, article, step, by, reason=reason, note=note, details=details)
        tx.add_event(event)
    return event


def approve(
    store: Store,
    article: ArticleId,
    *,
    by: Signer,
    renderer: RenderHelper,
    note: str = "",
    override: str = "",
    known: writing.KeptCopy | None = None,
) -> Event:
    """Signs exactly the text of the newest revision; raises StepRefused naming what stands in the way.

    With `override`, a reason, a chief approves what the checks stop; readers are told that it was so. Whose story it
    is, who has it and which of two versions it is can not be passed over. `known` is the text that this person has
    before them: no other is signed.
    """
    with store.read() as reading:
        content = writing.text_of(reading, article)
        credits = crediting.credits_under(reading, article, content, by=by.person)  # noqa: A001
    if known is not None and content != known.content:
        raise StepRefused("text-changed-meanwhile")
    body = signatures.body(content, renderer, credits)  # outside the transaction: nobody waits for a page
    with store.begin() as tx:
        workflow.check(tx.article(article), Step.APPROVE, by.person)
        writing.cut_revision(tx, article, by=by, known=known)
        folded = tx.article(article)
        workflow.check(folded, Step.APPROVE, by.person)
        now = tx.revision(folded.head).content
        if now != content or crediting.credits_under(tx, article, now, by=by.person) != credits:
            raise StepRefused("text-changed-meanwhile")
        problems = checking.checked_article(tx, article).problems
        details = _override_details([p for p in problems if p.blocks_approval], by, override)
        pictures.check_files(tx, content)
        why = override if details else ""
        event = recording.new_event(
            tx, article, Step.APPROVE, by, note=note, reason=why, digest=body.digest, details=details, credits=credits
        )
        tx.add_event(event)
    with BuildCache(store.path) as kept:
        bodies.keep(kept, event, body)
    return event


def correct(
    store: Store,
    article: ArticleId,
    *,
    by: Signer,
    kind: CorrectionKind,
    said: str = "",
    in_fact: str = "",
    supersedes: str = "",
    reason: str = "",
    note: str = "",
) -> Event:
    """Opens a published article for a correction, which is part of its text from now on.

    Readers keep the old text until the new one is approved and exported; of a refile they are not told. `supersedes`
    is the key of an earlier correction, which stays.
    """
    with store.begin() as tx:
        folded = tx.article(article)
        workflow.check(folded, Step.CORRECT, by.person)
        content = tx.revision(folded.head).content
        known = tuple(correction.key for correction in content.corrections)
        if supersedes and supersedes not in known:
            raise DeskError("correction-unknown", key=supersedes)
        today = datetime.now(UTC).astimezone(tx.house().zone).date().isoformat()
        key = key_for(str(kind), known, otherwise="correction")
        correction = Correction(key, kind, today, said.strip(), in_fact.strip(), supersedes)
        if why := correction_gap(correction):
            raise StepRefused(why)
        event = recording.new_event(tx, article, Step.CORRECT, by, reason=reason, note=note, details=correction)
        tx.add_event(event)
        if kind is not CorrectionKind.REFILE:
            changed = replace(content, corrections=(*content.corrections, correction))
            writing.add_revision(tx, folded, changed, parent=folded.head, by=by)
    return event


def _override_details(blocking: Sequence[Problem], by: Signer, override: str) -> Override | None:
    """What a chief passes over, or none where nothing blocks; raises StepRefused for anybody else."""
    if not blocking:
        return None
    if not override.strip():
        said = Sentences(problem.spot.said for problem in blocking[:_MOST_SAID])
        more = len(blocking) - _MOST_SAID
        if more > 0:
            raise StepRefused("checks-fail-and-more", problems=said, count=more)
        raise StepRefused("checks-fail", problems=said)
    if by.role is not Role.CHIEF:
        raise StepRefused("override-chiefs-only", name=by.name, role=by.role)
    return Override(tuple(sorted({problem.rule for problem in blocking})))


@dataclass(frozen=True, slots=True)
class SignedText:
    """What an approval is about, in figures: words of the text, sources it cites, pictures it shows."""

    words: int
    sources: int
    pictures: int


def measure(content: Content) -> SignedText:
    """The figures that somebody reads before signing a text."""
    cited = {one.key for one in citing.citations(content.body)} & {one.key for one in content.sources}
    shown = [image for image in content.images if f"(image:{image.key})" in content.body]
    return SignedText(words.count(content.body), len(cited), len(shown))
