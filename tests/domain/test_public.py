"""What may leave the newsroom: a field is private until it is named public."""

from dataclasses import fields, is_dataclass, replace
from enum import StrEnum
from typing import get_args, get_type_hints

import pytest
from hypothesis import given

from contents import CONTENTS
from make import DAWN, content
from ovn_desk.domain.article import Content, tidy
from ovn_desk.domain.evidence import Reply
from ovn_desk.domain.public import FIELDS, WITHHELD, public
from ovn_desk.domain.source import Terms
from ovn_desk.domain.values import to_dict
from ovn_desk.formats import page
from ovn_desk.text.canonical import digest
from ovn_desk.text.render import render


def test_every_public_field_exists_and_every_kind_of_value_is_named_or_private():
    for kind, names in FIELDS.items():
        assert set(names) <= {part.name for part in fields(kind)}


def canaried(kind, number):
    """A value of a kind whose every text says which field it stands in, and the texts that are private."""
    texts, private = {}, set()
    hints = get_type_hints(kind)
    for part in fields(kind):
        inner = get_args(hints[part.name])[:1] or (hints[part.name],)
        word = f"canary{number}{kind.__name__}{part.name}".replace("_", "")
        if inner[0] is str:
            texts[part.name] = (word,) if get_args(hints[part.name]) else word
            private |= set() if part.name in FIELDS.get(kind, ()) else {word}
        elif is_dataclass(inner[0]) and not issubclass(inner[0], StrEnum):
            made, more = canaried(inner[0], number)
            texts[part.name] = (made,)
            private |= more if kind is not Content or part.name in FIELDS[kind] else set()
    return kind(**texts), private


def test_no_text_of_a_private_field_is_left():
    made, private = canaried(Content, 1)
    made = replace(
        made,
        body=f"Cites [@{made.sources[0].key}] and shows ![](image:{made.images[0].key}).",
    )
    left = str(to_dict(public(made)))
    assert len(private) > 8
    assert [word for word in private if word in left] == []
    assert made.headline in left
    assert made.sources[0].name in left
    assert made.images[0].caption in left


def test_a_source_that_is_not_on_record_keeps_only_its_place():
    quiet = replace(DAWN, key="general-x", terms=Terms.OFF_RECORD, publish_excerpts=True, role="A general")
    made = public(content(body="So they say [@general-x p. 3], and more [@general-x].", sources=(quiet,)))
    assert made.body == "So they say [@withheld-1], and more [@withheld-1]."
    (left,) = made.sources
    assert (left.key, left.name, left.url, left.role, left.excerpts) == ("withheld-1", WITHHELD, "", "", ())


def test_excerpts_leave_only_where_they_may():
    kept = public(content(sources=(replace(DAWN, publish_excerpts=True),)))
    assert kept.sources[0].excerpts == DAWN.excerpts
    assert public(content()).sources[0].excerpts == ()


def test_what_is_not_cited_or_shown_and_notes_in_the_text_stay():
    body = "Text <!-- ask legal [@dawn-rail] --> on.\n\n```\n<!-- code -->\n```\n\nAnd `<!-- this -->`."
    made = public(content(body=body))
    assert made.sources == ()
    assert made.body == "Text  on.\n\n```\n<!-- code -->\n```\n\nAnd `<!-- this -->`."


@pytest.mark.parametrize(("answer", "left"), [("", ""), ("We did nothing wrong.", "answered")])
def test_readers_learn_whether_somebody_answered_and_not_what(answer, left):
    made = public(content(replies=(Reply("The ministry", "2025-07-19", contact="0300", answer=answer),)))
    assert made.replies == (Reply("The ministry", "2025-07-19", answer=left),)


@given(CONTENTS)
def test_what_is_public_of_the_public_is_the_same(made):
    once = public(tidy(made))
    assert public(once) == once


@given(CONTENTS)
def test_what_is_signed_does_not_change(made):
    keys = [source.key for source in made.sources]
    body = " ".join(["Words.", *(f"[@{key}]" for key in keys), *(f"![](image:{i.key})" for i in made.images)])
    made = replace(made, body=body)
    shown = render(made.body, keys, made.images)
    left = public(made)
    again = render(left.body, [source.key for source in left.sources], left.images)
    before = digest(page.signed_fragment(made, shown.html, shown.cited))
    assert digest(page.signed_fragment(left, again.html, again.cited)) == before
