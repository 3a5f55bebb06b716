"""What each form of an export is made of: a table from its name to its files."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ovn_desk.domain.house import House
from ovn_desk.formats import markdown, ninjs, ovn_json, page, site
from ovn_desk.formats.feeds import Item
from ovn_desk.usecases.publishing.gathering import Ready
from ovn_desk.usecases.publishing.verifying import JSON, SIGNATURE


@dataclass(frozen=True, slots=True)
class Batch:
    """The articles of one export; `pictures` are the files their pages name, `keys` the newsroom's public keys.

    `logged` is the site's public log, with this export in it.
    """

    ready: Sequence[Ready]
    house: House
    pictures: Mapping[str, bytes]
    keys: Mapping[str, str]
    now: datetime
    logged: str = ""


def files(form: str, batch: Batch) -> dict[str, bytes]:
    """Every file of this form by its path: pictures first, then pages, then what leads to them."""
    return dict(batch.pictures) | FORMS[form](batch)


def _site(batch: Batch) -> dict[str, bytes]:
    entries = [site.Entry(item.article.id, _slugged(item), item.repairs, item.overrides) for item in batch.ready]
    return site.write(entries, batch.house, keys=batch.keys, now=batch.now, logged=batch.logged)


def _pages(batch: Batch) -> dict[str, bytes]:
    return {f"{item.slug}.html": page.write(_slugged(item), batch.house).encode() for item in batch.ready}


def _markdown(batch: Batch) -> dict[str, bytes]:
    return {f"{item.slug}.md": markdown.write(item.issue.content).encode() for item in batch.ready}


def _ninjs(batch: Batch) -> dict[str, bytes]:
    return {f"{item.slug}.ninjs.json": ninjs.write(_item(item, batch), batch.house).encode() for item in batch.ready}


def _wordpress(batch: Batch) -> dict[str, bytes]:
    from ovn_desk.formats import wordpress  # its parser, like Word's, would make every start slower

    return {
        f"{item.slug}.wordpress.html": wordpress.write(_item(item, batch), batch.house).encode() for item in batch.ready
    }


def _wxr(batch: Batch) -> dict[str, bytes]:
    from ovn_desk.formats import wxr

    return {"wordpress.xml": wxr.write([_item(item, batch) for item in batch.ready], batch.house).encode()}


def _docx(batch: Batch) -> dict[str, bytes]:
    from ovn_desk.formats import docx

    return {f"{item.slug}.docx": docx.write(_slugged(item), batch.house, batch.pictures) for item in batch.ready}


def _json(batch: Batch) -> dict[str, bytes]:
    made: dict[str, bytes] = {}
    for item in batch.ready:
        made[f"{item.slug}{JSON}"] = ovn_json.write(_item(item, batch), batch.house).encode()
        if item.issue.approval:
            made[f"{item.slug}{JSON}{SIGNATURE}"] = ovn_json.write_signature(item.issue.approval).encode()
    return made


def _item(item: Ready, batch: Batch) -> Item:
    issue = _slugged(item)
    return Item(item.article.id, issue, page.path_of(issue.content, issue.published_at, batch.house))


def _slugged(item: Ready) -> page.Issue:
    return replace(item.issue, content=replace(item.issue.content, slug=item.slug))


FORMS: Mapping[str, Callable[[Batch], dict[str, bytes]]] = {
    "site": _site,
    "page": _pages,
    "markdown": _markdown,
    "ninjs": _ninjs,
    "wordpress": _wordpress,
    "wxr": _wxr,
    "docx": _docx,
    "json": _json,
}
