"""The form of a source: it changes what somebody changed in it, and loosens terms only when told so in words."""

from dataclasses import fields, replace

import pytest
from PySide6.QtCore import Qt

from make import DAWN
from ovn_desk.domain.source import Attachment, Source, SourceKind, Terms
from ovn_desk.ui.inspector.sources import form as forms
from ovn_desk.usecases import sourcing

FULL = Source(
    **{part.name: f"was {part.name}" for part in fields(Source) if part.type is str and part.name != "key"},
    key="s1",
    kind=SourceKind.PERSON,
    terms=Terms.BACKGROUND,
    excerpts=("One said.\n\nAnd went on.", "Two said."),
    publish_excerpts=True,
    is_independent=False,
    files=(Attachment("ab" * 32, "note.txt", "text/plain"),),
)


@pytest.fixture
def form(qtbot):
    made = forms.SourceForm(lambda: "2025-07-20")
    qtbot.addWidget(made)
    made.sent = []
    made.saved.connect(lambda source, _: made.sent.append(source))
    return made


def choose_terms(form, terms):
    form._terms.setCurrentIndex(form._terms.findData(terms))


def save(qtbot, form):
    qtbot.keyClick(form._fields["name"], Qt.Key.Key_Return)


@pytest.mark.parametrize("terms", Terms)
def test_a_source_that_nobody_changed_is_saved_as_it_was(qtbot, form, terms):
    given = replace(FULL, terms=terms)
    form.edit(given, ())
    save(qtbot, form)
    assert form.sent == [given]


@pytest.mark.parametrize("name", [*forms._PUBLIC, "contact", *forms._UNNAMED])
def test_only_the_field_that_was_written_in_is_changed(qtbot, form, name):
    form.edit(FULL, ())
    form._fields[name].setText("new")
    save(qtbot, form)
    assert form.sent == [replace(FULL, **{name: "new"})]


@pytest.mark.parametrize("before", Terms)
@pytest.mark.parametrize("after", Terms)
def test_looser_terms_are_saved_only_when_the_source_agreed(qtbot, form, before, after):
    given = replace(FULL, terms=before)
    form.edit(given, ())
    choose_terms(form, after)
    is_looser = list(Terms).index(after) < list(Terms).index(before)
    assert form._agreed.isVisibleTo(form) == is_looser
    save(qtbot, form)
    if is_looser:
        assert form.sent == []
        assert f"This source is {before}" in form._complaint.text()
        form._agreed.click()
        save(qtbot, form)
    assert form.sent == [replace(given, terms=after)]


def test_agreement_is_asked_for_each_time(qtbot, form):
    form.edit(replace(FULL, terms=Terms.OFF_RECORD), ())
    choose_terms(form, Terms.BACKGROUND)
    form._agreed.click()
    choose_terms(form, Terms.ON_RECORD)
    save(qtbot, form)
    assert form.sent == []


def change(text, source):
    """A source as a colleague changed it."""
    text.edit(sources=sourcing.put_source(text.content.sources, source, replaces=source.key))


def test_what_came_while_the_form_was_open_stays(qtbot, window, desk, space):
    article = desk.draft(sources=(DAWN,))
    window.features.articles.open(article)
    window.features.sources.open(DAWN.key)
    form = window.panes.details.sources.form
    change(space.text, replace(DAWN, terms=Terms.OFF_RECORD, note="Rang today"))
    form._fields["role"].setText("Newspaper")
    save(qtbot, form)
    wanted = replace(DAWN, terms=Terms.OFF_RECORD, note="Rang today", role="Newspaper")
    assert space.text.content.sources == (wanted,)


def test_looser_terms_than_a_colleague_agreed_meanwhile_are_not_saved(qtbot, window, desk, space):
    given = replace(DAWN, terms=Terms.BACKGROUND)
    article = desk.draft(sources=(given,))
    window.features.articles.open(article)
    window.features.sources.open(DAWN.key)
    form = window.panes.details.sources.form
    change(space.text, replace(given, terms=Terms.OFF_RECORD))
    choose_terms(form, Terms.ON_RECORD)
    form._agreed.click()
    save(qtbot, form)
    assert space.text.content.sources[0].terms is Terms.OFF_RECORD
    assert "meanwhile" in form._complaint.text()
