"""An article as it is opened, and as it stands after something came: its state, its address and its text."""

from dataclasses import dataclass

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.house import Staff
from ovn_desk.domain.workflow import EDITORS, Article, State
from ovn_desk.store import Readable, ReadTransaction
from ovn_desk.store.article_index import ArticleRow
from ovn_desk.text import undo
from ovn_desk.usecases import merging, writing
from ovn_desk.usecases.writing import KeptCopy

_LOOKED_AT = 100  # rows of the list


@dataclass(frozen=True, slots=True)
class Opened:
    """`known` is the text in the store, of several versions the one that was open before; `steps` can be undone.

    `is_discarded` says that this desk's list has it no more, `is_to_read` that its text was combined from two versions
    by itself, and that this person is asked to read it.
    """

    folded: Article
    slug: str
    known: KeptCopy
    steps: tuple[undo.Step, ...] = ()
    is_discarded: bool = False
    is_to_read: bool = False


def first_to_open(store: Readable, person: Staff) -> ArticleId | None:
    """The newest story that this person would go on with: none that is somebody else's draft, or not in their list."""
    with store.read() as reading:
        found = reading.rows(limit=_LOOKED_AT)
    return next((row.id for row in found if not person.id or _is_theirs(row, person)), None)


def _is_theirs(row: ArticleRow, person: Staff) -> bool:
    if person.id in {row.reporter, row.custody.holder, *row.custody.rivals}:
        return True
    return person.role in EDITORS and row.state is not State.DRAFT


def open_article(store: Readable, article: ArticleId, person: Staff) -> Opened:
    """Everything there is for a person to open an article with; raises DeskError for one that is not in this store."""
    with store.read() as reading:
        known, steps = writing.open_text(reading, article), writing.undo_steps(reading, article)
        folded, slug = reading.article(article), reading.row(article).slug
        is_to_read = merging.needs_reading(reading, article, person)
        return Opened(folded, slug, known, steps, reading.discarded_at(article) is not None, is_to_read)


def look_again(
    store: Readable, article: ArticleId, known: KeptCopy, person: Staff, *, with_text: bool
) -> Opened | None:
    """Read an open article again: `open_article` without its undo steps, and its text only `with_text`.

    None where none of its texts counts any more, as when whoever began it had left and did not know.
    """
    with store.read() as reading:
        folded = reading.history(article).article
        if folded is None:
            return None
        text = _text_now(reading, folded, known) if with_text else known
        is_discarded = reading.discarded_at(article) is not None
        is_to_read = merging.needs_reading(reading, article, person)
        return Opened(folded, reading.row(article).slug, text, is_discarded=is_discarded, is_to_read=is_to_read)


def _text_now(reading: ReadTransaction, folded: Article, known: KeptCopy) -> KeptCopy:
    if len(folded.heads) > 1 and reading.working_copy(folded.id) is None:
        for revision in (reading.revision(head) for head in folded.heads):
            if revision.id == known.base or revision.content == known.content:
                return KeptCopy(revision.id, revision.content)
    return writing.open_text(reading, folded.id)
