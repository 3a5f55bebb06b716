"""Comments on 200 sentences through 37,993 edits of a real recorded text: right, orphaned or wrong; and the time.

Usage: anchors.py [STEP]. Every STEP edits (100 when not said) each of the 200 is judged twice: where `follow` has
carried it, edit by edit, and where `find` sees it in the whole text, knowing nothing but the anchor.

The truth is kept apart from both: every letter of the text at edit 100,000 has a number, which goes with it through all
edits. Runs of 20 letters or more that come back after they were cut have their numbers again; of those that are pasted
while the original still stands the numbers count from when no letter of the original is left. Then

* the words stand if all letters of the anchor are there, side by side; only that very place is right;
* they are edited if some of its letters are there: right is a place that has most of the letters left and is mostly
  inside their reach. Orphaned is right too, as the words are not what was commented on;
* they are gone if none is there: only orphaned is right.

Everything else found is wrong. An orphan whose words stand is lost, and counts against the aim of 99 %.
"""

import gzip
import json
import random
import re
import sys
import time
from collections import Counter, deque
from difflib import SequenceMatcher

from measure import ROOT, heading, median, percentile, table
from ovn_desk.text import anchors

TRACE = ROOT.parent / "shared" / "data" / "typing" / "seph-blog1.json.gz"
FIRST = 100_000
STEP = 100
MANY = 200
SENTENCE = re.compile(r"(?<![^\s*(\"])[A-Z][^.!?\n|]{20,300}[.!?](?=\s)")
RUN = 20
CUTS_KEPT = 30
NEAR = 2_000
NEW = -1


class Letters:
    """The text of a trace with the number of each letter, and beside it the number of the letter it is a copy of."""

    def __init__(self, text):
        self.text = text
        self.numbers = list(range(len(text)))
        self.copied = [NEW] * len(text)
        self.cuts = deque(maxlen=CUTS_KEPT)

    def edit(self, place, deleted, inserted):
        end = place + deleted
        if deleted >= RUN:
            known = zip(self.numbers[place:end], self.copied[place:end], strict=True)
            self.cuts.append((self.text[place:end], [own if own != NEW else copy for own, copy in known]))
        numbers = [NEW] * len(inserted)
        if len(inserted) >= RUN:
            near = slice(max(0, place - NEAR), end + NEAR)
            here = [(self.text[near], self.numbers[near]), (self.text, self.numbers)]
            numbers = learnt(inserted, [*reversed(self.cuts), *here])
        self.text = self.text[:place] + inserted + self.text[end:]
        alive = {*self.numbers[:place], *self.numbers[end:]} if len(inserted) >= RUN else ()
        self.numbers[place:end] = [NEW if number in alive else number for number in numbers]
        self.copied[place:end] = [number if number in alive else NEW for number in numbers]

    def places(self):
        own = {number: place for place, number in enumerate(self.numbers) if number != NEW}
        copies = {number: place for place, number in enumerate(self.copied) if number != NEW}
        return own, copies


def learnt(inserted, sources):
    """The numbers of the letters that came back: from the first text that has all of them, or else has most of them."""
    bare = inserted.strip()
    best = [NEW] * len(inserted)
    for text, known in sources:
        start = text.find(bare)
        if start >= 0:
            indent = inserted.find(bare)
            best[indent : indent + len(bare)] = known[start : start + len(bare)]
            return best
    for text, known in sources[:-1]:
        numbers = [NEW] * len(inserted)
        for a, b, size in SequenceMatcher(None, text, inserted, autojunk=False).get_matching_blocks():
            if size >= RUN:
                numbers[b : b + size] = known[a : a + size]
        best = min(best, numbers, key=lambda found: found.count(NEW))
    return best


def judged(place, where):
    """`right`, `edited, right`, `orphaned` (rightly), `lost` or `wrong`."""
    start, end = place.anchor.start, place.anchor.end
    own, copies = where
    left = [own[number] for number in range(start, end) if number in own]
    left = left or [copies[number] for number in range(start, end) if number in copies]
    stands = len(left) == end - start and left == list(range(left[0], left[0] + len(left)))
    if isinstance(place, anchors.Orphaned):
        return "lost" if stands else "orphaned"
    if stands:
        return "right" if (place.start, place.end) == (left[0], left[-1] + 1) else "wrong"
    covered = sum(place.start <= letter < place.end for letter in left)
    inside = max(0, min(place.end, max(left, default=0) + 1) - max(place.start, min(left, default=0)))
    is_right = left and covered * 2 >= len(left) and inside * 2 >= place.end - place.start
    return "edited, right" if is_right else "wrong"


def sentences(text):
    """Anchors on `MANY` sentences of the text, the same ones each time."""
    spans = [match.span() for match in SENTENCE.finditer(text)]
    return [anchors.anchor(text, *span) for span in sorted(random.Random(7).sample(spans, MANY))]


def replayed(letters, edits, step):
    """How often each verdict was given to the places followed and to those found again, and the seconds both took."""
    made = sentences(letters.text)
    places = [anchors.Anchored(anchor, anchor.start, anchor.end) for anchor in made]
    verdicts = {"follow": Counter(), "find": Counter()}
    seconds = {"follow": [], "find": []}
    for number, edit in enumerate(edits, 1):
        before = letters.text
        letters.edit(*edit)
        start = time.perf_counter()
        places = anchors.follow(places, before, letters.text)
        seconds["follow"].append(time.perf_counter() - start)
        if number % step and number != len(edits):
            continue
        start = time.perf_counter()
        again = [anchors.find(letters.text, anchor) for anchor in made]
        seconds["find"].append(time.perf_counter() - start)
        where = letters.places()
        verdicts["follow"].update(judged(place, where) for place in places)
        verdicts["find"].update(judged(place, where) for place in again)
    return verdicts, seconds


def main():
    if not TRACE.exists():
        print(f"Left out: this needs {TRACE}.")
        return
    step = int(sys.argv[1]) if len(sys.argv) > 1 else STEP
    with gzip.open(TRACE, "rt", encoding="utf-8") as file:
        trace = json.load(file)
    edits = [patch for transaction in trace["txns"] for patch in transaction["patches"]]
    text = trace["startContent"]
    for place, deleted, inserted in edits[:FIRST]:
        text = text[:place] + inserted + text[place + deleted :]
    letters = Letters(text)
    verdicts, seconds = replayed(letters, edits[FIRST:], step)
    heading(f"{MANY} anchors through {len(edits) - FIRST:,} real edits, judged every {step}")
    kinds = ("right", "edited, right", "orphaned", "lost", "wrong")
    rows = []
    for how, counted in verdicts.items():
        standing = counted["right"] + counted["lost"]
        rows.append([how, *(f"{counted[kind]:,}" for kind in kinds), f"{100 * counted['right'] / standing:.2f} %"])
    table(["", "words stand, right", "edited, right", "rightly orphaned", "lost", "wrong", "found of standing"], rows)
    heading(f"Time for {MANY} anchors in a text of {len(letters.text):,} letters (aim: one edit well under 5 ms)")
    rows = []
    for how, what in (("follow", "follow one edit"), ("find", "find all again")):
        taken = [value * 1000 for value in seconds[how]]
        rows.append([what, median(taken), percentile(taken, 99), max(taken), median(taken) / MANY * 1000])
    table(["", "p50 ms", "p99 ms", "worst ms", "µs an anchor"], rows)


if __name__ == "__main__":
    main()
