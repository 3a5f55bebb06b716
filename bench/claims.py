"""What the claim detector finds of the golden set, what it marks in posts by others, and how long a check takes."""

import random
import re
import sys
from collections import Counter
from pathlib import Path

from measure import ROOT, heading, median, table, timed
from ovn_desk.domain.article import Content
from ovn_desk.domain.claim import CHECKED
from ovn_desk.text import claims, style
from ovn_desk.text.claims import paragraph
from ovn_desk.usecases.checking import check_content

sys.path.insert(0, str(ROOT / "tests"))
import goldens

POSTS = ROOT.parent / "shared" / "data" / "corpus" / "18f"
MARKS = ROOT / "out" / "marks.md"
SAMPLE = 100
FRONT_MATTER = re.compile(r"\A---.*?^---", re.DOTALL | re.MULTILINE)


def golden_set():
    rows = []
    for half, held_out in (("tuned", False), ("held out", True)):
        names = goldens.names(held_out=held_out)
        for kind, score in goldens.scores(names).items():
            found = score.right + len(score.extra)
            rows.append(
                [
                    f"{half} ({len(names)} pieces)",
                    kind,
                    score.right + len(score.missed),
                    found,
                    f"{score.precision:.3f}",
                    f"{score.recall:.3f}",
                    len(score.other_status),
                ]
            )
            if "--why" in sys.argv:
                print(half, kind, "missed", score.missed, "extra", score.extra, "status", score.other_status)
    heading("Claims of the golden set: exact words")
    table(["half", "kind", "expected", "found", "precision", "recall", "other status"], rows)


def posts():
    """The texts of the posts, by name."""
    return {file.name: FRONT_MATTER.sub("", file.read_text(encoding="utf-8")) for file in sorted(POSTS.glob("*.md"))}


def marks(texts):
    found = [
        (name, claim)
        for name, text in texts.items()
        for claim in claims.find(Content(body=text))
        if claim.kind in CHECKED
    ]
    words = sum(len(text.split()) for text in texts.values())
    kinds = Counter(str(claim.kind) for _, claim in found)
    heading("Marks in posts by others (18F, no news)")
    table(
        ["posts", "words", *(f"{kind}s a thousand words" for kind in kinds)],
        [[len(texts), words, *(1000 * number / words for number in kinds.values())]],
    )
    MARKS.parent.mkdir(parents=True, exist_ok=True)
    chosen = random.Random(int(sys.argv[1]) if sys.argv[1:] and sys.argv[1].isdecimal() else 18).sample(found, SAMPLE)
    lines = [
        f"{number}. {claim.kind} **{' '.join(claim.words.split())}** — {' '.join(claim.sentence.split())} ({name})"
        for number, (name, claim) in enumerate(chosen, 1)
    ]
    MARKS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{SAMPLE} of them, by chance, are in {MARKS} to be read.\n")


def times(texts):
    """A text of so many words made of whole paragraphs, each a little different from its like."""
    paragraphs = [part for text in texts.values() for part in text.split("\n\n") if part.strip()]
    rows = []
    for words in (800, 5_000, 50_000):
        body, count, turn = [], 0, 0
        while count < words:
            part = paragraphs[turn % len(paragraphs)]
            body.append(part if turn < len(paragraphs) else f"{part} {turn}th")
            count, turn = count + len(part.split()), turn + 1
        full, key = [], []
        for number in range(5):
            forget()
            content = Content(body="\n\n".join(body))
            full += timed(lambda: check_content(content, goldens.HOUSE), runs=1)  # noqa: B023 - called at once
            for letter in range(5):
                middle = len(body) // 2
                typed = [*body[:middle], f"{body[middle]} {'x' * (letter + 1)}{number}", *body[middle + 1 :]]
                changed = Content(body="\n\n".join(typed))
                key += timed(lambda: check_content(changed, goldens.HOUSE), runs=1)  # noqa: B023 - called at once
        rows.append([f"{count:,}", median(full), median(key), min(key)])
    heading("Time of a whole check: claims, statuses, style and checklists")
    table(["words", "full ms", "after one key ms (aim ≤ 5 at 5,000)", "the quickest"], rows)


def forget():
    """Nothing is known of any paragraph, as when the program starts."""
    for known in (claims.in_paragraph, paragraph.read_paragraph, style.in_paragraph):
        known.known.forget()


def main():
    golden_set()
    if not Path(POSTS).is_dir():
        print(f"Left out: this needs the posts in {POSTS}.")
        return
    texts = posts()
    marks(texts)
    times(texts)


if __name__ == "__main__":
    main()
