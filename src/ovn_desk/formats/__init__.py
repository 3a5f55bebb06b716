"""One module a file format: it reads, writes or both, and touches no disk and no database.

`FORMATS` is the one table of what articles can be exported as; the command line, the window and an export read it. A
format's module is imported when it is first built, so that the table costs no start anything.
"""

from collections.abc import Iterable, Mapping
from functools import partial

from ovn_desk.messages import Message
from ovn_desk.rendering.artifact import Artifact
from ovn_desk.rendering.format import Edition, Format, Images


def _site(edition: Edition, _suffix: str) -> Iterable[Artifact]:
    from ovn_desk.formats.site import writing

    return writing.build(edition)


def _pages(edition: Edition, suffix: str) -> Iterable[Artifact]:
    from ovn_desk.rendering import page

    return edition.each(suffix, partial(page.write_signed, house=edition.house))


def _markdown(edition: Edition, suffix: str) -> Iterable[Artifact]:
    from ovn_desk.formats import markdown

    return edition.each(suffix, markdown.write_article)


def _ninjs(edition: Edition, suffix: str) -> Iterable[Artifact]:
    from ovn_desk.formats import ninjs

    return edition.each(suffix, partial(ninjs.write, house=edition.house))


def _wordpress(edition: Edition, suffix: str) -> Iterable[Artifact]:
    from ovn_desk.rendering import gutenberg

    return edition.each(suffix, partial(gutenberg.write, house=edition.house))


def _wxr(edition: Edition, suffix: str) -> Iterable[Artifact]:
    from ovn_desk.formats import wxr

    return wxr.build(edition, suffix)


def _docx(edition: Edition, suffix: str) -> Iterable[Artifact]:
    from ovn_desk.formats import docx

    return edition.each(suffix, partial(docx.write, house=edition.house), carries=True)


def _pdf(edition: Edition, suffix: str) -> Iterable[Artifact]:
    from ovn_desk.formats import pdf

    return pdf.build(edition, suffix)


def _json(edition: Edition, suffix: str) -> Iterable[Artifact]:
    from ovn_desk.formats import ovn_json

    return ovn_json.build(edition, suffix)


SITE = Format("site", Message("format-site"), Message("about-site"), "", _site, whole_site=True, themed=True)
WORDPRESS = Format("wordpress", Message("format-wordpress"), Message("about-wordpress"), ".wordpress.html", _wordpress)
JSON = Format("json", Message("format-json"), Message("about-json"), ".ovn.json", _json)
FORMATS: Mapping[str, Format] = {
    one.name: one
    for one in (
        SITE,
        Format("page", Message("format-page"), Message("about-page"), ".html", _pages, themed=True),
        Format("markdown", Message("format-markdown"), Message("about-markdown"), ".md", _markdown, Images.NONE),
        Format("ninjs", Message("format-ninjs"), Message("about-ninjs"), ".ninjs.json", _ninjs),
        WORDPRESS,
        Format("wxr", Message("format-wxr"), Message("about-wxr"), ".xml", _wxr),
        Format("docx", Message("format-docx"), Message("about-docx"), ".docx", _docx, Images.INSIDE),
        Format("pdf", Message("format-pdf"), Message("about-pdf"), ".pdf", _pdf, Images.INSIDE, weight=2),
        JSON,
    )
}
