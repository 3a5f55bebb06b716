"""What templates ask for is there, in every language."""

import jinja2
import pytest
from jinja2 import nodes

from ovn_desk import assets
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
