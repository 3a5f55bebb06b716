"""Uploading approved articles to a WordPress site: said first, done once, and never over what was changed there."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Any

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.errors import DeskError
from ovn_desk.formats import WORDPRESS
from ovn_desk.messages import Message
from ovn_desk.signing import Signer
from ovn_desk.store import Store, records
from ovn_desk.text.helper import RenderHelper
from ovn_desk.usecases.publishing import building, exporting
from ovn_desk.usecases.publishing.building import Build
from ovn_desk.usecases.publishing.gathering import Refused
from ovn_desk.usecases.uploading import notes, outgoing
from ovn_desk.usecases.uploading.answers import SiteRefused
from ovn_desk.usecases.uploading.library import Library, Media, Picture, Post
from ovn_desk.usecases.uploading.notes import Note
from ovn_desk.usecases.uploading.outgoing import Wanted
from ovn_desk.usecases.uploading.site import Site, Stopped

Progress = Callable[[int, int], bool]
_LIVE = "publish"


def _go_on(_done: int, _all: int) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Sent:
    """An article and its post; `address` is empty while there is none."""

    id: ArticleId
    headline: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What an upload did, or would do: `added` are the pictures, categories and tags that the site had not."""

    new: tuple[Sent, ...] = ()
    changed: tuple[Sent, ...] = ()
    unchanged: tuple[Sent, ...] = ()
    added: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()
    waiting: tuple[Refused, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class How:
    """How articles go up: as drafts or live, and whether over what was changed on the site."""

    is_live: bool = False
    may_overwrite: bool = False
    is_rehearsal: bool = False


def upload(
    store: Store,
    ids: Sequence[ArticleId] | None,
    site: Site,
    *,
    by: Signer,
    renderer: RenderHelper,
    how: How,
    progress: Progress = _go_on,
) -> Uploaded:
    """Uploads the chosen articles (None: all that are approved or published), each whole before the next.

    What is live there afterwards is marked published. A rehearsal only says what would be done. `progress(done, all)`
    is asked after each article; when it returns False the upload stops, and another one goes on from there.
    Raises DeskError when the site can not be worked with.
    """
    with building.prepare(store, ids, by.person, renderer, WORDPRESS.name) as build:
        wanted, leaking = outgoing.of(build)
    round_ = _Round(store, site, how, _refused=leaking)
    try:
        if wanted:
            round_.go(wanted, progress)
    finally:
        live = replace(build, wanted=frozenset(round_.live) & build.wanted)
        if live.wanted:
            exporting.mark_published(store, live, by)
    return round_.report(build)


class _Fate(Enum):
    """What becomes of an article's post."""

    NEW = auto()
    CHANGED = auto()
    UNCHANGED = auto()


@dataclass(slots=True)
class _Round:
    """One upload under way."""

    store: Store
    site: Site
    how: How
    live: list[ArticleId] = field(default_factory=list)
    _sent: list[tuple[_Fate, Sent]] = field(default_factory=list)
    _added: list[str] = field(default_factory=list)
    _refused: list[Refused] = field(default_factory=list)
    _said: list[str] = field(default_factory=list)

    def go(self, wanted: Sequence[Wanted], progress: Progress) -> None:
        library = Library(self.site)
        rights = library.enter()
        if self.how.is_live and rights and "publish_posts" not in rights:
            user, host = self.site.access.user, self.site.access.host
            raise DeskError("site-forbids-publishing", user=user, host=host)
        with self.store.read() as reading:
            known = {one.id: notes.read(reading, self.site.access.site, ArticleId(one.id)) for one in wanted}
        posts = library.posts([note.post for note in known.values() if note.post])
        for number, one in enumerate(wanted, 1):
            note = known[one.id]
            try:
                self._take(library, one, note, posts.get(note.post))
            except SiteRefused as error:
                self._refused.append(Refused(ArticleId(one.id), str(error)))
            if not progress(number, len(wanted)):
                raise Stopped

    def report(self, build: Build) -> Uploaded:
        by_fate = {fate: tuple(sent for found, sent in self._sent if found is fate) for fate in _Fate}
        return Uploaded(
            by_fate[_Fate.NEW],
            by_fate[_Fate.CHANGED],
            by_fate[_Fate.UNCHANGED],
            tuple(dict.fromkeys(self._added)),
            (*build.refused, *self._refused),
            build.waiting,
            tuple(dict.fromkeys(self._said)),
        )

    def _take(self, library: Library, one: Wanted, note: Note, known: Post | None) -> None:
        post = known or library.find_post(one.id, one.slug)
        if post is None:
            self._put(library, one, note, None)
            return
        digest, is_ours = _standing(library, one, note, post, is_known=known is not None)
        is_same = digest == one.digest and post.status != "trash" and (post.status == _LIVE or not self.how.is_live)
        if is_same and (is_ours or not self.how.may_overwrite):
            self._leave(one, note, post, is_ours=is_ours)
        elif is_ours or self.how.may_overwrite:
            self._put(library, one, note, post)
        else:
            raise SiteRefused(_why_kept(post, digest), page=library.edit_page(post), status=409)

    def _leave(self, one: Wanted, note: Note, post: Post, *, is_ours: bool) -> None:
        """Nothing is to be done; what a cut upload could not note any more is noted now."""
        if is_ours:
            self._keep(one, replace(note, post=post.id, digest=one.digest, modified=post.modified))
            self._note_live(one, post)
        self._sent.append((_Fate.UNCHANGED, Sent(ArticleId(one.id), one.headline, post.link)))

    def _put(self, library: Library, one: Wanted, note: Note, post: Post | None) -> None:
        """Pictures and terms first, then the post, whole."""
        fate = _Fate.CHANGED if post else _Fate.NEW
        media = dict(self._pictures(library, one))
        terms = self._terms(library, one)
        if self.how.is_rehearsal:
            self._sent.append((fate, Sent(ArticleId(one.id), one.headline, post.link if post else "")))
            return
        values = one.values(media, terms) | self._status(one, post)
        # Cut from here on, the next upload knows by this and by the mark in the post that the change was ours.
        before = post.modified if post else ""
        self._keep(one, Note(post.id if post else note.post, one.digest, "", before))
        put = library.update(post, values) if post else library.create(one.id, values)
        self._keep(one, Note(put.id, one.digest, put.modified, ""))
        self._note_live(one, put)
        self._sent.append((fate, Sent(ArticleId(one.id), one.headline, put.link)))

    def _status(self, one: Wanted, post: Post | None) -> dict[str, Any]:
        """A draft, unless it is asked for; what is live there stays so."""
        if self.how.is_live:
            return one.publishing_values(records.now())
        return {"status": "draft"} if post is None or post.status == "trash" else {}

    def _pictures(self, library: Library, one: Wanted) -> Iterator[tuple[str, Media]]:
        for picture, make in one.pictures:
            found = library.picture(picture)
            if found is None:
                self._added.append(picture.name)
            if self.how.is_rehearsal:
                continue
            if found:
                library.say_of(found, picture)
            yield picture.name, found or self._add_picture(library, picture, make)

    def _add_picture(self, library: Library, picture: Picture, make: Callable[[], bytes]) -> Media:
        return library.add_picture(picture, make())

    def _terms(self, library: Library, one: Wanted) -> dict[str, list[int]]:
        """The categories and tags; one that this user may not make is left out, and that is said."""
        found: dict[str, list[int]] = {}
        for kind, slug, name in one.terms:
            number = library.term(kind, slug)
            if number is None:
                number = self._add_term(library, kind, slug, name)
            if number is not None:
                found.setdefault(kind, []).append(number)
        return found

    def _add_term(self, library: Library, kind: str, slug: str, name: str) -> int | None:
        if self.how.is_rehearsal:
            self._added.append(name)
            return None
        try:
            number = library.add_term(kind, slug, name)
        except SiteRefused as error:
            if error.status != 403:
                raise
            self._said.append(str(Message("term-not-made", name=name)))
            return None
        self._added.append(name)
        return number

    def _keep(self, one: Wanted, note: Note) -> None:
        if not self.how.is_rehearsal:
            with self.store.begin() as tx:
                notes.write(tx, self.site.access.site, ArticleId(one.id), note)

    def _note_live(self, one: Wanted, post: Post) -> None:
        if post.status == _LIVE and not self.how.is_rehearsal:
            self.live.append(ArticleId(one.id))


def _standing(library: Library, one: Wanted, note: Note, post: Post, *, is_known: bool) -> tuple[str | None, bool]:
    """What was uploaded to a post, None when nothing was; and whether nobody else changed it since."""
    if is_known and note.modified:
        return note.digest, post.modified == note.modified
    if is_known:  # an upload was cut before its end was noted
        digest = library.digest(post, one.id)
        return digest, post.modified == note.before or digest == note.digest
    return post.digest, post.digest is not None and post.digest in {one.digest, note.digest}


def _why_kept(post: Post, digest: str | None) -> str:
    """The code of why a post is left as it is."""
    if digest is None:
        return "post-of-others"
    return "post-in-trash" if post.status == "trash" else "post-changed"
