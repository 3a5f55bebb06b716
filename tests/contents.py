"""Any content an article may have, for property tests."""

from hypothesis import strategies as st

from ovn_desk.domain.article import Content, Genre
from ovn_desk.domain.evidence import Correction, CorrectionKind, Reply, Waiver, WaiverKind
from ovn_desk.domain.image import Image, ImageWidth
from ovn_desk.domain.source import Attachment, Source, SourceKind, Terms

TEXT = st.text(max_size=40)
KEYS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,10}", fullmatch=True)


def several(values, most=2):
    return st.lists(values, max_size=most).map(tuple)


SOURCES = st.builds(
    Source,
    key=KEYS,
    kind=st.sampled_from(SourceKind),
    name=TEXT,
    outlet=TEXT,
    url=TEXT,
    terms=st.sampled_from(Terms),
    excerpts=several(TEXT),
    publish_excerpts=st.booleans(),
    is_independent=st.booleans(),
    files=several(st.builds(Attachment, sha256=KEYS, name=TEXT, media=TEXT), 1),
    contact=TEXT,
    note=TEXT,
)
IMAGES = st.builds(
    Image,
    key=KEYS,
    sha256=KEYS,
    width=st.integers(0, 9000),
    height=st.integers(0, 9000),
    crop=st.sampled_from([(), (1, 2, 30, 40)]),
    shown=st.sampled_from(ImageWidth),
    alt=TEXT,
    is_decorative=st.booleans(),
    caption=TEXT,
    credit=TEXT,
)
CONTENTS = st.builds(
    Content,
    headline=TEXT,
    standfirst=TEXT,
    body=st.text(max_size=200),
    language=st.sampled_from(["en", "ur"]),
    genre=st.sampled_from(Genre),
    tags=several(TEXT, 3),
    ednote=TEXT,
    target_words=st.integers(0, 9000),
    sources=st.lists(SOURCES, max_size=3, unique_by=lambda source: source.key).map(tuple),
    images=st.lists(IMAGES, max_size=2, unique_by=lambda image: image.key).map(tuple),
    waivers=several(st.builds(Waiver, kind=st.sampled_from(WaiverKind), mark=TEXT, words=TEXT, by=TEXT, reason=TEXT)),
    replies=several(st.builds(Reply, name=TEXT, asked_at=TEXT, contact=TEXT, answer=TEXT)),
    corrections=several(st.builds(Correction, key=TEXT, kind=st.sampled_from(CorrectionKind), said=TEXT, in_fact=TEXT)),
)
