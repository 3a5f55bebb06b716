"""Who changed what readers are given, in a stretch of a story's history: settling a claim changes nothing of it."""

from collections.abc import Iterable

from ovn_desk.domain import workflow
from ovn_desk.domain.article import ArticleId, Content, Revision, RevisionId, StaffId
from ovn_desk.domain.redaction import redact
from ovn_desk.domain.workflow import Step
from ovn_desk.store import ReadTransaction


def has_same_page(one: Content, other: Content) -> bool:
    """Whether readers are given the same by both: reasons why claims may stand, and notes of the desk, are not read."""
    return one == other or redact(one) == redact(other)


def writers_since_approval(reading: ReadTransaction, article: ArticleId) -> frozenset[StaffId]:
    """Who changed what readers are given since the story was approved last, or since it was begun."""
    history = reading.history(article)
    events = workflow.topological_order(history.events)
    approved = [event.revision for event in events if event.step is Step.APPROVE]
    heads = history.article.heads if history.article else ()
    return _writers(history.revisions, heads[0], approved[-1] if approved else None) if heads else frozenset()


def _writers(revisions: Iterable[Revision], newest: RevisionId, since: RevisionId | None) -> frozenset[StaffId]:
    """Who made a version that readers see a difference in to every version that it was made from.

    Unlike in the credits (`crediting`), who wrote what was rejected counts: they are told that they had a hand in it.
    """
    texts = {text.id: text for text in revisions}
    made = [texts[name] for name in workflow.lineage(texts, newest) - workflow.lineage(texts, since)]
    return frozenset(
        text.by
        for text in made
        if not text.is_combined
        and not any(has_same_page(text.content, texts[parent].content) for parent in text.parents if parent in texts)
    )
