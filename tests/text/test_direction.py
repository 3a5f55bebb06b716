import pytest
from hypothesis import given
from hypothesis import strategies as st

from ovn_desk.text import direction

URDU = "پاکستان اور آذربائیجان نے ریل پر اتفاق کیا"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (URDU, "ur"),
        (f"Dawn کے مطابق {URDU}", "ur"),
        ("A plain English line", "en"),
        (f"The word “{URDU.split(maxsplit=1)[0]}” in an English line", "en"),
        (f"{URDU} [@dawn-rail p. 3] [link](https://a.example/long/latin/words)", "ur"),
        ("\u200fEnglish words that lie to the right", "ur"),
        (f"> - \u200e{URDU}", "en"),
        ("", ""),
        ("2025", ""),
        ("۲۰۲۵ 😀", ""),
        ("پاکستان Pakistan", ""),
    ],
)
def test_a_paragraph_is_in_the_language_most_of_its_words_are_in(text, language):
    assert direction.language_of(text) == language


LINES = st.text(alphabet="ab \u200f\u200e#>-1.پک", max_size=20)


@given(LINES, st.sampled_from(["en", "ur"]), st.sampled_from(["en", "ur"]))
def test_a_turned_line_lies_as_asked_and_keeps_its_words(line, language, article):
    made = direction.mark_language(line, language, article)
    assert (direction.language_of(made) or article) == language
    assert made.replace("\u200f", "").replace("\u200e", "") == line.replace("\u200f", "").replace("\u200e", "")


@given(LINES, st.sampled_from(["en", "ur"]), st.sampled_from(["en", "ur"]))
def test_turning_twice_is_turning_once(line, language, article):
    once = direction.mark_language(line, language, article)
    assert direction.mark_language(once, language, article) == once
