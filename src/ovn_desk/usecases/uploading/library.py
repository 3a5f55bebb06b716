"""What stands on a WordPress site: posts, pictures, categories and tags, found again before any is made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from ovn_desk.rendering import gutenberg
from ovn_desk.usecases.uploading.answers import SiteRefused, Unreachable
from ovn_desk.usecases.uploading.site import Site

_AT_ONCE = 100
_FIELDS = "id,status,modified_gmt,link"
_EVERY_STATUS = "any,trash"  # “any” alone leaves out what is in the trash


@dataclass(frozen=True, slots=True)
class Post:
    """A post as the site has it; `digest` is what an upload marked it with, None where it was not looked for."""

    id: int
    status: str
    modified: str
    link: str
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Media:
    """A picture in the site's library."""

    id: int
    address: str
    alt: str
    caption: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to be uploaded; `name` is that of its file, which is that of its bytes."""

    name: str
    media: str
    alt: str
    caption: str

    @property
    def slug(self) -> str:
        return f"ovn-{self.name.rpartition('.')[0]}"


class Library:
    """One site's posts, pictures and terms; terms that were found are remembered."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._terms: dict[tuple[str, str], int] = {}

    def enter(self) -> frozenset[str]:
        """What the user may do there; raises Unreachable when the site lets nobody in like this."""
        me = _whole(self._site.get("users/me", context="edit"))
        rights = me.get("capabilities")
        return frozenset(name for name, has in rights.items() if has) if isinstance(rights, dict) else frozenset()

    def posts(self, ids: Sequence[int]) -> dict[int, Post]:
        """Those of these posts that are there."""
        found: dict[int, Post] = {}
        for start in range(0, len(ids), _AT_ONCE):
            asked = ",".join(map(str, ids[start : start + _AT_ONCE]))
            query = {"include": asked, "status": _EVERY_STATUS, "_fields": _FIELDS}
            for one in _list(self._site.get("posts", context="edit", per_page=_AT_ONCE, **query)):
                post = _post(one)
                found[post.id] = post
        return found

    def find_post(self, article: str, slug: str) -> Post | None:
        """The post of an article: the one that is marked as its, or the one that has its address, unmarked."""
        for query in ({"search": article}, {"slug": slug}):
            found = _list(
                self._site.get("posts", context="edit", status=_EVERY_STATUS, _fields=f"{_FIELDS},content", **query)
            )
            posts = [_post(one, article) for one in found]
            if ours := [post for post in posts if post.digest is not None]:
                return min(ours, key=lambda post: post.id)
            if posts and "slug" in query:
                return posts[0]
        return None

    def digest(self, post: Post, article: str) -> str | None:
        """What a post is marked with."""
        asked = self._site.get(f"posts/{post.id}", context="edit", _fields=f"{_FIELDS},content")
        return _post(asked, article).digest

    def create(self, article: str, values: Mapping[str, Any]) -> Post:
        def find() -> Post | None:
            found = self.find_post(article, str(values["slug"]))
            return found if found and found.digest is not None else None

        return self._site.create("posts", find, _post, json=dict(values))

    def update(self, post: Post, values: Mapping[str, Any]) -> Post:
        return _post(self._site.update(f"posts/{post.id}", values))

    def picture(self, picture: Picture) -> Media | None:
        """A picture that was uploaded before."""
        found = _list(self._site.get("media", context="edit", slug=picture.slug))
        return _media(found[0]) if found else None

    def add_picture(self, picture: Picture, data: bytes) -> Media:
        form = {"slug": picture.slug, "title": picture.caption or picture.alt or picture.name}
        form |= {"alt_text": picture.alt, "caption": picture.caption}
        file = {"file": (picture.name, data, picture.media)}
        return self._site.create("media", lambda: self.picture(picture), _media, data=form, files=file)

    def say_of(self, media: Media, picture: Picture) -> None:
        """Brings the words of a picture up to date."""
        if (media.alt, media.caption) != (picture.alt, picture.caption):
            self._site.update(f"media/{media.id}", {"alt_text": picture.alt, "caption": picture.caption})

    def term(self, kind: str, slug: str) -> int | None:
        """A category or tag by its slug; `kind` is `categories` or `tags`."""
        if (kind, slug) not in self._terms:
            found = _list(self._site.get(kind, slug=slug, _fields="id"))
            if not found:
                return None
            self._terms[kind, slug] = _number(found[0])
        return self._terms[kind, slug]

    def add_term(self, kind: str, slug: str, name: str) -> int:
        """Makes a category or tag; raises SiteRefused when this user may not."""
        try:
            made = self._site.create(kind, lambda: self.term(kind, slug), _number, json={"name": name, "slug": slug})
        except SiteRefused as error:
            if error.rest_code != "term_exists":  # the same name under another slug
                raise
            made = _number({"id": error.data.get("term_id")})
        self._terms[kind, slug] = made
        return made

    def edit_page(self, post: Post) -> str:
        """Where an editor of the site finds a post."""
        return f"{self._site.access.site}/wp-admin/post.php?post={quote(str(post.id))}&action=edit"


def _post(said: Any, article: str = "") -> Post:
    data = _whole(said)
    content = data.get("content")
    raw = content.get("raw") if isinstance(content, dict) else None
    digest = gutenberg.read_mark(str(raw or ""), article) if article else None
    return Post(
        _number(data),
        str(data.get("status") or ""),
        str(data.get("modified_gmt") or ""),
        str(data.get("link") or ""),
        digest,
    )


def _media(said: Any) -> Media:
    data = _whole(said)
    caption = data.get("caption")
    raw = caption.get("raw") if isinstance(caption, dict) else None
    return Media(_number(data), str(data.get("source_url") or ""), str(data.get("alt_text") or ""), str(raw or ""))


def _number(said: Any) -> int:
    number = _whole(said).get("id")
    if type(number) is not int or number < 1:
        raise Unreachable("site-answer-empty")
    return number


def _whole(said: Any) -> dict[str, Any]:
    if not isinstance(said, dict):
        raise Unreachable("site-answer-foreign")
    return said


def _list(said: Any) -> list[Any]:
    if not isinstance(said, list):
        raise Unreachable("site-answer-foreign")
    return said
