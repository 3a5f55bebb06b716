"""Exported pages against their signatures."""

import base64
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote

from ovn_desk.domain.errors import DeskError
from ovn_desk.formats import JSON, ovn_json
from ovn_desk.formats.ovn_json import SIGNATURE
from ovn_desk.formats.site import KEYS, log, verdicts
from ovn_desk.formats.site.verdicts import State
from ovn_desk.messages import Message
from ovn_desk.rendering import page
from ovn_desk.text import foreign
from ovn_desk.text.canonical import digest
from ovn_desk.text.helper import RenderHelper
from ovn_desk.usecases import signatures
from ovn_desk.usecases.publishing import checks, log_checks, public_log, site_checks
from ovn_desk.usecases.publishing.checks import Verdict
from ovn_desk.usecases.publishing.log_checks import GivenLog
from ovn_desk.usecases.publishing.site_checks import SitePage

_LARGEST = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Checked:
    """One file against its signatures; `unread` says why it could not be read, `page` what a page says of its place."""

    path: str
    verdicts: tuple[Verdict, ...] = ()
    unread: str = ""
    page: SitePage | None = None

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


def _verify_json(path: Path, keys: Mapping[str, str], renderer: RenderHelper, given: GivenLog | None) -> Checked:
    """The same of an article's JSON, whose text is rendered again: nothing that it says of itself is believed."""
    signature = path.with_name(path.name + SIGNATURE)
    if not signature.is_file():
        return Checked(str(path), unread=str(Message("signature-not-beside", name=signature.name)))
    content, approval = ovn_json.read(foreign.read_text(path, most=_LARGEST), foreign.read_text(signature))
    rendered = signatures.render_body(content, renderer)
    credits = page.read_credits(approval.statement)  # noqa: A001 - signed with the digest
    found = digest(page.signed_fragment(content, rendered.html, rendered.cited, credits))
    why = checks.approval_problem(approval, found, keys)
    values = {} if why else {"name": approval.approved_by, "key": approval.key}
    text = Verdict(checks.TEXT, why or "intact", values)
    stated = log_checks.of_article(log_checks.statement_of(approval.statement), given) if given else ("listed", {})
    return Checked(str(path), (text,) if stated[0] == "listed" else (text, Verdict(checks.LOG, *stated)))


def verify_files(target: Path, key_file: Path | None = None, since: Path | None = None) -> list[Checked]:
    """Checks a page or an article, or every one of a folder and its public log.

    Keys come from `key_file` or else the site's own file. `since` is a head of the log that somebody kept (the file
    `checkpoint`), or a folder with one: the log has to begin with all that was below it.
    """
    if not target.exists():
        raise DeskError("verify-nothing-there", target=target)
    files = [target] if target.is_file() else sorted([*target.rglob("*.html"), *target.rglob(f"*{JSON.suffix}")])
    root = target.parent if target.is_file() else target
    (own_keys, keys), given = _published_keys(key_file, root), _given_log(root)
    with closing(RenderHelper()) as renderer:
        checked = [_check_file(path, keys, renderer, given) for path in files]
    checked += _checked_log(root, keys, given, since, checked) if target.is_dir() or since else []
    if not checked:
        raise DeskError("verify-no-pages", target=target)
    if target.is_dir() and any((root / name).is_file() for name in (KEYS, log.LINES)):
        checked = _as_site(root, checked, given)
    return checked if key_file or target.is_file() else [*checked, Checked(str(own_keys), (Verdict("keys", "own"),))]


def _as_site(root: Path, checked: Sequence[Checked], given: GivenLog | None) -> list[Checked]:
    """The same, with what only the whole folder of a site shows: misplaced and missing pages, and its other files."""
    files = {Path(one.path).relative_to(root).as_posix(): one for one in checked}
    pages = {name: one.page for name, one in files.items() if one.page}
    wrong: dict[str, tuple[Verdict, ...]] = {name: (verdict,) for name, verdict in site_checks.places(pages).items()}
    if given is not None and log.LINES in files:
        wrong[log.LINES] = tuple(site_checks.articles(pages, given))
    found = [replace(one, verdicts=one.verdicts + wrong.get(name, ())) for name, one in files.items()]
    beside = [f"{name}{SIGNATURE}" for name in files if name.endswith(JSON.suffix)]
    others = site_checks.other_files(root, [*files, *beside], pages.values())
    return [*found, Checked(str(root), tuple(others))] if others else found


def _given_log(root: Path) -> GivenLog | None:
    """The public log of the site that a folder is, or is in; none where there is none."""
    if (root / log.LINES).is_file() and (root / log.HEADS).is_file():
        return _read_log(root)
    folders = [one for one in (root, *root.resolve().parents) if (one / ".well-known" / "ovn-keys.json").is_file()]
    return _read_log(folders[0]) if folders else None


def _read_log(folder: Path) -> GivenLog | None:
    texts = [_text_of(folder / name) for name in (log.LINES, log.HEADS, log.HEAD)]
    return None if texts[0] is None else GivenLog(texts[0], *texts[1:])


def _text_of(path: Path) -> str | None:
    """The text of a file, whatever is in it; none where there is no file."""
    return foreign.read_bytes(path, most=_LARGEST).decode("utf-8", "replace") if path.is_file() else None


def _checked_log(
    root: Path, keys: Mapping[str, str], given: GivenLog | None, since: Path | None, pages: Sequence[Checked]
) -> list[Checked]:
    """The log as a file of its own among those that were checked."""
    if given is None:
        is_named = any(one.check == checks.LOG and one.code != "none" for page in pages for one in page.verdicts)
        return [Checked(str(root / log.LINES), (Verdict("whole", "missing"),))] if is_named or since else []
    found = [Verdict("whole", *log_checks.of_log(given, keys))]
    if since is not None:
        note, hints = _older(since)
        found.append(Verdict("since", *log_checks.since(given, note, keys, hints)))
    return [Checked(str(root / log.LINES), tuple(found))]


def _older(since: Path) -> tuple[str, list[str]]:
    """A head that somebody kept, and the beginnings of its lines' hashes where they kept its log, too."""
    file = since / log.HEAD if since.is_dir() else since
    note = foreign.read_bytes(file, most=_LARGEST, name=str(file)).decode("utf-8", "replace")
    beside = _text_of(file.with_name(log.LINES))
    try:
        old = public_log.head_of(note)
    except DeskError as error:
        raise DeskError("verify-no-log-head", file=file, head=log.HEAD) from error
    if beside is None or not GivenLog(beside).has(old):
        return note, []
    return note, log_checks.hints_of(log.lines_of(beside)[: old.size])


def _check_file(path: Path, keys: Mapping[str, str], renderer: RenderHelper, given: GivenLog | None) -> Checked:
    try:
        with foreign.reading(path.name, "file-not-read"):
            if path.name.endswith(JSON.suffix):
                return _verify_json(path, keys, renderer, given)
            data = foreign.read_bytes(path, most=_LARGEST, name=str(path))
            shown = checks.Page(data, keys, _beside(path), given)
            return Checked(str(path), checks.check(shown), page=site_checks.read(shown))
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


def _published_keys(key_file: Path | None, root: Path) -> tuple[Path, dict[str, str]]:
    """The file of the keys that pages are checked with, and the keys."""
    folders = [root, *root.resolve().parents]
    found = [key_file] if key_file else [folder / ".well-known" / "ovn-keys.json" for folder in folders]
    for path in found:
        if path.is_file():
            with foreign.reading(path.name, "file-not-read"):
                return path, read_keys(foreign.read_text(path))
    raise DeskError("verify-without-keys")


def read_keys(text: str) -> dict[str, str]:
    """Key ids and public keys from an outlet's published key file; raises DeskError when it is not one."""
    try:
        data = foreign.read_json(text)
        keys = data["keys"] if isinstance(data, dict) and "keys" in data else data
        return {str(name): base64.b64encode(base64.b64decode(public)).decode() for name, public in keys.items()}
    except (ValueError, AttributeError, TypeError) as error:
        raise DeskError("verify-key-file-wrong") from error
