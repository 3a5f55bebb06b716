"""Commands about drafts of one's own: discarding them, and beginning another with their text."""

from typing import Annotated

import typer

from ovn_desk.cli import desk
from ovn_desk.messages import Message


def add_to(app: typer.Typer) -> None:
    app.command()(discard)
    app.command()(duplicate)


def discard(
    articles: Annotated[list[str], typer.Argument(metavar="ID...")],
    as_name: desk.AsName = "",
    passphrase_file: desk.PassphraseFile = None,
) -> None:
    """Take drafts out of this desk's list; `restore ID` brings one back, and so does whoever writes on it."""
    from ovn_desk.usecases import drafts

    with desk.given_store() as store:
        by = desk.signer(store, as_name, passphrase_file)
        with store.read() as reading:
            found = [reading.find(one) for one in articles]
        drafts.discard(store, found, by=by.person)
    desk.say(Message("cli-discarded", count=len(found)))


def duplicate(
    article: desk.ArticleId,
    as_name: desk.AsName = "",
    headline: Annotated[str, typer.Option(help="Of the new draft; without one it has that of the other.")] = "",
    passphrase_file: desk.PassphraseFile = None,
) -> None:
    """Begin a draft with the text, sources and pictures of another article, and print its id."""
    from ovn_desk.usecases import drafts, writing

    with desk.given_store() as store:
        by = desk.signer(store, as_name, passphrase_file)
        with store.read() as reading:
            found = reading.find(article)
            named = headline or writing.text_of(reading, found).headline
        desk.say(drafts.duplicate(store, found, by=by, headline=named))
