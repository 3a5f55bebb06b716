"""Commands about articles: import, new, list, show, check, log."""

import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ovn_desk import assets, settings
from ovn_desk.cli import desk
from ovn_desk.domain.article import ArticleId, Content, RevisionId
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import House
from ovn_desk.domain.workflow import State
from ovn_desk.messages import Message
from ovn_desk.text import foreign

if TYPE_CHECKING:
    from ovn_desk.signing import Signer
    from ovn_desk.store import ReadTransaction, Store
    from ovn_desk.usecases.checking import Check


def add_to(app: typer.Typer) -> None:
    app.command("import")(import_)
    app.command()(new)
    app.command("list")(list_)
    app.command()(show)
    app.command()(check)
    app.command()(log)


def import_(
    paths: list[Path],
    as_name: desk.AsName = "",
    passphrase_file: desk.PassphraseFile = None,
    language: Annotated[str, typer.Option(help="en or ur; default: what the file says or looks like.")] = "",
    as_json: desk.AsJson = False,
) -> None:
    """Bring articles in from .md, .txt, .html, .docx and WordPress .xml files and folders of them.

    What can not be read is left out and said, and the rest comes in; the exit status is 1 then.
    """
    from ovn_desk.usecases import importing

    with desk.given_store() as store:
        by = desk.signer(store, as_name, passphrase_file)
        with desk.progress("Importing") as move:
            reports = importing.import_files(store, paths, by=by, language=language, progress=move)
    if as_json:
        desk.print_json([asdict(report) for report in reports])
    else:
        for report in sorted(reports, key=lambda report: list(importing.Status).index(report.status)):
            words = "  ".join(part for part in (report.headline, report.reason) if part)
            desk.say(f"{report.status:<9} {report.path}  {words}")
        told = importing.counts(reports)
        desk.note(f"{', '.join(f'{number} {status}' for status, number in told.items())}.")
    if any(report.status is importing.Status.FAILED for report in reports):
        raise typer.Exit(1)


def new(
    headline: Annotated[str, typer.Option(help="The headline.")],
    body: Annotated[str, typer.Option(metavar="FILE|-", help="The text as Markdown: a file, or - for input.")] = "",
    category: Annotated[str, typer.Option(help="A category's key or name.")] = "",
    language: Annotated[
        str, typer.Option(help="en or ur; default: the newsroom's first, or another than the original's.")
    ] = "",
    translates: Annotated[
        str,
        typer.Option(
            metavar="ID", help="The article it is a translation of, whose sources and pictures it takes over."
        ),
    ] = "",
    as_name: desk.AsName = "",
    passphrase_file: desk.PassphraseFile = None,
) -> None:
    """Start an article, or the translation of one; prints its id."""
    from ovn_desk.usecases import writing

    with desk.given_store() as store:
        by = desk.signer(store, as_name, passphrase_file)
        with store.read() as reading:
            house = reading.house()
        found = house.find_category(category) if category else None
        key = found.key if found else house.category(category).key if category else ""
        if language and language not in house.languages:
            raise DeskError("translation-language-unknown", language=language, languages=house.languages)
        content = Content(
            headline=headline, body=_text(body), category=key, byline=by.name, language=language or house.languages[0]
        )
        if not translates:
            desk.say(writing.start(store, content, by=by))
            return
        desk.say(_translation(store, translates, content, by, language=language))


def _translation(store: "Store", of: str, given: Content, by: "Signer", *, language: str) -> ArticleId:
    """A draft with what holds of the original in any language, and what was given for it."""
    from ovn_desk.usecases import translating, writing

    with store.read() as reading:
        article, house = reading.find(of), reading.house()
        original = writing.text_of(reading, article)
    language = language or translating.other_language(original, house)
    begun = translating.begin_translation(original, article, house, language=language)
    made = replace(begun, headline=given.headline, body=given.body, category=given.category or begun.category)
    return writing.start(store, made, by=by)


def list_(
    state: Annotated[State | None, typer.Option(help="Only articles in this state.")] = None,
    category: Annotated[str, typer.Option(help="Only this category.")] = "",
    search: Annotated[str, typer.Option(help="Words in the headline or the text.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 50,
    as_json: desk.AsJson = False,
) -> None:
    """The articles, newest first."""
    from ovn_desk.store import records

    with desk.given_store() as store, store.read() as reading:
        key = reading.house().category(category).key if category else ""
        rows = reading.rows(states=[state] if state else (), category=key, search=search, limit=limit)
        names = {person.id: person.name for person in reading.staff()}
    if as_json:
        desk.print_json(
            [
                {
                    "id": row.id,
                    "slug": row.slug,
                    "headline": row.headline,
                    "state": row.state,
                    "category": row.category,
                    "language": row.language,
                    "words": row.words,
                    "author": names.get(row.reporter, row.reporter),
                    "updated_at": records.time_text(row.updated_at),
                }
                for row in rows
            ]
        )
        return
    for row in rows:
        desk.say(f"{row.id}  {row.state:<10} {row.headline or '(no headline yet)'}")
    if not rows:
        desk.note(Message("cli-list-no-match") if search or state or category else Message("cli-list-empty"))


def show(
    article: Annotated[str, typer.Argument(metavar="ID", help="An id, a unique start of one, or a slug.")],
    revision: Annotated[str, typer.Option(help="An older revision's id, or its start.")] = "",
    as_json: desk.AsJson = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="As Markdown with front matter.")] = False,
) -> None:
    """One article's text and fields."""
    from ovn_desk.formats import markdown

    with desk.given_store() as store, store.read() as reading:
        found = reading.find(article)
        if as_json:
            desk.print_json(_article_fields(reading, found, revision))
            return
        content = _content(reading, found, revision)
        if as_markdown:
            desk.say(markdown.write(content))
            return
        state = reading.article(found).state
    desk.say(f"{content.headline}\n{state} · {content.category or 'no category'} · {content.byline or 'no byline'}\n")
    desk.say(content.body)


def check(
    target: Annotated[str, typer.Argument(metavar="ID|FILE.md")],
    as_json: desk.AsJson = False,
    as_sarif: Annotated[bool, typer.Option("--sarif", help="As SARIF 2.1.0, which editors and servers read.")] = False,
) -> None:
    """Claims, style and checklists: what stands in the way of filing and approving, with line and column."""
    from ovn_desk.cli import checks

    found, content, file = _check_target(target)
    if as_sarif:
        desk.print_json(checks.sarif(found, content, file or Path(f"{target}.md")))
    elif as_json:
        desk.print_json(checks.document(found, content))
    else:
        for line in checks.lines(found):
            desk.say(line)
    if not found.ready_to_approve:
        raise typer.Exit(1)


def log(article: Annotated[str, typer.Argument(metavar="ID")], as_json: desk.AsJson = False) -> None:
    """Who did what, signatures and the chain checked."""
    from ovn_desk.usecases import history

    with desk.given_store() as store, store.read() as reading:
        lines = history.history(reading, reading.find(article))
    if as_json:
        desk.print_json([asdict(line) for line in lines])
    for line in lines if not as_json else ():
        signed = "" if line.signature == "none" else f"  [signature {line.signature}]"
        wrong = f"  [{line.problem}]" if line.problem else ""
        desk.say(f"{line.at}  {line.by:<20} {line.what:<12} {line.revision[:12]}{signed}{wrong}  {line.note}".rstrip())
    if any(line.problem for line in lines):
        raise typer.Exit(1)


def _text(body: str) -> str:
    from ovn_desk.usecases import importing

    if not body:
        return ""
    if body == "-":
        return sys.stdin.read()
    from ovn_desk.text.decoding import decode_text

    return decode_text(foreign.read_bytes(Path(body), most=importing.LARGEST), name=body)


def _content(reading: "ReadTransaction", article: ArticleId, revision: str) -> Content:
    from ovn_desk.usecases import writing

    if not revision:
        return writing.text_of(reading, article)
    found = [r for r in reading.revisions(article) if r.id.startswith(revision)]
    if len(found) != 1:
        raise DeskError("revision-unknown", revision=revision, article=article)
    return found[0].content


def _article_fields(reading: "ReadTransaction", article: ArticleId, revision: str) -> dict[str, Any]:
    from ovn_desk.store import records
    from ovn_desk.usecases import signatures
    from ovn_desk.usecases.publishing import moving

    content, folded, row = _content(reading, article, revision), reading.article(article), reading.row(article)
    fields = asdict(content)
    approval = folded.approval or folded.live_approval
    return {
        "id": article,
        "revision": RevisionId(revision) if revision else folded.head,
        "state": folded.state,
        **fields,
        "slug": content.slug or row.slug,
        "address": moving.address(reading, article),
        "approval": approval
        and {
            "by": reading.person(approval.by).name,
            "at": records.time_text(approval.at),
            "valid": not signatures.signature_problem(reading, approval) and approval.revision == folded.head,
        },
    }


def _check_target(target: str) -> "tuple[Check, Content, Path | None]":
    from ovn_desk.usecases import checking, importing, writing

    path = Path(target)
    if path.suffix.lower() in importing.READERS and path.exists():
        house = checked_house()
        content = importing.read_article(path, house)
        return checking.check_content(content, house), content, path
    with desk.given_store() as store, store.read() as reading:
        article = reading.find(target)
        return checking.checked_article(reading, article), writing.text_of(reading, article), None


def checked_house() -> House:
    """The store's house, or the sample where there is no store yet."""
    from ovn_desk.domain.house_file import read_house

    path = settings.store_path(desk.given.store)
    if path.exists():
        with desk.given_store() as store, store.read() as reading:
            return reading.house()
    sample = assets.folder() / "samples" / "openvoicenews.toml"
    return read_house(sample.read_text(encoding="utf-8"), name=sample.name)
