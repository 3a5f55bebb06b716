"""The doctor: everything in a store that is not as its hashes, chains and signatures say."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from ovn_desk.domain import evidence
from ovn_desk.domain.article import ArticleId, Revision, RevisionId
from ovn_desk.domain.workflow import Event, Step, topological_order
from ovn_desk.messages import Message
from ovn_desk.store import ReadTransaction, Store, replication, shape
from ovn_desk.usecases import event_audit, signatures, uncounted

Problem = tuple[str, str]


def examine(store: Store) -> list[Problem]:
    """(id, reason) of everything in the store that is wrong; where a hash is wrong, of these alone."""
    if damaged := store.find_damage():
        return [(record, str(why)) for record, why in damaged]
    with store.read() as reading:
        faults = shape.faults(reading.connection)
        found = [(fault.name, str(fault.why)) for fault in faults]
        if any(fault.kind == "table" for fault in faults):
            return found  # what stands in a table that is another than this program's can not be told
        found += [
            *((one.record, str(one.why)) for one in uncounted.uncounted_entries(reading)),
            *event_audit.problems(reading),
        ]
        for article in reading.article_ids():
            found += _article_problems(reading, article)
        found += _stray_events(reading)
        found += derived_problems(reading)
    return list(dict.fromkeys(found))


def derived_problems(reading: ReadTransaction) -> list[Problem]:
    """Rows of the list and of the roster's tables that do not say what the records add up to; a rebuild mends them."""
    roster = reading.roster()
    staff = {person.id: person for person in reading.staff()}
    keys = {name: (key.person, key.public) for name, key in roster.keys.items()}
    in_use = {name: keys[name] for name, key in roster.keys.items() if not key.retired_at}
    found: list[Problem] = [
        (name, str(Message("staff-table-differs")))
        for name in sorted({*staff, *roster.people})
        if staff.get(name) != roster.people.get(name)
    ]
    if (keys, in_use) != (reading.public_keys(with_retired=True), reading.public_keys()):
        found.append(("keys", str(Message("key-table-differs"))))
    articles = reading.article_ids()
    missing = set(reading.listed_ids()) - set(articles)
    found += [(article, str(Message("list-without-texts"))) for article in sorted(missing)]
    for article in articles:
        if reading.is_listed_otherwise(article):
            found.append((article, str(Message("list-differs"))))
    return found


def notes(store: Store) -> list[Problem]:
    """(id, reason) of what is odd and no fault of the records: clocks, a newer desk's records, missing ones."""
    with store.read() as reading:
        found = [
            *event_audit.clock_setbacks(reading),
            *event_audit.detached_records(reading),
            *replication.reasons(reading).items(),
        ]
        for article in reading.article_ids():
            found += _too_late(reading, article)
            found += [
                (event.id, str(Message("record-by-newer-desk", newer=event.newer)))
                for event in reading.events(article)
                if event.step is Step.NEWER
            ]
    return found


def _too_late(reading: ReadTransaction, article: ArticleId) -> list[Problem]:
    """Steps that were right where they were taken, and for which another desk's left no room."""
    folded = reading.history(article).article
    late = [one for one in folded.uncounted if not one.is_forged] if folded else []
    return [(one.id, str(Message("step-too-late", why=one.why))) for one in late]


def _article_problems(reading: ReadTransaction, article: ArticleId) -> Iterator[Problem]:
    """What is wrong with the records of one article."""
    history = reading.history(article)
    every: list[Revision | Event] = [*history.revisions, *history.events, *history.others]
    revisions = {one.id: one for one in every if isinstance(one, Revision)}
    yield from _revisions(revisions, article)
    ordered = topological_order(one for one in every if isinstance(one, Event))
    known = {event.id for event in ordered}
    for event in ordered:
        if event.revision not in revisions:
            yield event.id, str(Message("step-about-other-revision", revision=event.revision[:12]))
        elif event.step is Step.APPROVE and (why := signatures.signature_problem(reading, event)):
            yield event.id, str(why)
        for before in (before for before in event.after if before not in known):
            yield event.id, str(Message("step-after-missing", before=before[:12]))
    if history.article is not None:
        yield from _dropped_corrections(reading, article, topological_order(history.events))
        yield from _lost_pictures(reading, article)


def _revisions(revisions: Mapping[RevisionId, Revision], article: ArticleId) -> Iterator[Problem]:
    for revision in revisions.values():
        if revision.article != article:
            yield revision.id, str(Message("revision-filed-elsewhere"))
        for parent in (parent for parent in revision.parents if parent not in revisions):
            yield revision.id, str(Message("revision-parent-missing", parent=parent[:12]))


def _dropped_corrections(reading: ReadTransaction, article: ArticleId, ordered: list[Event]) -> Iterator[Problem]:
    """Corrections that readers were told and that are gone."""
    revisions = {revision.id: revision.content for revision in reading.revisions(article)}
    exports = [event for event in ordered if event.step is Step.PUBLISH and event.revision in revisions]
    for before, after in pairwise(exports):
        if why := evidence.dropped_correction_problem(
            revisions[before.revision].corrections, revisions[after.revision].corrections
        ):
            yield after.id, str(why)


def _lost_pictures(reading: ReadTransaction, article: ArticleId) -> Iterator[Problem]:
    """Pictures that an article has, but whose files are not here."""
    content = reading.revision(reading.article(article).head).content
    for image in content.images:
        if not reading.has_blob(image.sha256):
            yield image.sha256, str(Message("picture-file-lost", key=image.key, headline=content.headline))


def _stray_events(reading: ReadTransaction) -> Iterator[Problem]:
    """Events of articles that have no revision here; the roster and the house are about none."""
    known = set(reading.article_ids())
    for link in reading.links():
        if link.article and link.article not in known:
            yield link.id, str(Message("event-without-article"))
