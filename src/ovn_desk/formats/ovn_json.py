"""An article as a file for other desks and archives: all that is public of it, and apart from it who signed that."""

import json
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from ovn_desk.domain import values
from ovn_desk.domain.article import Content
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import House
from ovn_desk.rendering.artifact import Artifact
from ovn_desk.rendering.format import Edition
from ovn_desk.rendering.model import Approval, PageModel, address_of, shown_dates
from ovn_desk.text import foreign

KIND = "ovn-article/1"
SIGNATURE = ".sig"  # behind the name of the file that is signed
_UNTRUSTED, _TRUSTED = "untrusted comment: ", "trusted comment: "
_CARRIED = ("revision", "digest", "approved_by", "key", "statement")


def build(edition: Edition, suffix: str) -> Iterable[Artifact]:
    """A file for each article, and beside it the signature of its approval."""
    writing = partial(write, house=edition.house)
    for file, model in zip(edition.each(suffix, writing), edition.models, strict=True):
        yield file
        if model.approval:
            yield Artifact.of(f"{file.path}{SIGNATURE}", write_signature(model.approval), article=model.id)


def write(model: PageModel, house: House) -> str:
    """The public content, its address and dates, and what was approved; without the signature, which stands apart."""
    published, updated = shown_dates(model, house)
    approval = model.approval
    data = {
        "kind": KIND,
        "id": model.guid,
        "url": house.address(address_of(model, house)),
        "publisher": {"name": house.name, "url": house.url},
        "published": published.isoformat() if published else "",
        "updated": updated.isoformat() if updated else "",
        "content": values.to_dict(replace(model.content, slug=model.slug)),
        "approval": {name: getattr(approval, name) for name in _CARRIED} if approval else None,
    }
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def write_signature(approval: Approval) -> str:
    """A detached signature of three lines, as minisign has them: whose key, the signature, the signed statement."""
    return f"{_UNTRUSTED}approval signed with {approval.key}\n{approval.signature}\n{_TRUSTED}{approval.statement}\n"


def read(text: str, signature: str) -> tuple[Content, Approval]:
    """The content of such a file and the approval that its signature file claims, unchecked.

    Raises DeskError when either is not what `write` and `write_signature` make.
    """
    try:
        data = foreign.read_json(text)
        if data["kind"] != KIND:
            raise DeskError("ovn-json-kind-unknown", kind=data["kind"])
        content = values.from_dict(Content, data["content"])
        carried = {name: str(data["approval"][name]) for name in _CARRIED}
    except (ValueError, KeyError, TypeError) as error:
        raise DeskError("ovn-json-is-none") from error
    lines = signature.split("\n")
    if len(lines) < 3 or not lines[0].startswith(_UNTRUSTED) or not lines[2].startswith(_TRUSTED):
        raise DeskError("signature-file-unreadable")
    if lines[2].removeprefix(_TRUSTED) != carried["statement"]:
        raise DeskError("signature-file-of-other-article")
    return content, Approval(**carried, signature=lines[1].strip())
