"""The page as it would be exported now, while it is being written."""

from collections.abc import Callable

from ovn_desk.domain.article import ArticleId, Content
from ovn_desk.domain.house import House
from ovn_desk.domain.image import Image
from ovn_desk.rendering import page
from ovn_desk.store import ReadTransaction
from ovn_desk.text.body import RenderedBody
from ovn_desk.text.helper import RenderHelper
from ovn_desk.usecases import pictures, signatures

Showing = Callable[[Image], page.Shown]


def preview(
    content: Content, house: House, renderer: RenderHelper, *, show: Showing = page.Shown, card: str = ""
) -> str:
    """The page as it would be exported now, without an approval, or one of the cards that lead to it.

    `show` gives its pictures addresses.
    """
    issue = _draft_model(content, signatures.render_body(content, renderer), show)
    return page.cards.write(issue, house, card) if card else page.write(issue, house)


def preview_parts(
    content: Content, house: House, renderer: RenderHelper, *, show: Showing = page.Shown, card: str = ""
) -> page.Parts:
    """The parts of that page that change while it is being written; one changed paragraph costs one paragraph."""
    rendered = signatures.render_body(content, renderer)
    issue = _draft_model(content, rendered, show)
    return page.cards.parts(issue, house, card) if card else page.parts(issue, rendered, house)


def withdrawn_page(reading: ReadTransaction, article: ArticleId, house: House) -> str:
    """What readers find at the address of a withdrawn article, which has had one: that it was, when and why."""
    from ovn_desk.formats.site import tombstone  # not needed to begin
    from ovn_desk.usecases.publishing.archive import withdrawal, without_text

    history = reading.history(article)
    folded = reading.article(article)
    live = reading.revision(folded.published.revision if folded.published else folded.head).content
    claim = folded.claims[-1].path if folded.claims else ""
    model = page.PageModel(
        without_text(live),
        "",
        published_at=folded.first_published_at,
        path=claim,
        id=article,
        withdrawn=withdrawal(history.events),
    )
    return tombstone.write(house, claim, model, root=f"{house.url}/")


def _draft_model(content: Content, rendered: RenderedBody, show: Showing) -> page.PageModel:
    shown = tuple(show(image) for image in pictures.images_with_keys(content, rendered.pictures))
    return page.PageModel(content, rendered.html, rendered.cited, pictures=shown)
