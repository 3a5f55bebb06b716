"""Samples: a story to play with in a new newsroom, and a newsroom of invented people and stories to try the desk in."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from ovn_desk import assets
from ovn_desk.domain.article import ArticleId, Content
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Role
from ovn_desk.domain.workflow import State, Step
from ovn_desk.formats import markdown
from ovn_desk.messages import Message
from ovn_desk.signing import Signer
from ovn_desk.store import Readable, Store
from ovn_desk.text.helper import RenderHelper
from ovn_desk.usecases import founding, housekeeping, people, queries, reviewing, writing

_FOLDER = "samples"
_MAIN = "rail-groups.md"
_SENT_BACK = "school-hours.md"
_DRAFTS = ("urdu-rail.md", "water-tariff.md")
_STORY = "sample story"  # names of settings: the article that is one, and the reporter where all is
_NEWSROOM = "sample newsroom"


@dataclass(frozen=True, slots=True)
class Demo:
    """Where the demo left its newsroom and the exported page, and which story is being written there."""

    store: Path
    page: Path
    draft: ArticleId


@dataclass(frozen=True, slots=True)
class _Sample:
    """The sample newsroom: its editor, the story that is filed with everything in order, and one that is a draft."""

    store: Store
    editor: Signer
    filed: ArticleId
    draft: ArticleId


def sample_path(store: Path) -> Path:
    """Where the sample newsroom lies: beside the real one, whose place it never takes."""
    return store.with_name(f"{store.stem}-sample{store.suffix}")


def own_path(store: Path) -> Path | None:
    """The newsroom of one's own beside the sample newsroom; none where that lies elsewhere, as a demo's does."""
    own = store.with_name(store.name.replace(f"-sample{store.suffix}", store.suffix))
    return own if own != store else None


def add_sample(store: Store, *, by: Signer, text: str) -> ArticleId:
    """Puts a sample article (Markdown with front matter) in the store as a person's draft."""
    with store.read() as reading:
        house = reading.house()
    content = _dated_lately(markdown.read(text, house), today=queries.today(house))
    return writing.start(store, content, by=by)


def add_story_to_try(store: Store, *, by: Signer) -> ArticleId:
    """Puts the story to play with in a new newsroom, marked as a sample, in a language and category that it has."""
    with store.read() as reading:
        house = reading.house()
    file = _MAIN if "en" in house.languages else _DRAFTS[0]
    content = markdown.read(assets.text(f"{_FOLDER}/{file}"), replace(house, categories=founding.offered_sections()))
    content = _dated_lately(content, today=queries.today(house))
    category = house.section_key(content.category) or house.categories[0].key
    headline = str(Message("sample-headline", headline=content.headline))
    content = replace(content, headline=headline, category=category, byline=by.name)
    with store.begin() as tx:
        article = writing.add(tx, content, by=by)
        tx.set_setting(_STORY, article)
    return article


def story_to_try(store: Readable) -> ArticleId | None:
    """The story to play with, while it is in the list as a draft and is not kept as one's own."""
    with store.read() as reading:
        article = ArticleId(reading.setting(_STORY))
        if not article or reading.discarded_at(article) or reading.article(article).state is not State.DRAFT:
            return None
        return article


def forget_story(store: Store) -> None:
    """Takes the story to play with for one like the others."""
    with store.begin() as tx:
        tx.set_setting(_STORY, "")


def sample_reporter(store: Readable) -> str:
    """Whom one plays first in the sample newsroom; empty in a real one."""
    with store.read() as reading:
        return reading.setting(_NEWSROOM)


def make_sample_newsroom(path: Path) -> Store:
    """Makes the sample newsroom: three invented people with keys on this computer, and stories in several states."""
    return _make(path, assets.folder() / _FOLDER).store


def go_all_the_way(to: Path, *, samples: Path, renderer: RenderHelper) -> Demo:
    """Makes the sample newsroom in a folder, and takes one article from draft to exported page."""
    from ovn_desk.usecases import publishing  # a window that offers the sample does not export

    path = to / "newsroom.ovn"
    if path.exists():
        raise DeskError("demo-folder-exists", path=path)
    made = _make(path, samples)
    store, first, editor = made.store, made.filed, made.editor
    try:
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
    return Demo(path, to / "site" / page, made.draft)


def _make(path: Path, samples: Path) -> _Sample:
    house_text = assets.text(founding.SAMPLE_HOUSE)
    store = housekeeping.create_newsroom(path, house_text=house_text).store
    reporter, editor = _with_key(store, Role.REPORTER), _with_key(store, Role.EDITOR)
    sent_back, main = (_add(store, samples / name, reporter) for name in (_SENT_BACK, _MAIN))
    for article, note in ((sent_back, ""), (main, str(Message("sample-note")))):
        reviewing.take_step(store, article, Step.FILE, by=reporter, note=note)
    reviewing.take_step(store, sent_back, Step.SEND_BACK, by=editor, reason=str(Message("sample-sent-back")))
    *_, draft = (_add(store, samples / name, reporter) for name in _DRAFTS)
    with store.begin() as tx:
        tx.set_setting(_NEWSROOM, reporter.name)
    return _Sample(store, editor, main, draft)


def _add(store: Store, file: Path, by: Signer) -> ArticleId:
    return add_sample(store, by=by, text=file.read_text(encoding="utf-8"))


def _dated_lately(content: Content, *, today: str) -> Content:
    """A sample as if it had been written in the last seven days, each day on its day of the week."""
    days = [content.date, *(day for source in content.sources for day in (source.published, source.retrieved))]
    newest = max(filter(None, map(_day, days)), default=None)
    if newest is None:
        return content
    later = timedelta(weeks=(date.fromisoformat(today) - newest).days // 7)

    def move(day: str) -> str:
        read = _day(day)
        return (read + later).isoformat() if read else day

    sources = tuple(
        replace(source, published=move(source.published), retrieved=move(source.retrieved))
        for source in content.sources
    )
    return replace(content, date=move(content.date), sources=sources)


def _day(text: str) -> date | None:
    """A day that is written as ISO writes it; None for anything else, as a year alone."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _with_key(store: Store, role: Role) -> Signer:
    """The first person of this role, with a key that the chief makes for them on this computer."""
    with store.read() as reading:
        found = [person for person in reading.staff() if person.role is role]
    if not found:
        raise DeskError("demo-role-missing", role=role)
    return Signer(found[0], people.make_key(store, found[0]))
