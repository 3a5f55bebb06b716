"""Paragraphs put together again where a PDF or a mail program broke them in mid-sentence."""

import re
from collections.abc import Iterator

_ENDS = re.compile(r"[.!?…:۔؟][\"'”’»)\]]*\s*$")
_BLOCK = re.compile(r"^(#{1,6}\s|[-*+]\s|\d+[.)]\s|>|\||```|~~~| {4}|\t|!\[|\[\^|---|\*\*\*|___|<)")
_FENCED = re.compile(r"^(`{3,}|~{3,})[^\n]*\n.*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)
_MEANING = re.compile(r"\n {0,3}: ")


def join_broken_lines(text: str) -> str:
    """Join the lines inside each paragraph, one empty line between paragraphs; lists, quotes and tables stay.

    Two paragraphs are joined when the first does not end a sentence and the second goes on in lower case, as a page
    break leaves them.
    """
    paragraphs: list[str] = []
    for block in _blocks(text.strip("\n")):
        whole = block.rstrip() if _is_kept(block) else _one_line(block)
        if paragraphs and _goes_on(paragraphs[-1], whole):
            paragraphs[-1] = f"{paragraphs[-1]} {whole}"
        else:
            paragraphs.append(whole)
    return "\n\n".join(paragraphs)


def _blocks(text: str) -> Iterator[str]:
    """What stands between empty lines; fenced code is one block, whatever is in it."""
    start = 0
    for code in (*_FENCED.finditer(text), None):
        end = code.start() if code else len(text)
        yield from (block for block in re.split(r"\n[ \t]*\n+", text[start:end]) if block.strip())
        if code:
            yield code[0]
            start = code.end()


def _is_kept(block: str) -> bool:
    """Whether the lines of a block mean something: a heading, a list, a table, a term with its meaning."""
    return _BLOCK.match(block) is not None or _MEANING.search(block) is not None


def _one_line(block: str) -> str:
    lines = [line.strip() for line in block.splitlines()]
    text = ""
    for line in lines:
        hyphenated = re.search(r"[a-z]-$", text) and line[:1].islower()
        text = f"{text[:-1]}{line}" if hyphenated else f"{text} {line}"
    return text.strip()


def _goes_on(before: str, after: str) -> bool:
    if _is_kept(before) or _is_kept(after) or _ENDS.search(before):
        return False
    return after[:1].islower() or before.endswith((",", ";", "،"))
