"""Commands about the use of AI: what was used for an article, and a year's table for an auditor."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from ovn_desk.cli import desk
from ovn_desk.domain.ai_use import AiTask
from ovn_desk.messages import Message


def add_to(app: typer.Typer) -> None:
    app.command("declare-ai")(declare)
    app.command("ai-report")(report)


def declare(
    article: desk.ArticleId,
    task: Annotated[AiTask, typer.Argument(help="What AI was used for; “none” when it was not.")],
    tool: Annotated[str | None, typer.Option(help="Which tool, for example DeepL.")] = None,
    what: Annotated[str | None, typer.Option(help="What it did. Readers see this.")] = None,
    take_back: Annotated[bool, typer.Option("--take-back", help="This was not so: take it out again.")] = False,
    as_name: desk.AsName = "",
    passphrase_file: desk.PassphraseFile = None,
) -> None:
    """Say what AI was used for in an article, a task at a time; readers see it under “How we know”."""
    from ovn_desk.usecases import writing

    with desk.given_store() as store:
        by = desk.signer(store, as_name, passphrase_file)
        with store.read() as reading:
            found = reading.find(article)
        used = writing.declare_ai(store, found, task, by=by, tool=tool, what=what, is_so=not take_back)
    desk.say(Message("cli-ai-used", used="; ".join(use.label for use in used) or Message("cli-ai-undeclared")))


def report(
    year: Annotated[int, typer.Argument(min=2000, max=9999, help="For example 2026.")],
    to: Annotated[Path | None, typer.Option(help="A .csv file to write; default: standard output.")] = None,
    as_json: desk.AsJson = False,
) -> None:
    """Every text published in a year: what it declares of AI, and who examined and approved it."""
    from ovn_desk.usecases import auditing

    with desk.given_store() as store, store.read() as reading:
        rows = auditing.examined_texts(reading, year)
    if as_json:
        desk.print_json([asdict(row) for row in rows])
    elif to is None:
        desk.say(auditing.as_csv(rows).rstrip())
    else:
        desk.write_file(to, auditing.as_csv(rows).encode("utf-8-sig"), is_private=True)
        desk.note(f"{len(rows)} texts: {to}")
