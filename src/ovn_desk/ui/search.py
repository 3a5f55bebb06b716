"""What the palette finds: articles, > commands, @ sources, # categories, ~ people, + templates, : snippets."""

from functools import partial
from typing import TYPE_CHECKING

from ovn_desk.ui import actions, commands
from ovn_desk.ui.palette import Choice

if TYPE_CHECKING:
    from ovn_desk.ui.window import Desk


_OWN = "your own"


def choices(desk: "Desk", text: str) -> list[Choice]:
    kinds = {">": _commands, "@": _sources, "#": _categories, "~": _people, "+": _templates, ":": _snippets}
    find = kinds.get(text[:1])
    if find:
        return find(desk, text[1:].strip().casefold())
    articles = _articles(desk, text)
    return articles + _commands(desk, text.strip().casefold()) if text.strip() else articles


def _articles(desk: "Desk", text: str) -> list[Choice]:
    with desk.workspace.session.read() as reading:
        rows = reading.rows(search=text, limit=8)
    return [
        Choice(row.headline or row.id, row.state.replace("_", " "), partial(desk.open_article, row.id)) for row in rows
    ]


def _commands(desk: "Desk", text: str) -> list[Choice]:
    return [
        Choice(command.label, command.key, partial(command.do, desk))
        for command in commands.COMMANDS
        if text in command.label.casefold() and command.when(desk) and command.name != "view.palette"
    ]


def _sources(desk: "Desk", text: str) -> list[Choice]:
    found = [
        Choice(source.label, f"@{source.key}", partial(desk.cite, source.key))
        for source in desk.workspace.text.content.sources
        if text in source.label.casefold() or text in source.key.casefold()
    ]
    return [*found, Choice("Add a source…", "", desk.add_source)]


def _categories(desk: "Desk", text: str) -> list[Choice]:
    return [
        Choice(category.name("en"), category.key, partial(desk.workspace.text.edit, category=category.key))
        for category in desk.workspace.session.house.categories
        if any(text in name.casefold() for name in (category.key, *category.names.values()))
        and not desk.workspace.article.edit_refusal
    ]


def _templates(desk: "Desk", text: str) -> list[Choice]:
    return [
        Choice(start.name, _OWN if start.is_own else "", partial(actions.start_from, desk, start))
        for start in actions.own_templates(desk)
        if text in start.name.casefold()
    ]


def _snippets(desk: "Desk", text: str) -> list[Choice]:
    if desk.workspace.article.edit_refusal:
        return []
    return [
        Choice(start.name, _OWN if start.is_own else "", partial(actions.insert_snippet, desk, start))
        for start in actions.own_snippets(desk)
        if text in start.name.casefold()
    ]


def _people(desk: "Desk", text: str) -> list[Choice]:
    with desk.workspace.session.read() as reading:
        people = [person for person in reading.staff() if not person.is_retired]
    return [
        Choice(person.name, person.role, partial(desk.workspace.article.switch_person, person))
        for person in people
        if text in person.name.casefold()
    ]
