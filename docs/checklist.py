"""Write docs/checklist.md, and the checklist of the sample house, from the rules themselves: `make docs` runs this."""

from dataclasses import fields
from pathlib import Path

from ovn_desk import assets
from ovn_desk.domain.checklist import RULES, Rule
from ovn_desk.domain.levels import Level, Limits
from ovn_desk.text import style

PAGE = Path(__file__).with_name("checklist.md")
SAMPLE = assets.folder() / "samples" / "openvoicenews.toml"
BEGIN, END = "# Every item with its usual level (made by `make docs`):", "# The limits, 0 for none:"
_USUAL = Limits()
_LONGEST = 120
_STOPS = {
    Level.OFF: "off",
    Level.ADVICE: "nothing (advice)",
    Level.APPROVAL: "approval",
    Level.FILING: "filing and approval",
}
_STYLE_KEYS = {
    "id": "the name of the rule; one of the desk's own changes that rule",
    "pattern": "a regular expression, in lower case (Python's `re`); it must need at least one letter",
    "message": "what is said; `{words}` are the words that were found",
    "suggestion": "what to write instead, as a sentence",
    "languages": '`["en"]`, `["ur"]` or both; usually `["en"]`',
    "own_voice": "`true`: not inside quotations; usually `true`",
    "owner": "who at the outlet decides about it",
    "reason": "why the outlet has it",
    "source": "the style guide that it can be checked against",
    "off": "`true` takes one of the desk's own rules out",
}
_TEXT = """\
# The checklist

<!-- Made by `make docs` from `src/ovn_desk/domain/checklist`: change the rules there. -->

What has to be in order before a story is filed or approved. A house sets it in its file (TOML): in the window with
*Newsroom settings* (Ctrl+K), on the command line with `ovn-desk house FILE`. The sample house has all of it:
`resources/samples/openvoicenews.toml`.

## `[checklist]`: what each item stops

`"off"`: nothing, and it is not shown · `"advice"`: nothing, and it is shown · `"approval"` · `"filing"`: that, and
approval too.

    [checklist]
    standfirst = "approval"
    words_max = 1200

| item | asks for | usually stops |
|---|---|---|
{changeable}

Limits:

| limit | usually |
|---|---|
{limits}

These no house changes: without them a page would be broken, or say what must not be said.

| rule | asks for | stops |
|---|---|---|
{fixed}

In older house files `alt-text` is called `alt`, `image-credit` `credit`, and `link-text` `links`; that is read, too.

## `[review] strict`

    [review]
    strict = true

Nobody approves a text of which they wrote any part since it was last approved, editors included. Without it, it is the
reporter alone who may not approve their own story.

## `[[rules]]`: the house's style

Advice, and never a score; `style` in `[checklist]` makes it more. Rules of the house come over those of the desk.

    [[rules]]
    id = "house-currency"
    pattern = 'rs\\.? ?\\d'
    message = "“{{words}}”: write Rs without a full stop or a space."
    owner = "Bilal Ahmed"

    [[rules]]
    id = "en-regime"
    off = true

| key | |
|---|---|
{style}
"""


def page() -> str:
    """The page of docs, as it should be."""
    known = {part.name for part in fields(style.Rule)} - {"compiled"} | {"off"}
    if set(_STYLE_KEYS) != known:
        raise ValueError(f"say here what these are: {', '.join(sorted(set(_STYLE_KEYS) ^ known))}")
    return _TEXT.format(
        changeable="\n".join(_row(rule) for rule in RULES if rule.house_may_change),
        limits="\n".join(f"| `{part.name}` | {getattr(_USUAL, part.name) or 'none'} |" for part in fields(Limits)),
        fixed="\n".join(_row(rule) for rule in RULES if not rule.house_may_change),
        style="\n".join(f"| `{key}` | {words} |" for key, words in _STYLE_KEYS.items()),
    )


def _row(rule: Rule) -> str:
    return f"| `{rule.name}` | {rule.asks} | {_STOPS[rule.level]} |"


def sample(text: str) -> str:
    """The text of the sample house with every item and limit as it is in the rules."""
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2].partition("\n\n")[2]
    said = {line.partition(" = ")[0] for line in before.splitlines()}
    items = "\n".join(_line(rule) for rule in RULES if rule.house_may_change and rule.name not in said)
    limits = "\n".join(f"# {part.name} = {getattr(_USUAL, part.name)}" for part in fields(Limits))
    return f"{before}{BEGIN}\n{items}\n{END}\n{limits}\n\n{after}"


def _line(rule: Rule) -> str:
    """A line of the sample house; what the rule asks for stands above one that would be too long."""
    line = f'# {rule.name} = "{rule.level}" # {rule.asks}'
    return line if len(line) <= _LONGEST else f'# {rule.asks}\n# {rule.name} = "{rule.level}"'


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    SAMPLE.write_text(sample(SAMPLE.read_text(encoding="utf-8")), encoding="utf-8")
