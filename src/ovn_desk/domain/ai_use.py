"""What machines did for an article, as its people declare it: part of the approved text, and said to readers.

The kinds are those that a reader and an auditor tell apart (EU AI Act, article 50(4): texts published to inform the
public, the human review they had, and who answers for it).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ovn_desk.messages import Message


class AiTask(StrEnum):
    """What an AI tool was used for."""

    NONE = "none"
    LANGUAGE_HELP = "language help"
    SUMMARY = "summary"
    TRANSLATION = "translation"
    DRAFT = "draft"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class AiUse:
    """One task with the tool that did it and what it did, in a few words; `none` has neither.

    An article without any has declared nothing.
    """

    task: AiTask = AiTask.NONE
    tool: str = ""
    what: str = ""

    @property
    def label(self) -> str:
        """The whole in one line, as the newsroom reads it."""
        details = ", ".join(filter(None, (self.tool, self.what)))
        return f"{self.task}: {details}" if details else str(self.task)


DECLARED_NONE = (AiUse(),)


def declaration_gap(used: Sequence[AiUse]) -> Message | None:
    """Why a declaration can not stand as it is, in a sentence; empty for one that can, and for none."""
    if len(used) > 1 and any(use.task is AiTask.NONE for use in used):
        return Message("ai-none-and-some")
    if unnamed := next((use for use in used if use.task is not AiTask.NONE and not use.tool), None):
        return Message("ai-tool-unnamed", task=unnamed.task)
    return None
