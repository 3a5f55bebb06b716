"""Paragraphs put together again where a PDF or a mail program broke them in mid-sentence."""

import re

_ENDS = re.compile(r"[.!?…:۔؟][\"'”’»)\]]*\s*$")
_BLOCK = re.compile(r"^(#{1,6}\s|[-*+]\s|\d+[.)]\s|>|\||```|~~~| {4}|\t|!\[|\[\^|---|\*\*\*|___|<)")


def joined(text: str) -> str:
    """The text with whole paragraphs parted by one empty line; headings, lists, quotes and tables stay as they are.

    Lines inside a paragraph are joined. Two paragraphs are one when the first does not end a sentence and the second
    goes on in lower case, as a page break leaves them.
    """
    paragraphs: list[str] = []
    for block in re.split(r"\n[ \t]*\n+", text.strip("\n")):
        if not block.strip():
            continue
        whole = block.rstrip() if _BLOCK.match(block) else _one_line(block)
        if paragraphs and _goes_on(paragraphs[-1], whole):
            paragraphs[-1] = f"{paragraphs[-1]} {whole}"
        else:
            paragraphs.append(whole)
    return "\n\n".join(paragraphs)


def _one_line(block: str) -> str:
    lines = [line.strip() for line in block.splitlines()]
    text = ""
    for line in lines:
        hyphenated = re.search(r"[a-z]-$", text) and line[:1].islower()
        text = f"{text[:-1]}{line}" if hyphenated else f"{text} {line}"
    return text.strip()


def _goes_on(before: str, after: str) -> bool:
    if _BLOCK.match(before) or _BLOCK.match(after) or _ENDS.search(before):
        return False
    return after[:1].islower() or before.endswith((",", ";", "،"))
