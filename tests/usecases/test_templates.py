import pytest

from make import HOUSE
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house_file import read_house
from ovn_desk.usecases import templates

POST = read_house(HOUSE)


@pytest.mark.parametrize("language", ["en", "ur"])
def test_every_template_begins_an_article_with_something_left_to_come(language, tmp_path, desk):
    found = templates.templates(language, own=tmp_path)
    assert [start.name for start in found] == ["Breaking news", "Fact check", "Interview", "Report"]
    for start in found:
        content = templates.fill(start, POST, by=desk.reporter, language=language)
        assert "TK" in content.body
        assert (content.headline, content.language, content.byline) == ("", language, "Rana Malik")
        assert content.target_words > 0


def test_a_snippet_names_the_house(tmp_path):
    found = {start.name: start for start in templates.snippets("en", own=tmp_path)}
    text = templates.snippet_text(found["Could not be verified"], POST, "en")
    assert text == "The Testing Post could not independently verify this."


def test_a_kept_snippet_is_there_the_next_time_and_not_overwritten(tmp_path):
    own = tmp_path / "snippets"
    templates.keep_snippet("My line", "words of mine", own=own)
    kept = [start for start in templates.snippets("en", own=own) if start.is_own]
    assert [(start.name, start.text) for start in kept] == [("My line", "words of mine")]
    with pytest.raises(DeskError, match="already"):
        templates.keep_snippet("My line", "others", own=own)


def test_a_template_that_is_not_text_is_refused_with_a_sentence(tmp_path, desk):
    (tmp_path / "bad.md").write_bytes(b"\xff\xfe\x00")
    start = next(start for start in templates.templates("en", own=tmp_path) if start.is_own)
    with pytest.raises(DeskError, match="cannot be read"):
        templates.fill(start, POST, by=desk.reporter, language="en")
