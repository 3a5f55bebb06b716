"""What must be in order before an article is filed or approved, and what is only advice."""

from ovn_desk.domain.article import Content
from ovn_desk.domain.checklist import body, evidence, front
from ovn_desk.domain.checklist.evidence import Found
from ovn_desk.domain.checklist.problem import Problem, levelled, line_and_column
from ovn_desk.domain.house import House

__all__ = ["Found", "Problem", "line_and_column", "problems"]


def problems(content: Content, house: House, found: Found | None = None) -> list[Problem]:
    """Everything the house's checklists find, blocking findings first, then by place.

    `found` is what reading the text for claims and style gave; without it those items are left out.
    """
    return levelled(
        [
            *front.problems(content, house, found),
            *body.problems(content),
            *evidence.problems(content, house, found or Found()),
        ],
        house.checklist,
    )
