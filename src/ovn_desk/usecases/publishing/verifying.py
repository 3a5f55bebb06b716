"""Exported pages against their signatures."""

import base64
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from ovn_desk.domain.errors import DeskError
from ovn_desk.formats import ovn_json, page
from ovn_desk.formats.site import verdicts
from ovn_desk.formats.site.verdicts import State
from ovn_desk.text import foreign
from ovn_desk.text.canonical import digest
from ovn_desk.text.helper import RenderHelper
from ovn_desk.usecases import approvals
from ovn_desk.usecases.publishing import checks
from ovn_desk.usecases.publishing.checks import Verdict

JSON = ".ovn.json"
SIGNATURE = ".sig"
_LARGEST = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Checked:
    """One file against its signatures; `unread` says why it could not be read."""

    path: str
    verdicts: tuple[Verdict, ...] = ()
    unread: str = ""

    @property
    def ok(self) -> bool:
        """Whether everything that could be checked is as it was approved and exported."""
        return not self.unread and all(state_of(one) in {State.GOOD, State.NONE} for one in self.verdicts)

    @property
    def approved_by(self) -> str:
        return next((one.values["name"] for one in self.verdicts if (one.check, one.code) == ("text", "intact")), "")

    @property
    def reason(self) -> str:
        """What is not as it should be, in a sentence for each."""
        unlike = [one for one in self.verdicts if state_of(one) not in {State.GOOD, State.NONE}]
        return self.unread or " ".join(map(words_of, unlike))


def state_of(verdict: Verdict) -> State:
    return verdicts.state(verdict.check, verdict.code)


def words_of(verdict: Verdict) -> str:
    """The verdict as a sentence."""
    return verdicts.sentence(verdict.check, verdict.code, verdict.values)


def verify(data: bytes, keys: Mapping[str, str]) -> tuple[Verdict, ...]:
    """What each check says of a page as it came, without its picture files.

    `keys` maps key ids to public keys the reader trusts, from somewhere else than the page.
    """
    return checks.check(checks.Page(data, keys))


def _verify_json(path: Path, keys: Mapping[str, str], renderer: RenderHelper) -> Checked:
    """The same of an article's JSON, whose text is rendered again: nothing that it says of itself is believed."""
    signature = path.with_name(path.name + SIGNATURE)
    if not signature.is_file():
        return Checked(str(path), unread=f"Its signature {signature.name} is not beside it.")
    content, approval = ovn_json.read(foreign.read_text(path, most=_LARGEST), foreign.read_text(signature))
    rendered = approvals.rendered(content, renderer)
    found = digest(page.signed_fragment(content, rendered.html, rendered.cited))
    why = checks.approval_problem(approval, found, keys)
    values = {} if why else {"name": approval.approved_by, "key": approval.key}
    return Checked(str(path), (Verdict(checks.TEXT, why or "intact", values),))


def verify_files(target: Path, key_file: Path | None = None) -> list[Checked]:
    """Checks a page or an article, or every one of a folder; keys come from `key_file` or else the site's own file."""
    if not target.exists():
        raise DeskError(f"There is nothing at {target}.")
    files = [target] if target.is_file() else sorted([*target.rglob("*.html"), *target.rglob(f"*{JSON}")])
    keys = _published_keys(key_file, target.parent if target.is_file() else target)
    with closing(RenderHelper()) as renderer:
        checked = [_checked(path, keys, renderer) for path in files]
    if not checked:
        raise DeskError(f"There are no exported pages in {target}.")
    return checked


def _checked(path: Path, keys: Mapping[str, str], renderer: RenderHelper) -> Checked:
    try:
        with foreign.reading(path.name, "can not be read"):
            if path.name.endswith(JSON):
                return _verify_json(path, keys, renderer)
            data = foreign.read_bytes(path, most=_LARGEST, name=str(path))
            return Checked(str(path), checks.check(checks.Page(data, keys, _beside(path))))
    except DeskError as error:
        return Checked(str(path), unread=str(error))


def _beside(path: Path) -> Callable[[str], bytes | None]:
    """Reads the picture files that lie where the page says, or in its own folder; nothing else is looked for."""

    def read(address: str) -> bytes | None:
        name = unquote(address.partition("?")[0])
        for place in ([] if ":" in name else [name]) + [name.rpartition("/")[2]]:
            try:
                return foreign.read_bytes(path.parent / place, most=_LARGEST)
            except DeskError:
                continue
        return None

    return read


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
