"""The command that adds a source to an article, or changes what is named of one."""

from pathlib import Path
from typing import Annotated, Any

import typer

from ovn_desk.cli import desk
from ovn_desk.domain.source import SourceKind, Terms
from ovn_desk.messages import Message

Text = str | None


def add_to(app: typer.Typer) -> None:
    app.command()(cite)


def cite(
    article: Annotated[str, typer.Argument(metavar="ID")],
    key: Annotated[str, typer.Argument(help="What [@key] in the text names, for example dawn-rail.")],
    kind: Annotated[SourceKind | None, typer.Option(help="What kind of source; a new one is a document.")] = None,
    name: Annotated[Text, typer.Option(help="The person, paper or body.")] = None,
    role: Annotated[Text, typer.Option(help="What the person is.")] = None,
    outlet: Annotated[Text, typer.Option(help="Who published it.")] = None,
    url: Annotated[Text, typer.Option(help="Its address.")] = None,
    locator: Annotated[Text, typer.Option(help="Page or time.")] = None,
    published: Annotated[Text, typer.Option(help="When it was published.")] = None,
    retrieved: Annotated[Text, typer.Option(help="When it was looked at.")] = None,
    medium: Annotated[Text, typer.Option(help="Press note, interview, report…")] = None,
    language: Annotated[Text, typer.Option(help="The language it is in.")] = None,
    terms: Annotated[Terms | None, typer.Option(help="What was agreed about naming it; new: on record.")] = None,
    loosen_terms: Annotated[
        bool, typer.Option("--loosen-terms", help="The source agreed that readers may learn more than before.")
    ] = False,
    excerpt: Annotated[
        list[str] | None,
        typer.Option(help="The words that support the story; repeat it for more. They replace those it had."),
    ] = None,
    publish_excerpts: Annotated[
        bool | None, typer.Option("--publish-excerpts/--keep-excerpts", help="Whether readers may see them; new: no.")
    ] = None,
    is_independent: Annotated[
        bool | None,
        typer.Option("--independent/--not-independent", help="Of those it speaks about; new: independent."),
    ] = None,
    note: Annotated[Text, typer.Option(help="For the newsroom only.")] = None,
    contact: Annotated[Text, typer.Option(help="How to reach it; for the newsroom only.")] = None,
    why_unnamed: Annotated[Text, typer.Option(help="What would happen if they were named.")] = None,
    how_they_know: Annotated[Text, typer.Option(help="Whether they were there, or have seen it.")] = None,
    known_to: Annotated[Text, typer.Option(help="Which editor knows who it is.")] = None,
    file: Annotated[
        list[Path] | None, typer.Option(help="A file it came as; repeat it for more. They replace those it had.")
    ] = None,
    as_name: desk.AsName = "",
    passphrase_file: desk.PassphraseFile = None,
) -> None:
    """Add a source to an article, or change what is named of one; an empty text takes out what was there."""
    from ovn_desk.usecases import sourcing, writing

    given = {
        "kind": kind,
        "name": name,
        "role": role,
        "outlet": outlet,
        "url": url,
        "locator": locator,
        "published": published,
        "retrieved": retrieved,
        "medium": medium,
        "language": language,
        "terms": terms,
        "excerpts": None if excerpt is None else tuple(excerpt),
        "publish_excerpts": publish_excerpts,
        "is_independent": is_independent,
        "note": note,
        "contact": contact,
        "why_unnamed": why_unnamed,
        "how_they_know": how_they_know,
        "known_to": known_to,
    }
    changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    with desk.given_store() as store:
        by = desk.signer(store, as_name, passphrase_file)
        with store.read() as reading:
            found = reading.find(article)
        if file is not None:
            changes["files"] = tuple(sourcing.attach(store, path) for path in file)
        source = writing.cite(store, found, key, changes, by=by, may_loosen_terms=loosen_terms)
    desk.say(Message("cli-source-kept", label=source.label, kind=source.kind, terms=source.terms, key=key))
