"""The public text of an article as a digest: what an approval signs of a page, and what a reader's check reads of it.

The page is read as it was written, by the few rules below and not by those of a browser, so that this module and
`resources/scripts/verify/public-text.js`, its translation, agree on every page, and a script can not show the check
another one.

Everything counts inside an element marked `data-ovn-signed`: each word wherever it stands, each tag that means
something, and each attribute but those that only the look or the export decides. What the page adds of its own is
marked `data-ovn-own` (one of `OWN`, each once) and left out; the approver's name stands in elements marked
`data-ovn-approver` and is compared with the signed statement, since it is not known before somebody signs.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from urllib.parse import quote

_DOMAIN = b"ovn-desk/public-text/3\n"
OWN = frozenset({"category", "dates", "translations", "approval"})
_BLOCKS = frozenset(
    "h1 h2 h3 h4 h5 h6 p ul ol li dl dt dd blockquote pre table caption thead tbody tr th td figure figcaption"
    " hr".split()
)
# Elements that only arrange: they count where they carry an attribute that counts.
_ARRANGING = frozenset("article main header footer section div span b i bdi time small".split())
# Of those the ones that part what stands in them from what stands before and behind.
_PARTING = frozenset("article main header footer section div".split())
_BREAKING = _BLOCKS | _PARTING
# A browser ends a paragraph where one of these begins, and goes on with one of those behind what cut it off:
# what the check takes for part of one element would be shown as part of another.
_ENDS_PARAGRAPH = _PARTING | frozenset(
    "address aside blockquote center details dialog dir dl fieldset figcaption figure form h1 h2 h3 h4 h5 h6 hgroup hr "
    "li menu nav ol p pre search summary table ul dd dt".split()
)
_ENDS_BY_ITSELF = frozenset("li p dd dt option tr td th tbody thead tfoot colgroup".split())
_GOES_ON = frozenset("a b big code em font i nobr s small strike strong tt u".split())
# What may stand around the signed part, and what hides it there.
_AROUND = _PARTING | {"html", "body"}
_HIDING = frozenset("hidden style inert popover aria-hidden".split())
_VOID = frozenset("img br hr meta link input wbr source area base col embed track".split())
_LOOKS = frozenset("class rel loading decoding srcset sizes aria-labelledby data-ovn-signed".split())
# Attributes that are read as words, and folded as words are. All others count to the letter.
_WORDS = frozenset({"alt", "title", "aria-label"})
_ANCHOR = re.compile(r"ovn-(?:source|cite)-[0-9-]+")
# Elements in which a browser reads what follows otherwise, or shows none of it, and one by which links lead elsewhere:
# a page of the desk has none, or ends them as it should, and they are read as a whole.
_SWALLOWING = frozenset(
    "textarea xmp iframe noembed noframes plaintext template noscript select math frameset object base"
    " script style title".split()
)
_ATTRIBUTE_PATTERN = (
    r"""[\t\n\f\r /]+([^\t\n\f\r "'<>/=]+)"""
    r"""(?:[\t\n\f\r ]*=[\t\n\f\r ]*(?:"([^"]*)"|'([^']*)'|([^\t\n\f\r "'=<>`]+)))?"""
)
_ATTRIBUTE = re.compile(_ATTRIBUTE_PATTERN)
_ATTRIBUTES = f"(?:{re.sub(r'[(](?![?])', '(?:', _ATTRIBUTE_PATTERN)})*"
# What is written otherwise is read otherwise by browsers: it matches nothing here, and its bracket counts as odd.
_TOKEN = re.compile(
    r"<!--(?!-?>)(?:(?!--!?>|<!--).)*-->"
    r"|<!doctype[^>]*>"
    rf"|<(?P<raw>script|style|title)(?P<raw_attributes>{_ATTRIBUTES})[\t\n\f\r ]*>"
    r"(?P<content>[^<]*(?:<(?!/?(?P=raw)[\t\n\f\r />]|!--)[^<]*)*)</(?P=raw)[\t\n\f\r ]*>"
    rf"|<(?P<end>/?)(?P<tag>[a-z][a-z0-9-]*)(?P<attributes>{_ATTRIBUTES})(?P<slash>[\t\n\f\r /]*)>"
    r"|(?P<text>[^<]+)"
    r"|(?P<odd><)",
    re.DOTALL | re.IGNORECASE | re.ASCII,
)
# An ampersand that begins none of these is matched alone.
_REFERENCE = re.compile(
    r"&(?:(?:(amp|lt|gt|quot|apos|nbsp|AMP|LT|GT|QUOT)|#(?:[xX]([0-9a-fA-F]{1,6})|([0-9]{1,7})));)?", re.ASCII
)
_UNREAD = "\0"  # the desk writes none
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "nbsp": "\u00a0"}
# What browsers show as a space. Control letters are none to them.
_SPACE = re.compile("[\t\n\r\x20\xa0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_FOLD = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-"})
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_CITATION = re.compile("<sup><a [^<>]*>[0-9۰-۹]+</a></sup>")
_LINE_HASH = 12


@dataclass(slots=True)
class PublicText:
    """What is signed of a page, in lines; and the names that stand where its approver is named.

    `carried` are the approvals it carries (JSON), `approval` is what its box about them says. `addresses` are those of
    its pictures, as written. `is_withdrawn`: it says that its article was.
    """

    lines: tuple[str, ...]
    approvers: tuple[str, ...]
    carried: tuple[str, ...] = ()
    approval: str = ""
    addresses: tuple[str, ...] = ()
    is_withdrawn: bool = False

    @property
    def digest(self) -> str:
        """SHA-256 of the lines, in hexadecimal."""
        return hashlib.sha256(_DOMAIN + "".join(f"{line}\n" for line in self.lines).encode()).hexdigest()

    @property
    def hints(self) -> tuple[str, ...]:
        """The beginning of each line's SHA-256: by these a reader is told which words differ, never whether any do."""
        return tuple(hashlib.sha256(line.encode()).hexdigest()[:_LINE_HASH] for line in self.lines)

    def first_unlike(self, hints: tuple[str, ...]) -> str:
        """The first words that stand in no line of those hints; empty where something was only taken out."""
        known = set(hints)
        for line, hint in zip(self.lines, self.hints, strict=True):
            if hint not in known and (words := _without_tags(line)):
                return words
        return ""


def public_text(html: str) -> PublicText:
    """Read the signed parts of a page's HTML: a line for each block, each line as `fold_for_signing` makes it."""
    reader = _Reader()
    for token in _TOKEN.finditer(html):
        reader.read_token(token)
    return reader.result()


def fold_for_signing(text: str) -> str:
    """NFC, every run of white space one space, typographic quotes and dashes as plain ones, ends stripped."""
    spaced = _SPACE.sub(" ", unicodedata.normalize("NFC", text))
    return spaced.translate(_FOLD).strip(" ")


def digest(html: str) -> str:
    """SHA-256 of the public text of a page, in hexadecimal."""
    return public_text(html).digest


@dataclass(slots=True)
class _Reader:
    pieces: list[str] = field(default_factory=list)
    approvers: list[str] = field(default_factory=list)
    _open: list[tuple[str, str, bool]] = field(default_factory=list)
    _signed_from: int = -1
    _skipped_from: int = -1
    _named_from: int = -1
    _own: set[str] = field(default_factory=set)
    _own_part: str = ""
    carried: list[str] = field(default_factory=list)
    approval: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    is_withdrawn: bool = False

    def read_token(self, token: re.Match[str]) -> None:
        if token["text"] is not None:
            self._say(token["text"])
        elif token["raw"]:
            self._raw(token)
        elif token["odd"]:
            self.pieces.append("\n!<\n")
        elif token["tag"] and token["end"]:
            self._close(_lower(token["tag"]))
        elif token["tag"]:
            self._start(_lower(token["tag"]), token["attributes"], is_closed=token["slash"].endswith("/"))

    def result(self) -> PublicText:
        lines = (fold_for_signing(line) for line in "".join(self.pieces).split("\n"))
        return PublicText(
            tuple(line for line in lines if line),
            tuple(map(fold_for_signing, self.approvers)),
            tuple(self.carried),
            fold_for_signing("".join(self.approval)),
            tuple(self.addresses),
            self.is_withdrawn,
        )

    @property
    def _counts(self) -> bool:
        return self._signed_from >= 0 and self._skipped_from < 0

    def _add(self, piece: str) -> None:
        if self._counts and self._named_from < 0:
            self.pieces.append(piece)

    def _say(self, text: str) -> None:
        plain = _plain(text)
        if self._counts and self._named_from >= 0:
            self.approvers[-1] += plain
        if self._skipped_from >= 0 and self._own_part == "approval":
            self.approval.append(plain)
        self._add(_escape(_SPACE.sub(" ", plain)))

    def _raw(self, token: re.Match[str]) -> None:
        """A script or a style inside the signed parts is none of the desk's, but for the approval that is carried."""
        is_carried = token["raw_attributes"] == ' type="application/json" id="ovn-approval"'
        if is_carried and token["raw"] == "script":
            self.carried.append(token["content"])
        else:
            self._add(f"\n!{_lower(token['raw'])}\n")

    def _start(self, tag: str, written: str, *, is_closed: bool) -> None:
        given = [(_lower(m[1]), m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(written)]
        names = dict(reversed(given))
        hides = bool(_HIDING & names.keys())
        # Of a second html or body, wherever it stands, browsers take the attributes.
        if tag in _SWALLOWING or _is_another_charset(tag, names) or (hides and tag in {"html", "body"}):
            self.pieces.append(f"\n!{tag}\n")
        self._note(tag, names)
        self._nest(tag)
        if self._signed_from < 0 and "data-ovn-signed" in names and tag not in _VOID:
            self._signed_from = len(self._open)
            self.pieces += [f"\n!{name}\n" for name, _, hides in self._open if hides or name not in _AROUND]
        own = _plain(names.get("data-ovn-own", ""))
        if own and self._counts and own in OWN - self._own:
            self._own.add(own)
            self._own_part = own
            self._skipped_from = len(self._open)
        shown = _signed_start_tag(tag, given)
        self._add(f"\n{shown}" if tag in _BREAKING else shown)
        if self._counts and "data-ovn-approver" in names and self._named_from < 0:
            self._named_from = len(self._open)
            self.approvers.append("")
        if tag not in _VOID and not (is_closed and "svg" in {tag, *(name for name, *_ in self._open)}):
            self._open.append((tag, _ending(tag, shown), hides))

    def _nest(self, tag: str) -> None:
        """Marks what a browser nests otherwise than it is written."""
        opened = {name for name, *_ in self._open}
        if (self._signed_from >= 0 and tag in _ENDS_PARAGRAPH and "p" in opened) or (tag == "a" and "a" in opened):
            self.pieces.append(f"\n!{tag}\n")

    def _note(self, tag: str, names: dict[str, str]) -> None:
        """What the other checks ask of a page."""
        if tag == "img":
            written = [_plain(names.get("src", "")), *_plain(names.get("srcset", "")).split(",")]
            found = (_SPACE.sub(" ", one).strip(" ").split(" ")[0] for one in written)
            self.addresses += [address for address in found if address]
        if _plain(names.get("id", "")) == "ovn-withdrawn":
            self.is_withdrawn = True

    def _close(self, tag: str) -> None:
        if tag not in (name for name, *_ in self._open):
            self._add(f"\n!/{tag}\n")
            return
        while self._open:
            name, ending, _ = self._open.pop()
            at = len(self._open)
            if name != tag and (name not in _ENDS_BY_ITSELF or tag in _GOES_ON):
                self.pieces.append(f"\n!{name}\n")
            if at <= self._named_from:
                self._named_from = -1
            self._add(ending)
            if at <= self._skipped_from:
                self._skipped_from = -1
            if at <= self._signed_from:
                self._signed_from = -1
            if name == tag:
                return


def _signed_start_tag(tag: str, given: list[tuple[str, str]]) -> str:
    """A start tag as it is signed: its counted attributes, sorted; empty for one that only arranges."""
    counted = [
        f'{name}="{_signed_value(name, _plain(value))}"' for name, value in given if _is_counted(tag, name, value)
    ]
    counted.sort(key=lambda text: text.encode("utf-16-be", "surrogatepass"))  # as scripts compare
    if tag in _ARRANGING and not counted:
        return ""
    return f"<{' '.join([tag, *counted])}>"


def _signed_value(name: str, value: str) -> str:
    """An attribute's value as it is signed: one that is no words to the letter, in signs that no folding changes.

    A link with another dash leads elsewhere, and a direction with a space behind it is none.
    """
    if name not in _WORDS and fold_for_signing(value) != value:
        value = re.sub(r"[^!-~]+", lambda part: quote(part[0], safe=""), value)
    return fold_for_signing(_escape(value))


def _is_counted(tag: str, name: str, value: str) -> bool:
    if name == "id":
        return bool(_ANCHOR.fullmatch(value))
    return name not in _LOOKS and not (tag == "img" and name == "src")


def _is_another_charset(tag: str, names: dict[str, str]) -> bool:
    """Whether a browser may read other letters than stand there: a page of the desk is UTF-8 and says so."""
    if tag != "meta":
        return False
    charset = _lower(_plain(names.get("charset", "utf-8")))
    return charset != "utf-8" or _lower(_plain(names.get("http-equiv", ""))) == "content-type"


def _lower(name: str) -> str:
    return name.translate(_LOWER)


def _ending(tag: str, shown: str) -> str:
    if tag in _BREAKING:
        return "\n"
    return f"</{tag}>" if shown else ""


def _plain(text: str) -> str:
    """Text without its character references; those that the desk does not write are marked with `_UNREAD`."""
    return _REFERENCE.sub(_resolve_reference, text) if "&" in text else text


def _resolve_reference(match: re.Match[str]) -> str:
    if match[1]:
        return _NAMED[match[1].lower()]
    number = int(match[2], 16) if match[2] else int(match[3] or 0)
    # Of control letters browsers make others.
    is_letter = number in {9, 10} or 0x20 <= number < 0x7F or 0xA0 <= number < 0xD800 or 0xE000 <= number <= 0x10FFFF
    return chr(number) if is_letter else _UNREAD + match[0]


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def _without_tags(line: str) -> str:
    return _SPACE.sub(" ", _plain(re.sub(r"<[^>]*>", "", _CITATION.sub("", line)))).strip(" ")
