from hypothesis import given
from hypothesis import strategies as st

from ovn_desk.text import finding, keys, offsets


@given(st.text(max_size=40), st.integers(0, 40))
def test_places_go_to_qt_and_back(text, place):
    place = min(place, len(text))
    assert offsets.from_utf16(text, offsets.to_utf16(text, place)) == place
    assert offsets.utf16_length(text) == offsets.to_utf16(text, len(text))


@given(st.lists(st.sampled_from(["1. a", "7. b", "    1. c", "text", "- d"]), max_size=8))
def test_numbering_on_twice_is_numbering_on_once(lines):
    once = keys.renumbered(lines)
    assert keys.renumbered(once) == once
    assert [line.lstrip("0123456789 ") for line in once] == [line.lstrip("0123456789 ") for line in lines]


def test_an_empty_item_ends_its_list():
    assert keys.continued("- ") == keys.Continued("", ends=True)
    assert keys.continued("3. three") == keys.Continued("4. ")
    assert keys.continued("no list") is None
    assert keys.continued("-no list") is None


@given(
    st.text(alphabet="abc .\n*(", max_size=30), st.text(alphabet="abc.*(", min_size=1, max_size=3), st.text(max_size=4)
)
def test_replacing_plain_words_is_what_python_does(text, words, by):
    query = finding.Query(words, is_case_kept=True)
    changed = text
    for start, end, new in reversed(finding.replaced(text, query, by, finding.matches(text, query))):
        changed = changed[:start] + new + changed[end:]
    assert changed == text.replace(words, by)
