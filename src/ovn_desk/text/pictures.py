"""A picture as the page shows it: its element with all that is signed of it, still without an address."""

from html import escape

from ovn_desk.domain.image import Image
from ovn_desk.text import direction


def figure(image: Image) -> str:
    """A picture that stands by itself, with its caption and credit."""
    credit = f'<span class="credit">{escape(image.credit)}</span>' if image.credit else ""
    words = " ".join(part for part in (escape(image.caption), credit) if part)
    spoken = "".join(
        f' {name}="{value}"' for name, value in direction.attributes(direction.language_of(image.caption)).items()
    )
    caption = f"<figcaption{spoken}>{words}</figcaption>" if words else ""
    return f'<figure class="ovn-{image.shown}">{_element(image)}{caption}</figure>'


def inline(image: Image) -> str:
    """A picture inside a line."""
    return _element(image, ' class="ovn-inline"')


def crop_text(image: Image) -> str:
    """The crop as `left,top,width,height` in pixels of the file, as pages carry it and an approval signs it."""
    return ",".join(map(str, image.box))


def _element(image: Image, more: str = "") -> str:
    alt = "" if image.is_decorative else image.alt
    _, _, width, height = image.box
    return (
        f'<img data-ovn-sha256="{escape(image.sha256)}" data-ovn-crop="{crop_text(image)}"{more} '
        f'width="{width}" height="{height}" alt="{escape(alt)}" loading="lazy" decoding="async">'
    )
