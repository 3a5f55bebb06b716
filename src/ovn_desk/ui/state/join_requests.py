"""The request to be let in as a file for a chief: a bundle of one's own stories, which carries the request."""

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from ovn_desk import files
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.texts import slug_of
from ovn_desk.signing import Signer
from ovn_desk.sync import BUNDLE_SUFFIX, bundle
from ovn_desk.ui.widgets.saving_place import suggest_file
from ovn_desk.usecases import join_requests, writing
from ovn_desk.usecases.queries import Store, ask


class Say(Protocol):
    """Shows a sentence in a tone, as `Verdict.say` does."""

    def __call__(self, sentence: str, *, tone: str) -> None: ...


def write_request(store: Store, to: Path, *, by: Signer) -> Path:
    """Write it whole, or not at all, with what is being written; returns where, with a bundle's ending.

    Raises DeskError where it cannot be written.
    """
    to = files.with_ending(to, BUNDLE_SUFFIX)
    stories = ask(store, join_requests.own_stories, by.id)
    for story in stories:
        writing.save(store, story, by=by)  # what travels are versions
    bundle.write(store, to, stories, by=by)
    return to


def save_request(store: Store, to: Path, *, by: Signer, say: Say) -> bool:
    """Writes it, and says where it lies or why it cannot be written; whether it is there."""
    try:
        written = write_request(store, to, by=by)
    except DeskError as error:
        say(str(error), tone="bad")
        return False
    said = _translate("{file} is written in {folder}. Send it to a chief.")
    say(said.format(file=written.name, folder=written.parent), tone="good")
    return True


def choose_request_file(parent: QWidget, name: str, *, title: str, has_joined: bool = False) -> Path | None:
    """Asks where it goes, by the name of whoever asks or, by an invitation, has joined; None where that is left."""
    named = _translate("{name}-has-joined") if has_joined else _translate("{name}-asks-to-be-let-in")
    proposed = suggest_file(named.format(name=slug_of(name)) + BUNDLE_SUFFIX)
    chosen, _ = QFileDialog.getSaveFileName(parent, title, proposed, f"(*{BUNDLE_SUFFIX})")
    return Path(chosen) if chosen else None


def _translate(text: str) -> str:
    return QCoreApplication.translate("JoinRequests", text)
