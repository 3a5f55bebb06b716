"""Pictures from their file to the page: taken in once, signed with the text, exported in two widths."""

import hashlib
import io
import json
import re
from dataclasses import replace

import pytest
from PIL import Image as Pillow

from ovn_desk.domain.article import Content
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.image import Image
from ovn_desk.domain.workflow import Step
from ovn_desk.usecases import importing, pictures, publishing, writing
from photos import alt_list, loaded, photo, xmp
from word import DRAWING, with_pictures

TEXT = "The groups meet [@dawn-rail].\n\n![](image:train)\n\nMore."


def export(desk, ids, folder, **options):
    return publishing.export(
        desk.store, publishing.ExportRequest(ids, folder, **options), by=desk.editor, renderer=desk.renderer
    )


def train(desk, **changes):
    """A picture in the store, with its words."""
    (image,) = pictures.import_images(desk.store, [photo((2000, 1000))]).images
    words = {"key": "train", "alt": "A goods train", "caption": "It left at dawn.", "credit": "Ali Raza"}
    return replace(image, **words | changes)


@pytest.fixture
def image(desk):
    return train(desk)


def page_of(folder):
    return next((folder / "2025").rglob("*.html"))


def test_a_file_is_taken_in_with_its_own_words_and_a_key_from_its_name(desk, tmp_path):
    path = tmp_path / "Goods Train (1).jpg"
    path.write_bytes(photo(xmp=xmp(credit="OVN", inside=alt_list("dc:description", "It left."))))
    taken = pictures.import_images(desk.store, [path])
    (image,) = taken.images
    assert (image.key, image.name, image.caption, image.credit) == (
        "goods-train-1",
        "Goods Train (1)",
        "It left.",
        "OVN",
    )
    assert (image.width, image.height, image.media) == (120, 80, "image/jpeg")
    with desk.store.read() as reading:
        media, data = reading.blob(image.sha256)
    assert (media, hashlib.sha256(data).hexdigest()) == ("image/jpeg", image.sha256)
    assert taken.refused == ()


def test_good_files_come_in_beside_bad_ones_and_each_refusal_says_why(desk, tmp_path):
    (tmp_path / "bad.svg").write_text("<svg/>")
    (tmp_path / "good.png").write_bytes(photo(kind="PNG"))
    names = [tmp_path / name for name in ("bad.svg", "good.png", "gone.jpg")]
    taken = pictures.import_images(desk.store, [*names, b"no picture"])
    assert [image.key for image in taken.images] == ["good"]
    assert [said.split(" ")[0] for said in taken.refused] == ["bad.svg", "gone.jpg", "The"]


def test_the_same_file_twice_is_the_same_picture(desk):
    one, two = pictures.import_images(desk.store, [photo(), photo()]).images
    assert one.sha256 == two.sha256


def test_a_site_has_two_copies_of_a_picture_and_its_page_names_them(desk, tmp_path, image):
    article = desk.approved(body=TEXT, images=(image,))
    done = export(desk, [article], tmp_path)
    copies = [name for name in done.written if name.startswith("assets/images/")]
    assert len(copies) == 2
    for name in copies:
        digest, width = re.fullmatch(r"assets/images/([0-9a-f]{64})-(\d+)\.jpg", name).groups()
        data = (tmp_path / name).read_bytes()
        assert hashlib.sha256(data).hexdigest() == digest
        assert Pillow.open(io.BytesIO(data)).size == (int(width), int(width) // 2)
    text = page_of(tmp_path).read_text(encoding="utf-8")
    (element,) = re.findall(r"<img [^>]*>", text)
    small, large = sorted(copies, key=lambda name: int(name.rpartition("-")[2][:-4]))
    assert re.findall(r"\.\./\.\./(assets[^\s\",]+)", element) == [large, small, large]
    for part in ('width="2000"', 'height="1000"', 'alt="A goods train"', "sizes=", 'loading="lazy"'):
        assert part in element
    assert '<figcaption>It left at dawn. <span class="credit">Ali Raza</span></figcaption>' in text


def test_metadata_of_a_page_names_its_picture(desk, tmp_path, image):
    images = (replace(image, rights="© 2026 OVN", crop=(0, 0, 1000, 1000)),)
    export(desk, [desk.approved(body=TEXT, images=images)], tmp_path)
    text = page_of(tmp_path).read_text(encoding="utf-8")
    graph = json.loads(re.search(r'ld\+json">(.*?)</script>', text, re.DOTALL)[1])
    (node,) = graph["@graph"][0]["image"]
    address = node.pop("url")
    assert node == {
        "@type": "ImageObject",
        "width": 1000,
        "height": 1000,
        "description": "A goods train",
        "caption": "It left at dawn.",
        "creditText": "Ali Raza",
        "copyrightNotice": "© 2026 OVN",
    }
    assert (tmp_path / address.removeprefix("https://post.example/")).is_file()
    for line in (
        f'<meta property="og:image" content="{address}">',
        '<meta property="og:image:alt" content="A goods train">',
        '<meta name="twitter:card" content="summary_large_image">',
    ):
        assert line in text
    feed = (tmp_path / "feed.xml").read_text(encoding="utf-8")
    assert 'src="https://post.example/assets/images/' in feed.replace("&quot;", '"')


def test_a_page_without_pictures_says_nothing_of_any(desk, tmp_path):
    export(desk, [desk.approved()], tmp_path)
    text = page_of(tmp_path).read_text(encoding="utf-8")
    assert "og:image" not in text
    assert '<meta name="twitter:card" content="summary">' in text
    assert not (tmp_path / "assets" / "images").exists()


def test_a_page_by_itself_has_its_pictures_beside_it(desk, tmp_path, image):
    done = export(desk, [desk.approved(body=TEXT, images=(image,))], tmp_path, format="page")
    page, *copies = sorted(done.written, key=lambda name: name.startswith("assets"))
    text = (tmp_path / page).read_text(encoding="utf-8")
    assert set(re.findall(r'[" ](assets/images/[^\s",]+)', text)) == set(copies)
    assert len(copies) == 2


def test_markdown_keeps_the_reference(desk, tmp_path, image):
    done = export(desk, [desk.approved(body=TEXT, images=(image,))], tmp_path, format="markdown")
    assert len(done.written) == 1
    assert "![](image:train)" in (tmp_path / done.written[0]).read_text(encoding="utf-8")


def test_exporting_again_writes_nothing_and_makes_no_copy_anew(desk, tmp_path, image):
    article = desk.approved(body=TEXT, images=(image,))
    export(desk, [article], tmp_path)
    made = pictures._make_renditions.cache_info().misses
    assert export(desk, [article], tmp_path).written == ()
    assert pictures._make_renditions.cache_info().misses == made


def test_a_signed_picture_verifies_and_one_changed_word_of_it_does_not(desk, tmp_path, image):
    export(desk, [desk.approved(body=TEXT, images=(image,))], tmp_path / "site")
    page = page_of(tmp_path / "site")
    text = page.read_text(encoding="utf-8")
    assert all(check.ok for check in publishing.verify_files(tmp_path / "site"))
    for old, new in (
        ("at dawn", "at dusk"),
        ("Ali Raza", "Ali Reza"),
        ("goods train", "passenger train"),
        (image.sha256, "0" * 64),
        ("0,0,2000,1000", "0,0,1000,1000"),
        ("<figure", '<img src="x.jpg" alt=""><figure'),
    ):
        assert old in text
        page.write_text(text.replace(old, new), encoding="utf-8")
        assert [check.ok for check in publishing.verify_files(tmp_path / "site")].count(False) == 1, old
    page.write_text(re.sub(r'src="[^"]*" srcset="[^"]*" sizes="[^"]*"', 'src="moved.jpg"', text), encoding="utf-8")
    (checked,) = publishing.verify_files(page)
    assert [(one.check, one.code) for one in checked.verdicts] == [
        ("text", "intact"),
        ("file", "changed_inside"),
        ("pictures", "other"),
        ("log", "found"),
    ]


@pytest.mark.parametrize("changes", [{"alt": ""}, {"credit": ""}])
def test_a_picture_without_its_words_is_not_approved(desk, image, changes):
    article = desk.in_review(body=TEXT, images=(replace(image, **changes),))
    with pytest.raises(StepRefused, match="train"):
        desk.approve(article)


def test_a_picture_whose_file_is_not_here_is_not_approved(desk):
    lost = Image("train", sha256="0" * 64, media="image/jpeg", width=9, height=9, alt="A train", credit="Ali")
    article = desk.in_review(body=TEXT, images=(lost,))
    with pytest.raises(StepRefused, match="not in this store"):
        desk.approve(article)


def test_a_word_files_pictures_are_in_the_store_with_its_article(desk, tmp_path):
    path = tmp_path / "story.docx"
    body = DRAWING.format(alt="A train", name="p1") + DRAWING.format(alt="", name="p2")
    path.write_bytes(with_pictures(body, p1=photo(), p2=b"broken"))
    (report,) = importing.import_files(desk.store, [path], by=desk.reporter)
    assert report.status is importing.Status.IMPORTED
    assert report.reason.startswith("A picture in story.docx")
    with desk.store.read() as reading:
        (image,) = writing.text_of(reading, report.id).images
        assert reading.has_blob(image.sha256)
    assert image.alt == "A train"


def test_an_unused_picture_is_not_exported(desk, tmp_path, image):
    export(desk, [desk.approved(images=(image,))], tmp_path)
    assert not (tmp_path / "assets" / "images").exists()


def test_a_picture_that_is_not_shown_any_more_is_taken_off_the_site(desk, tmp_path, image):
    article = desk.approved(body=TEXT, images=(image,))
    export(desk, [article], tmp_path)
    desk.correct(article)
    with desk.store.read() as reading:
        content = writing.text_of(reading, article)
    writing.keep(desk.store, article, replace(content, body="The groups meet [@dawn-rail]."), by=desk.reporter)
    desk.step(article, Step.FILE, desk.reporter)
    desk.step(article, Step.TAKE, desk.editor)
    desk.approve(article)
    assert len([name for name in export(desk, [article], tmp_path).removed if "images" in name]) == 2


def test_the_preview_is_served_what_its_addresses_name(desk, image):
    image = replace(image, crop=(500, 0, 1000, 1000))
    shown = pictures.preview_image(image)
    assert [width for width, _ in shown.copies] == [720, 1000]
    for width, address in shown.copies:
        media, data = pictures.rendition_at(desk.store, address.removeprefix(pictures.PREVIEW))
        assert media == "image/jpeg"
        assert Pillow.open(io.BytesIO(data)).size == (width, width)


@pytest.mark.parametrize("address", ["", "images/x", f"images/{'0' * 64}/9x9/0-0-9-9/full/9", "images/../etc/passwd"])
def test_an_address_of_nothing_is_refused(desk, address):
    with pytest.raises(DeskError):
        pictures.rendition_at(desk.store, address)


def test_what_another_desk_put_into_the_store_is_not_believed_to_be_a_picture(desk):
    bomb = b"\x89PNG\r\n\x1a\n" + bytes(100)
    with desk.store.begin() as tx:
        name = tx.add_blob(bomb, "image/png")
    with pytest.raises(DeskError, match="cannot be read"):
        pictures.renditions(desk.store, Image("a", sha256=name, media="image/png", width=9, height=9))


def test_a_text_shows_its_pictures_in_order():
    content = Content(images=(Image("a"), Image("b"), Image("c")))
    assert [i.key for i in pictures.images_with_keys(content, ("c", "a"))] == ["c", "a"]


def test_no_file_of_an_export_has_a_note_in_it(desk, tmp_path):
    taken = pictures.import_images(desk.store, [loaded(kind, "canary-word") for kind in ("JPEG", "PNG", "WEBP")]).images
    images = tuple(
        replace(image, key=f"p{number}", caption="", alt="A", credit="Ali") for number, image in enumerate(taken)
    )
    body = "\n\n".join(["Text [@dawn-rail].", *(f"![](image:{image.key})" for image in images)])
    article = desk.approved(body=body, images=images)
    for name in ("site", "page"):
        export(desk, [article], tmp_path / name, format=name)
    found = [path for name in ("site", "page") for path in (tmp_path / name).rglob("*") if path.is_file()]
    assert sum("images" in str(path) for path in found) == 6
    assert not [path for path in found if b"canary" in path.read_bytes()]


@pytest.mark.parametrize("form", [form for form in publishing.FORMATS if form != "pdf"])
def test_a_decorative_lead_picture_is_exported_as_it_was_approved(desk, image, tmp_path, form):
    bare = replace(image, is_decorative=True, alt="", caption="")
    body = "![](image:train)\n\nThe groups meet [@dawn-rail]."
    article = desk.approved(body=body, images=(bare,))
    done = export(desk, [article], tmp_path / "out", format=form)
    assert not done.refused
    assert done.written
