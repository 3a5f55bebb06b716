"""Write resources/topics/media-topics.tsv from IPTC's list of Media Topics: python docs/topics.py MEDIATOPICS.json.

The list is a JSON document with `concepts`, each with `qcode`, `parent`, `retired` and its `name` by language.
"""

import json
import sys
from pathlib import Path

MADE = Path(__file__).parents[1] / "resources" / "topics" / "media-topics.tsv"


def lines(document: dict) -> list[str]:
    """Code, code of the parent, `retired` or nothing, English name: a line a topic."""
    return [
        "\t".join(
            (
                one["qcode"].removeprefix("medtop:"),
                (one["parent"] or "").removeprefix("medtop:"),
                "retired" if one["retired"] else "",
                " ".join(one["name"]["en-GB"].split()),
            )
        )
        for one in document["concepts"]
    ]


if __name__ == "__main__":
    document = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    MADE.write_text("\n".join(lines(document)) + "\n", encoding="utf-8")
