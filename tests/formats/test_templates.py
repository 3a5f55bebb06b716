"""What templates ask for is there, in every language."""

import jinja2
import pytest
from jinja2 import nodes

from make import HOUSE
from ovn_desk import assets
from ovn_desk.domain.article import Content
from ovn_desk.domain.house_file import read_house
from ovn_desk.domain.source import Source
from ovn_desk.rendering import page
from ovn_desk.rendering.model import PageModel
from ovn_desk.rendering.page import words

TEMPLATES = sorted((assets.folder() / "templates").iterdir())


def asked_for(template, name):
    """The attributes of this value that a template names."""
    tree = jinja2.Environment(autoescape=True).parse(template.read_text(encoding="utf-8"))
    return {found.attr for found in tree.find_all(nodes.Getattr) if getattr(found.node, "name", "") == name}


@pytest.mark.parametrize("language", words.DIRECTION)
@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_word_of_a_page_is_there(template, language):
    assert asked_for(template, "words") <= words.of(language).keys()


def test_templates_ask_for_words_at_all():
    assert sum(bool(asked_for(template, "words")) for template in TEMPLATES) > 5


def test_nothing_that_an_article_says_of_itself_is_markup():
    said = {name: f"<i>{name}</i>" for name in ("headline", "standfirst", "byline", "dateline", "unverified")}
    source = Source("dawn", name="<i>name</i>", role="<i>role</i>", outlet="<i>outlet</i>", locator="<i>locator</i>")
    content = Content(**said, sources=(source,), tags=("<i>tag</i>",))
    html = page.write(PageModel(content, "<p>Cited.", ("dawn",)), read_house(HOUSE, name="house.toml"))
    assert "<i>" not in html
    for name in (*said, "name", "outlet"):
        assert f"&lt;i&gt;{name}&lt;/i&gt;" in html
