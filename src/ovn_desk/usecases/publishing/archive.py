"""The approved articles of a store as an export finds them: verified, and light enough to hold all of them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from ovn_desk.domain import redaction, workflow
from ovn_desk.domain.article import ArticleId, Content, EventId, RevisionId
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.withheld import secrets
from ovn_desk.domain.workflow import Article, Event, Override, State, Step
from ovn_desk.formats.site.log import Fact
from ovn_desk.rendering.artifact import name_for
from ovn_desk.rendering.model import Approval, PageModel, Repair, Shown, Withdrawal, path_of
from ovn_desk.store import History, ReadTransaction, records
from ovn_desk.store.build_cache import BuildCache
from ovn_desk.usecases import bodies, pictures, signatures
from ovn_desk.usecases.publishing.addressing import AddressBook, Place
from ovn_desk.usecases.publishing.rendering import Renderers
from ovn_desk.usecases.publishing.verified import Memory, VerifiedArticle, VerifiedCache
from ovn_desk.usecases.signatures import Body

_HELD = 2_000  # so many texts are held from their verification until their page is written; others are read again


class Archive:
    """One export's view of the store."""

    def __init__(
        self,
        reading: ReadTransaction,
        renderers: Renderers,
        images: pictures.ImageLibrary,
        kept: BuildCache,
        cache: VerifiedCache,
        memory: Memory,
        now: datetime,
    ) -> None:
        self.reading = reading
        self._renderers = renderers
        self._images = images
        self._kept = kept
        self._cache = cache
        self._memory = memory
        self._stamps = reading.stamps()
        self._slugs = reading.slugs()
        self._roster = reading.roster()
        self._house = reading.house()
        self.zone = self._house.zone
        self.addresses = AddressBook(reading, self.find)
        self.now = now
        self._open = {copy.article: copy.content for copy in reading.working_copies()}
        self._fingerprints: dict[ArticleId, str] = {}
        self._histories: dict[ArticleId, History] = {}
        self._bodies: dict[EventId, Body] = {}
        self._texts: dict[EventId, tuple[Content, Body]] = {}

    def fetch(self, ids: Sequence[ArticleId]) -> None:
        """Reads what is not known yet of some hundred articles, and begins to render what is not kept."""
        missing = self._take_kept([id for id in ids if self._article_in_memory(id) is None])  # noqa: A001
        try:
            found = self.reading.histories(missing)
        except DeskError:  # a damaged record: each is read by itself, and it alone is refused
            return
        self._histories |= found
        self._renderers.start(list(self._texts_to_render(found.values())))

    def _take_kept(self, ids: Sequence[ArticleId]) -> list[ArticleId]:
        """Remembers what an earlier run verified of some of these articles, and gives back the others."""
        fingerprints = self.reading.fingerprints(ids)
        found = self._cache.find(fingerprints)
        for id, (article, verified) in found.items():  # noqa: A001
            self._memory.learn(self._stamps[id], article, verified)
        missing = [id for id in ids if id not in found]  # noqa: A001
        self._fingerprints |= {id: fingerprints[id] for id in missing}  # noqa: A001
        return missing

    def keep(self, ready: Iterable[VerifiedArticle]) -> None:
        """Keeps for another run what was verified in this one of articles that are as they will be then."""
        for one in ready:
            fingerprint = self._fingerprints.get(one.article.id)
            verified = self._memory.ready.get(one.approval.id)
            if fingerprint and verified and not one.place.is_new:
                self._cache.put(fingerprint, one.article, verified)

    def drop(self, ids: Iterable[ArticleId]) -> None:
        """Lets go of what was fetched."""
        for id in ids:  # noqa: A001
            for event in self._histories.pop(id, History()).events:
                self._bodies.pop(event.id, None)

    def article(self, id: ArticleId) -> Article:  # noqa: A002
        if found := self.find(id):
            return found
        raise DeskError("article-gone", article=id)

    def find(self, id: ArticleId) -> Article | None:  # noqa: A002
        """What its records add up to; none where no text of it counts."""
        if found := self._article_in_memory(id):
            return found
        article = self._history(id).article
        if article is not None:
            self._memory.articles[id] = self._stamps[id], article
        return article

    def is_changed(self, article: Article) -> bool:
        """Whether somebody wrote on after the newest revision."""
        copy = self._open.get(article.id)
        return copy is not None and copy != self.reading.revision(article.head).content

    def ready(self, article: Article, approval: Event) -> VerifiedArticle:
        """The values of its page; raises StepRefused when this approval is none of this text."""
        return self._with_pictures(self._from_memory(article, approval, self._verify))

    def withdrawn_article(self, article: Article, approval: Event) -> VerifiedArticle:
        """What readers are still told of a withdrawn article; raises StepRefused when its approval does not hold."""
        return self._from_memory(article, approval, self._withdrawn)

    def made_at(self, article: Article, approval: Event) -> dict[EventId | RevisionId, datetime]:
        """When an approval and the text that it approves say that they were made."""
        texts = (one for one in self._history(article.id).revisions if one.id == approval.revision)
        return {approval.id: approval.at, **{one.id: one.at for one in texts}}

    def with_text(self, ready: VerifiedArticle, model: PageModel) -> PageModel:
        """The model of an article with its text."""
        content, body = self._texts.pop(ready.approval.id) if ready.approval.id in self._texts else self._text(ready)
        return replace(model, content=content, html=body.html, marked=body.marked)

    def _from_memory(
        self, article: Article, approval: Event, make: Callable[[Article, Event, Place], VerifiedArticle]
    ) -> VerifiedArticle:
        known, place = self._memory.ready.get(approval.id), self._place(article, approval)
        first = article.first_published_at or self.now  # a plan of a minute ago has another one
        if known and (known.stamp, known.place, known.model.published_at) == (self._stamps[article.id], place, first):
            return known
        made = self._memory.ready[approval.id] = make(article, approval, place)
        return made

    def _place(self, article: Article, approval: Event) -> Place:
        """Where its page is; the address of a first export is made from the text, the date and the house of now."""

        def wanted_path() -> str:
            known = (one.content for one in self._history(article.id).revisions if one.id == approval.revision)
            named = replace(next(known, Content()), slug=self._slugs.get(article.id, ""))
            return path_of(named, article.first_published_at or self.now, self._house)

        return self.addresses.place(article, wanted_path)

    def _text(self, ready: VerifiedArticle) -> tuple[Content, Body]:
        written = self.reading.revision(ready.approval.revision).content
        return redaction.redact(written), self._body(ready.approval, written)

    def _article_in_memory(self, id: ArticleId) -> Article | None:  # noqa: A002
        stamp, article = self._memory.articles.get(id, (None, None))
        return article if stamp is not None and stamp == self._stamps.get(id) else None

    def _history(self, id: ArticleId) -> History:  # noqa: A002
        return self._histories.get(id) or self.reading.history(id)

    def _texts_to_render(self, histories: Iterable[History]) -> Iterator[tuple[Event, Content]]:
        """What is not kept of the texts that are about to be asked for; what is kept is at hand then."""
        for history in histories:
            article = history.article
            has_text = article and article.state is not State.WITHDRAWN
            approval = (article.approval or article.live_approval) if article and has_text else None
            for revision in history.revisions:
                if approval is None or revision.id != approval.revision:
                    continue
                if body := bodies.find(self._kept, approval):
                    self._bodies[approval.id] = body
                else:
                    yield approval, revision.content

    def _verify(self, article: Article, approval: Event, place: Place) -> VerifiedArticle:
        """Verified from the signature and the text, not from a flag."""
        written = self._signed_content(article, approval)
        body, content = self._body(approval, written), redaction.redact(written)
        shown = tuple(Shown(image) for image in pictures.images_with_keys(content, body.pictures))
        if len(self._texts) < _HELD:
            self._texts[approval.id] = content, body
        model = PageModel(replace(content, body=""), "", body.cited, pictures=shown)
        made = self._make(article, approval, model, place, hints=body.hints)
        return replace(made, withheld=secrets(written, self._history(article.id).events))

    def _withdrawn(self, article: Article, approval: Event, place: Place) -> VerifiedArticle:
        """What is still counted of it: what it cited is told from its text, which is not rendered any more."""
        written = self._signed_content(article, approval)
        content = redaction.redact(written)
        cited = tuple(source.key for source in content.sources)
        model = PageModel(without_text(content), "", cited)
        events = self._history(article.id).events
        made = self._make(article, approval, model, place, withdrawn=withdrawal(events))
        return replace(made, facts=log_facts(events, None), withheld=secrets(written, events))

    def _signed_content(self, article: Article, approval: Event) -> Content:
        """What was signed; raises StepRefused when the signature is not one that counts."""
        history = self._history(article.id)
        if why := signatures.problem_of(approval, self._roster, history):
            raise StepRefused("approval-void", why=why)
        return next(one.content for one in history.revisions if one.id == approval.revision)

    def _make(
        self,
        article: Article,
        approval: Event,
        model: PageModel,
        place: Place,
        *,
        withdrawn: Withdrawal | None = None,
        hints: tuple[str, ...] = (),
    ) -> VerifiedArticle:
        events = self._history(article.id).events
        carried = Approval(
            revision=approval.revision,
            digest=approval.digest,
            approved_by=approval.name,
            key=approval.key,
            statement=records.approval_statement(approval),
            signature=approval.proof,
            lines=" ".join(hints),
        )
        first = article.first_published_at or self.now
        repairs = _repairs(events, approval) if article.published else ()
        overrides = _overrides(events, approval)
        parts = (
            article.id,
            approval.id,
            first.isoformat(),
            repr((place.path, place.former)),
            repr(repairs),
            repr(overrides),
            repr(withdrawn),
        )
        made = replace(
            model,
            published_at=first,
            updated_at=approval.at,
            approval=carried,
            path=place.path,
            id=article.id,
            former=place.former,
            repairs=repairs,
            overrides=overrides,
            withdrawn=withdrawn,
            made_from=name_for(*parts),
        )
        return VerifiedArticle(article, self._stamps[article.id], approval, made, place, log_facts(events, approval))

    def _with_pictures(self, ready: VerifiedArticle) -> VerifiedArticle:
        """With the addresses that its pictures have in this export."""
        model = ready.model
        if not model.pictures:
            return ready
        shown = tuple(self._images.page_image(one.image) for one in model.pictures)
        return replace(ready, model=replace(model, pictures=shown, made_from=name_for(model.made_from, repr(shown))))

    def _body(self, approval: Event, written: Content) -> Body:
        """The HTML of an approved text; raises StepRefused when another text was signed.

        A kept one is sealed: this desk rendered exactly this revision to it, and this was its digest.
        """
        body = self._bodies.get(approval.id) or bodies.find(self._kept, approval)
        if body is None:
            body = self._renderers.body(approval, written)
            bodies.keep(self._kept, approval, body)
        if body.digest != approval.digest:
            raise StepRefused("approval-of-other-text")
        return body


def log_facts(events: Iterable[Event], newest: Event | None) -> tuple[Fact, ...]:
    """What the public log says: each text that was live, the one an export makes so, and a withdrawal."""
    found: list[Fact] = []
    approval: Event | None = None
    for event in workflow.topological_order(events):
        if event.step is Step.APPROVE:
            approval = event
        if (event.step is Step.PUBLISH or event == newest) and approval:
            found.append(_fact(approval, "changed" if found else "published"))
        elif event.step is Step.WITHDRAW:
            found.append(Fact(records.time_text(event.at), "withdrawn", f"urn:uuid:{event.article}"))
        if event == newest:
            break
    return tuple(dict.fromkeys(found))


def without_text(content: Content) -> Content:
    """What is still shown of a withdrawn article: its headline, and nothing of what it said or pictured."""
    return replace(content, body="", standfirst="", images=())


def withdrawal(events: Iterable[Event]) -> Withdrawal:
    """When and why a withdrawn article was taken off; of two desks that did it, the first.

    An export on a desk that did not know of it may come after it, and brings nothing back.
    """
    taken = next(event for event in workflow.topological_order(events) if event.step is Step.WITHDRAW)
    return Withdrawal(taken.at.replace(microsecond=0), taken.reason)


def _fact(approval: Event, what: str) -> Fact:
    at = records.time_text(approval.at)
    return Fact(at, what, f"urn:uuid:{approval.article}", approval.digest, approval.key)


def _repairs(events: Sequence[Event], newest: Event) -> tuple[Repair, ...]:
    """How long each correction took, from when a published text was opened to the approval, up to the newest."""
    found: list[Repair] = []
    opened: datetime | None = None
    for event in workflow.topological_order(events):
        if event.step is Step.CORRECT:
            opened = event.at
        elif event.step is Step.APPROVE and opened:
            found.append(Repair(event.at, (event.at - opened).total_seconds() / 3600))
            opened = None
        if event.id == newest.id:
            break
    return tuple(found)


def _overrides(events: Sequence[Event], newest: Event) -> tuple[datetime, ...]:
    """When each text went out that a chief had approved over the checks, up to the newest."""
    found: list[datetime] = []
    approval: Event | None = None
    for event in workflow.topological_order(events):
        if event.step is Step.APPROVE:
            approval = event
        if event.step is Step.PUBLISH and approval and isinstance(approval.details, Override):
            found.append(event.at)
        if event.id == newest.id:
            break
    if newest == approval and isinstance(newest.details, Override):
        found.append(newest.at)
    return tuple(found)
