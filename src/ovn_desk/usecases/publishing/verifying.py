"""Exported pages against their signatures."""

import base64
import json
import re
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from ovn_desk import signing
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.roster import key_id
from ovn_desk.formats import ovn_json, page
from ovn_desk.store import records
from ovn_desk.text import foreign
from ovn_desk.text.canonical import digest, public_text
from ovn_desk.text.helper import RenderHelper
from ovn_desk.usecases import approvals

JSON = ".ovn.json"
SIGNATURE = ".sig"
_SIGNED = re.compile(r"<[a-z][a-z0-9]*\s[^<>]*\bdata-ovn-signed")
_LARGEST = 50 * 1024 * 1024
_WITHDRAWN = "This page says that its article was withdrawn: there is no text on it to check."
_CHANGED = "The text of this page is not the text that was approved."
_SHOWN = 200
_OTHER = "The approval shown on the page is not the one that was signed."


@dataclass(frozen=True, slots=True)
class Checked:
    """One page against its signature."""

    path: str
    ok: bool
    approved_by: str
    reason: str


def verify(document: str, keys: Mapping[str, str]) -> tuple[str, str]:
    """Who approved exactly this page and why it does not hold: (approver, "") or ("", reason).

    `keys` maps key ids to public keys the reader trusts, from somewhere else than the page.
    """
    approval = page.read_approval(document)
    if approval is None:
        return "", _WITHDRAWN if page.is_tombstone(document) else "This page carries no approval."
    shown = public_text(document)
    if why := _problem(approval, shown.digest, keys):
        differs = shown.first_unlike(tuple(approval.lines.split())) if why == _CHANGED else ""
        return "", f"{why} The first words that differ: “{differs[:_SHOWN]}”" if differs else why
    if not page.names_approver(document, approval, shown.approvers):
        return "", _OTHER
    return approval.approved_by, ""


def _verify_json(path: Path, keys: Mapping[str, str], renderer: RenderHelper) -> tuple[str, str]:
    """The same of an article's JSON, whose text is rendered again: nothing that it says of itself is believed."""
    signature = path.with_name(path.name + SIGNATURE)
    if not signature.is_file():
        return "", f"Its signature {signature.name} is not beside it."
    try:
        content, approval = ovn_json.read(_text(path), _text(signature))
        rendered = approvals.rendered(content, renderer)
    except DeskError as error:
        return "", str(error)
    found = digest(page.signed_fragment(content, rendered.html, rendered.cited))
    why = _problem(approval, found, keys)
    return ("", why) if why else (approval.approved_by, "")


def _problem(approval: page.Approval, found: str, keys: Mapping[str, str]) -> str:
    """Why an approval is none of a text with this digest; empty when it is one."""
    public = keys.get(approval.key)
    if public is None:
        return f"The key {approval.key} is not among the outlet's published keys."
    if key_id(public) != approval.key:
        return f"The published key is not the one that its id {approval.key} names."
    if not signing.is_valid(public, records.statement_bytes(approval.statement), approval.signature):
        return "The signature does not match the approval."
    stated = json.loads(approval.statement)
    if stated.get("digest") != found:
        return _CHANGED
    shown = {"key": approval.key, "revision": approval.revision, "name": approval.approved_by}
    return _OTHER if any(stated.get(name) != value for name, value in shown.items()) else ""


def verify_files(target: Path, key_file: Path | None = None) -> list[Checked]:
    """Checks an article, or every article of a folder; keys come from `key_file` or else the site's own key file."""
    if not target.exists():
        raise DeskError(f"There is nothing at {target}.")
    files = [target] if target.is_file() else sorted([*target.rglob("*.html"), *target.rglob(f"*{JSON}")])
    keys = _published_keys(key_file, target.parent if target.is_file() else target)
    with closing(RenderHelper()) as renderer:
        found = [_checked(path, keys, renderer, is_asked=target.is_file()) for path in files]
    checked = [one for one in found if one]
    if not checked:
        raise DeskError(f"There are no article pages in {target}.")
    return checked


def _checked(path: Path, keys: Mapping[str, str], renderer: RenderHelper, *, is_asked: bool) -> Checked | None:
    """What became of one file; none for a page on which nothing was signed, unless it was asked for."""
    try:
        with foreign.reading(path.name, "can not be read"):
            if path.name.endswith(JSON):
                by, reason = _verify_json(path, keys, renderer)
            else:
                document = _text(path)
                if not is_asked and not _SIGNED.search(document):
                    return None
                by, reason = verify(document, keys)
    except DeskError as error:
        return Checked(str(path), ok=False, approved_by="", reason=str(error))
    return Checked(str(path), ok=not reason, approved_by=by, reason=reason)


def _text(path: Path) -> str:
    return foreign.read_text(path, most=_LARGEST)


def _published_keys(key_file: Path | None, root: Path) -> dict[str, str]:
    folders = [root, *root.resolve().parents]
    found = [key_file] if key_file else [folder / ".well-known" / "ovn-keys.json" for folder in folders]
    for path in found:
        if path.is_file():
            with foreign.reading(path.name, "can not be read"):
                return read_keys(foreign.read_text(path))
    raise DeskError("No published keys were found. Name the outlet's key file with --key.")


def read_keys(text: str) -> dict[str, str]:
    """Key ids and public keys from an outlet's published key file; raises DeskError when it is not one."""
    try:
        data = foreign.read_json(text)
        keys = data["keys"] if isinstance(data, dict) and "keys" in data else data
        return {str(name): base64.b64encode(base64.b64decode(public)).decode() for name, public in keys.items()}
    except (ValueError, AttributeError, TypeError) as error:
        raise DeskError("That is not a file of published keys (.well-known/ovn-keys.json of a site).") from error
