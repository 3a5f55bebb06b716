"""Writing an article: starting it, keeping every word, and cutting revisions from the working copy."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ovn_desk.domain import workflow
from ovn_desk.domain.ai_use import DECLARED_NONE, AiTask, AiUse, declaration_gap
from ovn_desk.domain.article import ArticleId, Content, Revision, RevisionId, WorkingCopy, tidy
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.evidence import dropped_correction_problem
from ovn_desk.domain.house import Staff
from ovn_desk.domain.source import Source, with_stricter_terms
from ovn_desk.signing import Signer
from ovn_desk.store import ReadTransaction, Store, WriteTransaction, records
from ovn_desk.text import undo
from ovn_desk.usecases import recording

Writer = Staff | Signer


@dataclass(frozen=True, slots=True)
class KeptCopy:
    """What a writer knows of the text in the store: compared with it before anything is put in its place.

    `base` is the revision the text began with, `content` the text as this writer last kept or read it. `token` names
    the working copy it is in, empty where it is the revision's own. `is_mine` is false where that copy is another
    writer's, which this one has met: then `base` is the revision that was made of this writer's text, and `other` that
    of the other's.
    """

    base: RevisionId
    content: Content
    token: str = ""
    is_mine: bool = True
    other: RevisionId | None = None


def start(store: Store, content: Content, *, by: Signer) -> ArticleId:
    """A new draft with its first revision; its author is its reporter."""
    with store.begin() as tx:
        return add(tx, content, by=by)


def add(tx: WriteTransaction, content: Content, *, by: Signer) -> ArticleId:
    """Do what `start` does inside an open transaction."""
    if content.category:
        tx.house().category(content.category)
    nonce = secrets.token_hex(16)
    article = records.article_id(by.id, nonce)
    tx.add_revision(recording.new_revision(tx, article, content, parents=(), by=by, nonce=nonce))
    return article


def text_of(reading: ReadTransaction, article: ArticleId) -> Content:
    """The text of an article: its working copy, or else its newest revision."""
    return open_text(reading, article).content


def open_text(reading: ReadTransaction, article: ArticleId) -> KeptCopy:
    """`text_of`, with the token by which a writer later proves to have seen this text: see KeptCopy."""
    head = reading.article(article).head
    copy = reading.working_copy(article)
    if copy is None:
        return KeptCopy(head, reading.revision(head).content)
    return KeptCopy(copy.base or head, copy.content, copy.token)


def keep(
    store: Store, article: ArticleId, content: Content, *, by: Writer, known: KeptCopy | None = None, token: str = ""
) -> KeptCopy:
    """Autosave: when this returns, the text survives a power cut. No revision is made, unless another writer is met.

    `known` is what this writer kept or read last; without it, that it has read the newest revision. A working copy that
    is not the one it knows is another writer's and is never overwritten: both texts become revisions beside each other,
    and what is returned says so. Who goes on writing from there has the working copy.
    `token` is what the new working copy is to be named by. Only what becomes a revision has to be signed.

    Whether somebody may begin to write is asked here only without `known`: what a writer typed before the article went
    to another is kept all the same, also where no text of it counts any more. Whether it may become a version is asked
    when one is cut.
    """
    with store.begin() as tx:
        if known is None:
            head = _article_to_edit(tx, article, by).head
            known = KeptCopy(head, tx.revision(head).content)
        mine = tidy(content)
        copy = tx.working_copy(article)
        if copy is not None and copy.content == mine:
            return KeptCopy(copy.base or known.base, mine, copy.token)
        if copy is not None and copy.token != known.token:
            folded = _article_to_cut(tx, article, by)
            if not isinstance(by, Signer):
                raise StepRefused("written-elsewhere-without-key")
            other = _add_if_changed(tx, folded, copy.content, copy.base or folded.head, by)
            tx.keep_working_copy(replace(copy, base=other))
            base = _add_if_changed(tx, folded, mine, _base(tx, article, known), by)
            return KeptCopy(base, mine, copy.token, is_mine=False, other=other)
        base = copy.base or known.base if copy is not None and known.is_mine else _base(tx, article, known)
        now = records.now()
        begun_at = copy.begun_at if copy is not None else now
        made = WorkingCopy(article, base, mine, now, token or records.new_id(), begun_at)
        tx.keep_working_copy(made)
        return KeptCopy(base, mine, made.token)


def save(store: Store, article: ArticleId, *, by: Signer, known: KeptCopy | None = None) -> Revision | None:
    """Make a revision of the working copy; None when it says the same as the newest, or as the one it began with.

    A writer who has met another one has a revision of its text already.
    """
    if known is not None and not known.is_mine:
        return None
    with store.begin() as tx:
        return cut_revision(tx, article, by=by, known=known)


def cut_revision(
    tx: WriteTransaction, article: ArticleId, *, by: Signer, known: KeptCopy | None = None
) -> Revision | None:
    """Do what `save` does inside an open transaction.

    With `known`, raises StepRefused when the working copy is not the one that this writer knows.
    """
    copy = tx.working_copy(article)
    if copy is None:
        return None
    if known is not None and (copy.token != known.token or not known.is_mine):
        raise StepRefused("written-elsewhere")
    folded = tx.article(article)
    base = copy.base or folded.head
    if copy.content in (tx.revision(folded.head).content, tx.revision(base).content):
        tx.drop_working_copy(article)
        tx.project(article, with_text=False)
        return None
    _article_to_cut(tx, article, by)
    tx.drop_working_copy(article)
    return add_revision(tx, folded, copy.content, parent=base, by=by)


def keep_undo(store: Store, article: ArticleId, steps: tuple[undo.Step, ...], *, known: KeptCopy | None = None) -> None:
    """Store the undo steps of an article's text for the next run of the desk.

    With `known`, only where the article's text is still the one this writer knows: steps lead to one text alone.
    """
    with store.begin() as tx:
        if known is None or text_of(tx, article).body == known.content.body:
            tx.keep_undo(article, undo.to_json(steps))


def undo_steps(reading: ReadTransaction, article: ArticleId) -> tuple[undo.Step, ...]:
    """The undo steps that an earlier run of the desk stored."""
    text = reading.undo_steps(article)
    return undo.from_json(text) if text else ()


def bring_back(
    store: Store, article: ArticleId, revision: RevisionId, *, by: Signer, known: KeptCopy | None = None
) -> Content:
    """Makes an older revision's content the newest one; what was being written is saved as a revision first."""
    with store.begin() as tx:
        folded = _article_to_edit(tx, article, by)
        cut_revision(tx, article, by=by, known=known)
        old = tx.revision(revision)
        if old.article != article:
            raise DeskError("revision-of-other-article", revision=revision[:12])
        head = tx.revision(tx.article(article).head)
        content = replace(  # what readers were told stays, and so does what was agreed with sources since
            old.content,
            corrections=head.content.corrections,
            sources=with_stricter_terms(old.content.sources, head.content.sources),
        )
        if head.content != content:
            add_revision(tx, folded, content, parent=head.id, by=by)
        return content


def cite(
    store: Store,
    article: ArticleId,
    key: str,
    changes: Mapping[str, Any],
    *,
    by: Signer,
    may_loosen_terms: bool = False,
) -> Source:
    """Adds a source with these fields to an article, or changes just these of the one with that key.

    Makes a revision where that changes anything. Raises StepRefused when the terms would be looser than what was
    agreed, unless whoever asks has said that they may be.
    """
    with store.begin() as tx:
        folded = _article_to_edit(tx, article, by)
        cut_revision(tx, article, by=by)
        head = tx.article(article).head
        content = tx.revision(head).content
        old = next((one for one in content.sources if one.key == key), None)
        new = replace(old or Source(key), **changes)
        if old and new.terms.is_looser_than(old.terms) and not may_loosen_terms:
            raise StepRefused("source-terms-loosened", label=old.label, terms=old.terms, new_terms=new.terms)
        sources = tuple(new if one is old else one for one in content.sources)
        changed = tidy(replace(content, sources=sources if old else (*sources, new)))
        if changed != content:
            add_revision(tx, folded, changed, parent=head, by=by)
        return next(one for one in changed.sources if one.key == key)


def change(tx: WriteTransaction, article: ArticleId, *, by: Signer, **changes: Any) -> None:
    """Change these fields of an article's text, inside an open transaction; a revision where that changes anything."""
    folded = _article_to_edit(tx, article, by)
    cut_revision(tx, article, by=by)
    head = tx.article(article).head
    content = tx.revision(head).content
    changed = tidy(replace(content, **changes))
    if changed != content:
        add_revision(tx, folded, changed, parent=head, by=by)


def declare_ai(
    store: Store,
    article: ArticleId,
    task: AiTask,
    *,
    by: Signer,
    tool: str | None = None,
    what: str | None = None,
    is_so: bool = True,
) -> tuple[AiUse, ...]:
    """Declares one task that AI did for an article, or changes what is named of it; “none” takes out all others.

    Without `is_so` that task is taken out again. Makes a revision where that changes anything. Returns the whole
    declaration; raises StepRefused for one that lacks its tool.
    """
    with store.begin() as tx:
        folded = _article_to_edit(tx, article, by)
        cut_revision(tx, article, by=by)
        head = tx.article(article).head
        content = tx.revision(head).content
        changed = tidy(replace(content, ai_used=_change_declaration(content.ai_used, task, tool, what, is_so=is_so)))
        if is_so and (gap := declaration_gap(changed.ai_used)):
            raise StepRefused(gap)
        if changed != content:
            add_revision(tx, folded, changed, parent=head, by=by)
        return changed.ai_used


def _change_declaration(
    used: tuple[AiUse, ...], task: AiTask, tool: str | None, what: str | None, *, is_so: bool
) -> tuple[AiUse, ...]:
    if not is_so:
        return tuple(use for use in used if use.task is not task)
    if task is AiTask.NONE:
        return DECLARED_NONE
    old = next((use for use in used if use.task is task), None)
    new = AiUse(
        task, tool=_given_or_old(tool, old.tool if old else ""), what=_given_or_old(what, old.what if old else "")
    )
    named = tuple(new if use is old else use for use in used if use.task is not AiTask.NONE)
    return named if old else (*named, new)


def _given_or_old(new: str | None, old: str) -> str:
    return old if new is None else new


def add_revision(
    tx: WriteTransaction, article: workflow.Article, content: Content, *, parent: RevisionId, by: Signer
) -> Revision:
    """Stores a revision made from another; raises StepRefused when it drops a correction that readers were told."""
    check_kept(tx, article, content)
    newest = tx.article(article.id).newest
    revision = recording.new_revision(tx, article.id, content, parents=(parent,), by=by, after=newest)
    tx.add_revision(revision)
    return revision


def check_kept(reading: ReadTransaction, article: workflow.Article, content: Content) -> None:
    """Raises StepRefused when a content drops a correction that readers were told."""
    if article.live_approval is not None:
        published = reading.revision(article.live_approval.revision).content.corrections
        if why := dropped_correction_problem(published, tidy(content).corrections):
            raise StepRefused(why)


def _article_to_edit(tx: WriteTransaction, article: ArticleId, by: Writer) -> workflow.Article:
    """The article, where this person may begin to change its text."""
    folded = tx.article(article)
    if why := workflow.typing_refusal(folded, by.person if isinstance(by, Signer) else by):
        raise StepRefused(why)
    return folded


def _article_to_cut(tx: WriteTransaction, article: ArticleId, by: Writer) -> workflow.Article:
    """The article, where what this person typed already counts as a version."""
    folded = tx.article(article)
    if why := workflow.edit_refusal(folded, by.person if isinstance(by, Signer) else by):
        raise StepRefused(why)
    return folded


def _base(tx: WriteTransaction, article: ArticleId, known: KeptCopy) -> RevisionId:
    """The revision a writer's text goes on from: the one that somebody made of it meanwhile, or the one it began with.

    A text that a step, a command or another window has cut is no fork of itself.
    """
    after = [one for one in tx.revisions(article) if one.content == known.content]
    return next((one.id for one in reversed(after) if known.base in (one.id, *one.parents)), known.base)


def _add_if_changed(
    tx: WriteTransaction, article: workflow.Article, content: Content, base: RevisionId, by: Signer
) -> RevisionId:
    """A revision of a text that began with another one; that one itself where nothing was changed."""
    if content == tx.revision(base).content:
        return base
    return add_revision(tx, article, content, parent=base, by=by).id
