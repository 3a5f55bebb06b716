"""The page a reader gets: standalone HTML that needs nothing else, and carries its approval with it."""

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from ovn_desk import assets
from ovn_desk.domain.ai_use import AiUse
from ovn_desk.domain.article import Content
from ovn_desk.domain.credits import Credit, public_credits
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.evidence import Correction, Reply, standing_corrections
from ovn_desk.domain.house import House
from ovn_desk.domain.source import Source, Terms
from ovn_desk.domain.theme import Theme
from ovn_desk.rendering.model import Approval, Beside, PageModel, Translation, address_of, shown_dates
from ovn_desk.rendering.page import figures, places, structured, words
from ovn_desk.rendering.page.credits import credit_line, read_credits
from ovn_desk.rendering.page.runs import mark_runs
from ovn_desk.rendering.page.templates import fill
from ovn_desk.text.body import RenderedBody
from ovn_desk.text.canonical import public_text

LOGGED = "ovn-log"
URDU_FONTS = {400: "ovn-nastaliq-400.woff2", 700: "ovn-nastaliq-700.woff2"}
_DESCRIPTION_LIMIT = 200
_APPROVER = "\ue005"  # where the approver's name will stand
_UNSIGNED = Approval(revision="", digest="", approved_by="", key="", statement="{}", signature="")


@dataclass(frozen=True, slots=True)
class Parts:
    """What of a page changes while it is being written: all above the text, the text in blocks, all below.

    `lines` are the lines of the Markdown (from 0) that the blocks begin at.
    """

    head: str
    blocks: tuple[str, ...]
    after: str
    lines: tuple[int, ...] = ()


def parts(model: PageModel, rendered: RenderedBody, house: House) -> Parts:
    """The changing parts of one article's page."""
    values = _values(model, house)
    head, after = (fill(f"{name}.html", values, house.look) for name in ("head", "after"))
    addressed = (figures.address_pictures(block, model.pictures, root="") for block in rendered.blocks)
    blocks = tuple(str(mark_runs(block, model.content.language)) for block in addressed)
    return Parts(head, blocks, after, rendered.lines)


def write(model: PageModel, house: House, *, root: str = "") -> str:
    """The page of one article, valid HTML without scripts, that works from a file.

    `root` is the relative way to the top of the site, as `../../`; without it the page stands alone, links to the
    house's address and carries the Urdu face inside; its pictures lie beside it.
    """
    language = model.content.language
    values = _values(model, house)
    if root:
        values["verify_page"] = root + places.verify(language, house)
    style, body = stylesheet(language, house.look, root=root), model.marked or mark_runs(model.html, language)
    graph = structured.script_json(structured.graph(model, house, backstory=" ".join(_how_we_know(model))))
    page = fill(
        "page.html",
        values
        | {
            "head": Markup(fill("head.html", values, house.look)),  # noqa: S704 - made by an escaping template
            "body": Markup(figures.address_pictures(body, model.pictures, root=root)),  # noqa: S704 - cleaned by text.render
            "after": Markup(fill("after.html", values, house.look)),  # noqa: S704 - made by an escaping template
            "style": Markup(style),  # noqa: S704 - our own file, or the house's
            "csp": security_policy(style, [text for text in (graph, values["carried"], model.proof) if text]),
            "graph": graph,
            "root": root or f"{house.url}/",
        },
        house.look,
    )
    return with_proof(page, model.proof)


def write_signed(model: PageModel, house: House, *, root: str = "") -> str:
    """The same of an approved article, for readers: read again where the house's own templates made it.

    Raises DeskError when these show another text than was signed, or no approval: nobody could check the page.
    """
    page = write(model, house, root=root)
    if house.look.templates:
        shown = public_text(page)
        if len(shown.carried) != 1 or model.approval is None or shown.digest != model.approval.digest:
            raise DeskError("theme-changes-signed", folder=house.look.folder)
    return page


def with_proof(page: str, proof: str) -> str:
    """The page with its place in the public log, if it has one, which no template has to leave room for."""
    if not proof:
        return page
    above, body, below = page.rpartition("</body>")
    return f'{above}<script type="application/json" id="{LOGGED}">{proof}</script>\n{body}{below}' if body else page


def signed_fragment(
    content: Content,
    html: str,
    cited: tuple[str, ...] = (),
    named: tuple[Credit, ...] = (),
) -> str:
    """What an approval signs of a page: all of the article but what the page adds of its own (`text.canonical`).

    `named` are the credits that the approval has.
    """
    statement = json.dumps({"credits": public_credits(named)} if named else {})
    model = PageModel(content, html, cited, approval=replace(_UNSIGNED, statement=statement))
    values = _values(model, None)
    head, after = fill("head.html", values), fill("after.html", values)
    return f"<article data-ovn-signed>{head}{mark_runs(html, content.language)}{after}</article>"


def parts_below(model: PageModel) -> str:
    """What stands below the text, as plain HTML for where there is no page: the sources, and how it is known."""
    return fill("below.html", _values(model, None))


def read_approval(carried: str) -> Approval | None:
    """The approval that a page carries as JSON, unchecked; none when that can not be read."""
    try:
        data = json.loads(carried, parse_constant=_refuse)
        found = {name: data[name] for name in Approval.__dataclass_fields__ if name in data}
        return Approval(**found) if all(isinstance(value, str) for value in found.values()) else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _refuse(constant: str) -> None:
    """JSON knows no NaN, whatever Python's reader does."""
    raise ValueError(constant)


def _is_unchecked(approval: Approval) -> bool:
    """Whether a chief signed it without the checks being passed."""
    return bool(json.loads(approval.statement).get("override"))


def stylesheet(language: str, look: Theme, *, root: str = "") -> str:
    """The reader's style, or the house's own; with the Urdu face where the page is in Urdu."""
    return (look.style.strip() or _own_style()) + urdu_faces(language, root=root)


@lru_cache(maxsize=1)
def _own_style() -> str:
    return assets.text("css/reader.css").strip()  # the checker takes the hash of what is inside the white space


def urdu_faces(language: str, *, root: str = "") -> str:
    """The style rules that bring the Urdu face where the language needs it; without a root it is carried inside."""
    return "".join(_font_face(weight, root) for weight in URDU_FONTS) if language == "ur" else ""


def security_policy(style: str, data: Sequence[str] = (), *, reads_beside: bool = False) -> str:
    """A content security policy under which nothing runs and nothing is fetched from elsewhere.

    `data` are the texts of script elements that hold JSON: they do not run, but the checker wants them named, too. A
    page that `reads_beside` may ask for other files of its own site.
    """
    scripts = " ".join(_hash(text) for text in data) or "'none'"
    connect = "connect-src 'self'; " if reads_beside else ""
    return (
        f"default-src 'none'; {connect}script-src {scripts}; style-src {_hash(style)}; font-src 'self' data:; "
        "img-src 'self' data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def font(weight: int) -> bytes:
    return (assets.folder() / "fonts" / URDU_FONTS[weight]).read_bytes()


@lru_cache(maxsize=16)
def _font_face(weight: int, root: str) -> str:
    address = f"{root}assets/{URDU_FONTS[weight]}"
    if not root:
        address = f"data:font/woff2;base64,{base64.b64encode(font(weight)).decode()}"
    return (
        f'\n@font-face {{ font-family: "Noto Nastaliq Urdu"; font-weight: {weight}; font-display: swap; '
        f'src: local("Noto Nastaliq Urdu"), url("{address}") format("woff2"); '
        "unicode-range: U+0600-06FF, U+0750-077F, U+08A0-08FF, U+200C-200F, U+FB50-FDFF, U+FE70-FEFC; }"
    )


def _values(model: PageModel, house: House | None) -> dict[str, Any]:
    """Everything the templates show. Without a house only what is signed can be shown: dates and addresses are not."""
    content, language = model.content, model.content.language
    shown: dict[str, Any] = {
        "content": content,
        "language": language,
        "direction": words.DIRECTION.get(language, "ltr"),
        "words": words.of(language),
        "headline": _text(content.headline, language),
        "standfirst": _text(content.standfirst, language),
        "byline": _text(content.byline, language),
        "dateline": _text(content.dateline, language),
        "genre": words.genre(content.genre, language),
        "sources": [_shown_source(s, n, model, language) for n, s in enumerate(structured.cited_sources(model), 1)],
        "how_we_know": _shown_lines(model),
        "corrections": [_shown_correction(one, language) for one in standing_corrections(content.corrections)],
        "approval": model.approval,
        "is_unchecked": model.approval is not None and _is_unchecked(model.approval),
        "carried": structured.script_json(_approval_data(model.approval)) if model.approval else "",
        "verify_page": "",
        "category": None,
        "published": None,
        "updated": None,
    }
    if house is None:
        return shown
    published, updated = shown_dates(model, house)
    category = house.section(content.category)
    return shown | {
        "house": house,
        "house_name": house.name_in(language),
        "house_tagline": house.tagline_in(language),
        "foot": places.foot(language, house),
        "verify_page": house.address(places.verify(language, house)),
        "house_language": language if language in house.names else "en",
        "category": category and category.name(language),
        "published": published and _moment(published, language),
        "updated": updated and _moment(updated, language),
        "canonical": house.address(address_of(model, house)),
        "description": _description(content),
        "pictures": structured.pictures(model, house),
        "locale": _locale(language),
        "beside": [shown_beside(one) for one in model.beside],
        "translations": [_shown_translation(one) for one in model.translations.others],
        "alternates": [
            {"language": code, "address": house.address(path)} for code, path in model.translations.alternates
        ],
    }


def shown_beside(one: Beside) -> dict[str, Any]:
    """A way to another article that was published at this address."""
    direction = words.DIRECTION.get(one.language, "ltr")
    headline = _text(one.headline, one.language)
    return {"language": one.language, "direction": direction, "path": one.path, "headline": headline}


def values_of(model: PageModel, house: House) -> dict[str, Any]:
    """Everything a template may show of an article."""
    return _values(model, house)


def _locale(language: str) -> str:
    return {"en": "en_GB", "ur": "ur_PK"}.get(language, language)


def _shown_translation(translation: Translation) -> dict[str, str]:
    """A way to the same article in another language, in the words of that language."""
    language = translation.language
    return {
        "language": language,
        "direction": words.DIRECTION.get(language, "ltr"),
        "path": translation.path,
        "name": words.of(language)["read_here"],
        "locale": _locale(language),
    }


def _moment(moment: datetime, language: str) -> dict[str, str]:
    return {"iso": moment.isoformat(), "words": words.day_and_time(moment, language)}


def _shown_source(source: Source, number: int, model: PageModel, language: str) -> dict[str, Any]:
    """What readers may know of a source: nothing but its part in the story when its name is withheld."""
    uses = list(range(1, model.html.count(f'id="ovn-cite-{number}-') + 1))
    back = words.of(language)["back"].format(number=words.number(str(number), language))
    common = {"number": number, "uses": uses, "back": back, "excerpts": ()}
    if source.terms != Terms.ON_RECORD:
        return common | {"label": words.of(language)["withheld"], "details": "", "url": ""}
    details = [source.medium, source.locator, words.written_date(source.published, language)]
    comma = "، " if language == "ur" else ", "
    return common | {
        "label": _text(source.label, language),
        "details": _text(comma.join(part for part in details if part), language),
        "url": source.url if source.url.startswith(("https://", "http://")) else "",
        "excerpts": [_text(text, language) for text in source.excerpts] if source.publish_excerpts else (),
    }


def _how_we_know(model: PageModel, *, approver: str = "") -> list[str]:
    """Lines made from data: who reported and approved, how many sources are named; `approver` as it is to be shown."""
    language, spoken = model.content.language, words.of(model.content.language)
    lines = []
    if model.content.byline:
        lines.append(spoken["reported_by"].format(name=model.content.byline))
    if model.approval:
        found = read_credits(model.approval.statement)
        lines.append(credit_line(found, language, approver=approver or model.approval.approved_by))
    named, cited = len(structured.named_sources(model)), len(model.cited)
    counts = {"named": words.number(str(named), language), "unnamed": words.number(str(cited - named), language)}
    lines.append(spoken["named"].format(**counts) if cited else spoken["no_sources"])
    lines += [_asked_line(reply, language) for reply in model.content.replies if reply.asked_at]
    if model.content.unverified:
        lines.append(spoken["unverified"].format(what=model.content.unverified))
    lines.append(_ai_used(model.content))
    if model.content.corrections:
        number = words.number(str(len(standing_corrections(model.content.corrections))), language)
        lines.append(spoken["corrected"].format(number=number))
    return lines


def _ai_used(content: Content) -> str:
    """What machines did, as it was declared; and that nothing was declared."""
    language, spoken = content.language, words.of(content.language)
    if not content.ai_used:
        return spoken["ai_not_declared"]
    return spoken["ai_used"].format(uses=spoken["ai_and"].join(_ai_use(use, language) for use in content.ai_used))


def _ai_use(use: AiUse, language: str) -> str:
    said = "، " if language == "ur" else ", "
    details = said.join(filter(None, (use.tool, use.what.rstrip(" .۔"))))
    task = words.ai_task(use.task, language)
    return f"{task} ({details})" if details else task


def _shown_lines(model: PageModel) -> list[Markup]:
    """The lines on the page: the approver's name is marked, since it is compared with who signed."""
    if model.approval is None:
        return [escape(line) for line in _how_we_know(model)]
    name = Markup("<span data-ovn-approver>{}</span>").format(model.approval.approved_by)
    lines = [escape(line) for line in _how_we_know(model, approver=_APPROVER)]
    return [Markup(str(line).replace(_APPROVER, name)) for line in lines]  # noqa: S704 - both were escaped


def _asked_line(reply: Reply, language: str) -> str:
    """That somebody was asked, when, and whether they answered: nothing else of it is for readers."""
    spoken = words.of(language)["answered" if reply.answer.strip() else "no_answer"]
    return spoken.format(name=reply.name, day=words.written_date(reply.asked_at, language))


def _shown_correction(correction: Correction, language: str) -> dict[str, Any]:
    return {
        "title": words.correction(correction.kind, language),
        "day": words.written_date(correction.at[:10], language),
        "iso": correction.at[:10],
        "said": _text(correction.said, language),
        "in_fact": _text(correction.in_fact, language),
    }


def _description(content: Content) -> str:
    """Up to 200 characters for search engines: the standfirst, or else the start of the text."""
    text = content.standfirst or " ".join(content.body.split())
    if len(text) <= _DESCRIPTION_LIMIT:
        return text
    return text[:_DESCRIPTION_LIMIT].rsplit(" ", 1)[0] + "…"


def _text(text: str, language: str) -> Markup:
    return mark_runs(str(escape(text)), language)


def _approval_data(approval: Approval) -> dict[str, str]:
    return {name: getattr(approval, name) for name in Approval.__dataclass_fields__}
