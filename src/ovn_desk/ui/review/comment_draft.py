"""A comment that was begun and is not sent."""

import json
from dataclasses import asdict, dataclass, field

from ovn_desk.domain.article import EventId
from ovn_desk.domain.workflow import Quote


@dataclass(frozen=True, slots=True)
class Draft:
    """Its words, what it is about or whose it answers, and whether it must be settled."""

    text: str = ""
    about: Quote = field(default_factory=Quote)
    to: EventId | None = None
    to_name: str = ""
    must_fix: bool = False

    @property
    def written(self) -> str:
        """The whole of it as a text to be kept; empty where it has no words."""
        return json.dumps(asdict(self), ensure_ascii=False) if self.text.strip() else ""


def read_draft(written: str) -> Draft:
    """The draft that was `written`; an empty one of an empty text."""
    if not written:
        return Draft()
    data = json.loads(written)
    return Draft(**data | {"about": Quote(**data["about"])})
