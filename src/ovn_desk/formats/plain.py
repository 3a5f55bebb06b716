"""Plain text as an outlet's articles come: site name, tagline, headline, date and category above the paragraphs."""

import re
from dataclasses import replace

from ovn_desk.domain.article import Content, tidy
from ovn_desk.domain.house import House
from ovn_desk.domain.texts import normalised_text
from ovn_desk.text import dates, paragraphs
from ovn_desk.text import language as languages

_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$")
_CATEGORIES = re.compile(r"^[\s–—\-•*]*(?:Categor(?:y|ies)|زمرہ|زمرے)\s*[:：]\s*(.+)$", re.IGNORECASE)
_BYLINE = re.compile(r"^(?:By|تحریر)\s*[:：]?\s+(\S.{0,60})$")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_SENTENCE_END = re.compile(r"[.!?۔؟][\"'”’»)]*$")
_LONGEST_HEADLINE = 200


def read(text: str, house: House, *, language: str = "") -> Content:
    """The content of a text file: what stands above the first paragraph is read as the article's fields.

    Known are the house's name and tagline (left out), a date, a category and a byline; the first line left is the
    headline when it does not end a sentence, or is marked as a heading. Paragraphs broken in mid-sentence are joined.
    """
    blocks = [block.strip() for block in re.split(r"\n[ \t]*\n+", normalised_text(text).strip()) if block.strip()]
    content, used = Content(), 0
    for block in blocks:
        changed = _with_field(content, block, house)
        if changed is None:
            break
        content, used = changed, used + 1
    body = paragraphs.join_broken_lines("\n\n".join(blocks[used:]))
    body = _ESCAPED.sub(_unescape, body)
    code = language or languages.guess_language(f"{content.headline} {body}", house.languages)
    return tidy(replace(content, body=_as_markdown(body), language=code))


def _with_field(content: Content, block: str, house: House) -> Content | None:
    """The content with what a block above the text says; none when the block is the text's first."""
    heading = _HEADING.match(block)
    line = heading[1] if heading else block
    if "\n" in line:
        return None
    known = {*house.names.values(), *house.taglines.values(), house.name, house.tagline}
    if line.casefold() in {name.casefold() for name in known}:
        return content
    if not content.date and (day := dates.parse_day(line)):
        return replace(content, date=day)
    if category := _CATEGORIES.match(line):
        found = [house.find_category(name) for name in re.split(r"[,;،]", category[1])]
        first = next((one for one in found if one), None)
        return replace(content, category=first.key if first else content.category)
    if content.headline and not content.byline and (byline := _BYLINE.match(line)):
        return replace(content, byline=byline[1].strip())
    is_headline = len(line) <= _LONGEST_HEADLINE and (heading or not _SENTENCE_END.search(line))
    if not content.headline and is_headline:
        return replace(content, headline=_ESCAPED.sub(_unescape, line))
    return None


def _unescape(match: re.Match[str]) -> str:
    """A mark as it reads; one that would mean something in Markdown keeps its backslash."""
    return match[0] if match[1] in "*_`[]<>#|\\" else match[1]


def _as_markdown(body: str) -> str:
    """Plain text that would turn into code in Markdown stays text."""
    return "\n\n".join(re.sub(r"^(?: {4}|\t)\s*", "", block) for block in body.split("\n\n"))
