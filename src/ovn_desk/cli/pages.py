"""Commands that make or check pages: export, verify, render, demo."""

import sys
from contextlib import closing, suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from ovn_desk import assets
from ovn_desk.cli import desk
from ovn_desk.cli.articles import checked_house
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Staff
from ovn_desk.domain.workflow import EDITORS
from ovn_desk.messages import Message

if TYPE_CHECKING:
    from ovn_desk.store import Store
    from ovn_desk.usecases import publishing

_TIME_LIMIT = 120.0  # seconds until the window has been photographed
_PAGES = (".html", ".json")
_MISSING = {("pictures", "not_given"), ("pictures", "some"), ("keys", "own")}


class _Export(TyperCommand):
    """The command whose help names the formats; they are imported only when somebody asks for it."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        from ovn_desk.formats import FORMATS

        next(one for one in self.params if one.name == "format").help = ", ".join(FORMATS)  # type: ignore[attr-defined]
        super().format_help(ctx, formatter)


def add_to(app: typer.Typer) -> None:
    app.command(cls=_Export)(export)
    app.command(name="move-page")(move_page)
    app.command()(verify)
    app.command()(render)
    app.command()(annotate)
    app.command()(demo)


def export(
    articles: Annotated[list[str] | None, typer.Argument(metavar="[ID…]", help="Ids or slugs.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All that is approved or published.")] = False,
    to: Annotated[Path | None, typer.Option(help="The folder, or with --zip the file, to write.")] = None,
    format: Annotated[str, typer.Option(metavar="FORMAT")] = "site",  # noqa: A002
    as_zip: Annotated[bool, typer.Option("--zip", help="One zip file.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be written, changed and removed in the folder.")
    ] = False,
    theme: Annotated[
        str, typer.Option(metavar="NAME|DIR", help="Another look: “plain”, or a folder with templates and a style.")
    ] = "",
    as_name: desk.AsName = "",
    passphrase_file: desk.PassphraseFile = None,
    as_json: desk.AsJson = False,
) -> None:
    """Write approved articles as pages for upload."""
    from ovn_desk.usecases import publishing

    if to is None:
        raise DeskError("cli-export-folder-unnamed")
    if not articles and not everything:
        raise DeskError("cli-export-articles-unnamed")
    if as_zip and dry_run:
        raise DeskError("cli-zip-whole")
    with desk.given_store() as store, desk.rendering() as renderer, desk.progress("Exporting") as move:
        by = exporter(store, as_name)
        with store.read() as reading:
            ids = None if everything else tuple(reading.find(article) for article in articles or ())
        asked = publishing.ExportRequest(ids, to, format, as_zip=as_zip, theme=theme)
        done: publishing.Exported | publishing.Planned
        if dry_run:
            done = publishing.plan(store, asked, by=by, renderer=renderer, progress=move)
        else:
            signer = desk.signer_of(store, by, passphrase_file)
            prints = desk.folder_printer()
            done = publishing.export(store, asked, by=signer, renderer=renderer, print_folder=prints, progress=move)
    if as_json:
        desk.print_json(asdict(done))
    else:
        _say(done)
    desk.say_left_out(done.waiting, done.refused)


def _say(done: "publishing.Exported | publishing.Planned") -> None:
    """A line for each file that is not as it was, and how many there are."""
    from ovn_desk.usecases import publishing

    kinds = ("new", "changed", "removed") if isinstance(done, publishing.Planned) else ("written", "removed")
    for kind in kinds:
        for path in getattr(done, kind):
            desk.say(f"{kind:<9} {path}")
    counts = ", ".join(f"{len(getattr(done, kind))} {kind}" for kind in kinds)
    desk.say(f"{counts}, {done.unchanged} unchanged.")
    for note in done.notes:
        desk.say(note)


def move_page(
    article: desk.ArticleId,
    new: Annotated[str, typer.Argument(metavar="NEW", help="Its new slug, or a whole path: 2026/07/rail-groups.html.")],
    why: Annotated[str, typer.Option(metavar="REASON", help="Why; kept with the record, and not published.")] = "",
    as_name: desk.AsName = "",
    passphrase_file: desk.PassphraseFile = None,
) -> None:
    """Give a published page another address, for a chief; from the next export on the old one leads there."""
    from ovn_desk.usecases.publishing import moving

    with desk.given_store() as store:
        by = desk.signer(store, as_name, passphrase_file)
        with store.read() as reading:
            found = reading.find(article)
        path = moving.move(store, found, new, by=by, reason=why)
    desk.say(Message("cli-page-will-be", path=path))


def verify(
    target: Annotated[Path, typer.Argument(metavar="DIR|FILE", help="An exported page or site.")],
    key: Annotated[Path | None, typer.Option(help="The outlet's published keys, from a place you trust.")] = None,
    since: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE|DIR", help="A “checkpoint” of the site that you kept: its log must begin with what it had."
        ),
    ] = None,
    as_json: desk.AsJson = False,
) -> None:
    """Check exported pages: the approved text, the whole file, the picture files that lie beside it, the public log.

    Ends with 0 when nothing is otherwise than it was approved and exported. NOT: the text, or something else in the
    article, was changed; note: only something around it was.
    """
    from ovn_desk.usecases import publishing

    checked = publishing.verify_files(target, key, since)
    if as_json:
        desk.print_json([_as_data(one) for one in checked])
    else:
        for one in checked:
            _say_checked(one, in_full=target.is_file() or not one.ok or not one.path.endswith(_PAGES))
    if not all(one.ok for one in checked):
        raise typer.Exit(1)


def _as_data(checked: "publishing.Checked") -> dict[str, Any]:
    from ovn_desk.usecases import publishing

    found = [
        asdict(one) | {"state": publishing.state_of(one), "words": publishing.words_of(one)} for one in checked.verdicts
    ]
    said = {name: getattr(checked, name) for name in ("path", "ok", "approved_by", "reason")}
    return said | {"checks": found}


def _say_checked(checked: "publishing.Checked", *, in_full: bool) -> None:
    """A line for a file, and one for each check of it where that is asked for, or not all is well.

    What could not be checked, since files are missing, is said in any case.
    """
    from ovn_desk.usecases import publishing

    is_noted = not checked.unread and all(publishing.state_of(one) != "bad" for one in checked.verdicts)
    mark = "ok " if checked.ok else "note" if is_noted else "NOT"
    by = f"approved by {checked.approved_by}" if checked.approved_by else ""
    desk.say(f"{mark:<4} {checked.path}  {checked.unread or by}".rstrip())
    for one in checked.verdicts:
        if in_full or (one.check, one.code) in _MISSING:
            desk.say(f"       {one.check:<9} {publishing.words_of(one)}")


def render(
    file: Annotated[Path, typer.Argument(metavar="FILE.md")],
    to: Annotated[Path | None, typer.Option(help="Where to write; default: standard output.")] = None,
    fragment: Annotated[bool, typer.Option("--fragment", help="Only the body, without a page around it.")] = False,
) -> None:
    """Make a page of one Markdown file; no store is needed."""
    from ovn_desk.usecases import importing, previewing

    house = checked_house()
    content = importing.read_article(file, house)
    with desk.rendering() as renderer:
        if fragment:
            parts = previewing.preview_parts(content, house, renderer)
            result = "\n".join(block for block in parts.blocks if block)
        else:
            result = previewing.preview(content, house, renderer)
    if to is None:
        desk.say(result)
        return
    desk.write_file(to, result.encode())
    desk.say(str(to))


def annotate(
    article: Annotated[str, typer.Argument(metavar="ID", help="An id, a unique start of one, or a slug.")],
    to: Annotated[Path, typer.Option(help="A .html or a .pdf file to write.")],
) -> None:
    """The annotated copy: numbered lines, and what each claim rests on. It is private."""
    from ovn_desk.usecases import checking, printing

    with desk.given_store() as store, store.read() as reading:
        copy = checking.annotated_copy(reading, reading.find(article))
    if to.suffix.lower() == ".pdf":
        with closing(printing.PdfPrinter(desk.folder_printer())) as press:
            desk.write_file(to, press.print(copy), is_private=True)
    else:
        desk.write_file(to, copy.encode(), is_private=True)
    desk.say(str(to))


def demo(
    to: Annotated[Path, typer.Option(help="A folder for the demo's newsroom and pages.")] = Path("ovn-demo"),
    screenshot: Annotated[Path | None, typer.Option(help="Also write a picture of the window.")] = None,
) -> None:
    """The sample newsroom, all the way: draft, file, approve, export."""
    from ovn_desk.usecases import sample

    with desk.rendering() as renderer:
        result = sample.go_all_the_way(to, samples=assets.folder() / "samples", renderer=renderer)
    desk.say(Message("cli-demo-made", newsroom=result.store, page=result.page))
    if screenshot is not None:
        _photograph(result.store, result.draft, screenshot)
        desk.say(Message("cli-demo-picture", picture=screenshot))
    desk.say(Message("cli-demo-next", program=_own_name(), site=to / "site", newsroom=result.store))


def _own_name() -> str:
    """How this program was called, so that what is said to be typed next can be."""
    called = Path(sys.argv[0])
    return f"{sys.executable} -m ovn_desk" if called.name == "__main__.py" else str(called)


def _photograph(store: Path, article: str, picture: Path) -> None:
    """Open the window in a process of its own, which alone can draw: the command line never imports Qt."""
    from ovn_desk import processes
    from ovn_desk.usecases import printing

    printing.check_sandbox()
    if desk.given.drawing:
        window = processes.Worker(desk.given.drawing.photograph, environment=printing.drawing_environment())
        with closing(window), suppress(TimeoutError, processes.Ended):
            window.ask({"store": str(store), "article": article, "picture": str(picture)}, limit=_TIME_LIMIT)
    if not picture.exists():
        raise DeskError("cli-no-screenshot")


def exporter(store: "Store", name: str) -> Staff:
    """Who exports: the person named, or the only editor."""
    if name:
        return desk.acting_person(store, name)
    with store.read() as reading:
        editors = [person for person in reading.staff() if person.role in EDITORS and not person.is_retired]
    return editors[0] if len(editors) == 1 else desk.acting_person(store, "")
