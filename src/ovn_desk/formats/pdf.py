"""What a printed page says of itself: its title, language, author and the time of its approval."""

import io
from datetime import UTC, datetime

from ovn_desk.domain.article import Content


def described(printed: bytes, content: Content, at: datetime | None) -> bytes:
    """A PDF with the article's data in it instead of the printing's: the same page gives the same bytes again."""
    from pypdf import PdfWriter  # only PDFs need it
    from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

    writer = PdfWriter(clone_from=io.BytesIO(printed))
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
