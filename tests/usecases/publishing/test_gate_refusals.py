"""Whom a refusal by the last gate stops: the article whose secret it is, and nobody else."""

from dataclasses import replace
from functools import partial

import pytest

from make import DAWN, HOUSE, content
from ovn_desk.domain import checklist
from ovn_desk.domain.house_file import read_house
from ovn_desk.domain.source import Source, SourceKind, Terms
from ovn_desk.domain.workflow import State, Step
from ovn_desk.formats import FORMATS, SITE
from ovn_desk.usecases import publishing, reviewing
from ovn_desk.usecases.publishing import building, exporting

QUIET = Source(
    "m",
    SourceKind.PERSON,
    name="Imran Quietly",
    terms=Terms.BACKGROUND,
    excerpts=("They will shut it.",),
    why_unnamed="fears for his post",
    how_they_know="took the minutes",
    known_to="Ayesha Khan",
)
BODY = "They meet [@dawn-rail]. He said so [@m]."
PLAIN = "2025/07/quetta-hospital-opens-today-in-pakistan.html"


def export(desk, folder, **options):
    return publishing.export(
        desk.store, publishing.ExportRequest(None, folder, **options), by=desk.editor, renderer=desk.renderer
    )


def plain(desk):
    return desk.approved(headline="Quetta hospital opens today in Pakistan", body="Inside the hall [@dawn-rail].")


def quiet(desk, **fields):
    return desk.approved(headline="The quiet story", body=BODY, sources=(DAWN, replace(QUIET, **fields)))


@pytest.mark.parametrize(
    ("form", "fields"),
    [
        ("site", {"note": "Quetta"}),
        ("site", {"contact": "today"}),
        ("site", {"name": "Pakistan"}),
        ("site", {"name": "Section"}),
        ("site", {"note": "inline"}),
        ("site", {"contact": "hidden"}),
        ("site", {"how_they_know": "hospital opens today"}),
        ("site", {"key": "quetta-hospital"}),
        ("page", {"name": "Section"}),
        ("page", {"note": "inline"}),
        ("page", {"key": "quetta-hospital"}),
        ("wxr", {"name": "Section"}),
        ("wxr", {"contact": "hidden"}),
        ("wxr", {"key": "quetta-hospital"}),
    ],
    ids=str,
)
def test_words_that_others_or_every_page_say_stop_nothing(desk, tmp_path, form, fields):
    other = plain(desk)
    body = BODY.replace("@m", f"@{fields.get('key', 'm')}")
    article = desk.approved(headline="The quiet story", body=body, sources=(DAWN, replace(QUIET, **fields)))
    done = export(desk, tmp_path / "out", format=form)
    assert done.refused == ()
    assert {desk.article(one).state for one in (other, article)} == {State.PUBLISHED}


@pytest.mark.parametrize("comment", ["inline", "Quetta", "hidden", "a picture to come", "x"])
def test_a_comment_beside_a_broken_picture_is_cut_and_stops_nothing(desk, tmp_path, comment):
    plain(desk)
    body = f'<p>They meet <!-- {comment} --> in July [@dawn-rail].</p>\n\n<img src="gone.jpg">\n\n![](image:gone)\n'
    article = desk.draft(headline="Raw", body=body)
    desk.step(article, Step.FILE, desk.reporter)
    desk.step(article, Step.TAKE, desk.chief)
    reviewing.approve(desk.store, article, by=desk.chief, renderer=desk.renderer, override="It cannot wait any longer")
    assert export(desk, tmp_path / "out").refused == ()
    assert f"<!-- {comment} -->" not in (tmp_path / "out" / "2025/07/raw.html").read_text()


@pytest.fixture
def leaking(monkeypatch):
    """A site whose pages, and feed if asked for, say words that only one article has as a secret: a faulty format."""

    def plant(words, on):
        def faulty(edition, suffix):
            for file in SITE.build(edition, suffix):
                planted = partial(_with_words, file.write, words)
                yield replace(file, write=planted, made_from="") if on(file.path, edition) else file

        monkeypatch.setattr(building, "FORMATS", {**FORMATS, "site": replace(SITE, build=faulty)})

    return plant


def _with_words(write, words, *models):
    data = write(*models)
    return (data.encode() if isinstance(data, str) else data) + words.encode()


def _with_the_quiet_story(edition):
    return any(one.content.headline == "The quiet story" for one in edition.models)


@pytest.mark.parametrize("place", ["2025/07/the-quiet-story.html", PLAIN, "feed.xml", "index.html"])
@pytest.mark.parametrize("as_zip", [False, True])
def test_a_leak_refuses_the_article_whose_secret_it_is_and_all_else_goes_out(desk, tmp_path, leaking, place, as_zip):
    other, article = plain(desk), quiet(desk, contact="+92 300 1234567")
    leaking("+92 300 1234567", lambda name, edition: name == place and _with_the_quiet_story(edition))
    done = export(desk, tmp_path / ("out.zip" if as_zip else "out"), as_zip=as_zip)
    (refused,) = done.refused
    assert refused.id == article
    assert f"{place} would carry the contact of the source “m” of “The quiet story”" in refused.reason
    assert (desk.article(other).state, desk.article(article).state) == (State.PUBLISHED, State.APPROVED)
    if not as_zip:
        texts = {file.name: file.read_bytes() for file in (tmp_path / "out").rglob("*") if file.is_file()}
        assert (tmp_path / "out" / PLAIN).is_file()
        assert [name for name, text in texts.items() if b"300 1234567" in text or b"The quiet story" in text] == []


def test_what_leaks_without_its_article_too_refuses_the_page_that_carries_it(desk, tmp_path, leaking):
    other, article = plain(desk), quiet(desk, contact="+92 300 1234567")
    third = desk.approved(headline="A third story")
    leaking("+92 300 1234567", lambda name, _edition: name == PLAIN)
    assert {one.id for one in export(desk, tmp_path / "out").refused} == {article, other}
    assert desk.article(third).state is State.PUBLISHED
    assert not (tmp_path / "out" / PLAIN).exists()


def test_what_leaks_into_a_list_without_its_article_stops_the_export(desk, tmp_path, leaking):
    plain(desk)
    quiet(desk, contact="+92 300 1234567")
    leaking("+92 300 1234567", lambda name, _edition: name == "feed.xml")
    with pytest.raises(exporting.Leak, match=r"Nothing was exported: feed\.xml would carry .* of “The quiet story”"):
        export(desk, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_correction_that_leaks_leaves_the_text_that_is_live(desk, tmp_path, leaking):
    plain(desk)
    article = quiet(desk)
    export(desk, tmp_path / "out")
    desk.correct(article)
    desk.edit(article, desk.reporter, standfirst="Now with more.", ednote="embargo lifted by telephone")
    desk.step(article, Step.FILE, desk.reporter)
    desk.step(article, Step.TAKE, desk.editor)
    desk.approve(article)
    page = "2025/07/the-quiet-story.html"
    leaking("embargo lifted by telephone", lambda name, edition: name == page and _says_more(edition))
    done = export(desk, tmp_path / "out")
    assert [one.id for one in done.refused] == [article]
    text = (tmp_path / "out" / page).read_text()
    assert "Working groups follow talks." in text
    assert "Now with more." not in text


def _says_more(edition):
    return any(one.content.standfirst == "Now with more." for one in edition.models)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"note": "Quetta"}, "The note of the source “m” is only “Quetta”."),
        ({"contact": "today"}, "The contact of the source “m” is only “today”."),
        ({"name": "Pakistan"}, "The name of the source “m” is only “Pakistan”."),
        ({"contact": "+92 300 1234567", "note": "met behind the station"}, ""),
        ({"note": "July"}, ""),  # the article says it itself
        ({"note": ""}, ""),
    ],
)
def test_a_withheld_word_that_may_stand_anywhere_is_told_before_approval(fields, said):
    text = content(body="The groups meet in July [@dawn-rail]. [@m]", sources=(DAWN, replace(QUIET, **fields)))
    found = [one for one in checklist.problems(text, read_house(HOUSE)) if one.rule == "withheld"]
    assert [one.message.partition(" It is")[0] for one in found] == ([said] if said else [])
    assert not any(one.blocks_approval for one in found)
