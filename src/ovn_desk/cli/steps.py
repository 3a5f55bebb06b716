"""Commands that move an article from state to state."""

from pathlib import Path
from typing import Annotated

import typer

from ovn_desk.cli import desk
from ovn_desk.domain.evidence import CorrectionKind
from ovn_desk.domain.workflow import Step, Takeover, step_done
from ovn_desk.messages import Message

_HELP = {
    Step.RECALL: "Take a filed article back to work on it.",
    Step.TAKE: "Start reviewing an article.",
    Step.RELEASE: "Let another editor take it.",
    Step.SEND_BACK: "Give an article back to its reporter, with a reason.",
    Step.HOLD: "Keep an article from going on, with a reason.",
    Step.SPIKE: "Drop an article before publication, with a reason; it can be restored.",
    Step.WITHDRAW: "Take a published article off, with a public reason.",
}


def add_to(app: typer.Typer) -> None:
    app.command()(file)
    for step, words in _HELP.items():
        app.command(step.value.replace("_", "-"), help=words)(_command(step))
    app.command()(approve)
    app.command()(correct)


Reason = Annotated[str, typer.Option(help="Why; kept with the step.")]
Note = Annotated[str, typer.Option(help="A word to colleagues.")]
Override = Annotated[str, typer.Option(metavar="REASON", help="A chief passes over the checks, and says why.")]


def _command(step: Step):  # type: ignore[no-untyped-def]  # noqa: ANN202 - typer reads the inner signature
    def take(
        article: desk.ArticleId,
        as_name: desk.AsName = "",
        reason: Reason = "",
        note: Note = "",
        passphrase_file: desk.PassphraseFile = None,
    ) -> None:
        take_step(article, step, as_name=as_name, reason=reason, note=note, passphrase_file=passphrase_file)

    return take


def file(
    article: desk.ArticleId,
    as_name: desk.AsName = "",
    passphrase_file: desk.PassphraseFile = None,
    note: Note = "",
    override: Override = "",
) -> None:
    """Hand an article to the desk, with a word to the editor."""
    take_step(article, Step.FILE, as_name=as_name, note=note, override=override, passphrase_file=passphrase_file)


def take_step(
    article: str,
    step: Step,
    *,
    as_name: str,
    reason: str = "",
    note: str = "",
    override: str = "",
    passphrase_file: Path | None = None,
) -> None:
    """Takes one step and says so."""
    from ovn_desk.usecases import reviewing

    with desk.given_store() as store:
        by = desk.signer(store, as_name, passphrase_file)
        with store.read() as reading:
            found = reading.find(article)
        event = reviewing.take_step(store, found, step, by=by, reason=reason, note=note, override=override)
        done = str(step_done(step)).capitalize()
        said = Message("cli-step-done", done=done, name=by.name)
        if isinstance(event.details, Takeover):
            with store.read() as reading:
                holder = reading.person(event.details.holder).name
            said = Message("cli-step-taken-over", done=done, name=by.name, holder=holder)
    desk.say(said)


def approve(
    article: desk.ArticleId,
    as_name: desk.AsName = "",
    note: Note = "",
    override: Override = "",
    passphrase_file: desk.PassphraseFile = None,
) -> None:
    """Sign exactly this text: it may be published."""
    from ovn_desk.usecases import reviewing

    with desk.given_store() as store, desk.rendering() as renderer:
        by = desk.signer(store, as_name, passphrase_file)
        with store.read() as reading:
            found = reading.find(article)
        event = reviewing.approve(store, found, by=by, renderer=renderer, note=note, override=override)
    code = "cli-approved-before-full-check" if event.override else "cli-approved"
    desk.say(Message(code, name=by.name, revision=event.revision[:12]))


def correct(
    article: desk.ArticleId,
    kind: Annotated[CorrectionKind, typer.Option(help="What kind of change it is.")],
    said: Annotated[str, typer.Option(help="We said …")] = "",
    in_fact: Annotated[str, typer.Option(help="In fact …")] = "",
    supersedes: Annotated[str, typer.Option(metavar="KEY", help="An earlier correction that this one replaces.")] = "",
    as_name: desk.AsName = "",
    passphrase_file: desk.PassphraseFile = None,
    reason: Reason = "",
    note: Note = "",
) -> None:
    """Open a published article for a correction; readers keep the old text until the new one is exported."""
    from ovn_desk.usecases import reviewing

    with desk.given_store() as store:
        by = desk.signer(store, as_name, passphrase_file)
        with store.read() as reading:
            found = reading.find(article)
        words = {"said": said, "in_fact": in_fact, "supersedes": supersedes, "reason": reason, "note": note}
        reviewing.correct(store, found, by=by, kind=kind, **words)
    desk.say(Message("cli-correction-open", kind=kind, name=by.name))
