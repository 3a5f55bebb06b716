import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make import DAWN, content
from ovn_desk.domain.article import (
    Content,
    Genre,
    Source,
    SourceKind,
    Terms,
    content_from_dict,
    content_to_dict,
    normalised,
    slug_of,
    source_key_for,
    tidy,
)
from ovn_desk.domain.errors import DeskError

TEXT = st.text(max_size=40)
KEYS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,10}", fullmatch=True)
SOURCES = st.builds(
    Source,
    key=KEYS,
    kind=st.sampled_from(SourceKind),
    name=TEXT,
    outlet=TEXT,
    url=TEXT,
    terms=st.sampled_from(Terms),
    excerpts=st.lists(TEXT, max_size=2).map(tuple),
    publish_excerpts=st.booleans(),
    note=TEXT,
)
CONTENTS = st.builds(
    Content,
    headline=TEXT,
    standfirst=TEXT,
    body=st.text(max_size=200),
    language=st.sampled_from(["en", "ur"]),
    genre=st.sampled_from(Genre),
    tags=st.lists(TEXT, max_size=3).map(tuple),
    sources=st.lists(SOURCES, max_size=3).map(tuple),
    ednote=TEXT,
)


@given(CONTENTS)
def test_tidying_twice_is_tidying_once(content):
    assert tidy(tidy(content)) == tidy(content)


@given(CONTENTS)
def test_content_comes_back_from_its_dictionary_through_json(content):
    content = tidy(content)
    assert content_from_dict(json.loads(json.dumps(content_to_dict(content)))) == content


@given(st.text())
def test_stored_text_has_no_letter_that_can_not_be_stored(text):
    kept = normalised(text)
    kept.encode("utf-8")
    assert not set(kept) & {chr(n) for n in [*range(9), *range(11, 32), *range(127, 160)]}


@given(st.text(max_size=200))
def test_an_address_is_short_and_needs_no_escape(headline):
    slug = slug_of(headline)
    assert 0 < len(slug) <= 71
    assert not set(slug) & set(" /?#%&'\"<>\\.")


def test_an_unknown_field_of_a_newer_program_is_named():
    with pytest.raises(DeskError, match="“claims”"):
        content_from_dict({"headline": "x", "claims": []})


@pytest.mark.parametrize("key", ["", "a b", "ä", "-x", "x" * 41, "a]"])
def test_a_source_key_that_a_citation_could_not_hold_is_refused(key):
    with pytest.raises(DeskError, match="source key"):
        tidy(content(sources=(replace(DAWN, key=key),)))


def test_a_free_source_key_is_made_from_a_name():
    assert source_key_for("Dawn, Karachi") == "dawn-karachi"
    assert source_key_for("Dawn", ("dawn", "dawn-2")) == "dawn-3"
    assert source_key_for("روزنامہ") == "source"
