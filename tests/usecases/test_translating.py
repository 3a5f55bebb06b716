"""A translation begins with what holds in any language."""

import pytest

from make import DAWN, content
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.evidence import Correction, Waiver
from ovn_desk.usecases import publishing, translating, writing


def house(desk):
    with desk.store.read() as reading:
        return reading.house()


def test_it_takes_over_what_is_no_text_and_says_what_it_translates(desk):
    corrections = (Correction("one", at="2025-07-21", said="June.", in_fact="July."),)
    original = content(tags=("rail",), slug="rail", corrections=corrections, waivers=(Waiver(),), ednote="Private.")
    made = translating.begin_translation(original, "1", house(desk), language="ur")
    assert (made.language, made.translates) == ("ur", "1")
    assert (made.category, made.sources, made.date) == ("politics", (DAWN,), "2025-07-20")
    assert (made.headline, made.body, made.tags, made.slug, made.ednote) == ("", "", (), "", "")
    assert (made.corrections, made.waivers) == ((), ())


@pytest.mark.parametrize(("language", "said"), [("en", "already"), ("fr", "does not write in")])
def test_a_language_that_can_not_be_is_refused(desk, language, said):
    with pytest.raises(DeskError, match=said):
        translating.begin_translation(content(), "1", house(desk), language=language)


def test_originals_are_found_by_their_words_in_another_language_only(desk):
    english, _, urdu = desk.draft(), desk.draft(headline="Cricket", body="x"), desk.draft(headline="ریل", language="ur")
    found = desk.read(translating.originals, urdu, "ur", "rail gro")
    assert [row.id for row in found] == [english]
    assert [row.id for row in desk.read(translating.originals, english, "en", "ريل")] == [urdu]


def test_a_withdrawn_original_is_no_longer_led_to(desk, tmp_path):
    from ovn_desk.domain.workflow import Step

    english = desk.approved()
    desk.approved(headline="Rel", language="ur", slug="urdu", translates=english)
    asked, options = publishing.ExportRequest(None, tmp_path / "site"), {"by": desk.editor, "renderer": desk.renderer}
    publishing.export(desk.store, asked, **options)
    page = tmp_path / "site" / "2025" / "07" / "urdu.html"
    assert "Read in English" in page.read_text(encoding="utf-8")
    desk.step(english, Step.WITHDRAW, desk.editor, reason="Wrong.")
    done = publishing.export(desk.store, asked, **options)
    assert "2025/07/urdu.html" in done.written
    assert "Read in English" not in page.read_text(encoding="utf-8")
    assert all(check.ok for check in publishing.verify_files(tmp_path / "site"))


def test_it_is_written_like_any_draft(desk):
    original = desk.draft()
    made = translating.begin_translation(content(), original, house(desk), language="ur")
    article = writing.start(desk.store, made, by=desk.reporter)
    assert desk.read(writing.text_of, article).translates == original
