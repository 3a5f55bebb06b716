"""The command that uploads to the newsroom's WordPress site: upload."""

import os
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from ovn_desk.cli import desk
from ovn_desk.cli.pages import exporter
from ovn_desk.domain.errors import DeskError

if TYPE_CHECKING:
    from ovn_desk.store import Store
    from ovn_desk.usecases.uploading import Access, Uploaded

_PASSWORD = "OVN_DESK_WORDPRESS_PASSWORD"  # noqa: S105 - the name of the variable


def add_to(app: typer.Typer) -> None:
    app.command()(upload)


def upload(
    articles: Annotated[list[str] | None, typer.Argument(metavar="[ID…]", help="Ids or slugs.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All that is approved or published.")] = False,
    site: Annotated[str, typer.Option(metavar="URL", help="The site's front page; remembered.")] = "",
    user: Annotated[str, typer.Option(metavar="NAME", help="The user's name there; remembered.")] = "",
    publish: Annotated[bool, typer.Option("--publish", help="Live at once; otherwise new posts are drafts.")] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Also over posts that were changed on the site since.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only ask the site what would be created, changed and left.")
    ] = False,
    keep_password: Annotated[
        bool, typer.Option("--keep-password", help="Keep the password in this login's keyring.")
    ] = False,
    as_name: desk.AsName = "",
    passphrase_file: desk.PassphraseFile = None,
    as_json: desk.AsJson = False,
) -> None:
    """Upload approved articles to a WordPress site, as drafts unless you say otherwise.

    The application password comes from OVN_DESK_WORDPRESS_PASSWORD, the keyring or a prompt; it is never an argument.
    """
    if not articles and not everything:
        raise DeskError("cli-upload-articles-unnamed")
    from ovn_desk.usecases import uploading  # only those who upload need its libraries

    with desk.given_store() as store:
        access = _access(store, site, user)
        by = desk.signer_of(store, exporter(store, as_name), passphrase_file)
        with store.read() as reading:
            ids = None if everything else [reading.find(article) for article in articles or ()]
        with store.begin() as tx:
            uploading.keep(tx, access.site, access.user)
        if keep_password:
            uploading.check_keyring()
        how = uploading.How(publish, overwrite, dry_run)
        with desk.rendering() as renderer, uploading.Site(access) as there, desk.progress("Uploading") as move:
            done = uploading.upload(store, ids, there, by=by, renderer=renderer, how=how, progress=move)
        if keep_password:  # only one that the site knew
            uploading.keep_password(access)
    if as_json:
        desk.print_json(asdict(done))
    else:
        _say(done)
    for note in done.notes:
        desk.note(note)
    desk.say_left_out(done.waiting, done.refused)


def _access(store: "Store", site: str, user: str) -> "Access":
    """The site and user that were named, or those of the last upload, and their password."""
    from ovn_desk.usecases import uploading

    with store.read() as reading:
        known_site, known_user = uploading.last_used(reading)
    if not (site or known_site) or not (user or known_user):
        raise DeskError("cli-upload-site-unnamed")
    where, who = uploading.address(site or known_site), user or known_user
    password = os.environ.get(_PASSWORD, "") or uploading.kept_password(where, who)
    if not password and sys.stdin.isatty():
        password = typer.prompt(f"Application password of {who} at {where}", hide_input=True, err=True)
    if not password:
        raise DeskError("cli-upload-password-missing", who=who, where=where, variable=_PASSWORD)
    return uploading.Access(where, who, password)


def _say(done: "Uploaded") -> None:
    """A line for each post that is not as it was, and how many there are."""
    for kind in ("new", "changed"):
        for sent in getattr(done, kind):
            desk.say(f"{kind:<9} {sent.headline}{f'  {sent.address}' if sent.address else ''}")
    for added in done.added:
        desk.say(f"{'added':<9} {added}")
    desk.say(f"{len(done.new)} new, {len(done.changed)} changed, {len(done.unchanged)} unchanged.")
