"""What the window says about whether the text is kept."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Saving(StrEnum):
    """What the window says about the text."""

    NOTHING = "nothing"
    EDITING = "editing"
    SAVED = "saved"
    NOT_SAVED = "not saved"


@dataclass(frozen=True, slots=True)
class SaveState:
    """`at` is when COMMIT returned; `why` a sentence when it did not."""

    saving: Saving = Saving.NOTHING
    at: datetime | None = None
    why: str = ""
