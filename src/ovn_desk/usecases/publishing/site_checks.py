"""What is checked of the folder of a site as a whole: each page at its own address, none missing, nothing foreign."""

import html
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from ovn_desk.formats.site import KEYS, log
from ovn_desk.messages import Message
from ovn_desk.rendering.page.document import URDU_FONTS
from ovn_desk.usecases.publishing.checks import Page, Verdict
from ovn_desk.usecases.publishing.files import MANIFEST
from ovn_desk.usecases.publishing.log_checks import WITHDRAWN, GivenLog

_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)">')
_REFRESH = '<meta http-equiv="refresh"'
_PICTURE = re.compile(r"assets/images/([0-9a-f]{64})-[0-9]+\.(?:jpe?g|png|webp|avif|gif)")
_FRONT = "index.html"
_CHECKED = frozenset({log.LINES, log.HEADS, log.HEAD, KEYS})
_UNSIGNED = frozenset(
    {
        *("feed.xml", "feed.json", "sitemap.xml", "news-sitemap.xml", "robots.txt"),
        *(f"assets/{name}" for name in URDU_FONTS.values()),
        *("CNAME", ".nojekyll"),  # what hosts of sites ask for
    }
)
_NOT_SERVED = ".git"
_NAMED = 10


@dataclass(frozen=True, slots=True)
class SitePage:
    """What a page in a folder says of its place: the article it shows (a URN, or empty) and its own address.

    `address` is empty where it names none, as the pages that only lead on. `pictures` are those it shows, or was
    exported with, as the SHA-256 of their files.
    """

    article: str
    address: str
    pictures: frozenset[str]


def read(page: Page) -> SitePage:
    text = page.data.decode("utf-8", "replace")
    head = text.partition("</head>")[0]
    found = None if _REFRESH in head else _CANONICAL.search(head)
    article = (page.statement or {}).get("article")
    return SitePage(
        f"urn:uuid:{article}" if article else "",
        html.unescape(found[1]) if found else "",
        frozenset(_PICTURE.findall(text)) | frozenset(page.sealed.seal.pictures if page.sealed.seal else ()),
    )


def places(pages: Mapping[str, SitePage]) -> dict[str, Verdict]:
    """Of the pages by their paths in the folder, those that do not stand at their own address."""
    ends = {path: f"/{quote(path)}" for path in pages}
    sites = Counter(
        page.address.removesuffix(ends[path]) for path, page in pages.items() if page.address.endswith(ends[path])
    )
    site = sites.most_common(1)[0][0] if sites else ""
    wrong: dict[str, Verdict] = {}
    for path, page in pages.items():
        if page.address and page.address != site + ends[path]:
            wrong[path] = Verdict("place", "other", {"address": page.address})
        elif not page.address and site and path.rpartition("/")[2] == _FRONT:
            wrong[path] = Verdict("place", "front")
    return wrong


def articles(pages: Mapping[str, SitePage], given: GivenLog) -> list[Verdict]:
    """Whether each article that stands by the log has one page, and no other."""
    paths: dict[str, list[str]] = {}
    for path, page in pages.items():
        paths.setdefault(page.article, []).append(path)
    said = given.facts.items()
    missing = [one for one, facts in said if one not in paths and all(fact.what != WITHDRAWN for fact in facts)]
    twice = [path for article, several in paths.items() if article and len(several) > 1 for path in several]
    found = [Verdict("pages", "missing", {"count": str(len(missing)), "names": _names(missing)})] if missing else []
    return found + ([Verdict("pages", "twice", {"names": _names(twice)})] if twice else [])


def other_files(root: Path, checked: Iterable[str], pages: Iterable[SitePage]) -> list[Verdict]:
    """The files of the folder that are under no signature, and those that no export writes.

    `checked` are the paths of those that were checked.
    """
    shown = frozenset[str]().union(*(page.pictures for page in pages))
    known = {*checked, *_CHECKED}
    rest = [path.relative_to(root) for path in sorted(root.rglob("*")) if path.is_file()]
    served = [path.as_posix() for path in rest if path.parts[0] != _NOT_SERVED]
    pictures = {name for name in served if (found := _PICTURE.fullmatch(name)) and found[1] in shown}
    names = [name for name in served if name not in known | pictures]
    kinds = {
        "unsigned": [name for name in names if _is_unsigned(name)],
        "foreign": [name for name in names if not _is_unsigned(name)],
    }
    return [Verdict(kind, "files", {"names": _names(of_it)}) for kind, of_it in kinds.items() if of_it]


def _is_unsigned(name: str) -> bool:
    """Whether exports write such a file without a signature; each folder that one went to has a manifest."""
    return name in _UNSIGNED or name.rpartition("/")[2] == MANIFEST


def _names(names: Sequence[str]) -> str:
    """The names as a list, which is not longer than people read."""
    first, more = names[:_NAMED], len(names) - _NAMED
    return str(Message("names-and-more", names=first, count=more) if more > 0 else Message("names-all", names=first))
