"""Clean HTML as plain text: a line for each block, and an empty line between them."""

import re
from html import unescape

_CITATION = re.compile(r'<sup class="ovn-cite">.*?</sup>')
_BREAK = re.compile(r"<br[^>]*>|</(?:li|tr|dt|dd|caption|figcaption)>")
_BLOCK = re.compile(r"</?(?:p|h[1-6]|ul|ol|dl|blockquote|pre|table|figure|div|hr)\b[^>]*>")
_CELL = re.compile(r"</(?:td|th)>\s*(?=<t[dh])")
_TAG = re.compile(r"<[^>]*>")


def from_html(html: str) -> str:
    """The words of clean HTML without the numbers of its citations; cells of a table are parted by tabs."""
    text = _CELL.sub("\t", _CITATION.sub("", html).replace("\n", " "))
    text = unescape(_TAG.sub("", _BLOCK.sub("\n\n", _BREAK.sub("\n", text))))
    lines = [re.sub(r"[ \u00a0]+", " ", line).strip(" ") for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
