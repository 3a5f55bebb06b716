"""The public text of an article as a digest that survives re-wrapping but not one changed word."""

import hashlib
import re
import unicodedata
from html.parser import HTMLParser

_DOMAIN = b"ovn-desk/public-text/1\n"
_BLOCKS = {
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "p",
    "li",
    "blockquote",
    "pre",
    "td",
    "th",
    "figcaption",
    "dt",
    "dd",
    "caption",
}
_VOID = {"img", "br", "hr", "meta", "link", "input"}
_FOLD = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "\u00a0": " "}
)


def public_text(html: str) -> str:
    """Every block inside elements marked `data-ovn-signed` as `tag TAB text LF`, quotes, dashes and spaces folded.

    Citation markers are left out: they are numbered for the page, and the sources stand on it apart. A picture is the
    SHA-256 of its file, what is shown of it and its alt text; its addresses are not signed, because exports name them.
    """
    reader = _Blocks()
    reader.feed(html)
    reader.close()
    return "".join(f"{tag}\t{folded}\n" for tag, text in reader.blocks if (folded := _folded(text)))


def digest(html: str) -> str:
    """SHA-256 of `public_text`, in hexadecimal."""
    return hashlib.sha256(_DOMAIN + public_text(html).encode()).hexdigest()


def _folded(text: str) -> str:
    return " ".join(re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).translate(_FOLD).split())


class _Blocks(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[str, str]] = []
        self._open: list[str] = []
        self._signed_from = -1
        self._skipped_from = -1
        self._texts: list[list[str]] = []
        self._names: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        if self._signed_from < 0 and "data-ovn-signed" in names:
            self._signed_from = len(self._open)
        if tag == "img" and self._signed_from >= 0:
            self._flush()
            shown = (names.get("data-ovn-sha256") or "-", names.get("data-ovn-crop") or "-", names.get("alt") or "")
            self.blocks.append(("img", " ".join(shown)))
        if tag == "br" and self._texts:
            self._texts[-1].append(" ")
        if tag in _VOID:
            return
        if self._skipped_from < 0 and "ovn-cite" in (names.get("class") or "").split():
            self._skipped_from = len(self._open)
        if self._signed_from >= 0 and tag in _BLOCKS:
            self._flush()
            self._names.append(tag)
            self._texts.append([])
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._open:
            return
        while self._open:
            closed = self._open.pop()
            if closed in _BLOCKS and self._names:
                self._flush()
                self._names.pop()
                self._texts.pop()
            if len(self._open) <= self._skipped_from:
                self._skipped_from = -1
            if len(self._open) <= self._signed_from:
                self._signed_from = -1
            if closed == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._texts and self._skipped_from < 0:
            self._texts[-1].append(data)

    def _flush(self) -> None:
        if self._texts and self._texts[-1]:
            self.blocks.append((self._names[-1], "".join(self._texts[-1])))
            self._texts[-1].clear()
