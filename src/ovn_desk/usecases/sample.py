"""The sample newsroom: an article to play with at first start, and the demo that goes all the way."""

from dataclasses import dataclass
from pathlib import Path

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Role
from ovn_desk.domain.workflow import Step
from ovn_desk.formats import markdown
from ovn_desk.messages import Message
from ovn_desk.signing import Signer
from ovn_desk.store import Store
from ovn_desk.text.helper import RenderHelper
from ovn_desk.usecases import housekeeping, people, publishing, reviewing, writing


@dataclass(frozen=True, slots=True)
class Demo:
    """Where the demo left its newsroom and the exported page."""

    store: Path
    page: Path


def add_sample(store: Store, *, by: Signer, text: str) -> ArticleId:
    """Puts a sample article (Markdown with front matter) in the store as a person's draft."""
    with store.read() as reading:
        house = reading.house()
    return writing.start(store, markdown.read(text, house), by=by)


def go_all_the_way(to: Path, *, samples: Path, renderer: RenderHelper) -> Demo:
    """Makes the sample newsroom in a folder, and takes one article from draft to exported page."""
    path = to / "newsroom.ovn"
    if path.exists():
        raise DeskError("demo-folder-exists", path=path)
    house_text = (samples / "openvoicenews.toml").read_text(encoding="utf-8")
    store = housekeeping.create_newsroom(path, house_text=house_text).store
    try:
        reporter, editor = _with_key(store, Role.REPORTER), _with_key(store, Role.EDITOR)
        articles = [
            add_sample(store, by=reporter, text=file.read_text(encoding="utf-8"))
            for file in sorted(samples.glob("*.md"))
        ]
        first = articles[0]
        reviewing.take_step(store, first, Step.FILE, by=reporter, note="Figures are from the ministry's note.")
        reviewing.take_step(store, first, Step.TAKE, by=editor)
        reviewing.approve(store, first, by=editor, renderer=renderer)
        done = publishing.export(store, publishing.ExportRequest((first,), to / "site"), by=editor, renderer=renderer)
        if done.refused:
            raise DeskError(Message(done.refused[0].reason))
        with store.read() as reading:
            slug = reading.row(first).slug
        page = next(name for name in done.written if name.endswith(f"/{slug}.html"))
    finally:
        store.close()
    return Demo(path, to / "site" / page)


def _with_key(store: Store, role: Role) -> Signer:
    """The first person of this role, with a key that the chief makes for them on this computer."""
    with store.read() as reading:
        found = [person for person in reading.staff() if person.role is role]
    if not found:
        raise DeskError("demo-role-missing", role=role)
    return Signer(found[0], people.make_key(store, found[0]))
