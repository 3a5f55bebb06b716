"""What may leave the newsroom: a field is private until it is named public."""

import re
from dataclasses import fields, replace

import pytest
from hypothesis import given

import privacy
from contents import CONTENTS
from make import DAWN, content
from ovn_desk.domain.article import Content, Revision, WorkingCopy, tidy
from ovn_desk.domain.evidence import Reply
from ovn_desk.domain.house import Staff
from ovn_desk.domain.house_record import HouseRecord
from ovn_desk.domain.image import Image
from ovn_desk.domain.redaction import FIELDS, WITHHELD, redact
from ovn_desk.domain.roster import Record
from ovn_desk.domain.source import Source, Terms
from ovn_desk.domain.values import to_dict
from ovn_desk.domain.workflow import Event
from ovn_desk.rendering import page
from ovn_desk.text.canonical import digest
from ovn_desk.text.render import render

ALL = (privacy.PUBLIC, privacy.CONDITIONAL, privacy.PRIVATE)
STEPS = (privacy.STEPS_PUBLIC, privacy.STEPS_CONDITIONAL, privacy.STEPS_PRIVATE)


@pytest.mark.parametrize("roots", [(Content,), (Event, Revision, WorkingCopy, Record, HouseRecord, Staff)])
def test_every_field_of_every_kind_of_value_is_listed_by_hand_as_public_or_private(roots):
    tables = ALL if roots == (Content,) else (*ALL, *STEPS)
    for kind in privacy.kinds_in(*roots):
        names = privacy.listed(*tables, kind=kind)
        assert sorted(names) == sorted(part.name for part in fields(kind)), f"decide what readers may see of {kind}"


def test_the_program_lets_out_what_the_list_says_and_no_more():
    assert {kind: sorted(names) for kind, names in FIELDS.items()} == {
        kind: sorted(names.split()) for kind, names in privacy.PUBLIC.items() if names
    }


def leaks(made):
    """The canaries that are left in the public form of a text."""
    return sorted(set(re.findall("canary[a-z0-9]*", str(to_dict(redact(made)).values()).lower())))


def written():
    return content(**privacy.written(Image("train", "1" * 64, width=100, height=100)))


def test_no_text_of_a_private_field_is_left():
    assert leaks(written()) == []
    assert str(privacy.NUMBER) not in str(to_dict(redact(written())))


MUTANTS = [(kind, name) for kind in FIELDS for name in privacy.listed(privacy.PRIVATE, kind=kind)]


@pytest.mark.parametrize(("kind", "name"), MUTANTS, ids=[f"{kind.__name__}.{name}" for kind, name in MUTANTS])
def test_a_private_field_that_is_made_public_is_noticed(monkeypatch, kind, name):
    monkeypatch.setitem(FIELDS, kind, (*FIELDS[kind], name))
    is_left = str(privacy.NUMBER) in str(to_dict(redact(written()))) if name == "target_words" else leaks(written())
    assert is_left


def test_of_a_withheld_source_no_field_says_anything():
    made = redact(written())
    quiet = [source for source in made.sources if source.key != "dawn-rail"]
    assert len(quiet) == len(privacy.CITATIONS)
    for source in quiet:
        assert source == Source(source.key, name=WITHHELD, terms=Terms.BACKGROUND)


def test_a_source_that_is_not_on_record_keeps_only_its_place():
    quiet = replace(DAWN, key="general-x", terms=Terms.OFF_RECORD, publish_excerpts=True, role="A general")
    made = redact(content(body="So they say [@general-x p. 3], and more [@general-x].", sources=(quiet,)))
    assert made.body == "So they say [@withheld-1], and more [@withheld-1]."
    (left,) = made.sources
    assert (left.key, left.name, left.url, left.role, left.excerpts) == ("withheld-1", WITHHELD, "", "", ())


def test_excerpts_leave_only_where_they_may():
    kept = redact(content(sources=(replace(DAWN, publish_excerpts=True),)))
    assert kept.sources[0].excerpts == DAWN.excerpts
    assert redact(content()).sources[0].excerpts == ()


def test_what_is_not_cited_or_shown_and_notes_in_the_text_stay():
    body = "Text <!-- ask legal [@dawn-rail] --> on.\n\n```\n<!-- code -->\n```\n\nAnd `<!-- this -->`."
    made = redact(content(body=body))
    assert made.sources == ()
    assert made.body == "Text  on.\n\n```\n<!-- code -->\n```\n\nAnd `<!-- this -->`."


@pytest.mark.parametrize(("answer", "left"), [("", ""), ("We did nothing wrong.", "answered")])
def test_readers_learn_whether_somebody_answered_and_not_what(answer, left):
    made = redact(content(replies=(Reply("The ministry", "2025-07-19", contact="0300", answer=answer),)))
    assert made.replies == (Reply("The ministry", "2025-07-19", answer=left),)


@given(CONTENTS)
def test_what_is_public_of_the_public_is_the_same(made):
    once = redact(tidy(made))
    assert redact(once) == once


@given(CONTENTS)
def test_what_is_signed_does_not_change(made):
    keys = [source.key for source in made.sources]
    body = " ".join(["Words.", *(f"[@{key}]" for key in keys), *(f"![](image:{i.key})" for i in made.images)])
    made = replace(made, body=body)
    shown = render(made.body, keys, made.images)
    left = redact(made)
    again = render(left.body, [source.key for source in left.sources], left.images)
    before = digest(page.signed_fragment(made, shown.html, shown.cited))
    assert digest(page.signed_fragment(left, again.html, again.cited)) == before
