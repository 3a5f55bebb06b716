"""The PDF of an article: the exported page, printed, with the article's data in it and nothing from elsewhere."""

import io
import socket
import subprocess
import sys
import threading
from collections import Counter
from contextlib import closing
from dataclasses import replace
from importlib import metadata

import pypdf
import pytest

from ovn_desk import drawing
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.workflow import State
from ovn_desk.ui.preview import printing
from ovn_desk.usecases import pictures, publishing
from ovn_desk.usecases.printing import PdfPrinter
from photos import photo

A4 = (595, 841)
URDU = {
    "headline": "باکو میں ریل پر بات",
    "standfirst": "",
    "body": "اسلام آباد میں بات ہوئی [@dawn-rail]۔",
    "language": "ur",
    "byline": "رانا ملک",
}


def export(desk, ids, folder, **options):
    asked = publishing.ExportRequest(ids, folder, "pdf")
    options |= {"print_folder": drawing.print_folder}
    return publishing.export(desk.store, asked, by=desk.editor, renderer=desk.renderer, **options)


def words(data):
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages).split())


def letters(data, folder):
    """What a reader may copy, as letters: a face that ties them together gives them one by one."""
    (folder / "read.pdf").write_bytes(data)
    script = (
        "import sys; from PySide6.QtGui import QGuiApplication; from PySide6.QtPdf import QPdfDocument;"
        "app = QGuiApplication([]); pdf = QPdfDocument(); pdf.load(sys.argv[1]);"
        "sys.stdout.buffer.write(pdf.getAllText(0).text().encode())"
    )
    command = [sys.executable, "-c", script, str(folder / "read.pdf")]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


@pytest.fixture
def press():
    with closing(PdfPrinter(drawing.print_folder)) as made:
        yield made


def test_an_english_page_can_be_read_on_a4_and_says_what_it_is(desk, tmp_path):
    article = desk.approved(tags=("rail",))
    done = export(desk, [article], tmp_path)
    assert done.written == ("rail-groups-to-meet-in-baku.pdf",)
    data = (tmp_path / done.written[0]).read_bytes()
    said = words(data)
    for part in ("Rail groups to meet in Baku", "Working groups follow talks.", "The groups meet in July", "Dawn"):
        assert part in said
    assert "Ayesha Khan" in said  # who approved it
    pdf = pypdf.PdfReader(io.BytesIO(data))
    assert {tuple(round(float(side)) for side in page.mediabox[2:]) for page in pdf.pages} == {A4}
    assert (pdf.metadata.title, pdf.metadata.author) == ("Rail groups to meet in Baku", "Rana Malik")
    assert pdf.metadata.subject == "Working groups follow talks."
    assert pdf.trailer["/Root"]["/Lang"] == "en"
    assert pdf.metadata.creation_date == desk.article(article).approval.at.replace(microsecond=0)
    assert desk.article(article).state is State.PUBLISHED


def test_an_urdu_page_is_in_its_own_face_and_its_letters_can_be_copied(desk, tmp_path):
    done = export(desk, [desk.approved(**URDU)], tmp_path)
    data = (tmp_path / done.written[0]).read_bytes()
    pdf = pypdf.PdfReader(io.BytesIO(data))
    assert (pdf.metadata.title, pdf.trailer["/Root"]["/Lang"]) == (URDU["headline"], "ur")
    assert pdf.trailer["/Root"]["/ViewerPreferences"]["/Direction"] == "/R2L"
    fonts = {str(font.get_object()["/BaseFont"]) for page in pdf.pages for font in page["/Resources"]["/Font"].values()}
    assert any("Nastaliq" in name for name in fonts)
    assert Counter(URDU["headline"].replace(" ", "")) <= Counter(letters(data, tmp_path))


def test_pictures_are_in_it_and_not_beside_it(desk, tmp_path):
    (image,) = pictures.import_images(desk.store, [photo((2000, 1000))]).images
    image = replace(image, key="train", alt="A goods train", caption="It left at dawn.", credit="Ali Raza")
    body = "The groups meet [@dawn-rail].\n\n![](image:train)\n\n" + "More.\n\n" * 60 + "![](image:train)"
    done = export(desk, [desk.approved(body=body, images=(image,))], tmp_path)
    assert len(done.written) == 1
    pdf = pypdf.PdfReader(tmp_path / done.written[0])
    assert len(pdf.pages) > 1
    shapes = [image.image.width / image.image.height for page in pdf.pages for image in page.images]
    assert shapes == [pytest.approx(2, abs=0.01)] * 2  # the picture, not a sign that it is missing; also far below


def test_the_same_page_gives_the_same_bytes_and_is_not_written_again(desk, tmp_path):
    article = desk.approved()
    (name,) = export(desk, [article], tmp_path / "one").written
    export(desk, [article], tmp_path / "two")
    assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    again = export(desk, [article], tmp_path / "one")
    assert (again.written, again.unchanged) == ((), 1)


def test_another_engine_prints_again(desk, tmp_path, monkeypatch):
    article = desk.approved()
    export(desk, [article], tmp_path)
    printed = []
    print_page = PdfPrinter.print
    monkeypatch.setattr(PdfPrinter, "print", lambda *given: printed.append(1) or print_page(*given))
    export(desk, [article], tmp_path)
    assert printed == []
    version = metadata.version
    monkeypatch.setattr(metadata, "version", lambda name: "0.1" if name == "pyside6" else version(name))
    export(desk, [article], tmp_path)
    assert printed == [1]


def test_a_link_to_a_page_of_the_site_is_none_for_there_is_no_site_beside_it(desk, tmp_path):
    body = "The groups meet [@dawn-rail]. [Below](/below), [far](https://example.org/far)."
    article = desk.approved(body=body)
    (name,) = export(desk, [article], tmp_path / "one").written
    export(desk, [article], tmp_path / "two")
    data = (tmp_path / "one" / name).read_bytes()
    links = [link.get_object() for page in pypdf.PdfReader(io.BytesIO(data)).pages for link in page.annotations or ()]
    leads = {link["/A"]["/URI"] for link in links if "/A" in link}
    assert "https://example.org/far" in leads
    assert {lead.partition(":")[0] for lead in leads} == {"https"}
    assert any("/Dest" in link for link in links)  # to its own sources
    assert data == (tmp_path / "two" / name).read_bytes()


def test_what_is_not_approved_is_refused_as_in_every_form(desk, tmp_path):
    done = export(desk, [desk.draft()], tmp_path / "out")
    assert (done.written, len(done.refused)) == ((), 1)
    assert not (tmp_path / "out").exists()


def test_a_stop_while_printing_leaves_nothing(desk, tmp_path):
    ids = [desk.approved(headline=f"Number {number}") for number in range(3)]
    seen = []

    def stop_at_the_second(done, whole):
        seen.append((done, whole))
        return done < 5

    with pytest.raises(DeskError, match="was stopped"):
        export(desk, ids, tmp_path / "out", progress=stop_at_the_second)
    assert seen == [(1, 6), (2, 6), (3, 6), (4, 6), (5, 6)]
    assert not (tmp_path / "out").exists()
    assert {desk.article(id).state for id in ids} == {State.APPROVED}


def test_a_plan_prints_nothing(desk, tmp_path):
    moved = []
    plan = publishing.plan(
        desk.store,
        publishing.ExportRequest((desk.approved(),), tmp_path / "out", "pdf"),
        by=desk.editor,
        renderer=desk.renderer,
        progress=lambda done, whole: moved.append((done, whole)) or True,
    )
    assert (plan.new, moved) == (("rail-groups-to-meet-in-baku.pdf",), [(1, 2)])


def test_no_request_leaves_while_a_page_is_printed_and_no_file_is_read_from_outside_its_folder(press, tmp_path):
    (tmp_path / "secret.html").write_text("<p>SECRET</p>")
    (tmp_path / "secret.css").write_text("p::after { content: 'SECRET' }")
    asked = []
    with closing(socket.create_server(("127.0.0.1", 0))) as server:

        def listen():
            try:
                while True:
                    asked.append(server.accept())
            except OSError:
                return

        listening = threading.Thread(target=listen, daemon=True)
        listening.start()
        host = f"http://127.0.0.1:{server.getsockname()[1]}"
        page = (
            f'<!doctype html><title>x</title><link rel=preconnect href="{host}">'
            f'<link rel=stylesheet href="{host}/a.css">'
            f'<link rel=stylesheet href="{(tmp_path / "secret.css").as_uri()}"><p>Here<img src="{host}/b.png">'
            f'<iframe src="{(tmp_path / "secret.html").as_uri()}"></iframe><iframe src="{host}/c"></iframe>'
            f"<script>document.title = 1; fetch('{host}/d')</script>"
        )
        said = words(press.print(page))
        server.shutdown(socket.SHUT_RDWR)
    listening.join(10)
    assert said == "Here"
    assert asked == []


def test_a_picture_is_read_only_from_the_folder_of_the_page(press, tmp_path):
    photograph = photo((400, 300))
    (tmp_path / "outside.jpg").write_bytes(photograph)
    outside = [
        (tmp_path / "outside.jpg").as_uri(),
        f"images/..%2f..{tmp_path}/outside.jpg",
        f"images/../..{tmp_path}/x",
    ]
    page = "<!doctype html><img src=images/in.jpg>" + "".join(f'<img src="{address}">' for address in outside)
    printed = pypdf.PdfReader(io.BytesIO(press.print(page, {"images/in.jpg": photograph})))
    sizes = [image.image.size for sheet in printed.pages for image in sheet.images]
    assert sizes.count((400, 300)) == 1  # the others are shown as broken


@pytest.mark.parametrize("path", ["../outside.jpg", "images/../../outside.jpg", "/etc/hostname", "images"])
def test_no_way_leads_out_of_the_folder_of_a_page(tmp_path, path):
    """Chromium takes such ways out of an address before it asks; this holds for whoever does not."""
    (tmp_path / "page" / "images").mkdir(parents=True)
    (tmp_path / "page" / "images" / "in.jpg").write_bytes(b"in")
    (tmp_path / "outside.jpg").write_bytes(b"out")
    assert printing._read_picture(tmp_path / "page", "images/in.jpg") == ("image/jpeg", b"in")
    with pytest.raises(DeskError, match="no picture"):
        printing._read_picture(tmp_path / "page", path)


def test_one_press_prints_page_after_page_each_with_its_own_text_and_picture(press):
    for said, shape in (("One", (400, 300)), ("Two", (300, 400))):
        made = press.print(f"<!doctype html><p>{said}<img src=assets/a.jpg>", {"assets/a.jpg": photo(shape)})
        (sheet,) = pypdf.PdfReader(io.BytesIO(made)).pages
        assert (words(made), [image.image.size for image in sheet.images]) == (said, [shape])


def test_nothing_is_printed_where_a_printer_does_not_reach(press, tmp_path):
    inked = []
    data = press.print("<!doctype html><style>body { margin: 0 }</style><p>" + "Word " * 3000)
    for sheet in pypdf.PdfReader(io.BytesIO(data)).pages:
        sheet.extract_text(visitor_text=lambda text, cm, tm, *_: text.strip() and inked.append(cm[0] * tm[4] + cm[4]))
    assert min(inked) >= 12 / 25.4 * 72 - 1


def test_a_press_that_takes_too_long_is_one_sentence_and_the_next_page_is_printed(press):
    press.time_limit = 0.001
    with pytest.raises(DeskError, match="The PDF could not be made"):
        press.print("<p>One")
    press.time_limit = 60
    assert words(press.print("<p>Two")) == "Two"
