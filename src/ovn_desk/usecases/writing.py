"""Writing an article: starting it, keeping every word, and cutting revisions from the working copy."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ovn_desk.domain import workflow
from ovn_desk.domain.article import ArticleId, Content, Revision, RevisionId, WorkingCopy, tidy
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.evidence import dropped
from ovn_desk.domain.house import Staff
from ovn_desk.domain.source import Source, with_stricter_terms
from ovn_desk.store import Reading, Store, Writing, records
from ovn_desk.text import undo


def start(store: Store, content: Content, *, by: Staff) -> ArticleId:
    """A new draft with its first revision; its author is its reporter."""
    with store.begin() as tx:
        return add(tx, content, by=by)


def add(tx: Writing, content: Content, *, by: Staff) -> ArticleId:
    """The same, inside a transaction that does more."""
    if content.category:
        tx.house().category(content.category)
    article = ArticleId(records.new_id())
    tx.add_revision(_revision(tx, article, content, parents=(), by=by))
    return article


def text_of(reading: Reading, article: ArticleId) -> Content:
    """What is being written: the working copy, or else the newest revision."""
    copy = reading.working_copy(article)
    return copy.content if copy else reading.revision(reading.article(article).head).content


def keep(store: Store, article: ArticleId, content: Content, *, by: Staff, base: RevisionId | None = None) -> None:
    """Autosave: when this returns, the text survives a power cut. No revision is made.

    `base` is the revision that what is written began with; without it the newest. Another may have come meanwhile.
    """
    with store.begin() as tx:
        folded = _editable(tx, article, by)
        copy = tx.working_copy(article)
        began = copy.base if copy else base or folded.head
        tx.keep(WorkingCopy(article, began, tidy(content), records.now()))


def save(store: Store, article: ArticleId, *, by: Staff) -> Revision | None:
    """Cuts a revision from the working copy; none when it says the same as the newest, or as the one it began with."""
    with store.begin() as tx:
        return cut(tx, article, by=by)


def cut(tx: Writing, article: ArticleId, *, by: Staff) -> Revision | None:
    """The same, inside a transaction that does more."""
    copy = tx.working_copy(article)
    if copy is None:
        return None
    folded = tx.article(article)
    base = copy.base or folded.head
    if copy.content in (tx.revision(folded.head).content, tx.revision(base).content):
        tx.drop_working_copy(article)
        tx.project(article, with_text=False)
        return None
    _editable(tx, article, by)
    return add_revision(tx, folded, copy.content, parent=base, by=by)


def keep_undo(store: Store, article: ArticleId, steps: tuple[undo.Step, ...]) -> None:
    """Keeps what can be undone in a text for the next run of the desk; it is no part of the article."""
    with store.begin() as tx:
        tx.keep_undo(article, undo.to_json(steps))


def undo_steps(reading: Reading, article: ArticleId) -> tuple[undo.Step, ...]:
    """What an earlier run of the desk left to be undone."""
    text = reading.undo_steps(article)
    return undo.from_json(text) if text else ()


def discard(store: Store, article: ArticleId) -> None:
    """Drops the working copy: the article is its newest revision again."""
    with store.begin() as tx:
        tx.drop_working_copy(article)
        tx.project(article, with_text=False)


def bring_back(store: Store, article: ArticleId, revision: RevisionId, *, by: Staff) -> Content:
    """Makes an older revision's content the working copy; what was there is saved as a revision first."""
    with store.begin() as tx:
        folded = _editable(tx, article, by)
        cut(tx, article, by=by)
        old = tx.revision(revision)
        if old.article != article:
            raise DeskError(f"Revision {revision[:12]} belongs to another article.")
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
    by: Staff,
    may_loosen_terms: bool = False,
) -> Source:
    """Adds a source with these fields to an article, or changes just these of the one with that key.

    Makes a revision where that changes anything. Raises StepRefused when the terms would be looser than what was
    agreed, unless whoever asks has said that they may be.
    """
    with store.begin() as tx:
        folded = _editable(tx, article, by)
        cut(tx, article, by=by)
        head = tx.article(article).head
        content = tx.revision(head).content
        old = next((one for one in content.sources if one.key == key), None)
        new = replace(old or Source(key), **changes)
        if old and new.terms.is_looser_than(old.terms) and not may_loosen_terms:
            raise StepRefused(
                f"“{old.label}” is {old.terms}. To make it {new.terms}, say that the source agreed to that: "
                "--loosen-terms."
            )
        sources = tuple(new if one is old else one for one in content.sources)
        changed = tidy(replace(content, sources=sources if old else (*sources, new)))
        if changed != content:
            add_revision(tx, folded, changed, parent=head, by=by)
        return next(one for one in changed.sources if one.key == key)


def add_revision(
    tx: Writing, article: workflow.Article, content: Content, *, parent: RevisionId, by: Staff
) -> Revision:
    """Stores a revision made from another; raises StepRefused when it drops a correction that readers were told."""
    check_kept(tx, article, content)
    revision = _revision(tx, article.id, content, parents=(parent,), by=by)
    tx.add_revision(revision)
    return revision


def check_kept(reading: Reading, article: workflow.Article, content: Content) -> None:
    """Raises StepRefused when a content drops a correction that readers were told."""
    if article.live_approval is not None:
        published = reading.revision(article.live_approval.revision).content.corrections
        if why := dropped(published, tidy(content).corrections):
            raise StepRefused(why)


def _editable(tx: Writing, article: ArticleId, by: Staff) -> workflow.Article:
    folded = tx.article(article)
    if why := workflow.edit_refusal(folded, by):
        raise StepRefused(why)
    return folded


def _revision(
    tx: Writing, article: ArticleId, content: Content, *, parents: tuple[RevisionId, ...], by: Staff
) -> Revision:
    return records.make_revision(
        content, article=article, parents=parents, author=by.id, device=tx.device(), made_at=records.now()
    )
