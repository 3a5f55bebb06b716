"""The pictures of articles: taken in from files, and given out in the copies that pages and the preview show."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from ovn_desk.domain.article import Content
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.image import Image, ImageWidth
from ovn_desk.domain.texts import key_for
from ovn_desk.rendering import page
from ovn_desk.rendering.artifact import Artifact
from ovn_desk.store import Readable, ReadTransaction, Store
from ovn_desk.store.build_cache import BuildCache
from ovn_desk.text import foreign
from ovn_desk.usecases.program import program_fingerprint

KINDS = (".jpg", ".jpeg", ".png", ".webp")
PREVIEW = "ovn-page://desk/"
_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
_ADDRESS = re.compile(r"images/([0-9a-f]{64})/(\d+)x(\d+)/(\d+)-(\d+)-(\d+)-(\d+)/(\w+)/(\d+)")
_KEPT = 256  # pictures; their copies take about half a megabyte each


@dataclass(frozen=True, slots=True)
class TakenImages:
    """What came of some files: the pictures that are in the store now, and a sentence for each that is not."""

    images: tuple[Image, ...] = ()
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImageRenditions:
    """A picture's copies for readers: width in pixels and file, narrowest first."""

    media: str
    files: tuple[tuple[int, bytes], ...]


def import_images(store: Store, files: Sequence[Path | bytes]) -> TakenImages:
    """Strip the metadata of picture files and store each once; bytes are from the clipboard and have no name."""
    from ovn_desk.rendering import pictures  # its library would make every start slower

    came: list[tuple[pictures.Picture, str]] = []
    refused: list[str] = []
    for file in files:
        name = file.name if isinstance(file, Path) else "The picture"
        try:
            data = foreign.read_bytes(file, most=pictures.LARGEST) if isinstance(file, Path) else file
            came.append((pictures.read(data, name=name), file.stem if isinstance(file, Path) else ""))
        except DeskError as error:
            refused.append(str(error))
    with store.begin() as tx:
        for picture, _ in came:
            tx.add_blob(picture.data, picture.media)
    return TakenImages(
        tuple(pictures.as_image(made, key=key_for(stem, otherwise="image"), name=stem) for made, stem in came),
        tuple(refused),
    )


def images_with_keys(content: Content, keys: Sequence[str]) -> list[Image]:
    """The pictures of an article with these keys, in their order; KeyError for a key that it lacks."""
    by_key = {image.key: image for image in content.images}
    return [by_key[key] for key in keys]


def check_files(reading: ReadTransaction, content: Content) -> None:
    """Raises StepRefused when the file of a picture is not in the store, as after an import of text alone."""
    for image in content.images:
        if f"(image:{image.key})" in content.body and not reading.has_blob(image.sha256):
            raise StepRefused("picture-file-missing", key=image.key)


def renditions(store: Readable, image: Image) -> ImageRenditions:
    """The renditions of a picture that pages show; cached while the desk is open."""
    return _make_renditions(store, image.sha256, image.media, (image.width, image.height), image.box, image.shown)


@lru_cache(maxsize=_KEPT)  # a stored file never changes: the same crop of it in the same widths is the same copies
def _make_renditions(
    store: Readable, sha256: str, said: str, size: tuple[int, int], crop: tuple[int, ...], width: ImageWidth
) -> ImageRenditions:
    """`said` is the media type that its article names and somebody signed: whoever carried the file signed nothing."""
    from ovn_desk.rendering import pictures

    with store.read() as reading:
        kept, data = reading.blob(sha256)
    media = said or kept
    image = Image(sha256=sha256, media=media, width=size[0], height=size[1], crop=crop, shown=width)
    return ImageRenditions(media, tuple(pictures.renditions(data, image)))


class ImageLibrary:
    """The pictures of one export: `files` to be written with it, and how each page names them."""

    def __init__(self, store: Store, kept: BuildCache, *, has_copies: bool) -> None:
        """`has_copies` says whether the format shows pictures; else they are named without files."""
        self.files: dict[str, Artifact] = {}
        self._store = store
        self._has_copies = has_copies
        self._kept = kept

    def page_image(self, image: Image) -> page.Shown:
        """The picture for a page, with the names of its files, which are added to `files`; some formats have none."""
        if not self._has_copies:
            return page.Shown(image)
        names = self._names(image)
        for width, name in names:
            self.files[name] = Artifact(name, partial(self._rendition_bytes, image, width), made_from=name)
        return page.Shown(image, names)

    def _names(self, image: Image) -> tuple[tuple[int, str], ...]:
        """Width and address of each copy; an address says what is in the copy, so it is made once to be known."""
        place = f"copies/{image.sha256}/{image.box}/{image.shown}"
        if found := self._kept.find(place, program_fingerprint()):
            return tuple((width, name) for width, name in json.loads(found))
        made = renditions(self._store, image)
        names = tuple(
            (width, f"assets/images/{hashlib.sha256(data).hexdigest()}-{width}.{_ENDINGS[made.media]}")
            for width, data in made.files
        )
        self._kept.put(place, program_fingerprint(), json.dumps(names).encode())
        return names

    def _rendition_bytes(self, image: Image, width: int) -> bytes:
        return dict(renditions(self._store, image).files)[width]


def preview_image(image: Image) -> page.Shown:
    """The picture for a page, with the addresses of the preview that `rendition_at` answers."""
    crop = "-".join(map(str, image.box))
    stem = f"{PREVIEW}images/{image.sha256}/{image.width}x{image.height}/{crop}/{image.shown}"
    return page.Shown(image, tuple((width, f"{stem}/{width}") for width in image.widths))


def rendition_at(store: Readable, address: str) -> tuple[str, bytes]:
    """Media type and file of a copy by its path in the preview; raises DeskError when there is none."""
    match = _ADDRESS.fullmatch(address)
    if match is None or match[8] not in set(ImageWidth):
        raise DeskError("picture-address-wrong")
    wide, high, *crop = map(int, match.group(2, 3, 4, 5, 6, 7))
    image = Image(sha256=match[1], width=wide, height=high, crop=tuple(crop), shown=ImageWidth(match[8]))
    made = renditions(store, image)
    files = dict(made.files)
    if int(match[9]) not in files:
        raise DeskError("picture-address-wrong")
    return made.media, files[int(match[9])]
