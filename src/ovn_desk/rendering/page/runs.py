"""Runs of another script marked with their language and direction, so that they are read and set aright."""

import re

from markupsafe import Markup

from ovn_desk.text.cache import Cached

_PIECES = re.compile(r"""(<(?:[^<>"']|"[^"]*"|'[^']*')*>)""")
_ARABIC = r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]"
_LATIN = r"[A-Za-z\u00c0-\u024f]"
_TAG = re.compile(r"<(?P<closing>/?)(?P<name>[a-z][a-z0-9]*)")
_STATED = re.compile(r' dir="(?:ltr|rtl)"(?=[^>]* lang="([a-z]+)")| lang="[a-z]+"')
_VOID = {"br", "hr", "img"}
_RUNS = {
    "en": (re.compile(rf"{_ARABIC}+(?:[ \u200c\u200d]+{_ARABIC}+)*"), '<span lang="ur" dir="rtl">'),
    "ur": (
        re.compile(rf"{_LATIN}(?:[\w .,'’&/:+-]*[A-Za-z0-9\u00c0-\u024f])?", re.ASCII),
        '<span lang="en" dir="ltr">',
    ),
}


@Cached  # while one paragraph is written, the others come again and again
def mark_runs(html: str, language: str) -> Markup:
    """Clean HTML with each run of the other script in a span; the text stays the same to the letter.

    A block that says it is in the language it stands in need not say so.
    """
    pieces = _PIECES.split(html)
    inside = [language]
    for index, piece in enumerate(pieces):
        if index % 2 == 0:
            pieces[index] = _outside_entities(piece, inside[-1])
        elif tag := _TAG.match(piece):
            pieces[index] = _enter_tag(piece, tag, inside)
    return Markup("".join(pieces))  # noqa: S704 - cleaned by text.render or escaped by the caller


def _enter_tag(piece: str, tag: re.Match[str], inside: list[str]) -> str:
    """A tag, after `inside` was brought up to date with the language that holds behind it."""
    if tag["closing"]:
        if len(inside) > 1:
            inside.pop()
        return piece
    if tag["name"] in _VOID:
        return piece
    stated = _STATED.search(piece)
    inside.append(stated[1] if stated else inside[-1])
    return _STATED.sub("", piece) if stated and inside[-1] == inside[-2] else piece


def _outside_entities(text: str, language: str) -> str:
    if language not in _RUNS:
        return text
    pattern, start = _RUNS[language]
    parts = re.split(r"(&[#\w]+;)", text)
    for index in range(0, len(parts), 2):
        parts[index] = pattern.sub(lambda match: f"{start}{match[0]}</span>", parts[index])
    return "".join(parts)
