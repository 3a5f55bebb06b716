"""The program: its options, its commands, and the one place where a refusal becomes exit status 1."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from ovn_desk import __version__
from ovn_desk.cli import (
    ai_use,
    articles,
    bundles,
    desk,
    drafts,
    hub,
    newsroom,
    pages,
    plans,
    sources,
    steps,
    talk,
    upload,
)
from ovn_desk.domain.errors import DeskError

app = typer.Typer(
    name="ovn-desk",
    help="An editorial workstation for a small newsroom. Without a command it opens the window, and files in it.",
    pretty_exceptions_enable=False,
)
for part in (newsroom, articles, drafts, sources, ai_use, steps, talk, plans, pages, upload, bundles, hub):
    part.add_to(app)


def _version(wanted: bool) -> None:  # noqa: FBT001 - typer passes the option by position
    if wanted:
        typer.echo(f"ovn-desk {__version__}")
        raise typer.Exit


@app.callback()
def options(
    store: Annotated[
        Path | None, typer.Option(help="The newsroom's file; default: $OVN_DESK_STORE or the user's data folder.")
    ] = None,
    open_article: Annotated[
        str, typer.Option("--open", metavar="ID", help="Open the window at this article; without a command.")
    ] = "",
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    del version, open_article  # without a command the program never comes here: `ovn_desk.__main__`
    desk.given.store = store


def main(drawing: desk.Drawing) -> None:
    """Run the command line; exit status 0 done, 1 refused or failed with one sentence, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    desk.given.drawing = drawing
    try:
        app(prog_name="ovn-desk")
    except DeskError as error:
        typer.echo(f"ovn-desk: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(1)
