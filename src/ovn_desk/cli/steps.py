"""Commands that move an article from state to state."""

from typing import Annotated

import typer

from ovn_desk.cli import desk
from ovn_desk.domain.workflow import WORDS, Step
from ovn_desk.usecases import reviewing

_HELP = {
    Step.FILE: "Hand an article to the desk.",
    Step.RECALL: "Take a filed article back to work on it.",
    Step.TAKE: "Start reviewing an article.",
    Step.RELEASE: "Let another editor take it.",
    Step.SEND_BACK: "Give an article back to its reporter, with a reason.",
    Step.HOLD: "Keep an article from going on, with a reason.",
    Step.SPIKE: "Drop an article before publication, with a reason; it can be restored.",
    Step.CORRECT: "Open a published article for a correction, with a reason.",
    Step.WITHDRAW: "Take a published article off, with a public reason.",
}


def add_to(app: typer.Typer) -> None:
    for step, words in _HELP.items():
        app.command(step.value.replace("_", "-"), help=words)(_command(step))
    app.command()(approve)


def _command(step: Step):  # type: ignore[no-untyped-def]  # noqa: ANN202 - typer reads the inner signature
    def take(
        article: Annotated[str, typer.Argument(metavar="ID", help="An id, a unique start of one, or a slug.")],
        as_name: desk.AsName = "",
        reason: Annotated[str, typer.Option(help="Why; kept with the step.")] = "",
        note: Annotated[str, typer.Option(help="A word to colleagues.")] = "",
    ) -> None:
        take_step(article, step, as_name=as_name, reason=reason, note=note)

    return take


def take_step(article: str, step: Step, *, as_name: str, reason: str, note: str) -> None:
    """Takes one step and says so."""
    with desk.opened() as store:
        by = desk.acting(store, as_name)
        with store.read() as reading:
            found = reading.find(article)
        reviewing.take_step(store, found, step, by=by, reason=reason, note=note)
    desk.say(f"{WORDS[step][1].capitalize()} by {by.name}.")


def approve(
    article: Annotated[str, typer.Argument(metavar="ID", help="An id, a unique start of one, or a slug.")],
    as_name: desk.AsName = "",
    note: Annotated[str, typer.Option(help="A word to colleagues.")] = "",
    passphrase_file: desk.PassphraseFile = None,
) -> None:
    """Sign exactly this text: it may be published."""
    with desk.opened() as store, desk.rendering() as renderer:
        by = desk.acting(store, as_name)
        with store.read() as reading:
            found = reading.find(article)
        key = desk.key_of(store, by, passphrase_file)
        event = reviewing.approve(store, found, by=by, key=key, renderer=renderer, note=note)
    desk.say(f"Approved and signed by {by.name}: revision {event.revision[:12]}.")
