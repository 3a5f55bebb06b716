import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contents import CONTENTS
from make import DAWN, content
from ovn_desk.domain.article import Content, tidy
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.texts import key_for, normalised_text, slug_of
from ovn_desk.domain.values import from_dict, to_dict


@given(CONTENTS)
def test_tidying_twice_is_tidying_once(content):
    assert tidy(tidy(content)) == tidy(content)


@given(CONTENTS)
def test_content_comes_back_from_its_dictionary_through_json(content):
    content = tidy(content)
    assert from_dict(Content, json.loads(json.dumps(to_dict(content)))) == content


@given(st.text())
def test_stored_text_has_no_letter_that_can_not_be_stored(text):
    kept = normalised_text(text)
    kept.encode("utf-8")
    assert not set(kept) & {chr(n) for n in [*range(9), *range(11, 32), *range(127, 160)]}


@given(st.text(max_size=200))
def test_an_address_is_short_and_needs_no_escape(headline):
    slug = slug_of(headline)
    assert 0 < len(slug) <= 71
    assert not set(slug) & set(" /?#%&'\"<>\\.")


def test_an_unknown_field_of_a_newer_program_is_named():
    with pytest.raises(DeskError, match="“claims”"):
        from_dict(Content, {"headline": "x", "claims": []})


@pytest.mark.parametrize("key", ["", "a b", "ä", "-x", "x" * 41, "a]"])
def test_a_source_key_that_a_citation_could_not_hold_is_refused(key):
    with pytest.raises(DeskError, match="source key"):
        tidy(content(sources=(replace(DAWN, key=key),)))


def test_a_free_source_key_is_made_from_a_name():
    assert key_for("Dawn, Karachi") == "dawn-karachi"
    assert key_for("Dawn", ("dawn", "dawn-2")) == "dawn-3"
    assert key_for("روزنامہ") == "source"
