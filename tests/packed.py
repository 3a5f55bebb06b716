"""What is inside exported files, however it is packed."""

import io
import zipfile

import pypdf
from pypdf.generic import StreamObject


def unpacked(name, data):
    """A file, and what is inside it when it is a zip or a PDF: its text, and everything it holds as it was written."""
    yield name, data
    if data.startswith(b"%PDF"):
        pdf = pypdf.PdfReader(io.BytesIO(data))
        yield f"{name}/text", " ".join(" ".join(page.extract_text() for page in pdf.pages).split()).encode()
        yield f"{name}/joined", "".join("".join(page.extract_text() for page in pdf.pages).split()).encode()
        for number in range(1, len(pdf.xref[0]) + 1):
            part = pdf.get_object(number)
            yield f"{name}/{number}", repr(part).encode()
            if isinstance(part, StreamObject):
                yield f"{name}/{number}/data", part.get_data()
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for part in archive.namelist():
                yield from unpacked(f"{name}/{part}", archive.read(part))
