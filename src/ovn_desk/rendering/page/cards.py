"""How an article looks before it is opened: as a search result, and as a card where it is shared."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from markupsafe import Markup

from ovn_desk import assets
from ovn_desk.domain.house import House
from ovn_desk.messages import Message
from ovn_desk.rendering.model import PageModel
from ovn_desk.rendering.page import document
from ovn_desk.rendering.page.templates import fill

KINDS = ("search", "share")
_TITLE, _DESCRIPTION = 60, 155  # what search engines show before they cut: about 600 pixels, two lines


def parts(model: PageModel, house: House, kind: str) -> document.Parts:
    """What changes of such a card while the article is being written."""
    values = document.values_of(model, house)
    shown = values | {
        "host": urlsplit(house.url).hostname or "",
        "notes": _notes(model, values),
        "picture": _picture(model),
    }
    return document.Parts("", (fill(f"{kind}-card.html", shown),), "", (0,))


def write(model: PageModel, house: House, kind: str) -> str:
    """The whole page that shows a card in the window; nothing of it is published."""
    style = assets.text("css/cards.css") + document.urdu_faces(model.content.language)
    values = document.values_of(model, house) | {
        "body": Markup(parts(model, house, kind).blocks[0]),  # noqa: S704 - made by an escaping template
        "style": Markup(style),  # noqa: S704 - our own file
        "csp": document.security_policy(style),
    }
    return fill("cards.html", values)


def _picture(model: PageModel) -> dict[str, str] | None:
    """The first picture, in its widest copy."""
    first = next((shown for shown in model.pictures if shown.copies), None)
    return {"src": first.copies[-1][1], "alt": first.image.alt} if first else None


def _notes(model: PageModel, values: Mapping[str, str]) -> dict[str, str]:
    """What a reporter wants to know, in the desk's own language."""
    title, description = len(model.content.headline), len(values["description"])
    said = [_length_message("card-description", "card-description-cut", description, _DESCRIPTION)]
    said += [] if model.content.standfirst else [Message("card-description-is-text")]
    return {
        "title": str(_length_message("card-headline", "card-headline-cut", title, _TITLE)),
        "description": " ".join(str(one) for one in said),
        "card": str(Message("card-picture")),
    }


def _length_message(whole: str, cut: str, count: int, most: int) -> Message:
    """How long a text of a card is, and whether it is cut."""
    return Message(cut, count=count, most=most) if count > most else Message(whole, count=count)
