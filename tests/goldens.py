"""The golden set and how well the detector finds it; `golden/README.md` says how it was made."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from ovn_desk import assets
from ovn_desk.domain import verification
from ovn_desk.domain.house_file import read_house
from ovn_desk.formats import markdown
from ovn_desk.text import claims
from ovn_desk.usecases import importing

FOLDER = Path(__file__).parent / "golden"
SEED = Path(__file__).parents[2] / "shared" / "data" / "seed" / "000_75fb33a2cd38d8f5.txt"
HELD_OUT = frozenset((FOLDER / "held-out.txt").read_text(encoding="utf-8").split())
HOUSE = read_house((assets.folder() / "samples" / "openvoicenews.toml").read_text(encoding="utf-8"))
KINDS = ("quotation", "figure", "attribution", "superlative")


@dataclass
class Score:
    """What was found, missed and found too much, and where a status was not the one expected."""

    right: int = 0
    missed: list = field(default_factory=list)
    extra: list = field(default_factory=list)
    other_status: list = field(default_factory=list)

    @property
    def precision(self):
        return self.right / (self.right + len(self.extra) or 1)

    @property
    def recall(self):
        return self.right / (self.right + len(self.missed) or 1)


def names(*, held_out):
    found = sorted(file.stem for file in FOLDER.glob("*.yaml"))
    return [name for name in found if (name in HELD_OUT) == held_out and (name != "seed" or SEED.exists())]


def content(name):
    if name == "seed":
        return importing.read_article(SEED, HOUSE)
    return markdown.read((FOLDER / f"{name}.md").read_text(encoding="utf-8"), HOUSE)


def expected(name):
    """For each kind the (field, words, status) that a reader would mark; the status is empty for advice."""
    listed = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    made = {}
    for kind in KINDS:
        made[kind] = []
        for entry in listed[f"{kind}s"]:
            words, *rest = [entry] if isinstance(entry, str) else entry
            status = rest.pop(0) if kind in {"quotation", "figure"} else ""
            made[kind].append((rest[0] if rest else "body", str(words).lower(), status))
    return made


def scores(pieces):
    """How the detector does over some pieces, by kind; a claim is found when kind, field and exact words are right."""
    made = {kind: Score() for kind in KINDS}
    for name in pieces:
        article = content(name)
        judged = verification.judge(claims.find(article), article.sources, article.waivers)
        for kind, wanted in expected(name).items():
            found = [
                (str(one.claim.field), one.claim.words.lower(), str(one.status))
                for one in judged
                if one.claim.kind == kind
            ]
            _compare(made[kind], name, wanted, found)
    return made


def _compare(score, name, wanted, found):
    for field_name, words, status in wanted:
        match = next((one for one in found if one[:2] == (field_name, words)), None)
        if match is None:
            score.missed.append((name, field_name, words))
            continue
        found.remove(match)
        score.right += 1
        if status and status != match[2]:
            score.other_status.append((name, words, status, match[2]))
    score.extra += [(name, *one[:2]) for one in (Counter(found)).elements()]
