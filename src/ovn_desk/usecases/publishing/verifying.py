"""Exported pages against their signatures."""

import base64
import json
from dataclasses import dataclass
from pathlib import Path

from ovn_desk import signing
from ovn_desk.domain.errors import DeskError
from ovn_desk.formats import page
from ovn_desk.text.canonical import digest
from ovn_desk.usecases import reviewing


@dataclass(frozen=True, slots=True)
class Checked:
    """One page against its signature."""

    path: str
    ok: bool
    approved_by: str
    reason: str


def verify(document: str, keys: dict[str, str]) -> tuple[str, str]:
    """Who approved exactly this page and why it does not hold: (approver, "") or ("", reason).

    `keys` maps key ids to public keys the reader trusts, from somewhere else than the page.
    """
    approval = page.read_approval(document)
    if approval is None:
        return "", "This page carries no approval."
    public = keys.get(approval.key)
    if public is None:
        return "", f"The key {approval.key} is not among the outlet's published keys."
    if signing.key_id(public) != approval.key:
        return "", f"The published key is not the one that its id {approval.key} names."
    if not signing.is_valid(public, reviewing.statement_bytes(approval.statement), approval.signature):
        return "", "The signature does not match the approval."
    stated = json.loads(approval.statement)
    if stated.get("digest") != digest(document):
        return "", "The text of this page is not the text that was approved."
    shown = {"key": approval.key, "revision": approval.revision, "name": approval.approved_by}
    if any(stated.get(name) != value for name, value in shown.items()) or not page.names_approver(document, approval):
        return "", "The approval shown on the page is not the one that was signed."
    return approval.approved_by, ""


def verify_files(target: Path, key_file: Path | None = None) -> list[Checked]:
    """Checks a page, or every article page of a site; keys come from `key_file` or else the site's own key file."""
    if not target.exists():
        raise DeskError(f"There is nothing at {target}.")
    root = target if target.is_dir() else target.parent
    pages = sorted(target.rglob("*.html")) if target.is_dir() else [target]
    keys = _published_keys(key_file, root)
    checked = []
    for path in pages:
        try:
            document = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            checked.append(Checked(str(path), ok=False, approved_by="", reason=f"It can not be read: {error}."))
            continue
        if target.is_dir() and "data-ovn-signed" not in document:
            continue  # an index or category page: nothing on it was signed
        by, reason = verify(document, keys)
        checked.append(Checked(str(path), ok=not reason, approved_by=by, reason=reason))
    if not checked:
        raise DeskError(f"There are no article pages in {target}.")
    return checked


def _published_keys(key_file: Path | None, root: Path) -> dict[str, str]:
    folders = [root, *root.resolve().parents]
    found = [key_file] if key_file else [folder / ".well-known" / "ovn-keys.json" for folder in folders]
    for path in found:
        if path.is_file():
            return read_keys(path.read_text(encoding="utf-8"))
    raise DeskError("No published keys were found. Name the outlet's key file with --key.")


def read_keys(text: str) -> dict[str, str]:
    """Key ids and public keys from an outlet's published key file; raises DeskError when it is not one."""
    try:
        data = json.loads(text)
        keys = data["keys"] if isinstance(data, dict) and "keys" in data else data
        return {str(name): base64.b64encode(base64.b64decode(public)).decode() for name, public in keys.items()}
    except (ValueError, AttributeError, TypeError) as error:
        raise DeskError("That is not a file of published keys (.well-known/ovn-keys.json of a site).") from error
