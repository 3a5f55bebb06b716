"""How a house's pages look where it differs from the desk's own: templates and a style of its own."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """`templates` are texts by name, each in place of the desk's own; `style` is CSS in place of the reader's.

    `folder` is where they come from, for a message about a mistake in them.
    """

    folder: str = ""
    templates: tuple[tuple[str, str], ...] = ()
    style: str = ""
