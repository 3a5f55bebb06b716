"""Commands of a review: comments, and an editor's changes to decide."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ovn_desk.cli import desk
from ovn_desk.messages import Message

if TYPE_CHECKING:
    from ovn_desk.domain.comments import Comment
    from ovn_desk.domain.workflow import Event
    from ovn_desk.text.comments import PlacedComment
    from ovn_desk.usecases.suggesting import Suggestion

CommentId = Annotated[str, typer.Argument(metavar="COMMENT", help="A comment's id, or a unique start of it.")]


def add_to(app: typer.Typer) -> None:
    app.command()(comment)
    app.command()(comments)
    app.command()(reply)
    app.command()(resolve)
    app.command()(reopen)
    app.command()(suggestions)
    app.command()(decide)


def comment(
    article: desk.ArticleId,
    text: Annotated[str, typer.Argument(help="What to say; @Name calls a person.")],
    on: Annotated[str, typer.Option(metavar="WORDS", help="The words it is about, as they stand in the text.")] = "",
    must_fix: Annotated[bool, typer.Option("--must-fix", help="It stops approval until it is settled.")] = False,
    as_name: desk.AsName = "",
    passphrase_file: desk.PassphraseFile = None,
) -> None:
    """Say something about an article, or about words of it; prints the comment's id."""
    from ovn_desk.text.comments import quote_words
    from ovn_desk.usecases import commenting, writing

    with desk.given_store() as store:
        by = desk.signer(store, as_name, passphrase_file)
        with store.read() as reading:
            found = reading.find(article)
            quote = quote_words(writing.text_of(reading, found), on) if on else None
        desk.say(commenting.comment(store, found, text, by=by, on=quote, must_fix=must_fix).id)


def comments(article: desk.ArticleId, as_json: desk.AsJson = False) -> None:
    """The comments on an article, oldest first, and where their words stand now."""
    from ovn_desk.text.comments import place_comments
    from ovn_desk.usecases import commenting, writing

    with desk.given_store() as store, store.read() as reading:
        found = reading.find(article)
        content = writing.text_of(reading, found)
        threads = place_comments(commenting.comments(reading, found), content)
        names = {str(person.id): person.name for person in reading.staff()}
    if as_json:
        desk.print_json([_document(thread, names) for thread in threads])
        return
    for thread in threads:
        for line in _lines(thread.comment, names, is_orphaned=thread.is_orphaned):
            desk.say(line)
    if not threads:
        desk.note(Message("cli-no-comments"))


def reply(
    article: desk.ArticleId,
    to: CommentId,
    text: str,
    as_name: desk.AsName = "",
    passphrase_file: desk.PassphraseFile = None,
) -> None:
    """Answer a comment."""
    from ovn_desk.usecases import commenting

    with desk.given_store() as store:
        by = desk.signer(store, as_name, passphrase_file)
        with store.read() as reading:
            found = reading.find(article)
            thread = commenting.find(reading, found, to)
        commenting.reply(store, found, thread.id, text, by=by)
    desk.say(Message("cli-comment-answered", name=by.name))


def resolve(
    article: desk.ArticleId,
    to: CommentId,
    text: Annotated[str, typer.Option(help="A last word.")] = "",
    as_name: desk.AsName = "",
    passphrase_file: desk.PassphraseFile = None,
) -> None:
    """Settle a comment."""
    _settle(article, to, text, as_name, passphrase_file, is_open=False)


def reopen(
    article: desk.ArticleId,
    to: CommentId,
    text: Annotated[str, typer.Option(help="Why.")] = "",
    as_name: desk.AsName = "",
    passphrase_file: desk.PassphraseFile = None,
) -> None:
    """Open a settled comment again."""
    _settle(article, to, text, as_name, passphrase_file, is_open=True)


def suggestions(article: desk.ArticleId, as_json: desk.AsJson = False) -> None:
    """What an editor changed since the text was filed, and what became of each change."""
    from ovn_desk.usecases import suggesting

    with desk.given_store() as store, store.read() as reading:
        found = suggesting.suggestions(reading, reading.find(article))
        names = {person.id: person.name for person in reading.staff()}
    if as_json:
        desk.print_json([_suggestion(one, names[one.by]) for one in found.all])
        return
    for one in found.all:
        before, after = _words(one)
        desk.say(f"{one.id}  {one.status:<10} {one.part}: “{before}” → “{after}”")
    desk.say(Message("cli-changes-to-decide", undecided=len(found.undecided), all=len(found.all)))


def decide(
    article: desk.ArticleId,
    change: Annotated[str, typer.Argument(metavar="CHANGE|all", help="A change's id; all: every undecided one.")],
    decision: Annotated[str, typer.Argument(metavar="accept|reject|as-edited")],
    reason: Annotated[str, typer.Option(help="Why; an editor who keeps a change without the reporter says it.")] = "",
    as_name: desk.AsName = "",
    passphrase_file: desk.PassphraseFile = None,
) -> None:
    """Accept or reject a change; an editor may keep all of them “as edited”, with a reason."""
    from ovn_desk.usecases import suggesting

    if decision not in {"accept", "reject", "as-edited"} or (decision == "as-edited") != (change == "all"):
        raise typer.BadParameter("say accept or reject of one change, or as-edited of all.")
    with desk.given_store() as store:
        by = desk.signer(store, as_name, passphrase_file)
        with store.read() as reading:
            found = reading.find(article)
        if change == "all":
            many = suggesting.keep_as_edited(store, found, by=by, reason=reason)
            desk.say(Message("cli-changes-as-edited", count=many))
            return
        one = suggesting.decide(store, found, change, accept=decision == "accept", by=by, reason=reason)
    desk.say(f"{one.id} is {one.status}.")


def _settle(article: str, to: str, text: str, as_name: str, passphrase_file: Path | None, *, is_open: bool) -> "Event":
    from ovn_desk.usecases import commenting

    with desk.given_store() as store:
        by = desk.signer(store, as_name, passphrase_file)
        with store.read() as reading:
            found = reading.find(article)
            thread = commenting.find(reading, found, to)
        settle = commenting.reopen if is_open else commenting.resolve
        event = settle(store, found, thread.id, by=by, text=text)
    desk.say(f"{'Reopened' if is_open else 'Settled'} by {by.name}.")
    return event


def _document(thread: "PlacedComment", names: dict[str, str]) -> dict[str, object]:
    from ovn_desk.store import records

    one = thread.comment
    return {
        "id": one.id,
        "by": names.get(one.by, one.by),
        "at": records.time_text(one.at),
        "text": one.text,
        "field": one.on.field if one.on.exact else "",
        "words": one.on.exact,
        "orphaned": thread.is_orphaned,
        "start": getattr(thread.place, "start", None),
        "end": getattr(thread.place, "end", None),
        "must_fix": one.must_fix,
        "resolved": not one.is_open,
        "mentions": [names.get(name, name) for name in one.mentions],
        "answers": [
            {"by": names.get(said.by, said.by), "at": records.time_text(said.at), "text": said.text}
            for said in one.answers
        ],
    }


def _lines(one: "Comment", names: dict[str, str], *, is_orphaned: bool) -> list[str]:
    marks = [word for word, is_so in (("must fix", one.must_fix), ("settled", not one.is_open)) if is_so]
    about = f" on “{one.on.exact}”{' (gone from the text)' if is_orphaned else ''}" if one.on.exact else ""
    status = f" [{', '.join(marks)}]" if marks else ""
    lines = [f"{one.id[:12]}  {names.get(one.by, one.by)}{about}{status}: {one.text}"]
    return lines + [f"{'':14}{names.get(said.by, said.by)}: {said.text}" for said in one.answers]


def _words(one: "Suggestion") -> tuple[str, str]:
    from ovn_desk.text.changes import Change, FieldChange

    change = one.change
    if isinstance(change, Change):
        return change.before.strip(), change.after.strip()
    if isinstance(change, FieldChange):
        return str(change.before), str(change.after)
    name = " ".join(change.key)
    return name if change.before is not None else "", name if change.after is not None else ""


def _suggestion(one: "Suggestion", by: str) -> dict[str, object]:
    before, after = _words(one)
    return {
        "id": one.id,
        "part": one.part,
        "before": before,
        "after": after,
        "by": by,
        "status": one.status,
        "reason": one.reason,
    }
