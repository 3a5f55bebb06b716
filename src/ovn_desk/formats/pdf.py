"""What a printed page says of itself: its title, language, author and the time of its approval."""

import io
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from ovn_desk.domain.article import Content
from ovn_desk.domain.house import House
from ovn_desk.rendering.artifact import Artifact, name_for
from ovn_desk.rendering.format import Edition, Printer
from ovn_desk.rendering.model import PageModel
from ovn_desk.rendering.page import write_signed


def build(edition: Edition, suffix: str) -> Iterable[Artifact]:
    """The page of each article, printed by the printer of the edition."""
    if edition.printer is None:
        raise TypeError("An edition without a printer cannot be printed.")
    printing = partial(_write, house=edition.house, printer=edition.printer)
    for file, model in zip(edition.each(suffix, printing), edition.models, strict=True):
        carried = edition.pictures_of(_for_paper(model))
        yield replace(file, made_from=name_for("pdf", edition.printer.engine, file.made_from), carries=carried)


def _write(model: PageModel, house: House, printer: Printer, pictures: Mapping[str, bytes]) -> bytes:
    printed = printer.print(write_signed(_for_paper(model), house), pictures)
    return describe(printed, model.content, model.updated_at, address=printer.address)


def _for_paper(model: PageModel) -> PageModel:
    """With the widest copy of each picture alone: of a choice Chromium would load another one too late to print it."""
    return replace(model, pictures=tuple(replace(one, copies=one.copies[-1:]) for one in model.pictures))


def describe(printed: bytes, content: Content, at: datetime | None, *, address: str) -> bytes:
    """A PDF with the article's data in it instead of the printing's: the same page gives the same bytes again.

    `address` is where the page was while it was printed: a link to there leads nowhere and is none.
    """
    from pypdf import PdfWriter  # only PDFs need it
    from pypdf.generic import ArrayObject, BooleanObject, DictionaryObject, NameObject, TextStringObject

    writer = PdfWriter(clone_from=io.BytesIO(printed))
    for page in writer.pages:
        page.annotations = ArrayObject(
            link for link in page.annotations or () if not _target(link.get_object()).startswith(address)
        )
    root = writer.root_object
    root[NameObject("/Lang")] = TextStringObject(content.language)
    direction = NameObject("/R2L" if content.language == "ur" else "/L2R")
    root[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/DisplayDocTitle"): BooleanObject(True), NameObject("/Direction"): direction}
    )
    stamp = f"{at.astimezone(UTC):D:%Y%m%d%H%M%S}+00'00'" if at else ""
    said = {
        "/Title": content.headline,
        "/Author": content.byline,
        "/Subject": content.standfirst,
        "/Keywords": ", ".join(content.tags),
        "/CreationDate": stamp,
        "/ModDate": stamp,
    }
    kept = {name: str(value) for name, value in (writer.metadata or {}).items() if name not in said}
    writer.metadata = kept | {name: value for name, value in said.items() if value}
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _target(link: Any) -> str:
    return str(link.get("/A", {}).get("/URI", ""))
