"""What changed between two texts: 5,000 words with 200 scattered edits and 10 moved paragraphs, and larger ones."""

import random

from measure import corpus, heading, median, percentile, table, timed
from ovn_desk.text import changes

AIM = 50
RUNS = 30
NEW_WORDS = (
    "ministers 45% Rs 6 crore, Bilal Azhar Kayani reported yesterday (about) 21 July 2025 [@dawn-rail] not".split()
)


def edited(text, *, edits, moves, seed=7):
    """The text with words changed, added and removed all over it, and paragraphs moved to other places."""
    chance = random.Random(seed)
    paragraphs = text.split("\n\n")
    for _ in range(edits):
        place = chance.randrange(len(paragraphs))
        words = paragraphs[place].split(" ")
        at = chance.randrange(len(words))
        gone, come = chance.choice([(1, 0), (0, 1), (1, 1)])
        words[at : at + gone] = [chance.choice(NEW_WORDS)] * come
        paragraphs[place] = " ".join(words)
    for _ in range(moves):
        moved = paragraphs.pop(chance.randrange(len(paragraphs)))
        paragraphs.insert(chance.randrange(len(paragraphs)), moved)
    return "\n\n".join(paragraphs)


def main():
    rows = []
    for words, edits, moves in ((800, 30, 2), (5_000, 200, 10), (50_000, 2_000, 100)):
        old = corpus().document(words)
        new = edited(old, edits=edits, moves=moves)
        runs = timed(lambda: changes.compare(old, new), runs=RUNS)  # noqa: B023 - called at once
        found = changes.compare(old, new)
        moved = sum(change.kind is changes.Kind.MOVED for change in found.all)
        deciding = timed(lambda: found.text([change.id for change in found.all]), runs=RUNS)  # noqa: B023
        rows.append(
            [f"{words:,}", edits, moves, len(found.all), moved, median(runs), percentile(runs, 95), median(deciding)]
        )
    heading(f"Comparing two texts (aim: 5,000 words in ≤ {AIM} ms)")
    table(
        ["words", "edits", "moves", "changes", "of them moves", "compare p50 ms", "p95 ms", "accept all ms"],
        rows,
    )


if __name__ == "__main__":
    main()
