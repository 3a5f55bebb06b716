"""The one error a user sees: a sentence saying what happened and what to do."""


class DeskError(Exception):
    """A refusal or failure the user can act on; its text is shown as it stands."""


class StepRefused(DeskError):
    """A workflow step that may not be taken now, or not by this person."""
