"""Each part of an article that may be empty, empty, singly and in pairs: what is made of it is made, or refused."""

import os
import random
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

import optional
import sharing
from issues import FIRST, issue
from make import HOUSE, Desk, content, newsroom
from ovn_desk.domain.article import Content, tidy
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house_file import read_house
from ovn_desk.formats import FORMATS, annotated, markdown
from ovn_desk.formats.site.log import Fact
from ovn_desk.rendering import page
from ovn_desk.rendering.artifact import Artifact
from ovn_desk.rendering.format import Edition
from ovn_desk.rendering.model import (
    Approval,
    PageModel,
    Repair,
    Shown,
    Translation,
    Translations,
    Withdrawal,
)
from ovn_desk.store.histories import Stamp
from ovn_desk.sync import bundle
from ovn_desk.text.render import render
from ovn_desk.usecases import checking, pictures, writing
from ovn_desk.usecases.publishing import building
from ovn_desk.usecases.publishing.addressing import Place
from ovn_desk.usecases.publishing.gathering import Gathered
from ovn_desk.usecases.publishing.verified import VerifiedArticle
from ovn_desk.usecases.uploading import outgoing
from ovn_desk.usecases.uploading.library import Media
from photos import photo

WRITTEN = [name for name in FORMATS if name != "pdf"]  # Chromium prints what `page` writes
RICH = read_house(
    HOUSE
    + """
[policies]
ethicsPolicy = { en = "We take no gifts.", ur = "ہم تحفہ نہیں لیتے۔" }
correctionsPolicy = "https://post.example/how-we-correct.html"
"""
)
TRANSLATED = Translations(
    (Translation("ur", "2025/07/a.html", is_original=True), Translation("en", "2025/07/b.html", is_from_here=True)),
    (("en", "2025/07/rail-groups.html"), ("ur", "2025/07/a.html"), ("x-default", "2025/07/rail-groups.html")),
)
SIGNED = Approval("ab" * 32, "cd" * 32, "Ayesha Khan", "ovn-0123456789abcdef", '{"override": "Time"}', "c2ln")
PICTURE = photo((60, 30))


@pytest.fixture(scope="module")
def approved(tmp_path_factory, renderer):
    """An article with its approval, from a store."""
    store = newsroom(tmp_path_factory.mktemp("optional") / "newsroom.ovn")
    desk = Desk(store, renderer)
    yield desk.article(desk.approved())
    store.close()


@pytest.fixture(scope="module")
def ready(approved):
    """What an export writes an article from, with everything that stands beside its text."""

    def made(number, shown):
        path, id = f"2025/07/v{number}.html", f"{number:08}-0000-7000-8000-000000000000"
        repairs = (Repair(FIRST + timedelta(days=2), 3.5),)
        return VerifiedArticle(
            replace(approved, id=id),
            Stamp(*([1] * len(Stamp._fields))),
            approved.approval,
            replace(shown, id=id, path=path, repairs=repairs, overrides=(FIRST,)),
            Place(path),
            (Fact("2025-07-20T07:30:00.000+00:00", "published", "urn:uuid:1", "ef" * 32, "ovn-1"),),
        )

    return made


def shown(made):
    """What readers see of a content, approved, published and translated; a picture that is no size has no copies."""
    found = issue(**{part: getattr(made, part) for part in Content.__dataclass_fields__})
    return replace(found, updated_at=FIRST + timedelta(days=1), approval=SIGNED, translations=TRANSLATED)


def build(items, house, gone=(), written="wordpress"):
    """An export of these items under way, as the use case prepares it."""
    addresses = {address for item in items for one in item.model.pictures for _, address in one.copies}
    files = {address: Artifact.of(address, PICTURE) for address in addresses}
    models, withdrawn = (tuple(one.model for one in some) for some in (items, gone))
    edition = Edition(house, FIRST, models, withdrawn, images=files, keys={"ovn-1": "cHVi"})
    gathered = Gathered(list(items), gone=list(gone))
    known = {one.article.id: one for one in (*items, *gone)}
    gate = building.gate_of(gathered, edition, lambda model: model)
    files = FORMATS[written].files(edition)
    return building.Build(frozenset(known), FIRST, gathered, known, None, edition, gate, lambda model: model, files)


def outcomes(act):
    """What went wrong otherwise than in words."""
    try:
        act()
    except DeskError:
        return ""
    except Exception as error:  # noqa: BLE001 - what it is says the test
        return repr(error)
    return ""


def upload(items, house):
    """What a WordPress site is sent of these."""
    posts, refused = outgoing.of(build(items, house))
    assert refused == []
    for wanted in posts:
        media = {
            one.name: Media(number, one.name, one.alt, one.caption)
            for number, (one, _) in enumerate(wanted.pictures, 1)
        }
        wanted.values(media, {})
        wanted.publishing_values(FIRST)


def failures(items, house, gone=(), written=WRITTEN):
    """Form and file of what could not be made, and how that ended."""
    if wrong := outcomes(lambda: upload(items, house)):
        yield "upload", "", wrong
    for form in written:
        try:
            made = build(items, house, gone, form)
        except DeskError:
            continue
        for file in made.files:
            if wrong := outcomes(partial(made.make, file)):
                yield form, file.path, wrong


def failures_alone(made):
    """What could not be made of one content without an export."""
    rendered = render(made.body, [source.key for source in made.sources], made.images)
    drafted = PageModel(
        made,
        rendered.html,
        rendered.cited,
        pictures=tuple(map(Shown, pictures.images_with_keys(made, rendered.pictures))),
    )
    acts = {
        "preview": lambda: page.write(drafted, RICH),
        "parts": lambda: page.parts(drafted, rendered, RICH),
        **{f"{kind} card": lambda kind=kind: page.cards.write(drafted, RICH, kind) for kind in page.cards.KINDS},
        "annotated": lambda: annotated.write(made, checking.check_content(made, RICH).claims, RICH, made_at=made.date),
        "markdown": lambda: None if markdown.read(markdown.write(made), RICH) == made else pytest.fail("another text"),
    }
    for name, act in acts.items():
        if wrong := outcomes(act):
            yield name, "", wrong


def broken(items, written=WRITTEN):
    """What could not be exported of these items by the place that is empty: all at once, and each for a report."""
    if not list(failures([item for _, item in items], RICH, written=written)):
        return {}
    return {
        f"{form} {path} without {place}": wrong
        for place, item in items
        for form, path, wrong in failures([item], RICH, written=written)
    }


def check(named, ready, written=WRITTEN):
    """Puts every content through everything; where something broke, tells of which content it was."""
    found, items = {}, []
    for place, changed in named:
        if outcomes(lambda changed=changed: tidy(changed)) or not (made := tidied(changed)):
            continue
        for name, _, wrong in failures_alone(made):
            found[f"{name} without {place}"] = wrong
        items.append((place, ready(len(items), shown(made))))
    assert len(items) > 1
    assert found | broken(items, written) == {}


def tidied(changed):
    """The content as it is stored; none where it may not be stored so."""
    try:
        return tidy(changed)
    except DeskError:
        return None


def test_the_article_with_everything_lacks_no_field():
    assert optional.unused() == {"Content.language"}, "Give a new field a value in tests/optional.py."


def test_the_article_with_everything_goes_out_in_every_form(ready):
    items = [ready(0, shown(tidy(optional.FULL)))]
    for form in WRITTEN:
        made = build(items, RICH, written=form)
        for file in made.files:
            made.make(file)
    upload(items, RICH)


def test_each_part_may_be_empty(ready):
    check(
        [("nothing", optional.FULL), *((place, made) for place, made in optional.variants() if "=" not in place)], ready
    )


def test_each_part_may_be_another_of_its_kind(ready):
    others = [(place, made) for place, made in optional.variants() if "=" in place]
    check(others, ready, [form for form in WRITTEN if form != "docx"])  # it shows no kind, and takes longest


def some_pairs(number):
    pairs = random.sample(list(optional.names_of_pairs()), number)
    return [(f"{one}, {other}", optional.without(one, other)) for one, other in pairs]


def test_any_two_parts_may_be_empty(ready):
    check(some_pairs(50), ready)


@pytest.mark.campaign
@pytest.mark.timeout(3600)
def test_a_thousand_pairs_of_parts_may_be_empty(ready):
    for _ in range(int(os.environ.get("PAIRS", "1000")) // 100):
        check(some_pairs(100), ready)


def test_a_bundle_carries_each_as_it_is(template, tmp_path, renderer):
    contents = [made for _, changed in optional.variants() if (made := tidied(changed))]
    with sharing.opened(template, tmp_path, renderer) as (one, other):
        with one.store.begin() as tx:
            articles = [writing.add(tx, made, by=one.reporter) for made in contents if not made.is_empty]
        to = tmp_path / "all.ovnb"
        bundle.write(one.store, to, articles, by=one.reporter)
        assert not bundle.import_bundle(other.store, to).refused
        came = [other.read(writing.text_of, article) for article in articles]
    assert came == [made for made in contents if not made.is_empty]


def test_an_empty_article_goes_through_everything(ready):
    check([("everything", Content()), ("all but a headline", Content(headline="A"))], ready)


def test_what_stands_beside_the_text_may_be_missing(ready):
    whole = shown(tidy(optional.FULL))
    beside = ("published_at", "updated_at", "approval", "pictures", "translations")
    others = [(place, other) for place, other in optional.variants(whole) if place.partition(".")[0] in beside]
    items = [(place, ready(number, other)) for number, (place, other) in enumerate(others)]
    for name in ("repairs", "overrides"):
        made = ready(len(items), whole)
        items.append((name, replace(made, model=replace(made.model, **{name: ()}))))
    items.append(("facts", replace(ready(len(items), whole), facts=())))
    assert len(items) > 20
    assert broken(items) == {}


def test_a_withdrawn_article_without_a_reason_has_its_page(ready):
    whole = ready(0, shown(tidy(optional.FULL)))
    gone = [
        ready(number, PageModel(replace(content(), body=""), "", withdrawn=Withdrawal(at, reason)))
        for number, (at, reason) in enumerate([(FIRST, "It was wrong."), (FIRST, "")], 1)
    ]
    assert list(failures([whole], RICH, gone)) == []


def test_each_part_of_the_house_may_be_empty(ready):
    items = [ready(0, shown(tidy(optional.FULL))), ready(1, shown(tidy(replace(optional.FULL, language="ur"))))]
    found = {}
    for place, house in optional.variants(RICH):
        found |= {f"{form} {path} without {place}": wrong for form, path, wrong in failures(items, house)}
    assert found == {}
