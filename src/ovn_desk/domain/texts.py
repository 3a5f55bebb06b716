"""Text as it is stored: one normal form, one kind of line end, nothing that can not be shown."""

import re
import unicodedata

from ovn_desk.domain import citing

_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"
)  # what no XML can hold, and controls but tab and line feed
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028]")  # a vertical tab is Word's line break
_SLUG_BREAK = re.compile(r"[^\w]+")
_LINK = re.compile(r"\[([^\]@\n][^\]\n]{0,500})\]\([^)\n]{0,2000}\)")
_MARKUP = re.compile(
    rf"[ \n]{{0,3}}(?:{citing.PATTERN})|^[ ]{{0,3}}>[ ]?|\*+|(?<!\w)_+|_+(?!\w)|\\(?=[^\w\s])", re.MULTILINE
)
_CODE_OR_COMMENT = re.compile(
    r"^(`{3,}|~{3,}).*?^\1|(`+)(?!`)[^\n]*?(?<!`)\2(?!`)|<!--(?!-?>).*?--!?>", re.MULTILINE | re.DOTALL
)
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_SINGLE_MARK = re.compile(r"(?<!\w)['’‘‚‛‹›]|['’‘‚‛‹›](?!\w)")
_FOLDED = str.maketrans(
    dict.fromkeys('"“”„‟«»＂\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\u061c\ufeff\u00ad\u0640')
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("\u0649\u064a", "\u06cc")
    | {"\u0643": "\u06a9", "\u0629": "\u06c3", "\u0647": "\u06c1", "…": "..."}
)


def normalised_text(text: str) -> str:
    """The form in which text is stored: NFC, LF line ends, without control characters or lone surrogates."""
    text = _LINE_END.sub("\n", text).replace("\u2029", "\n\n")
    return unicodedata.normalize("NFC", _CONTROL.sub("", text))


def one_line(text: str) -> str:
    """Normalised text with every run of white space made one space."""
    return " ".join(normalised_text(text).split())


def slug_of(text: str, *, limit: int = 70) -> str:
    """A short readable address for a headline, cut at a word: lower-case letters of any script, digits and hyphens."""
    words = _SLUG_BREAK.sub("-", normalised_text(text).lower().replace("_", " ").replace("'", "").replace("’", ""))
    words = words.strip("-")
    if len(words) > limit:
        words = words[: limit + 1].rsplit("-", 1)[0][:limit]
    return words or "article"


def key_for(label: str, taken: tuple[str, ...] = (), *, otherwise: str = "source") -> str:
    """A free short key made from a name, as `dawn` or `dawn-2`; `otherwise` where no letter of it can be used."""
    ascii_text = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode()
    base = "-".join(re.findall(r"[a-z0-9]+", ascii_text.lower())[:3])[:36] or otherwise
    key, number = base, 2
    while key in taken:
        key, number = f"{base}-{number}", number + 1
    return key


def normalised_for_comparison(text: str) -> str:
    """Text as two writings of the same words are compared: without quotation marks, Markdown and citations, case kept.

    Dashes are one dash, Arabic kaf and yeh are the Urdu ones, white space is one space; apostrophes inside words stay.
    """
    bare = _MARKUP.sub("", _LINK.sub(r"\1", unicodedata.normalize("NFC", text)))
    return " ".join(_SINGLE_MARK.sub("", bare.translate(_FOLDED)).replace("’", "'").split())


def without_comments(body: str) -> str:
    """Markdown without its HTML comments, which a page does not show; what looks like one in code stays."""
    if "<!--" not in body:
        return body
    return _CODE_OR_COMMENT.sub(lambda match: "" if match[0].startswith("<!--") else match[0], body)


def lower_case(text: str) -> str:
    """The text in lower case and in its own length, which `lower` does not keep for every letter."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text.translate(_LOWER)


def common_prefix_length(one: str, other: str) -> int:
    """How many letters two texts begin with in common, by bisection: comparing slices of long texts is fast."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
