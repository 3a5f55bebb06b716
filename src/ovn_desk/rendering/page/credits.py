"""The line of a page that names who edited, corrected and approved it: made from the signed statement alone."""

import json

from ovn_desk.domain.article import StaffId
from ovn_desk.domain.credits import Credit, Part, names_by_part
from ovn_desk.rendering.page import words


def read_credits(statement: str) -> tuple[Credit, ...]:
    """The credits in an approval's statement; none in one of before there were any, or in what is no statement."""
    try:
        found = json.loads(statement).get("credits", ())
        return tuple(Credit(StaffId(""), str(one["name"]), Part(one["part"])) for one in found)
    except (ValueError, AttributeError, KeyError, TypeError, RecursionError):
        return ()


def credit_line(credits: tuple[Credit, ...], language: str, *, approver: str) -> str:  # noqa: A002
    """Who edited, corrected and approved, each named only for what they did; `approver` as it is to be shown.

    Without credits it says what pages said before approvals had any.
    """
    spoken = words.of(language)
    edited, corrected = (names_by_part(credits, part) for part in (Part.EDITED, Part.CORRECTED))
    if not credits or (not corrected and edited == names_by_part(credits, Part.APPROVED)):
        return spoken["edited_and_approved_by"].format(name=approver)
    said = [("edited_by", edited), ("corrected_by", corrected)]
    sentences = [spoken[one].format(names=words.list_names(names, language)) for one, names in said if names]
    return " ".join([*sentences, spoken["approved_by"].format(name=approver)])
