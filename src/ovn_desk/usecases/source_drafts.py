"""A source that is half written: kept on this laptop for its article, and never part of a record."""

import json
from dataclasses import dataclass

from ovn_desk.domain.article import ArticleId, Content
from ovn_desk.domain.source import Source
from ovn_desk.store import ReadTransaction, Store, records


@dataclass(frozen=True, slots=True)
class SourceDraft:
    """What stood on the sheet; `replaces` is the key of the source that was being changed, empty for a new one.

    `shape` is the choice it was written under, by its name in the window.
    """

    source: Source
    replaces: str = ""
    shape: str = "PERSON"


def keep_draft(store: Store, article: ArticleId, draft: SourceDraft | None) -> None:
    """Keep the draft of an article in the place of the one before; None takes it away."""
    text = ""
    if draft is not None:
        source = records.content_text(Content(sources=(draft.source,)))
        text = json.dumps({"source": source, "replaces": draft.replaces, "shape": draft.shape}, ensure_ascii=False)
    with store.begin() as tx:
        if tx.setting(_name(article)) != text:
            tx.set_setting(_name(article), text)


def read_draft(reading: ReadTransaction, article: ArticleId) -> SourceDraft | None:
    """The draft that was kept of an article's sources; None where there is none."""
    text = reading.setting(_name(article))
    if not text:
        return None
    data = json.loads(text)
    return SourceDraft(records.read_content(data["source"]).sources[0], data["replaces"], data["shape"])


def _name(article: ArticleId) -> str:
    return f"source draft {article}"
