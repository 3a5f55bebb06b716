"""Elements of HTML as the Markdown that a writer would have typed."""

import re

import lxml.html
from markdownify import ATX, MarkdownConverter

from ovn_desk.domain.errors import DeskError
from ovn_desk.text import paragraphs

_WITH_PICTURES = [*(f"h{level}" for level in range(1, 7)), "td", "th", "p", "a", "em", "strong"]
_DEEPEST = 200
_MOST_ELEMENTS = 20_000  # an article of a million letters has fewer; more take minutes
# An angle that was a word of the page would be an element in Markdown; in code it is what it is.
_CODE_OR_ANGLE = re.compile(r"<(pre|code)\b.*?</\1>|&lt;(?=[A-Za-z/!?])", re.DOTALL)


def as_markdown(element: lxml.html.HtmlElement) -> str:
    """An element's text as Markdown, paragraphs whole; raises DeskError when there is too much in it, or too deep."""
    if sum(1 for _ in element.iter()) > _MOST_ELEMENTS:
        raise DeskError("html-too-large", most=_MOST_ELEMENTS)
    if _depth(element) > _DEEPEST:
        raise DeskError("html-nested-too-deeply", levels=_DEEPEST)
    inner = lxml.html.tostring(element, encoding="unicode", with_tail=False)
    inner = _CODE_OR_ANGLE.sub(lambda match: "&amp;lt;" if match[0] == "&lt;" else match[0], inner)
    writer = _Writer(heading_style=ATX, bullets="-", escape_misc=False, keep_inline_images_in=_WITH_PICTURES)
    text = writer.convert(inner)
    return paragraphs.join_broken_lines("\n".join(line.rstrip() for line in text.splitlines()))


class _Writer(MarkdownConverter):
    """Lists whose inner lines stand four spaces in, which is what keeps them inside."""

    def convert_li(self, el: object, text: str, parent_tags: set[str]) -> str:
        made: str = super().convert_li(el, text, parent_tags)  # type: ignore[misc] # its stubs leave it out
        first, *rest = made.split("\n")
        more = " " * (4 - len(first.partition(" ")[0]) - 1)
        has_blocks = "" in rest[:-1]  # without an empty line the next item would be in its last paragraph
        return "\n".join([first, *(f"{more}{line}" if line else line for line in rest)]) + "\n" * has_blocks


def _depth(element: lxml.html.HtmlElement) -> int:
    deepest = 0
    stack = [(element, 1)]
    while stack:
        node, depth = stack.pop()
        deepest = max(deepest, depth)
        stack += [(child, depth + 1) for child in node]
    return deepest
