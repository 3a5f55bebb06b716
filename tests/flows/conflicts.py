"""Changes that two make of one story without knowing of each other, of every kind, and how they are settled."""

from ovn_desk.text.merge import Take

TEXT = "Alpha one stands.\n\nBeta two stands.\n\nGamma three stands."

CONFLICTS = {
    "the same words": (lambda at, w: at.replaces("Beta", f"R {w}"), lambda at, w: at.replaces("Beta", f"A {w}")),
    "deleted and changed": (
        lambda at, w: at.replaces("Beta two stands.\n\n", f"{w} "),
        lambda at, w: at.replaces("two", w),
    ),
    "the headline": (lambda at, w: at.heads(f"R {w}"), lambda at, w: at.heads(f"A {w}")),
    "the standfirst": (
        lambda at, w: at.heads(f"R {w}", field="standfirst"),
        lambda at, w: at.heads(f"A {w}", field="standfirst"),
    ),
    "a field": (lambda at, w: at.fills(byline=f"R {w}"), lambda at, w: at.fills(byline=f"A {w}")),
    "the end": (lambda at, w: at.types(f" R {w}"), lambda at, w: at.types(f" A {w}")),
    "new paragraphs at one place": (
        lambda at, w: at.types(f"\nR {w}", after="Beta two stands."),
        lambda at, w: at.types(f"\nA {w}", after="Beta two stands."),
    ),
    "two things": (
        lambda at, w: (at.heads(f"R {w}"), at.replaces("Gamma", "R")),
        lambda at, w: (at.heads(f"A {w}"), at.replaces("Gamma", "A")),
    ),
}
COMBINED = {
    "other paragraphs": (lambda at, w: at.replaces("Alpha", f"R {w}"), lambda at, w: at.replaces("Gamma", f"A {w}")),
    "headline and text": (lambda at, w: at.heads(f"R {w}"), lambda at, w: at.replaces("Gamma", f"A {w}")),
    "the same change": (lambda at, _: at.replaces("Alpha", "Same"), lambda at, _: at.replaces("Alpha", "Same")),
}


def change_apart(both, kinds):
    """A story of each kind, which both change without knowing of each other; gives the stories."""
    rana, ayesha = both.laptops
    stories = {}
    for kind in kinds:
        stories[kind] = rana.starts(f"Story of {kind}", TEXT)
    rana.saves()
    both.meet()
    for kind, changes in kinds.items():
        for laptop, change in zip(both.laptops, changes, strict=True):
            laptop.opens(stories[kind])
            change(laptop, both.word() if kind != "the same change" else "")
            laptop.saves()
    both.check()
    for laptop in (rana, ayesha, rana):
        laptop.syncs()
        both.check()
    return stories


def decide_all(both, stories):
    """The editor decides each, with one choice after the other; then both meet."""
    ayesha = both.laptops[1]
    choices = (Take.MINE, Take.THEIRS)
    for place, story in enumerate(stories.values()):
        ayesha.opens(story)
        both.check()
        ayesha.decides(choices[place % 2], choices[(place + 1) % 2])
        both.check()
    both.meet()
    for story in stories.values():
        assert len({next(iter(one.facts.heads(story))) for one in both.laptops}) == 1
        assert all(len(one.facts.heads(story)) == 1 for one in both.laptops)
