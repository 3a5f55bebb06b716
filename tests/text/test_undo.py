from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ovn_desk.text import undo
from ovn_desk.text.undo import Step

TEXTS = st.text(alphabet="ab \n😀پ", max_size=12)


@given(TEXTS, TEXTS)
def test_a_step_leads_from_one_text_to_the_other_and_back(old, new):
    step = undo.between(old, new)
    if step is None:
        assert old == new
    else:
        assert undo.applied(old, step) == new
        assert undo.applied(new, step.inverse) == old


@given(st.lists(TEXTS, min_size=1, max_size=30))
def test_all_steps_undone_are_the_beginning_and_done_again_the_end(texts):
    steps = ()
    for old, new in pairwise(texts):
        if step := undo.between(old, new):
            steps = undo.added(steps, step)
    steps = undo.from_json(undo.to_json(steps))
    text = undo.beginning(texts[-1], steps)
    assert text == texts[0]
    for step in steps:
        text = undo.applied(text, step)
    assert text == texts[-1]


def test_typing_that_goes_on_is_one_step_until_the_line_ends():
    steps, text = (), ""
    for letter in "one two\nthree":
        steps = undo.added(steps, undo.between(text, text + letter))
        text += letter
    assert [step.put for step in steps] == ["one two", "\n", "three"]


def test_an_undone_step_is_gone():
    steps = undo.added((), Step(0, "", "word"))
    assert undo.added(steps, Step(0, "word", "")) == ()


def test_old_steps_are_forgotten_and_the_rest_still_fit():
    steps, text = (), ""
    for number in range(undo.MOST_STEPS + 50):
        new = f"{number}\n{text}"
        steps = undo.added(steps, undo.between(text, new))
        text = new
    assert len(steps) == undo.MOST_STEPS
    assert undo.beginning(text, steps).count("\n") == 50


def test_steps_of_another_text_are_refused():
    with pytest.raises(ValueError, match="no such text"):
        undo.beginning("another", (Step(0, "", "word"),))
