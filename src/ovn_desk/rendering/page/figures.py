"""The pictures of a page with their addresses: copies in two widths, of which a browser takes the one it needs."""

import re
from collections.abc import Sequence
from html import escape

from ovn_desk.rendering.model import Shown
from ovn_desk.text.pictures import crop_text

_PLACE = re.compile(r'(<figure class="ovn-(\w+)">)?<img (data-ovn-sha256="([^"]*)" data-ovn-crop="([^"]*)")')
# How wide the picture will stand on the page (css/reader.css), for the browser to choose a copy by.
_SIZES = {
    "full": "(min-width: 58rem) 55rem, calc(100vw - 2rem)",
    "column": "(min-width: 42rem) 38.25rem, calc(100vw - 2rem)",
    "half": "(min-width: 42rem) 18rem, calc(100vw - 2rem)",
}
_INLINE = "8rem"


def address_pictures(html: str, pictures: Sequence[Shown], *, root: str) -> str:
    """Clean HTML whose pictures have the addresses of their copies; `root` is the way to the top of the site."""
    if "<img data-ovn" not in html:
        return html
    known = {(escape(shown.image.sha256), crop_text(shown.image)): shown.copies for shown in pictures}

    def fill_picture(match: re.Match[str]) -> str:
        copies = [(width, whole(address, root)) for width, address in known.get((match[4], match[5]), ())]
        if not copies:
            return match[0]
        address = f'src="{escape(copies[-1][1])}"'
        if len(copies) > 1:
            srcset = ", ".join(f"{escape(name)} {width}w" for width, name in copies)
            address += f' srcset="{srcset}" sizes="{_SIZES.get(match[2], _INLINE)}"'
        return f"{match[1] or ''}<img {address} {match[3]}"

    return _PLACE.sub(fill_picture, html)


def whole(address: str, root: str) -> str:
    """An address as a page of the site names it; one that is whole already stays."""
    return address if ":" in address else f"{root}{address}"
