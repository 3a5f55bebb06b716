from hypothesis import given
from hypothesis import strategies as st

from ovn_desk.text.render import render
from ovn_desk.ui.preview import patching

BLOCKS = st.lists(st.sampled_from(["<p>a</p>", "<p>b</p>", "<h2>c</h2>", "<ul><li>d</li></ul>", "<hr>"]))


def apply_patch(before, change):
    """What the page does with a patch."""
    return [*before[: change.start], *change.added, *before[change.start + change.removed :]]


@given(BLOCKS, BLOCKS)
def test_a_patch_turns_the_page_into_the_new_one(before, after):
    assert apply_patch(before, patching.patch(before, after)) == after


@given(BLOCKS)
def test_a_page_that_did_not_change_needs_no_patch(page):
    assert patching.patch(page, page).is_empty


@given(st.text(alphabet="ab<>&\n#*-_>`[]()! |1.", max_size=80))
def test_the_blocks_of_a_rendered_text_joined_are_the_page(text):
    html = render(text).html
    assert "".join(patching.blocks(html)) == html


def test_each_top_level_element_is_one_block():
    html = '<p title="a > b">one<br>two</p>\n<ul>\n<li>three</li>\n</ul>'
    assert [block.strip() for block in patching.blocks(html)] == html.split("\n", 1)


def test_one_changed_paragraph_is_one_block_of_patch():
    before = [f"<p>{number}</p>" for number in range(1000)]
    after = [*before[:500], "<p>new</p>", *before[501:]]
    assert patching.patch(before, after) == patching.Patch(500, 1, ("<p>new</p>",))
