"""Pictures come in as nothing but pixels; what is no good picture is refused in a sentence."""

import io
import struct
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from clock import at_most
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.image import ImageWidth
from ovn_desk.rendering import pictures
from photos import alt_list, exif, iim, loaded, photo, with_segment, xmp

REAL = Path(__file__).parents[3] / "shared" / "data" / "images" / "iptc-xmp-gps.jpg"
FORMATS = ["JPEG", "PNG", "WEBP"]


def opened(picture):
    return Image.open(io.BytesIO(picture.data))


@pytest.mark.skipif(not REAL.exists(), reason=f"Needs the picture {REAL}.")
def test_a_real_picture_keeps_its_words_and_loses_its_place_and_serial_number():
    data = REAL.read_bytes()
    made = pictures.read(data, name=REAL.name)
    assert (made.caption, made.alt) == ("Senators vote سینیٹ", "Senators stand to vote")
    assert (made.credit, made.rights) == ("Ali Raza, Photo/OVN", "(c) 2026 OVN")
    assert (made.media, made.width, made.height) == ("image/jpeg", 1200, 675)
    assert b"12345" in data
    assert not [note for note in (b"12345", b"Exif", b"ns.adobe.com", b"8BIM", b"GPS") if note in made.data]
    assert not opened(made).getexif()


@given(st.sampled_from(FORMATS), st.from_regex(r"canary-[a-z]{8}", fullmatch=True))
def test_no_word_that_was_put_into_a_file_survives(kind, canary):
    data = loaded(kind, canary)
    assert data.count(canary.encode()) > 3
    made = pictures.read(data, name="a")
    for file in (made.data, *(copy for _, copy in pictures.renditions(made.data, as_image(made)))):
        assert canary.encode() not in file
        assert b"canary" not in file
        assert set(Image.open(io.BytesIO(file)).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"} | {
            *("progressive", "progression", "loop", "background", "timestamp", "duration")
        }


def as_image(picture, **changes):
    return replace(pictures.as_image(picture, key="a", name="a.jpg"), **changes)


def test_a_png_keeps_only_the_chunks_that_hold_its_pixels():
    made, chunks, at = pictures.read(loaded("PNG", "canary-x"), name="a").data, [], 8
    while at < len(made):
        length, name = struct.unpack(">I4s", made[at : at + 8])
        chunks.append(name)
        at += length + 12
    assert set(chunks) == {b"IHDR", b"IDAT", b"IEND"}


def test_xmp_is_believed_before_iim_and_alt_text_is_read_from_nowhere_else():
    data = with_segment(
        photo(xmp=xmp(credit="XMP credit", inside=alt_list("dc:description", "XMP caption"))),
        0xED,
        iim(n120=b"IIM caption", n110=b"IIM credit", n116=b"IIM rights", n80=b"Creator"),
    )
    made = pictures.read(data, name="a")
    assert (made.caption, made.credit, made.rights, made.alt) == (
        "XMP caption",
        "Creator, XMP credit",
        "IIM rights",
        "",
    )


def test_the_default_language_is_chosen_and_a_creator_in_the_credit_is_not_said_twice():
    words = '<dc:description><rdf:Alt><rdf:li xml:lang="de">Zug</rdf:li><rdf:li xml:lang="x-default">Train</rdf:li>'
    words += "</rdf:Alt></dc:description><dc:creator><rdf:Seq><rdf:li>Ali Raza</rdf:li></rdf:Seq></dc:creator>"
    made = pictures.read(photo(kind="WEBP", xmp=xmp(credit="Ali Raza / OVN", inside=words)), name="a")
    assert (made.caption, made.credit) == ("Train", "Ali Raza / OVN")


def test_iim_in_an_older_encoding_is_read():
    made = pictures.read(with_segment(photo(), 0xED, iim(n120="Café".encode("cp1252"))), name="a")
    assert made.caption == "Café"


@pytest.mark.parametrize("packet", [b"<x", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", b"\xff\xfe", b""])
def test_a_broken_note_is_no_reason_to_refuse_a_picture(packet):
    data = with_segment(photo(xmp=packet or b" "), 0xED, b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x09\x1c")
    assert pictures.read(data, name="a").caption == ""


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow says aloud what it skips
@pytest.mark.parametrize("note", [b"Exif\0\0nonsense", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0"])
def test_neither_is_broken_exif(note):
    assert pictures.read(photo(exif=note), name="a").width == 120


@pytest.mark.parametrize("kind", FORMATS)
def test_a_picture_stands_upright_as_its_camera_said(kind):
    wide = Image.new("RGB", (80, 40), "white")
    wide.paste("black", (0, 0, 80, 20))
    file = io.BytesIO()
    wide.save(file, kind, exif=exif(t274=6))
    made = pictures.read(file.getvalue(), name="a")
    assert (made.width, made.height) == (40, 80)
    shown = opened(made).convert("L")
    assert shown.getpixel((35, 40)) < 60 < 190 < shown.getpixel((5, 40))


@pytest.mark.parametrize(
    ("kind", "mode", "kept"),
    [
        ("JPEG", "L", "L"),
        ("JPEG", "CMYK", "RGB"),
        ("PNG", "1", "L"),
        ("PNG", "P", "RGB"),
        ("PNG", "LA", "RGB"),
        ("PNG", "RGBA", "RGBA"),
        ("WEBP", "RGBA", "RGBA"),
    ],
)
def test_every_kind_of_pixels_comes_in(kind, mode, kept):
    made = pictures.read(photo(kind=kind, mode=mode), name="a")
    assert (made.width, made.height) == (120, 80)
    assert opened(made).mode == kept
    assert [width for width, _ in pictures.renditions(made.data, as_image(made))] == [120]


def test_sixteen_bits_of_grey_are_not_cut_off():
    file = io.BytesIO()
    Image.new("I;16", (8, 8), 32_768).save(file, "PNG")
    assert opened(pictures.read(file.getvalue(), name="a")).getpixel((1, 1)) == 128


def test_colours_are_brought_into_srgb():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    red = Image.new("RGB", (8, 8), (200, 40, 40))
    plain, odd = io.BytesIO(), io.BytesIO()
    red.save(plain, "PNG")
    red.save(odd, "PNG", icc_profile=lab)
    assert opened(pictures.read(odd.getvalue(), name="a")).getpixel((1, 1)) == (200, 40, 40)
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    red.save(odd := io.BytesIO(), "JPEG", icc_profile=srgb, quality=95)
    made = pictures.read(odd.getvalue(), name="a")
    assert "icc_profile" not in opened(made).info
    assert abs(opened(made).getpixel((1, 1))[0] - 200) < 4


def moving(kind):
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    file = io.BytesIO()
    frames[0].save(file, kind, save_all=True, append_images=frames[1:], duration=100)
    return file.getvalue()


def png(width, height, rows):
    """A PNG that says this size over these compressed rows."""
    chunks = b"\x89PNG\r\n\x1a\n"
    for name, data in (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", rows),
        (b"IEND", b""),
    ):
        chunks += struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    return chunks


def jpeg(width, height):
    """A JPEG whose header says another size than its pixels have."""
    data = bytearray(photo())
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def webp(width, height):
    """A WebP whose canvas says another size than its picture has."""
    size = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    body = b"WEBPVP8X" + struct.pack("<I", 10) + bytes(4) + size + photo(kind="WEBP")[12:]
    return b"RIFF" + struct.pack("<I", len(body)) + body


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "is an SVG drawing"),
        (b"<?xml version='1.0'?>\n<!-- x --><svg/>", "is an SVG drawing"),
        (photo(kind="GIF"), "is a GIF"),
        (photo(kind="TIFF"), "is a TIFF"),
        (b"\0\0\0\x18ftypheic" + bytes(40), "is a HEIC picture"),
        (b"\0\0\0\x18ftypavif" + bytes(40), "is an AVIF picture"),
        (photo(kind="BMP"), "is not a picture the desk knows"),
        (b"Dear diary", "is not a picture the desk knows"),
        (b"RIFF\x00\x00\x00\x00WAVE", "is broken"),
        (photo()[:900], "is broken"),
        (photo(kind="PNG")[:60], "is broken"),
        (photo(kind="WEBP")[:60], "is broken"),
        (b"\x89PNG\r\n\x1a\n", "is broken"),
        (moving("PNG"), "is animated"),
        (moving("WEBP"), "is animated"),
        (png(60_000, 60_000, b""), "over 40 megapixels"),
        (png(8_000, 5_001, b""), "over 40 megapixels"),
        (png(20_000, 20_000, zlib.compress(bytes(10_000_000))), "over 40 megapixels"),
        (jpeg(60_000, 60_000), "over 40 megapixels"),
        (jpeg(9_000, 9_000), "over 40 megapixels"),
        (webp(60_000, 60_000), "over 40 megapixels"),
    ],
)
def test_what_is_no_good_picture_is_refused_in_one_sentence_and_at_once(data, said):
    with at_most(seconds=2), pytest.raises(DeskError, match=said) as refused:
        pictures.read(data, name="train.jpg")
    assert str(refused.value).startswith("train.jpg ")
    assert "\n" not in str(refused.value)


def test_a_file_over_fifty_megabytes_is_refused():
    with pytest.raises(DeskError, match="over 50 MB"):
        pictures.read(b"\xff\xd8" + bytes(50 * 1024 * 1024), name="a")


def test_a_picture_with_far_more_data_than_its_size_needs_takes_no_more_memory():
    rows = zlib.compress(bytes(400_000_000), 1)
    try:
        made = pictures.read(png(10, 10, rows), name="a")
    except DeskError as refused:
        assert "broken" in str(refused)
    else:
        assert (made.width, made.height) == (10, 10)


def test_a_note_that_unpacks_to_far_too_much_is_refused():
    bomb = b"Comment\0\0" + zlib.compress(bytes(300_000_000))
    data = png(1, 1, zlib.compress(bytes(4)))
    at = data.index(b"IDAT") - 4
    chunk = struct.pack(">I", len(bomb)) + b"zTXt" + bomb + struct.pack(">I", zlib.crc32(b"zTXt" + bomb))
    with at_most(seconds=2), pytest.raises(DeskError, match="broken"):
        pictures.read(data[:at] + chunk + data[at:], name="a")


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow says aloud what it skips
@given(st.sampled_from(FORMATS), st.integers(2, 400), st.binary(min_size=1, max_size=6), st.booleans())
def test_a_damaged_file_is_a_picture_or_a_sentence(kind, at, noise, is_cut):
    data = loaded(kind, "canary")
    at = at * len(data) // 401
    damaged = data[:at] + noise + (b"" if is_cut else data[at + len(noise) :])
    try:
        made = pictures.read(damaged, name="a")
    except DeskError as refused:
        assert "\n" not in str(refused)
    else:
        assert made.width * made.height <= pictures.MOST_PIXELS


@pytest.mark.parametrize(
    ("size", "shown", "widths"),
    [
        ((3000, 2000), ImageWidth.COLUMN, [720, 1440]),
        ((3000, 2000), ImageWidth.HALF, [720, 1440]),
        ((3000, 2000), ImageWidth.FULL, [960, 1920]),
        ((1000, 500), ImageWidth.COLUMN, [720, 1000]),
        ((300, 200), ImageWidth.FULL, [300]),
        ((1, 1), ImageWidth.COLUMN, [1]),
    ],
)
def test_copies_are_made_in_two_widths_and_never_enlarged(size, shown, widths):
    made = pictures.read(photo(size), name="a")
    image = as_image(made, shown=shown)
    copies = pictures.renditions(made.data, image)
    assert [width for width, _ in copies] == widths == list(image.widths)
    for width, copy in copies:
        assert Image.open(io.BytesIO(copy)).size == (width, image.height_at(width))


@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_picture_and_crop_give_the_same_bytes(kind):
    made = pictures.read(photo((900, 600), kind=kind), name="a")
    assert made == pictures.read(photo((900, 600), kind=kind), name="a")
    image = as_image(made, crop=(10, 20, 800, 400))
    assert pictures.renditions(made.data, image) == pictures.renditions(made.data, image)


def test_a_copy_shows_what_the_crop_chose():
    picture = Image.new("RGB", (4000, 2000), "white")
    picture.paste("black", (1000, 500, 2000, 1500))
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=95)
    made = pictures.read(file.getvalue(), name="a")
    (_, copy), *_ = pictures.renditions(made.data, as_image(made, crop=(1000, 500, 1000, 1000)))
    shown = Image.open(io.BytesIO(copy))
    assert shown.size == (720, 720)
    assert max(shown.getpixel((x, y))[0] for x in (6, 360, 713) for y in (6, 713)) < 40


def test_a_card_that_says_another_size_than_the_file_is_not_believed():
    made = pictures.read(photo(), name="a")
    with pytest.raises(DeskError, match="another size"):
        pictures.renditions(made.data, as_image(made, width=4000))
