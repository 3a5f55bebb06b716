"""A Markdown text in pieces that can be rendered one by one, so that a key costs one paragraph and not the article."""

import re
from collections.abc import Iterator

_FENCE = re.compile(r"^(`{3,}|~{3,})", re.MULTILINE)
_CODE = re.compile(r"^(`{3,}|~{3,}).*?^\1[ ]*$", re.MULTILINE | re.DOTALL)
_HTML = re.compile(r"^ {0,3}<(?!https?:|mailto:)[A-Za-z/]|<[!?]", re.MULTILINE)
_GOES_ON = re.compile(r"[ \t:>]|[-*+](?:[ \t]|$)|\d+[.)](?:[ \t]|$)|Table:|جدول:|$", re.MULTILINE)
_MEANING = re.compile(r"\n {0,3}: ")
_CAPTION = re.compile(r"(?:.*\n\n)?(?:Table|جدول):[^\n]*(?:\n[^\n]+)*\s*\Z", re.DOTALL)
_SHARED = re.compile(
    r"""^[ ]{0,3}\[(?!@)[^\[\]\n]*\]:[ ]*\n?[ ]*[^\s]+[ ]*"""
    r"""(?:\n?[ ]*(?:"[^\n]*"|'[^\n]*'|\([^\n]*\)))?[ ]*$(?!\n[=-]+[ ]*$)"""
    r"""|^[ ]{0,3}\*\[[^\]\n]+\]:.*$""",
    re.MULTILINE,
)


def split(text: str) -> list[str]:
    """Pieces parted at empty lines where nothing in Markdown reaches across; joined by an empty line they are the text.

    Fenced code, lists, quotations, definitions and tables with their captions stay in one piece. A text that begins a
    line with HTML is one piece: an element may be closed anywhere.
    """
    if "<" in text and _HTML.search(text):
        return [text]
    pieces: list[str] = []
    was_shared = False
    for block in _outside_fences(text.split("\n\n")):
        is_shared = block.lstrip(" ").startswith(("[", "*[")) and _SHARED.match(block) is not None
        goes_on = (
            is_shared or was_shared or _GOES_ON.match(block) or _MEANING.search(block) or _is_captioned(pieces, block)
        )
        if pieces and goes_on:
            pieces[-1] = f"{pieces[-1]}\n\n{block}"
        else:
            pieces.append(block)
        was_shared = is_shared
    return pieces


def _is_captioned(pieces: list[str], block: str) -> bool:
    return "|" in block and bool(pieces) and _CAPTION.match(pieces[-1]) is not None


def shared_definitions(text: str) -> str:
    """The link and abbreviation definitions of a text as Markdown, which every piece of it may use; "" for none."""
    if "]:" not in text:
        return ""
    return "\n\n".join(match[0] for match in _SHARED.finditer(_CODE.sub("", text)))


def _outside_fences(blocks: list[str]) -> Iterator[str]:
    """The blocks, with those that a fence of code spans put together."""
    fence, held = "", []
    for block in blocks:
        if fence or "```" in block or "~~~" in block:
            for mark in _FENCE.findall(block):
                fence = mark if not fence else "" if mark == fence else fence
        held.append(block)
        if not fence:
            yield "\n\n".join(held)
            held = []
    if held:
        yield "\n\n".join(held)
