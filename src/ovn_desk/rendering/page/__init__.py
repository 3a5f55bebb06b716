"""The standalone page of one article (docs/design/publishing.md)."""

from ovn_desk.rendering.model import Approval, PageModel, Shown, address_of, path_of
from ovn_desk.rendering.page import cards
from ovn_desk.rendering.page.credits import credit_line, read_credits
from ovn_desk.rendering.page.document import (
    LOGGED,
    Parts,
    parts,
    parts_below,
    read_approval,
    signed_fragment,
    write,
    write_signed,
)
from ovn_desk.rendering.page.runs import mark_runs

__all__ = [
    "LOGGED",
    "Approval",
    "PageModel",
    "Parts",
    "Shown",
    "address_of",
    "cards",
    "credit_line",
    "mark_runs",
    "parts",
    "parts_below",
    "path_of",
    "read_approval",
    "read_credits",
    "signed_fragment",
    "write",
    "write_signed",
]
