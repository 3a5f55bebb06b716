"""The request to be let in as a file for a chief: a bundle of one's own stories, which carries the request."""

from pathlib import Path

from ovn_desk import files
from ovn_desk.signing import Signer
from ovn_desk.sync import BUNDLE_SUFFIX, bundle
from ovn_desk.usecases import join_requests, writing
from ovn_desk.usecases.queries import Store, ask


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
