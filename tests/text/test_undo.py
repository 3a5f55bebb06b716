import pytest
from hypothesis import given
from hypothesis import strategies as st

from ovn_desk.text import undo
from ovn_desk.text.undo import History, Recorder, Step

TEXTS = st.text(alphabet="ab .\n😀پ", max_size=12)


class Clock:
    def __init__(self):
        self.now = 5.0

    def __call__(self):
        return self.now


@given(TEXTS, TEXTS)
def test_a_step_leads_from_one_text_to_the_other_and_back(old, new):
    step = undo.step_between(old, new)
    if step is None:
        assert old == new
    else:
        assert undo.apply_step(old, step) == new
        assert undo.apply_step(new, step.inverse) == old


EDITS = st.tuples(TEXTS, st.sampled_from(["typed", "whole", "amended", "elsewhere", "undo", "redo", "close", "pause"]))


@given(st.lists(EDITS, max_size=30))
def test_all_steps_undone_are_the_beginning_and_done_again_the_end(edits):
    clock = Clock()
    recorder = Recorder(clock)
    text, began = "start", "start"
    for new, how in edits:
        if how == "close":
            recorder.close()
        elif how == "pause":
            clock.now += 2
        elif how in {"undo", "redo"}:
            step = recorder.undo() if how == "undo" else recorder.redo()
            text = undo.apply_step(text, step) if step else text
        elif step := undo.step_between(text, new):
            if how == "elsewhere":
                recorder.keep_undone()
            if how == "amended":
                recorder.amend(step, text)
            else:
                recorder.record(step, is_typed=how == "typed")
            text = new
    steps = undo.from_json(undo.to_json(recorder.history.done))
    assert undo.text_before_steps(text, steps) == began
    ended, number = text, len(steps)
    while step := recorder.undo():
        text = undo.apply_step(text, step)
        number -= 1
    assert (text, number) == (began, 0)
    for _ in steps:
        text = undo.apply_step(text, recorder.redo())
    assert text == ended


def steps_of(keys, *, clock=None, recorder=None, text="", at=None):
    """The steps of keys that are typed: `~` is a pause, `<` Backspace, `|` a jump of the cursor and back."""
    clock = clock or Clock()
    recorder = recorder or Recorder(clock)
    for key in keys:
        clock.now += 0.1
        if key == "~":
            clock.now += undo.PAUSE_S
        elif key == "|":
            recorder.close()
        elif key == "<":
            recorder.record(Step(len(text) - 1, text[-1], ""), is_typed=True)
            text = text[:-1]
        else:
            recorder.record(Step(len(text), "", key), is_typed=True)
            text += key
    return [step.put or f"-{step.taken}" for step in recorder.history.done]


@pytest.mark.parametrize(
    ("keys", "steps"),
    [
        ("one two", ["one two"]),
        ("one~ two", ["one", " two"]),
        ("one| two", ["one", " two"]),
        ("One. Two! Three", ["One. ", "Two! ", "Three"]),
        ("“One.” Two", ["“One.” ", "Two"]),
        ("3.5 and U.N", ["3.5 and U.N"]),
        ("ایک۔ دو؟ تین", ["ایک۔ ", "دو؟ ", "تین"]),
        ("one\n\n\ntwo", ["one", "\n\n\n", "two"]),
        ("one<<<two", ["one", "-one", "two"]),
        ("one<<~<two", ["one", "-ne", "-o", "two"]),
    ],
)
def test_a_step_is_what_a_person_would_take_back_at_once(keys, steps):
    assert steps_of(keys) == steps


@pytest.mark.parametrize("letters", ["word ", "a", "😀 پاکستان "])
@pytest.mark.parametrize("seconds", [0.02, 0.3, 0.9])
def test_no_step_holds_more_than_twenty_seconds_of_typing(letters, seconds):
    clock = Clock()
    recorder = Recorder(clock)
    typed = (letters * 1_000)[:1_000]
    for place, letter in enumerate(typed):
        clock.now += seconds
        recorder.record(Step(place, "", letter), is_typed=True)
    steps = recorder.history.done
    assert "".join(step.put for step in steps) == typed
    assert max(len(step.put) for step in steps) * seconds <= undo.TOO_LONG_S + 1
    if " " in letters and seconds < 0.9:
        assert all(step.put.endswith(" ") for step in steps[:-1])


def test_what_was_not_typed_is_a_step_of_its_own():
    recorder = Recorder(Clock())
    recorder.record(Step(0, "", "a"), is_typed=True)
    recorder.record(Step(1, "", "b"), is_typed=False)
    recorder.record(Step(2, "", "c"), is_typed=True)
    assert [step.put for step in recorder.history.done] == ["a", "b", "c"]


def test_typing_over_a_selection_is_one_step_with_what_is_typed_on():
    recorder = Recorder(Clock())
    recorder.record(Step(0, "old", "n"), is_typed=True)
    recorder.record(Step(1, "", "ew"), is_typed=True)
    assert recorder.history.done == (Step(0, "old", "new"),)


def test_an_edit_after_undo_ends_what_could_be_redone():
    recorder = Recorder(Clock())
    recorder.record(Step(0, "", "word"), is_typed=True)
    recorder.undo()
    recorder.record(Step(0, "", "other"), is_typed=True)
    assert recorder.history == History((Step(0, "", "other"),))
    assert recorder.redo() is None


def test_what_was_undone_stays_within_reach_when_something_comes_from_elsewhere():
    recorder = Recorder(Clock())
    for step in (Step(0, "", "One."), Step(4, "", " Two."), Step(9, "", " Three.")):
        recorder.record(step, is_typed=False)
    recorder.undo()
    recorder.undo()
    recorder.keep_undone()
    recorder.record(Step(0, "", "Theirs. "), is_typed=False)
    text, seen = "Theirs. One.", []
    while step := recorder.undo():
        text = undo.apply_step(text, step)
        seen.append(text)
    assert seen == ["One.", "One. Two.", "One. Two. Three.", "One. Two.", "One.", ""]


def test_old_steps_are_forgotten_and_the_rest_still_fit():
    recorder, text = Recorder(Clock()), ""
    for number in range(undo.MOST_STEPS + 50):
        new = f"{number}\n{text}"
        recorder.record(undo.step_between(text, new), is_typed=False)
        text = new
    steps = recorder.history.done
    assert len(steps) == undo.MOST_STEPS
    assert undo.text_before_steps(text, steps).count("\n") == 50


def test_a_very_long_text_that_was_deleted_can_be_brought_back():
    recorder = Recorder(Clock())
    for number in range(20):
        recorder.record(Step(0, "x" * 1_000_000, ""), is_typed=False)
        recorder.record(Step(0, "", f"{number}"), is_typed=True)
    assert len(recorder.history.done) >= 10
    recorder.undo()
    assert recorder.undo() == Step(0, "", "x" * 1_000_000)


def test_steps_of_another_text_are_refused():
    with pytest.raises(ValueError, match="no such text"):
        undo.text_before_steps("another", (Step(0, "", "word"),))
