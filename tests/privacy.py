"""What may leave the newsroom and what may not, field by field, written by hand.

Nothing here asks the program which fields are private: `domain.public` says what it lets out, this says what it may.
A field that stands in neither list makes `tests/domain/test_public.py` fail until somebody has decided.
"""

from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from typing import get_args, get_type_hints

import photos
from make import DAWN
from ovn_desk.domain.ai_use import AiUse
from ovn_desk.domain.article import Content, Revision, WorkingCopy
from ovn_desk.domain.assignments import Assignment, Plan
from ovn_desk.domain.credits import Credit
from ovn_desk.domain.evidence import Correction, Reply, Waiver
from ovn_desk.domain.house import Staff
from ovn_desk.domain.house_record import HouseRecord, LogAddition
from ovn_desk.domain.image import Image
from ovn_desk.domain.roster import Record
from ovn_desk.domain.source import Attachment, Source, SourceKind, Terms
from ovn_desk.domain.workflow import (
    Address,
    ChangeDecision,
    CommentAnswer,
    CommentText,
    Event,
    Override,
    Quote,
    Step,
    Takeover,
)
from ovn_desk.store import records
from ovn_desk.usecases import commenting, pictures, planning, writing

# Of the text. What is conditional is public only where its comment says so.
PUBLIC = {
    Content: """headline standfirst body language genre category topics tags slug byline dateline date unverified
        translates sources images replies corrections ai_used""",
    Source: """key kind name role outlet url locator published retrieved medium language terms publish_excerpts
        is_independent""",
    Image: "key sha256 media width height crop shown alt is_decorative caption credit rights",
    Reply: "name asked_at",
    Correction: "key kind at said in_fact supersedes",
    AiUse: "task tool what",
    Attachment: "",
    Waiver: "",
}
CONDITIONAL = {
    Source: "excerpts",  # where the source says so, and never those of one that is withheld
    Reply: "answer",  # that there was one
}
PRIVATE = {
    Content: "ednote target_words waivers",
    Source: "note files contact why_unnamed how_they_know known_to",
    Image: "name note",
    Reply: "how contact deadline",
    Correction: "",
    AiUse: "",
    Attachment: "sha256 name media",
    Waiver: "kind mark words rule by at reason",
}

# Of what staff did and said. These never go out as records; of some, something goes into pages and the public log.
STEPS_PUBLIC = {
    Event: "article step revision by device at digest name key proof signature",  # an approval says them all
    Revision: "",
    WorkingCopy: "",
    Credit: "name part",  # who edited, corrected and approved: readers are told
    CommentText: "",
    CommentAnswer: "",
    Quote: "",
    ChangeDecision: "",
    Takeover: "",
    Override: "",
    Address: "path settles",
    Assignment: "",
    Plan: "",
    Record: "key about public name role",
    HouseRecord: "text log at key",
    LogAddition: "size root lines heads",
    Staff: "id name role is_retired",
}
# Reasons of a withdrawal and of an override; a correction; an address; who edited.
STEPS_CONDITIONAL = {Event: "reason details credits"}
STEPS_PRIVATE = {
    Event: "id previous after note newer",
    Revision: "id article content parents by device at key previous after nonce signature",
    WorkingCopy: "article base content kept_at token begun_at",
    Credit: "person",
    CommentText: "text on must_fix mentions",
    CommentAnswer: "to text mentions",
    Quote: "field exact prefix suffix start end nth of has_twin",
    ChangeDecision: "change accepted base edited made as_edited part start before after is_withdrawn",
    Takeover: "holder",
    Override: "gates",
    Address: "",
    Assignment: "who what due words",
    Plan: "embargo_until planned_at",
    Record: "id act person by device at previous after seen expires reason signature",
    HouseRecord: "id by device previous after signature",
    Staff: "",
}

NUMBER = 48_151_623  # a length asked for, which no page has by chance

# Each way to cite, `{k}` the key of a withheld source, `{w}` words about it, which are withheld as it is.
CITATIONS = {
    "plain": "So [@{k}].",
    "with a place": "So [@{k}, p. 3 {w}].",
    "with a place without comma": "So [@{k} {w}].",
    "with words before": "So [see {w} @{k}].",
    "with words before and after": "So [see {w} @{k}, also {w}].",
    "without the name": "So [-@{k}].",
    "without the name, with a place": "So [-@{k}, {w}].",
    "with words before, without the name": "So [see {w} -@{k}].",
    "first of two": "So [@{k}; @dawn-rail].",
    "second of two": "So [@dawn-rail; @{k}].",
    "second of two with words": "So [@dawn-rail, p. 2; see {w} @{k}, p. 3 {w}].",
    "between two": "So [@dawn-rail; -@{k} {w}; @dawn-rail, p. 9].",
    "in a heading": "## So it goes [@{k}]\n\nMore.",
    "in a list": "- This\n- That [@{k}, {w}]\n- Else",
    "in a quotation": "> They will [@{k}].\n\nSo.",
    "in a table": "| A | B |\n|---|---|\n| x | y [@{k}] |\n\nTable: What they say.",
    "in emphasis": "So *it is [@{k}]* and **so [@{k}, {w}]**.",
    "in Urdu": "وہ کہتے ہیں [@{k}، {w}]۔",
    "twice": "So [@{k}]. And again [@{k}, {w}].",
}


def listed(*tables, kind):
    """The fields of a kind that these tables name, in order."""
    return [name for table in tables for name in table.get(kind, "").split()]


def kinds_in(*roots):
    """Every kind of value that these hold, themselves among them."""
    found, left = {}, list(roots)
    while left:
        kind = left.pop()
        if is_dataclass(kind) and kind not in found:
            found[kind] = None
            left += get_type_hints(kind).values()
        left += [inner for inner in get_args(kind) if inner is not kind]
    return list(found)


def canary(*parts):
    """A word that stands nowhere else and says where it was."""
    return "canary" + "".join(letter for part in parts for letter in str(part).lower() if letter.isalnum())


def texts_of(kind, names, *where, **given):
    """A canary for each of these fields that is a text."""
    hints = get_type_hints(kind)
    return {name: canary(kind.__name__, *where, name) for name in names if hints[name] is str} | given


def withheld_source(number, way):
    """A source under terms, with a canary in every field that is a text."""
    return Source(
        **texts_of(Source, [part.name for part in fields(Source)], number, "quiet"),
        kind=SourceKind.PERSON,
        terms=Terms.BACKGROUND,
        excerpts=(canary(way, "excerpt"), "They will."),
        publish_excerpts=True,
        files=(Attachment(**texts_of(Attachment, ("sha256", "name", "media"), number)),),
    )


def named_source():
    """A source on the record with a canary in every field that is private."""
    private = listed(PRIVATE, kind=Source)
    file = Attachment(**texts_of(Attachment, listed(PRIVATE, kind=Attachment), "named"))
    return replace(DAWN, **texts_of(Source, private, "named"), excerpts=(canary("named excerpt"),), files=(file,))


def written(image):
    """A text with a canary in every private field and beside every way to cite; `image` is a stored picture."""
    quiet = {way: withheld_source(number, way) for number, way in enumerate(CITATIONS)}
    said = [
        form.format(k=quiet[way].key, w=canary("place", number)) for number, (way, form) in enumerate(CITATIONS.items())
    ]
    uncited = (
        Source("canaryunusedkey", name="canaryunusedname"),
        replace(withheld_source("never", "off record"), terms=Terms.OFF_RECORD),
    )
    shown = replace(
        image,
        key="train",
        alt="A train",
        caption="On the line",
        credit="Ali Raza",
        rights="Ours",
        **texts_of(Image, listed(PRIVATE, kind=Image)),
    )
    return {
        "body": "\n\n".join(["They meet [@dawn-rail].<!-- canarycomment -->", "![](image:train)", *said]) + "\n",
        "ednote": canary("ednote"),
        "target_words": NUMBER,
        "sources": (named_source(), *quiet.values(), *uncited),
        "images": (shown, replace(shown, key="canaryunshown", caption="canaryunshowncaption")),
        "waivers": (Waiver(**texts_of(Waiver, listed(PRIVATE, kind=Waiver))),),
        "replies": (Reply("The ministry", "2025-07-19", **texts_of(Reply, (*listed(PRIVATE, kind=Reply), "answer"))),),
        "corrections": (Correction("one", at="2025-07-21", said="They met.", in_fact="They meet."),),
    }


def approved(desk):
    """Such an article, approved, with a canary in all that staff said and planned about it, and in other work."""
    (picture,) = pictures.import_images(desk.store, [photos.loaded("JPEG", "canarypicture")]).images
    article = desk.draft(**written(picture))
    later = records.now() + timedelta(days=2)
    planning.assign(desk.store, article, by=desk.editor, to=desk.reporter.person, what=canary("assigned"), due=later)
    planning.plan(desk.store, article, by=desk.editor, embargo_until=later)
    planning.plan(desk.store, article, by=desk.editor, reason=canary("plan reason"))
    desk.step(article, Step.FILE, desk.reporter, note=canary("file note"))
    desk.step(article, Step.HOLD, desk.editor, reason=canary("hold reason"))
    desk.step(article, Step.RESTORE, desk.editor, note=canary("restore note"))
    desk.step(article, Step.SEND_BACK, desk.editor, reason=canary("send back reason"), note=canary("send back note"))
    desk.step(article, Step.FILE, desk.reporter)
    desk.step(article, Step.TAKE, desk.editor, note=canary("take note"))
    said = commenting.comment(desk.store, article, canary("comment"), by=desk.editor, on=Quote(exact=canary("quote")))
    commenting.reply(desk.store, article, said.id, canary("answer"), by=desk.reporter)
    commenting.resolve(desk.store, article, said.id, by=desk.editor, text=canary("settled"))
    desk.approve(article)
    other = desk.draft(headline=canary("another draft"))
    known = desk.read(writing.open_text, other)
    copy = replace(known.content, body=canary("being written"))
    writing.keep(desk.store, other, copy, by=desk.reporter, known=known)
    return article
