"""The next record of this device: what every use case that writes makes, named, chained and signed by who acts."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from ovn_desk import signing
from ovn_desk.domain import workflow
from ovn_desk.domain.article import ArticleId, Content, EventId, Revision, RevisionId, tidy
from ovn_desk.domain.credits import Credit
from ovn_desk.domain.errors import StepRefused
from ovn_desk.domain.house_record import HouseId, HouseRecord, LogAddition
from ovn_desk.domain.workflow import Address, Article, Details, Event, Step
from ovn_desk.signing import Signer
from ovn_desk.store import ReadTransaction, WriteTransaction, records
from ovn_desk.store.records import Named


def sign(record: Named, key: signing.Key) -> Named:
    """The record with its name and the signature over it."""
    made = records.with_hash_id(record)
    return replace(made, signature=signing.sign(key, records.signed_bytes(made.id)))


def check_signer(reading: ReadTransaction, by: Signer) -> None:
    """Raises StepRefused when a key does not sign for this person here, not any more, or not yet."""
    roster = reading.roster()
    owner = roster.owner(by.key.id)
    if owner is not None and owner.id == by.id:
        return
    if (person := roster.people.get(by.id)) is not None and person.is_retired:
        raise StepRefused("signer-has-left", name=person.name)
    asker = roster.asker(by.key.id)
    if asker is not None and asker.id == by.id:
        raise StepRefused("signing-key-not-let-in")
    raise StepRefused("signing-key-wrong", key=by.key.id, name=by.name)


def _check_signer_of_story(reading: ReadTransaction, article: ArticleId, by: Signer) -> None:
    """`check_signer`; who has asked to be let in may begin stories of their own, and go on with these."""
    asker = reading.roster().asker(by.key.id)
    folded = reading.history(article).article
    is_own = folded is None or (folded.is_unconfirmed and folded.reporter == by.id)
    if asker is None or asker.id != by.id or not is_own:
        check_signer(reading, by)


def new_event(
    tx: WriteTransaction,
    article: ArticleId,
    step: Step,
    by: Signer,
    *,
    note: str = "",
    reason: str = "",
    digest: str = "",
    details: Details | None = None,
    credits: tuple[Credit, ...] = (),  # noqa: A002
) -> Event:
    """The event, signed and not yet stored; it follows the newest record of this device and the newest of the article.

    An approval names its digest and its credits, and is proved to readers by a signature of its own.
    """
    _check_signer_of_story(tx, article, by)
    made = _event(tx, tx.article(article), step, by, previous=tx.newest_record(), at=records.now())
    said = replace(made, note=note.strip(), reason=reason.strip(), digest=digest, details=details, credits=credits)
    if step is Step.APPROVE:
        named = replace(said, name=by.name)
        said = replace(named, proof=signing.sign(by.key, records.approval_bytes(named)))
    return sign(said, by.key)


def new_exports(
    tx: WriteTransaction, exported: Iterable[tuple[Article, Event, str]], by: Signer, *, at: datetime
) -> list[Event]:
    """Make an export event for each (article, approval, address), signed and not yet stored, in one chain.

    Each is said of the article as it was when the export began, whatever was done with it since.
    """
    check_signer(tx, by)
    events, before = list[Event](), tx.newest_record()
    for article, approval, path in exported:
        made = _event(tx, article, Step.PUBLISH, by, previous=before, at=at)
        events.append(sign(replace(made, revision=approval.revision, details=Address(path)), by.key))
        before = events[-1].id
    return events


def new_log_record(tx: WriteTransaction, logged: LogAddition, by: Signer, *, at: datetime) -> HouseRecord:
    """Make the record, signed and not yet stored, that an export added these lines to the public log."""
    check_signer(tx, by)
    before, after = tx.newest_record(), tx.public_log().newest
    made = HouseRecord(HouseId(""), "", by.id, by.key.id, tx.device(), at, previous=before, after=after, log=logged)
    return sign(made, by.key)


def _event(tx: WriteTransaction, article: Article, step: Step, by: Signer, *, previous: str, at: datetime) -> Event:
    """What every event about an article says; it has no name yet."""
    return Event(
        id=EventId(""),
        article=article.id,
        step=step,
        revision=article.head,
        by=by.id,
        key=by.key.id,
        device=tx.device(),
        at=at,
        previous=previous,
        after=article.newest,
    )


def new_revision(
    tx: WriteTransaction,
    article: ArticleId,
    content: Content,
    *,
    parents: tuple[RevisionId, ...],
    by: Signer,
    after: tuple[EventId, ...] = (),
    nonce: str = "",
) -> Revision:
    """A revision of the tidied content, signed and not yet stored."""
    _check_signer_of_story(tx, article, by)
    unnamed = Revision(
        RevisionId(""),
        article,
        tidy(content),
        parents,
        by.id,
        tx.device(),
        records.now(),
        key=by.key.id,
        previous=tx.newest_record(),
        after=after,
        nonce=nonce,
    )
    return sign(unnamed, by.key)


def note(
    tx: WriteTransaction, article: ArticleId, step: Step, by: Signer, details: Details | None, *, reason: str = ""
) -> Event:
    """Stores an event that moves no article; raises StepRefused when this person may not take the step."""
    workflow.check(tx.article(article), step, by.person)
    event = new_event(tx, article, step, by, reason=reason, details=details)
    tx.add_event(event)
    return event
