"""What is checked of a page that came from somewhere, each by itself: its text, its file, its pictures, the log.

`resources/scripts/verify/checks.js` comes to the same verdicts, by the same codes.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ovn_desk.domain.roster import key_id
from ovn_desk.rendering import page
from ovn_desk.rendering.page import words
from ovn_desk.store import records
from ovn_desk.text import canonical, seals, signatures
from ovn_desk.usecases.publishing import log_checks
from ovn_desk.usecases.publishing.log_checks import GivenLog

TEXT, FILE, PICTURES, LOG = "text", "file", "pictures", "log"
_SHOWN = 200
_INSIDE = {"article", "main", "dates"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one check came to: a code that `formats.site.verdicts` has a sentence for, and what that names."""

    check: str
    code: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """A page as it came, to the byte; `keys` are public keys the reader trusts, from somewhere else than the page.

    `beside` reads a picture file by the address that the page has of it; none where it is not given. `log` is the
    public log that came with it.
    """

    data: bytes
    keys: Mapping[str, str]
    beside: Callable[[str], bytes | None] = lambda _address: None
    log: GivenLog | None = None

    @cached_property
    def sealed(self) -> seals.SealedPage:
        return seals.read_sealed_page(self.data)

    @cached_property
    def text(self) -> canonical.PublicText | None:
        """Its public text; none where it is not UTF-8."""
        try:
            return canonical.public_text(self.data.decode("utf-8-sig"))
        except UnicodeDecodeError:
            return None

    @cached_property
    def statement(self) -> Mapping[str, object] | None:
        """What the approval on it states, empty where it carries none; none where its article was withdrawn."""
        carried = self.text.carried if self.text else ()
        if self.text and self.text.is_withdrawn and not carried:
            return None
        approval = page.read_approval(carried[0]) if len(carried) == 1 else None
        return log_checks.statement_of(approval.statement) if approval else {}

    @cached_property
    def seal_problem(self) -> str:
        """Why its seal proves nothing, as a code; empty where the seal is that of a published key."""
        seal = self.sealed.seal
        if not self.sealed.is_marked:
            return "no_seal"
        if seal is None:
            return "bad_seal"
        if seal.version != seals.VERSION:
            return "newer_seal"
        if not _is_published(seal.key, self.keys):
            return "unknown_key"
        return "" if signatures.is_valid(self.keys[seal.key], seal.message, seal.signature) else "bad_seal"


def check(shown: Page) -> tuple[Verdict, ...]:
    """Every check of a page."""
    return tuple(one(shown) for one in CHECKS)


def approved_text(shown: Page) -> Verdict:
    """Whether it shows exactly the text that somebody approved, to the letter."""
    text = shown.text
    if text is None:
        return Verdict(TEXT, "unreadable")
    if len(text.carried) != 1:
        return Verdict(TEXT, _without_approval(shown, text))
    approval = page.read_approval(text.carried[0])
    if approval is None:
        return Verdict(TEXT, "unreadable")
    if why := approval_problem(approval, text.digest, shown.keys):
        differs = text.first_unlike(tuple(approval.lines.split(" "))) if why == "changed" and approval.lines else ""
        return Verdict(TEXT, why, {"words": differs[:_SHOWN]} if differs else {})
    if not _names_approver(approval, text):
        return Verdict(TEXT, "other_approval")
    return Verdict(TEXT, "intact", {"name": approval.approved_by, "key": approval.key})


def _without_approval(shown: Page, text: canonical.PublicText) -> str:
    seal = shown.sealed.seal
    had_article = shown.seal_problem or seal is None or seals.ARTICLE in seal.parts
    if text.is_withdrawn:
        return "only_said" if had_article else "withdrawn"
    return "no_approval" if had_article or text.carried else "no_text"


def approval_problem(approval: page.Approval, digest: str, keys: Mapping[str, str]) -> str:
    """Why an approval is none of a text with this digest, as a code; empty when it is one."""
    if not _is_published(approval.key, keys):
        return "unknown_key"
    if not signatures.is_valid(keys[approval.key], records.statement_bytes(approval.statement), approval.signature):
        return "bad_signature"
    stated = json.loads(approval.statement)
    if stated.get("digest") != digest:
        return "changed"
    shown = {"key": approval.key, "revision": approval.revision, "name": approval.approved_by}
    return "other_approval" if any(stated.get(name) != value for name, value in shown.items()) else ""


def _is_published(key: str, keys: Mapping[str, str]) -> bool:
    return key in keys and key_id(keys[key]) == key


def _names_approver(approval: page.Approval, text: canonical.PublicText) -> bool:
    """Whether what a reader sees of the approval names who signed it, and says so if it came before full check."""
    name, stated = canonical.fold_for_signing(approval.approved_by), json.loads(approval.statement)
    says_unchecked = any(
        canonical.fold_for_signing(words.of(one)["unchecked"]) in text.approval for one in words.DIRECTION
    )
    is_named = set(text.approvers) == {name} and name in text.approval
    return is_named and says_unchecked == bool(stated.get("override"))


def whole_file(shown: Page) -> Verdict:
    """Whether every byte of the file is as it was exported, and if not, where it differs.

    Of an article whose approved text is intact, a change in it is one beside that text.
    """
    seal = shown.sealed.seal
    if shown.seal_problem or seal is None:
        return Verdict(FILE, shown.seal_problem, {"key": seal.key} if seal else {})
    if shown.sealed.is_whole:
        return Verdict(FILE, "intact", {"at": seal.at, "key": seal.key})
    where = shown.sealed.changed_parts
    code = "changed"
    if approved_text(shown).code in {"intact", "no_text", "withdrawn"}:
        code = "changed_inside" if _INSIDE & set(where) else "changed_around"
        where = tuple("beside" if part == "article" else part for part in where)
    return Verdict(FILE, code, {"where": " ".join(where)})


def picture_files(shown: Page) -> Verdict:
    """Whether the picture files beside the page are those it was exported with."""
    seal, addresses = shown.sealed.seal, shown.text.addresses if shown.text else ()
    if shown.seal_problem or seal is None:
        return Verdict(PICTURES, "unknown" if addresses else "none")
    named = {address: next((one for one in seal.pictures if one in address), "") for address in addresses}
    if other := next((address for address, sha256 in named.items() if not sha256), ""):
        return Verdict(PICTURES, "other", {"name": other[:_SHOWN]})
    given: set[str] = set()
    for address, sha256 in named.items():
        data = shown.beside(address)
        if data is not None and hashlib.sha256(data).hexdigest() != sha256:
            return Verdict(PICTURES, "changed", {"name": address.partition("?")[0].rpartition("/")[2][:_SHOWN]})
        if data is not None:
            given.add(sha256)
    return _pictures_verdict(len(given), len(seal.pictures))


def _pictures_verdict(given: int, count: int) -> Verdict:
    values = {"given": str(given), "count": str(count)}
    if not count:
        return Verdict(PICTURES, "none")
    return Verdict(PICTURES, "intact" if given == count else "some" if given else "not_given", values)


def in_log(shown: Page) -> Verdict:
    """Whether it carries a proof that this text stands in the public log, and the log that came with it agrees."""
    if shown.text is None:
        return Verdict(LOG, "none")
    document = shown.data.decode("utf-8-sig")
    return Verdict(LOG, *log_checks.of_page(document, shown.statement, shown.keys, shown.log))


CHECKS: tuple[Callable[[Page], Verdict], ...] = (approved_text, whole_file, picture_files, in_log)
