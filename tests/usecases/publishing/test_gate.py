"""The last gate: what an export would write is read again, and nothing that is withheld leaves, whatever made it.

The leaks are planted in files as a faulty template or format would make them. The private fields are named here, by
hand: neither the gate nor this test asks the program which they are.
"""

import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from html import escape

import pytest
from PIL import Image as Picture
from pypdf import PdfWriter

from make import DAWN, content
from ovn_desk.domain.article import Content
from ovn_desk.domain.assignments import Assignment
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.evidence import Reply, Waiver
from ovn_desk.domain.image import Image
from ovn_desk.domain.source import Attachment, Source, SourceKind, Terms
from ovn_desk.domain.withheld import secrets
from ovn_desk.domain.workflow import CommentAnswer, CommentText, Event, Step
from ovn_desk.drawing import print_folder
from ovn_desk.usecases import pictures, publishing
from ovn_desk.usecases.publishing import building
from ovn_desk.usecases.publishing.gate import Gate
from photos import photo

QUIET = Source(
    "imran-secretary-9",
    SourceKind.PERSON,
    name="Imran Quietly",
    role="Deputy of the third floor",
    outlet="Bureau of Rails",
    url="https://rails.example/imran",
    locator="second drawer",
    terms=Terms.BACKGROUND,
    excerpts=("They will shut the Baku line",),
    note="met behind the station",
    files=(Attachment("0" * 64, "imran-memo.pdf", "application/pdf"),),
    contact="+92 300 1234567",
    why_unnamed="fears for his post",
    how_they_know="took the minutes",
    known_to="Ayesha Khan",
)
FULL = content(
    body=f"The groups meet in July [@dawn-rail]. He said so [@{QUIET.key}].<!-- ask Bilal about the drawer -->",
    sources=(DAWN, QUIET),
    ednote="embargo lifted by telephone",
    waivers=(Waiver(reason="the minister is known for it"),),
    replies=(Reply(name="The ministry", contact="press@rails.example", answer="No comment until Monday"),),
    images=(Image("train", "1" * 64, name="IMG_imran_7.jpg", note="taken from his window"),),
)
WORDS = {
    "key": QUIET.key,
    "name": QUIET.name,
    "role": QUIET.role,
    "outlet": QUIET.outlet,
    "url": QUIET.url,
    "locator": QUIET.locator,
    "excerpt": QUIET.excerpts[0],
    "note": QUIET.note,
    "file": QUIET.files[0].name,
    "contact": QUIET.contact,
    "why unnamed": QUIET.why_unnamed,
    "how they know": QUIET.how_they_know,
    "comment": "ask Bilal about the drawer",
    "editors' note": FULL.ednote,
    "waiver": FULL.waivers[0].reason,
    "reply's contact": FULL.replies[0].contact,
    "reply's answer": FULL.replies[0].answer,
    "picture's note": FULL.images[0].note,
    "picture's file": FULL.images[0].name,
}


def _zipped(words):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:t>{escape(words)}</w:t>")
    return file.getvalue()


def _pdf(words):
    writer, file = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Subject": f"About {words}"})
    writer.write(file)
    return file.getvalue()


def _png(words):
    from PIL.PngImagePlugin import PngInfo

    said, file = PngInfo(), io.BytesIO()
    said.add_itxt("Comment", words)
    Picture.new("RGB", (2, 2)).save(file, "PNG", pnginfo=said)
    return file.getvalue()


LEAKS = {
    "text": lambda words: f"<p>He is {words}.</p>".encode(),
    "capitals": lambda words: f"<p>{words.upper()}</p>".encode(),
    "attribute": lambda words: f'<a aria-label="Source 2, {escape(words)}">2</a>'.encode(),
    "entities": lambda words: "".join(f"&#{ord(letter)};" for letter in words).encode(),
    "twice escaped": lambda words: escape(escape(f"<i>{words}</i>")).encode(),
    "JSON": lambda words: json.dumps({"author": words + "‌"}).encode(),
    "divided by tags": lambda words: f"<b>{words[:4]}</b>{escape(words[4:])}".encode(),
    "broken over lines": lambda words: words.replace(" ", "\n   ").encode(),
    "address": lambda words: f'<a href="/x?q={words.replace(" ", "%20")}">x</a>'.encode(),
    "Word": _zipped,
    "PDF": _pdf,
    "picture": _png,
}


NOTHING = Content()


class _Article:
    """What the gate reads of an article that is ready for export."""

    def __init__(self, written, public=NOTHING, events=()):
        self.withheld = secrets(written, events)
        self.model = type("PageModel", (), {"content": public})


@pytest.mark.parametrize("way", LEAKS)
@pytest.mark.parametrize("field", WORDS)
def test_a_planted_leak_is_found_in_every_field_and_wrapping(field, way):
    article = _Article(FULL)
    with pytest.raises(DeskError, match=r"^Nothing was exported: out\.html would carry .* withheld\."):
        Gate([article]).check("out.html", LEAKS[way](WORDS[field]), article)


EVENTS = {
    "note": {"step": Step.FILE, "note": "the minister's driver told me so himself"},
    "reason": {"step": Step.HOLD, "reason": "we wait until the witness is out of the country"},
    "comment": {"step": Step.COMMENT, "details": CommentText("who is the woman in the second drawer")},
    "answer": {"step": Step.REPLY, "details": CommentAnswer("0" * 64, "she is the sister of the deputy there")},
    "assignment": {"step": Step.ASSIGN, "details": Assignment("x", "ask the cousin in the customs house")},
}


@pytest.mark.parametrize("kind", EVENTS)
def test_what_staff_said_to_each_other_is_found_in_the_articles_own_files(kind):
    event = Event(id="e", article="a", revision="r", by="x", device="d", at=datetime.now(UTC), **EVENTS[kind])
    said = next(words for words in (event.note, event.reason, *vars_of(event.details)) if len(words) > 24)
    article = _Article(FULL, events=[event])
    for wrap in LEAKS.values():
        with pytest.raises(DeskError, match="would carry"):
            Gate([article]).check("out.html", wrap(said), article)
    Gate([article]).check("other.html", LEAKS["text"](said), _Article(content()))


def vars_of(details):
    return [value for value in (getattr(details, name, "") for name in ("text", "what")) if value]


def test_what_readers_are_told_of_a_step_is_no_secret():
    why = "the story named the wrong person in the third paragraph"
    steps = [(Step.WITHDRAW, {"reason": why}), (Step.HOLD, {"reason": why})]
    events = [
        Event(id="e", article="a", step=step, revision="r", by="x", device="d", at=datetime.now(UTC), **said)
        for step, said in steps
    ]
    article = _Article(FULL, events=events)
    Gate([article]).check("out.html", why.encode(), article)


def test_words_beside_the_citation_of_a_withheld_source_are_found():
    said = content(
        body=f"He said so [see his letter of the third of May @{QUIET.key}, on the back of the second page].",
        sources=(DAWN, QUIET),
    )
    for words in ("see his letter of the third of May", "on the back of the second page"):
        with pytest.raises(DeskError, match="what the citation of"):
            Gate([article := _Article(said)]).check("out.html", LEAKS["attribute"](words), article)


STRONG = ("key", "note", "contact", "why unnamed", "how they know", "comment", "editors' note", "waiver")


@pytest.mark.parametrize("field", STRONG)
def test_what_only_this_desk_says_is_found_in_files_of_no_article_too(field):
    with pytest.raises(DeskError, match=r"feed\.xml"):
        Gate([_Article(FULL)]).check("feed.xml", LEAKS["entities"](WORDS[field]))


def test_what_the_article_itself_says_is_no_secret():
    said = content(body=f"{QUIET.name} of the {QUIET.outlet} took the minutes [@{QUIET.key}].", sources=(DAWN, QUIET))
    article = _Article(said)
    Gate([article]).check("out.html", b"<p>Imran Quietly of the Bureau of Rails took the minutes</p>", article)
    with pytest.raises(DeskError, match="the key of the source"):
        Gate([article]).check("out.html", b"imran-secretary-9", article)


def test_a_name_that_another_article_prints_stops_nothing_there():
    Gate([_Article(FULL)]).check("2025/07/other.html", b"<p>Imran Quietly was named in court.</p>", _Article(content()))


def test_a_key_that_is_public_elsewhere_is_no_secret_there():
    elsewhere = _Article(content(), public=content(sources=(Source(QUIET.key, name="Minutes"),)))
    Gate([_Article(FULL), elsewhere]).check("feed.xml", QUIET.key.encode())


def test_a_short_secret_is_looked_for_as_a_word():
    article = _Article(content(sources=(DAWN, Source("ali", SourceKind.PERSON, name="Ali", terms=Terms.OFF_RECORD))))
    gate = Gate([article])
    gate.check("out.html", b"<p>A normality alike.</p>", article)
    with pytest.raises(DeskError):
        gate.check("out.html", b"<p>It was Ali.</p>", article)


@pytest.mark.parametrize("form", publishing.FORMATS)
def test_no_form_of_an_export_makes_a_file_that_carries_a_secret(desk, form):
    """What is handed to the formats carries a contact in headline and text, as a faulty redaction would let it."""
    article = desk.approved(body=FULL.body.partition("<!--")[0], sources=FULL.sources)

    def leaking(model):
        whole = made.complete(model)
        html = f"{whole.html}<p>Call {QUIET.contact}</p>"
        return replace(whole, content=replace(whole.content, headline=f"Call {QUIET.contact}"), html=html, marked="")

    with building.prepare(desk.store, [article], desk.editor, desk.renderer, form, print_folder=print_folder) as made:
        for file in made.files:
            made.make(file)
        leaky = replace(made, complete=leaking)
        with pytest.raises(DeskError, match="contact of the source"):
            for file in made.files:
                leaky.make(file)


# Leaks planted in what an export really wrote, one place after the other

PLACES = {
    ".html": [
        ("<h1", ' data-by="{words}"><h1'),
        ("</title>", " {words}</title>"),
        ("</head>", '<meta name="author" content="{words}"></head>'),
        ("</body>", "<!-- {words} --></body>"),
        ("</body>", '<script type="application/json">{{"by": "{words}"}}</script></body>'),
        ("</p>", " <span hidden>{words}</span></p>"),
        ("<a ", '<a aria-label="{words}" '),
    ],
    ".xml": [("</title>", " {words}</title>"), ("?>", "?><!-- {words} -->"), ("<link", '<x y="{words}"/><link')],
    ".json": [("{", '{{"_by": "{words}", ')],
    ".jsonl": [("{", '{{"by": "{words}", ')],
    ".js": [("(", "(/* {words} */")],
    ".css": [("{", "{{/* {words} */")],
    ".md": [("\n", "\n{words}\n")],
    ".txt": [("\n", "\n{words}\n")],
}


def planted(name, data, words):
    """A file with the words in each place that its kind has for them."""
    if data.startswith(b"PK"):
        yield from ((f"{name}/{part}", made) for part, made in _in_zip(data, words))
    elif data.startswith(b"%PDF"):
        yield f"{name}/metadata", _in_pdf(data, words)
    elif data.startswith((b"\xff\xd8\xff", b"\x89PNG", b"RIFF")):
        yield f"{name}/picture", _in_picture(data, words)
    elif places := PLACES.get("." + name.rpartition(".")[2]):
        text = data.decode()
        for number, (place, insertion) in enumerate(places):
            if place in text:
                yield f"{name}/{number}", text.replace(place, insertion.format(words=escape(words)), 1).encode()


def _in_zip(data, words):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in parts:
        if name.endswith((".xml", ".rels")):
            file = io.BytesIO()
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                for other, kept in parts.items():
                    archive.writestr(other, kept + f"<!-- {escape(words)} -->".encode() * (other == name))
            yield name, file.getvalue()


def _in_pdf(data, words):
    writer, file = PdfWriter(clone_from=io.BytesIO(data)), io.BytesIO()
    writer.add_metadata({"/Keywords": words})
    writer.write(file)
    return file.getvalue()


def _in_picture(data, words):
    made, file = Picture.Exif(), io.BytesIO()
    made[0x010E] = words
    with Picture.open(io.BytesIO(data)) as picture:
        picture.save(file, picture.format, exif=made)
    return file.getvalue()


@pytest.mark.parametrize("form", publishing.FORMATS)
def test_a_leak_planted_in_a_finished_file_is_found_wherever_it_stands(desk, form):
    (picture,) = pictures.import_images(desk.store, [photo((400, 300))]).images
    shown = replace(picture, key="train", alt="A train", caption="On the line", credit="Ali Raza")
    body = FULL.body.partition("<!--")[0] + "\n\n![](image:train)\n"
    article = desk.approved(body=body, sources=FULL.sources, images=(shown,))
    found = 0
    with building.prepare(desk.store, [article], desk.editor, desk.renderer, form, print_folder=print_folder) as made:
        (ready,) = made.ready
        gate = Gate(made.ready)
        for file in made.files:
            name, data = file.path, made.make(file)
            for place, leaky in planted(name, data, QUIET.how_they_know):
                assert leaky != data, place
                with pytest.raises(DeskError, match="how they know"):
                    gate.check(name, leaky, ready)
                found += 1
    assert found >= {"site": 30, "docx": 5}.get(form, 1)
