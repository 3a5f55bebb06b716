"""Files as they come from elsewhere, for every reader of the desk, and what may happen to them on the way."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from issues import FIRST, POST, pictured
from make import HOUSE
from optional import FULL
from ovn_desk import assets, signing
from ovn_desk.domain.article import Revision, tidy
from ovn_desk.domain.theme import Theme
from ovn_desk.formats import docx, hunspell, markdown, pasted, wxr
from ovn_desk.rendering import page, pictures
from ovn_desk.rendering.page import templates
from ovn_desk.store import records
from ovn_desk.sync import bundle
from ovn_desk.sync.bundle import container
from ovn_desk.text import foreign
from ovn_desk.usecases import housekeeping, importing, publishing, restoring
from ovn_desk.usecases.publishing import verifying
from photos import loaded, photo
from word import DRAWING, paragraph, with_pictures

_SHARED = next((path for path in (Path(__file__).parents[2] / "shared", Path("/work/shared")) if path.is_dir()), None)
_LARGEST = 60_000  # bytes of a real file that is worth hurting many times


@dataclass(frozen=True)
class Reader:
    """A door of the desk: its name, whole files by their names, and how one is put through."""

    name: str
    files: tuple[tuple[str, bytes], ...]
    read: Callable[[Path], object]


def real(folder, *patterns):
    """Real files of others, where they are there; the tests' own stand beside them."""
    found = [path for pattern in patterns for path in sorted((_SHARED / folder).rglob(pattern))] if _SHARED else []
    return tuple((path.name, path.read_bytes()) for path in found if path.stat().st_size < _LARGEST)


def readers(desk, folder):
    """Every reader, over a store; `folder` is for files that are made first."""
    key = desk.reporter.key
    sealed = folder / "sealed.json"
    signing.keep(signing.generate(), sealed, passphrase="four words of it")
    opened = folder / "open.json"
    signing.keep(signing.generate(), opened)
    article = desk.approved()
    plain, private = folder / "story.ovnb", folder / "private.ovnb"
    bundle.write(desk.store, plain, [article], by=desk.reporter)
    bundle.write(desk.store, private, [article], by=desk.reporter, sealed_to=desk.reporter)
    site = folder / "site"
    publishing.export(desk.store, publishing.ExportRequest((article,), site), by=desk.editor, renderer=desk.renderer)
    exported = next(site.glob("20*/*/*.html"))
    keys = site / ".well-known" / "ovn-keys.json"
    copy = housekeeping.back_up(desk.store)
    return [
        Reader("word", _words(), _imported),
        Reader("wordpress", _exports(), _imported),
        Reader(
            "html", (("page.html", page.write(pictured(), POST).encode()), *real("cases/intake", "*.html")), _imported
        ),
        Reader("markdown", _texts(), _imported),
        Reader("plain", (("a.txt", "A headline\n\nشکریہ and “words”.".encode()), *real("cases", "*.txt")), _imported),
        Reader("picture", _photos(), lambda path: pictures.read(path.read_bytes(), name=path.name)),
        Reader("clipboard", _clips(), _pasted),
        Reader("bundle", ((plain.name, plain.read_bytes()),), _brought_in(desk, key)),
        Reader("signed bundle", ((plain.name, plain.read_bytes()),), _brought_in(desk, key, again=key)),
        Reader("sealed bundle", ((private.name, private.read_bytes()),), _brought_in(desk, key)),
        Reader("dictionary", (("x.aff", AFF), ("x.dic", DIC)), _dictionary),
        Reader("house", (("house.toml", HOUSE.encode()), _sample()), _house),
        Reader("key", tuple((file.name, file.read_bytes()) for file in (sealed, opened)), _key),
        Reader(
            "published keys", ((keys.name, keys.read_bytes()),), lambda path: verifying.verify_files(exported, path)
        ),
        Reader("backup", ((copy.name, copy.read_bytes()),), lambda path: restoring.restore(desk.store, path)),
        Reader("theme", _themes(), _theme),
        Reader(
            "exported page", ((exported.name, exported.read_bytes()),), lambda path: verifying.verify_files(path, keys)
        ),
    ]


AFF = b"SET UTF-8\nTRY esianrt\nSFX S Y 1\nSFX S 0 s .\n"
DIC = b"4\nrail/S\ngroup/S\nmeeting\nBaku\n"


def _imported(path):
    for came in importing.read_all(path, POST).articles:
        records.with_hash_id(Revision("", "a", tidy(came.content), (), "b", "c", FIRST))


def _pasted(path):
    with foreign.reading(path.name, "file-not-read"):
        return pasted.markdown(path.read_bytes().decode("utf-8", "replace"))


def _brought_in(desk, key, again=None):
    """Looks at a bundle and brings it in, as it is or signed again by somebody of the house."""

    def read(path):
        if again:
            sign_again(path, again)
        bundle.preview_bundle(desk.store, path, key=key)
        bundle.import_bundle(desk.store, path, key=key)

    return read


def sign_again(path, key):
    """Makes manifest and signature fit what is in a bundle; one that is no zip stays as it is."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = {name: archive.read(name) for name in archive.namelist()}
        manifest = json.loads(entries[container.MANIFEST])
        rows = entries[container.ROWS]
        changed = {"rows": rows.count(b"\n"), "rows_size": len(rows), "rows_sha256": hashlib.sha256(rows).hexdigest()}
        raw = records.canonical(manifest | changed)
    except Exception:  # noqa: BLE001 - it is hurt
        return
    entries |= {container.MANIFEST: raw, container.SIGNATURE: signing.sign(key, container.signed_bytes(raw)).encode()}
    path.write_bytes(packed(entries))


def packed(entries):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return file.getvalue()


def _dictionary(path):
    pair = {".aff": AFF, ".dic": DIC} | {path.suffix: path.read_bytes()}
    with foreign.reading(path.stem, "dictionary-unreadable"):
        return hunspell.read(pair[".aff"], pair[".dic"], name=path.stem)


def _house(path):
    housekeeping.read_whole_house(foreign.read_text(path), name=path.name)


def _key(path):
    signing.is_sealed(path)
    signing.key_name(path)
    signing.open_key(path, passphrase="four words of it")


def _theme(path):
    look = Theme(str(path.parent), ((path.name, foreign.read_text(path)),))
    templates.check(look)
    page.write(pictured(), replace(POST, look=look))


def _words():
    body = paragraph("Heading", bold=True) + paragraph("They meet.") + DRAWING.format(alt="A train", name="p1")
    body += "<w:tbl><w:tr><w:tc>" + paragraph("Cell") + "</w:tc></w:tr></w:tbl>"
    made = with_pictures(body, p1=photo((20, 10)))
    written = docx.write(pictured(), POST, {f"assets/images/train-{width}.jpg": photo() for width in (720, 1440)})
    return (("made.docx", made), ("written.docx", written), *real("data/docx", "*.docx"), *real("cases", "*.docx"))


def _exports():
    made = wxr.write([replace(pictured(), id="id", path="x.html")], POST).encode()
    return (("made.xml", made), *real("data/wxr", "*.xml"), *real("cases/intake", "*.xml"))


def _texts():
    made = markdown.write(FULL).encode()
    return (("everything.md", made), *real("cases", "*.md"), *real("data/corpus", "*17*.md"))


def _photos():
    ours = tuple((f"a.{kind.lower()}", loaded(kind, "canary")) for kind in ("JPEG", "PNG", "WEBP"))
    return (*ours, *real("data/images", "*.jpg"))


def _clips():
    made = b'<b style="font-weight:normal"><p><a href="https://www.google.com/url?q=https://x.example">a</a></p></b>'
    return (("clip.html", made), *real("cases/intake", "*.clip.html"))


def _sample():
    file = assets.folder() / "samples" / "openvoicenews.toml"
    return file.name, file.read_bytes()


def _themes():
    folder = assets.folder() / "templates"
    return tuple((name, (folder / name).read_bytes()) for name in ("page.html", "head.html", "after.html", "foot.html"))


# What breaks parsers: nesting without an end, numbers without an end, marks that ask for another encoding.
TROUBLES = [
    b"[" * 100_000,
    b'{"a":' * 50_000,
    b"<div>" * 20_000,
    b"> " * 5_000 + b"deep",
    b"- " * 3_000,
    b"(" * 20_000,
    b"9" * 6_000,
    b"\xff\xfe",
    b"\x00",
    b"&" * 3_000,
    b"]]>",
    b"<!DOCTYPE a [<!ENTITY b '&b;'>]>",
    b'"\\ud800"',
    b"{{ 1 / 0 }}",
    b"{% for i in range(99) %}",
    b"https://[",
    b"*" * 2_000,
]


def hurt(data, random):
    """A file with one or a few things wrong with it."""
    hurts = [_flip, _flip, _cut, _put_in, _twice, _without, _zero, _trouble]
    for _ in range(random.choice([1, 1, 1, 2, 4])):
        data = random.choice(hurts)(data, random)
    return data


def hurt_inside(data, random):
    """A zip with something wrong in one of its files, which is packed as it should be."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # noqa: BLE001 - one of the real files is no whole zip
        return hurt(data, random)
    name = random.choice(list(entries))
    match random.randrange(6):
        case 0:
            del entries[name]
        case 1:
            entries[name] = b""
        case _:
            entries[name] = hurt(entries[name], random)
    return packed(entries)


def hurts_of(file, random):
    """One way to hurt a file that fits it."""
    is_zip = file.startswith(b"PK\x03\x04")
    return hurt_inside(file, random) if is_zip and random.random() < 0.6 else hurt(file, random)


def _place(data, random):
    return random.randrange(len(data) + 1)


def _flip(data, random):
    if not data:
        return data
    made = bytearray(data)
    for _ in range(random.choice([1, 1, 3, 20])):
        made[random.randrange(len(made))] ^= 1 << random.randrange(8)
    return bytes(made)


def _cut(data, random):
    return data[: _place(data, random)]


def _put_in(data, random):
    at = _place(data, random)
    return data[:at] + random.randbytes(random.choice([1, 4, 60])) + data[at:]


def _twice(data, random):
    start, end = sorted((_place(data, random), _place(data, random)))
    return data[:end] + data[start:]


def _without(data, random):
    start = _place(data, random)
    return data[:start] + data[start + random.choice([1, 8, 200, 3_000]) :]


def _zero(data, random):
    start, length = _place(data, random), random.choice([1, 16, 500])
    return data[:start] + bytes(len(data[start : start + length])) + data[start + length :]


def _trouble(data, random):
    at = _place(data, random)
    return data[:at] + random.choice(TROUBLES) + data[at:]
