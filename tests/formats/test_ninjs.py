"""ninjs as its own schema reads it."""

import json
from dataclasses import replace

import pytest

from issues import FIRST, POST, TRAIN, issue, pictured
from make import DAWN
from ovn_desk.domain.source import Source, Terms
from ovn_desk.formats import ninjs
from shared import shared


@pytest.fixture(scope="module")
def validator():
    import jsonschema  # its formats cost each process that imports them some seconds
    from referencing import Registry
    from referencing.jsonschema import DRAFT7

    folder = shared("ninjs")
    schema = json.loads((folder / "ninjs-schema_3.1.json").read_text(encoding="utf-8"))
    places = json.loads((folder / "GeoJSON-schema.json").read_text(encoding="utf-8"))
    registry = Registry().with_resource("https://geojson.org/schema/GeoJSON.json", DRAFT7.create_resource(places))
    kind = jsonschema.validators.validator_for(schema)
    return kind(schema, registry=registry, format_checker=kind.FORMAT_CHECKER)


def written(made):
    path = f"2025/07/{made.content.slug}.html"
    return json.loads(ninjs.write(replace(made, id="0198a1b2-0000-7000-8000-000000000001", path=path), POST))


@pytest.mark.parametrize(
    "made",
    [
        issue(),
        pictured(),
        issue(standfirst="", byline="", dateline="", sources=(), body="Text.", category=""),
        issue(headline="ریل گروپ", language="ur", slug="ریل-گروپ", tags=("ریل",), topics=("medtop:20000170", "own")),
        issue(sources=(Source("dawn-rail", url="https://dawn.example/ریل", name="Dawn"),)),
    ],
)
def test_ninjs_keeps_its_schema(validator, made):
    assert [error.message for error in validator.iter_errors(written(made))] == []


def test_the_schema_refuses_a_name_it_does_not_know(validator):
    assert list(validator.iter_errors(written(issue()) | {"headline": "x"}))


def test_an_article_says_who_when_where_and_from_whom():
    quiet = Source("quiet", name="Nobody knows", terms=Terms.BACKGROUND)
    made = written(issue(sources=(DAWN, quiet), body="They meet [@dawn-rail], they say [@quiet]."))
    assert (made["by"], made["located"], made["firstCreated"]) == (
        "Rana Malik",
        "Islamabad",
        "2025-07-20T12:30:00+05:00",
    )
    assert made["infoSources"] == [{"name": "Dawn", "uri": "https://dawn.example/rail"}]
    assert made["subjects"][0]["uri"] == "http://cv.iptc.org/newscodes/mediatopic/11000000"
    assert made["bodies"][1]["value"] == "They meet, they say."
    assert FIRST.isoformat() == made["versionCreated"]


def test_pictures_are_associations_with_both_copies():
    (picture,) = written(pictured())["associations"]
    assert (picture["type"], picture["by"]) == ("picture", "Ali Raza")
    assert [part["value"] for part in picture["descriptions"]] == [TRAIN.caption, TRAIN.alt]
    assert [(r["width"], r["height"], r["contentType"]) for r in picture["renditions"]] == [
        (720, 360, "image/jpeg"),
        (1440, 720, "image/jpeg"),
    ]
