"""What each form of an export is made of: a table from its name to its files."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from ovn_desk.domain.article import Content
from ovn_desk.domain.house import House
from ovn_desk.formats import markdown, ninjs, ovn_json, site
from ovn_desk.rendering import page
from ovn_desk.rendering.artifact import Artifact, named
from ovn_desk.rendering.feeds import Item
from ovn_desk.rendering.page import structured
from ovn_desk.usecases import printing
from ovn_desk.usecases.publishing import themes
from ovn_desk.usecases.publishing.archive import VerifiedArticle
from ovn_desk.usecases.publishing.gate import Gate
from ovn_desk.usecases.publishing.public_log import PublicLog
from ovn_desk.usecases.publishing.verifying import JSON, SIGNATURE


@dataclass(frozen=True, slots=True)
class Batch:
    """The articles of one export; `pictures` are the files their pages name, `keys` the newsroom's public keys.

    `whole` reads an article's page values with its text, `print` makes a PDF of a page and the files it names, `logged`
    is the public log with this export in it, `gone` are the articles that readers had before they were
    withdrawn, `left_out` those whose secrets another attempt would have carried.
    """

    ready: Sequence[VerifiedArticle]
    house: House
    pictures: Mapping[str, Artifact]
    keys: Mapping[str, str]
    now: datetime
    whole: Callable[[VerifiedArticle], page.PageModel]
    print: Callable[[str, Mapping[str, bytes]], bytes]
    logged: PublicLog = field(default_factory=PublicLog)
    gone: Sequence[VerifiedArticle] = ()
    left_out: Sequence[VerifiedArticle] = ()


def files(form: str, batch: Batch) -> dict[str, Artifact]:
    """Every file of this form by its path: pictures first, then pages, then what leads to them."""
    beside = {} if form in _CARRIES_PICTURES else dict(batch.pictures)
    made = beside | FORMS[form](batch)
    return gate_of(batch).guarded(made, _own(form, made, batch))


def gate_of(batch: Batch) -> Gate:
    """What knows all that no file of this export may carry."""
    others = (*batch.gone, *batch.left_out)
    return Gate(batch.ready, others, whole=batch.whole, empty=partial(_of_no_article, batch))


def _of_no_article(batch: Batch) -> list[bytes]:
    """What the house's pages say whatever is published."""
    made = site.write([], batch.house, keys=batch.keys, now=batch.now, logged={})
    blank = [page.write(page.PageModel(Content(language=language), ""), batch.house) for language in ("en", "ur")]
    return [*(file.make() for file in made.values()), *(text.encode() for text in blank)]


def _own(form: str, made: Iterable[str], batch: Batch) -> dict[str, VerifiedArticle]:
    """The files that are one article's alone."""
    if form == "site":
        return {site.address(_entry(item), batch.house): item for item in (*batch.ready, *batch.gone)}
    by_name = dict(zip(_names(batch), batch.ready, strict=True))
    return {name: by_name[stem] for name in made if (stem := name.partition(".")[0]) in by_name}


def _names(batch: Batch) -> list[str]:
    """What the files of each article are called: its slug, with the id where two of two months share one."""
    shared = Counter(item.slug for item in batch.ready)
    return [item.slug if shared[item.slug] == 1 else f"{item.slug}-{item.article.id[:8]}" for item in batch.ready]


def _site(batch: Batch) -> dict[str, Artifact]:
    entries = [_proved(replace(_entry(item), read=partial(_whole, item, batch)), item, batch) for item in batch.ready]
    everything = [*entries, *(_proved(_entry(item), item, batch) for item in batch.gone)]
    made = site.write(everything, batch.house, keys=batch.keys, now=batch.now, logged=batch.logged.files)
    for item, entry in zip(batch.ready, entries, strict=True):
        path = site.address(entry, batch.house)
        made[path] = _checked(made[path], item, batch)
    return made


def _entry(item: VerifiedArticle) -> site.SiteEntry:
    return site.SiteEntry(
        item.article.id,
        _slugged(item, item.issue),
        item.repairs,
        item.overrides,
        item.made_from,
        withdrawn=item.withdrawn,
        former=item.place.former,
    )


def _proved(entry: site.SiteEntry, item: VerifiedArticle, batch: Batch) -> site.SiteEntry:
    """With its place in the public log; the newest that it says is the approval, or the withdrawal."""
    place = batch.logged.place(item.facts[-1]) if item.facts else None
    if place is None:
        return entry
    index, head = place
    return replace(entry, proof=partial(_proof, batch.logged, index, head), proved_by=named(str(index), head))


def _proof(logged: PublicLog, index: int, head: str) -> str:
    return structured.script_json({"line": logged.lines[index], "proof": logged.proof(index, head).text})


def _checked(file: Artifact, item: VerifiedArticle, batch: Batch) -> Artifact:
    """A page that is read again where the house's own templates made it."""
    look = batch.house.look
    if not look.templates:
        return file

    def make() -> bytes:
        data = file.make()
        themes.check_signed(data.decode(), item, look)
        return data

    return replace(file, make=make)


def _pages(batch: Batch) -> dict[str, Artifact]:
    made = _each(".html", _page)(batch)
    return {name: _checked(file, item, batch) for (name, file), item in zip(made.items(), batch.ready, strict=True)}


def _each(
    ending: str, write: Callable[[VerifiedArticle, Batch], str | bytes]
) -> Callable[[Batch], dict[str, Artifact]]:
    """A form of one file an article."""

    def made(item: VerifiedArticle, batch: Batch) -> bytes:
        data = write(item, batch)
        return data.encode() if isinstance(data, str) else data

    def all_of(batch: Batch) -> dict[str, Artifact]:
        about = named(ending, repr(batch.house))
        return {
            f"{name}{ending}": Artifact(partial(made, item, batch), named(about, item.made_from))
            for name, item in zip(_names(batch), batch.ready, strict=True)
        }

    return all_of


def _page(item: VerifiedArticle, batch: Batch) -> str:
    return page.write(_whole(item, batch), batch.house)


def _markdown(item: VerifiedArticle, batch: Batch) -> str:
    return markdown.write(batch.whole(item).content)


def _ninjs(item: VerifiedArticle, batch: Batch) -> str:
    return ninjs.write(item_of(item, batch), batch.house)


def _wordpress(item: VerifiedArticle, batch: Batch) -> str:
    from ovn_desk.rendering import gutenberg  # its parser, like Word's, would make every start slower

    return gutenberg.write(item_of(item, batch), batch.house)


def _docx(item: VerifiedArticle, batch: Batch) -> bytes:
    from ovn_desk.formats import docx

    return docx.write(_whole(item, batch), batch.house, _shown(item, batch))


def _shown(item: VerifiedArticle, batch: Batch) -> dict[str, bytes]:
    """The files of an article's pictures by their addresses."""
    return {address: batch.pictures[address].make() for one in item.issue.pictures for _, address in one.copies}


def _pdfs(batch: Batch) -> dict[str, Artifact]:
    """The pages, printed; of a choice of copies Chromium would load another for paper, too late to be printed."""
    one_copy = replace(
        batch,
        ready=[replace(item, issue=_widest(item.issue)) for item in batch.ready],
        whole=partial(_printable, batch),
    )
    return {
        f"{name.removesuffix('.html')}.pdf": Artifact(
            partial(_printed, file, item, one_copy), named("pdf", printing.engine_fingerprint(), file.made_from)
        )
        for (name, file), item in zip(_pages(one_copy).items(), one_copy.ready, strict=True)
    }


def _printable(batch: Batch, item: VerifiedArticle) -> page.PageModel:
    return _widest(batch.whole(item))


def _widest(issue: page.PageModel) -> page.PageModel:
    return replace(issue, pictures=tuple(replace(one, copies=one.copies[-1:]) for one in issue.pictures))


def _printed(file: Artifact, item: VerifiedArticle, batch: Batch) -> bytes:
    from ovn_desk.formats import pdf

    made = batch.print(file.make().decode(), _shown(item, batch))
    return pdf.described(made, item.issue.content, item.issue.updated_at, address=printing.ADDRESS)


def _json(item: VerifiedArticle, batch: Batch) -> str:
    return ovn_json.write(item_of(item, batch), batch.house)


def _signed_json(batch: Batch) -> dict[str, Artifact]:
    made: dict[str, Artifact] = {}
    for (name, file), item in zip(_each(JSON, _json)(batch).items(), batch.ready, strict=True):
        made[name] = file
        if item.issue.approval:
            made[f"{name}{SIGNATURE}"] = Artifact.of(ovn_json.write_signature(item.issue.approval))
    return made


def _wxr(batch: Batch) -> dict[str, Artifact]:
    from ovn_desk.formats import wxr

    def write() -> str:
        newest = sorted(
            batch.ready, key=lambda one: (one.issue.published_at, one.issue.updated_at, one.article.id), reverse=True
        )
        return wxr.write([item_of(item, batch) for item in newest], batch.house)

    return {"wordpress.xml": Artifact.text(write)}


def item_of(item: VerifiedArticle, batch: Batch) -> Item:
    """An article as feeds and other sites take it, with its text."""
    issue = _whole(item, batch)
    return Item(item.article.id, issue, page.address_of(issue, batch.house))


def _whole(item: VerifiedArticle, batch: Batch) -> page.PageModel:
    return _slugged(item, batch.whole(item))


def _slugged(item: VerifiedArticle, issue: page.PageModel) -> page.PageModel:
    return replace(issue, content=replace(issue.content, slug=item.slug))


FORMS: Mapping[str, Callable[[Batch], dict[str, Artifact]]] = {
    "site": _site,
    "page": _pages,
    "markdown": _each(".md", _markdown),
    "ninjs": _each(".ninjs.json", _ninjs),
    "wordpress": _each(".wordpress.html", _wordpress),
    "wxr": _wxr,
    "docx": _each(".docx", _docx),
    "pdf": _pdfs,
    "json": _signed_json,
}
_CARRIES_PICTURES = ("docx", "pdf")
