"""What the style check found in a text: advice, never a verdict."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from ovn_desk.domain.claim import Field
from ovn_desk.domain.evidence import Waiver, WaiverKind
from ovn_desk.domain.texts import normalised_for_comparison


@dataclass(frozen=True, slots=True)
class Finding:
    """Words a style rule speaks about; `words` is `text[start:end]` of its field, in code points."""

    rule: str
    words: str
    start: int
    end: int
    sentence: str
    message: str
    suggestion: str = ""
    field: Field = Field.BODY
    image: str = ""


def mark(finding: Finding) -> str:
    """The hash (of sentence and rule) by which a waiver names the finding that it ignores."""
    return hashlib.sha256(f"{finding.rule}\x00{normalised_for_comparison(finding.sentence)}".encode()).hexdigest()[:32]


def ignore(finding: Finding, *, by: str, at: str, reason: str) -> Waiver:
    """Make the waiver by which a person ignores a finding; when the sentence changes, the finding is back."""
    return Waiver(WaiverKind.STYLE, mark(finding), finding.sentence, finding.rule, by, at, reason)


def standing_findings(findings: Iterable[Finding], waivers: Iterable[Waiver]) -> list[Finding]:
    """The findings that nobody has ignored."""
    ignored = {waiver.mark for waiver in waivers if waiver.kind is WaiverKind.STYLE}
    return [finding for finding in findings if not ignored or mark(finding) not in ignored]
