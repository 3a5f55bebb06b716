"""An article with everything, and the same with each part of it empty or otherwise, told from the fields themselves."""

from dataclasses import MISSING, fields, is_dataclass, replace
from enum import StrEnum
from itertools import combinations

from issues import TRAIN
from ovn_desk.domain.ai_use import AiTask, AiUse
from ovn_desk.domain.article import Content, Genre
from ovn_desk.domain.evidence import Correction, CorrectionKind, Reply, Waiver, WaiverKind
from ovn_desk.domain.image import Image, ImageWidth
from ovn_desk.domain.source import Attachment, Source, SourceKind, Terms

KINDS = (Content, Source, Attachment, Image, Waiver, Reply, Correction, AiUse)


def _texts(made, **given):
    """A value of this kind with words in every text that is not given."""
    words = {
        part.name: f"Some {part.name.replace('_', ' ')}"
        for part in fields(made)
        if part.type is str and part.name not in given
    }
    return made(**words, **given)


_FILE = Attachment("cd" * 32, "note.pdf", "application/pdf")
_DAWN = _texts(
    Source,
    key="dawn-rail",
    kind=SourceKind.OUTLET,
    url="https://dawn.example/rail?a=1&b=2",
    published="2025-07-19",
    retrieved="2025-07-20",
    excerpts=("The groups meet in July.", "گروپ ملیں گے۔"),
    publish_excerpts=True,
    is_independent=False,
    files=(_FILE,),
)
_QUIET = replace(
    _DAWN, key="quiet", kind=SourceKind.PERSON, terms=Terms.BACKGROUND, files=(), excerpts=("They meet, I was there.",)
)
_LEAD = replace(
    TRAIN, name="train.jpg", crop=(10, 10, 1500, 800), shown=ImageWidth.FULL, rights="All of them", note="From the mail"
)
_BODY = """![](image:lead)

“They meet, I was there,” an official said [@quiet]. First [@dawn-rail, p. 3] with *em* and اردو.

## Heading

> The groups meet in July. [@dawn-rail]

- a
- b

| A | B |
|---|---|
| 1 | 2 |

![](image:full)

![](image:half)

In a line ![](image:lead) too."""

FULL = Content(
    headline="Rail groups to meet & talk <again>",
    standfirst="Working groups follow talks.\nشکریہ",
    body=_BODY,
    genre=Genre.ANALYSIS,
    category="politics",
    topics=("medtop:11000000", "medtop:20000574"),
    tags=("rail", "ریل", "a & b"),
    slug="rail-groups",
    byline="Rana Malik and علی رضا",
    dateline="Islamabad",
    date="2025-07-19",
    ednote="Please look at the second figure.",
    target_words=400,
    unverified="How many will come.",
    translates="0197f0c4-7a6e-7a10-8000-000000000001",
    sources=(_DAWN, _QUIET),
    images=(
        replace(_LEAD, key="lead", sha256="ef" * 32),
        replace(_LEAD, key="full", sha256="01" * 32, media="image/png", alt="", is_decorative=True),
        replace(_LEAD, key="half", sha256="23" * 32, shown=ImageWidth.HALF),
    ),
    waivers=(_texts(Waiver, kind=WaiverKind.STYLE, at="2025-07-20"),),
    replies=(
        _texts(Reply, asked_at="2025-07-19", deadline="2025-07-20"),
        Reply("The ministry", asked_at="2025-07-19"),
    ),
    corrections=(
        _texts(Correction, key="one", at="2025-08-01", supersedes=""),
        _texts(Correction, key="two", at="2025-08-02T10:00:00+05:00", kind=CorrectionKind.UPDATE, supersedes="one"),
    ),
    ai_used=(_texts(AiUse, task=AiTask.TRANSLATION), AiUse(AiTask.SUMMARY, tool="Claude")),
)


def default(part):
    """What a part is where nothing was said; MISSING for one that always is."""
    return part.default if part.default_factory is MISSING else part.default_factory()


def unused(content=FULL):
    """The fields that have their default everywhere in a content."""
    values = list(_values(content))
    return {
        f"{kind.__name__}.{part.name}"
        for kind in KINDS
        for part in fields(kind)
        if all(getattr(value, part.name) == default(part) for value in values if type(value) is kind)
    }


def _values(value):
    yield value
    for part in fields(value):
        found = getattr(value, part.name)
        for item in found if isinstance(found, tuple) else ():
            if is_dataclass(item):
                yield from _values(item)


def variants(value=FULL, place=""):
    """The place of one part, as `sources.0.name`, and the value with that part empty, or another of a few."""
    for part in fields(value):
        name, found = f"{place}{part.name}", getattr(value, part.name)
        for words, other in _others(found, part):
            yield f"{name}{words}", replace(value, **{part.name: other})
        if is_dataclass(found):
            for inner, other in variants(found, f"{name}."):
                yield inner, replace(value, **{part.name: other})
        for index, item in enumerate(found) if isinstance(found, tuple) else ():
            yield f"{name}.{index}", replace(value, **{part.name: (*found[:index], *found[index + 1 :])})
            for inner, other in variants(item, f"{name}.{index}.") if is_dataclass(item) else ():
                yield inner, replace(value, **{part.name: (*found[:index], other, *found[index + 1 :])})


def _others(found, part):
    if isinstance(found, bool):
        yield "", not found
    elif isinstance(found, StrEnum):
        yield from ((f"={one}", one) for one in type(found) if one is not found)
    elif default(part) is not MISSING and found != default(part):
        yield "", default(part)
    if part.name == "language" and found == "en":
        yield "=ur", "ur"


def names_of_pairs(content=FULL):
    """The places of every two parts of which neither is in the other."""
    names = [name for name, _ in variants(content)]
    for one, other in combinations(names, 2):
        first, second = f"{one.partition('=')[0]}.", f"{other.partition('=')[0]}."
        if not first.startswith(second) and not second.startswith(first):
            yield one, other


def without(*places, content=FULL):
    """The content with these parts changed; the later ones of a list first, so that the others keep their places."""
    for place in sorted(places, key=lambda name: [int(one) if one.isdigit() else 0 for one in name.split(".")])[::-1]:
        content = next(changed for name, changed in variants(content) if name == place)
    return content
