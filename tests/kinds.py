"""Articles of every kind a newsroom publishes, in English, Urdu and both."""

from itertools import product

from make import DAWN, content
from ovn_desk.domain.article import Genre
from ovn_desk.domain.evidence import Correction, CorrectionKind
from ovn_desk.domain.source import Source, SourceKind, Terms

QUIET = Source(
    "quiet",
    SourceKind.PERSON,
    name="An official",
    terms=Terms.BACKGROUND,
    why_unnamed="Would lose the post.",
    how_they_know="Was in the room.",
    known_to="Ayesha Khan",
)
DOCUMENT = Source(
    "plan",
    SourceKind.DOCUMENT,
    name="The plan",
    url="https://plan.example/a?b=1&c=2",
    excerpts=("The groups meet in July.",),
    publish_excerpts=True,
)

QUOTED = {
    "en": "“The groups meet in July,” the ministry said [@plan].\n\n> The groups meet in July. [@plan]",
    "ur": "وزارت نے کہا: [@plan]\n\n> The groups meet in July. [@plan]",
}
TABLE = {
    "en": "The plan [@plan]:\n\n| Line | From |\n|---|---|\n| Main | Karachi |\n| کراچی | لاہور |\n\nTable: Lines",
    "ur": "منصوبے کی لائنیں [@plan]:\n\n| لائن | شہر |\n|---|---|\n| مین | کراچی |\n| Main | Lahore |\n\nTable: لائنیں",
}
LISTS = {
    "en": "## What is known\n\n- here\n- there\n    - beyond\n\n### In order\n\n3. later\n4. last\n\nTerm\n: Meaning",
    "ur": "## کیا معلوم ہے\n\n- یہاں\n- وہاں\n    - آگے\n\n### ترتیب\n\n3. بعد میں\n4. آخر",
}
MIXED = {
    "en": "He said شکریہ and left [@quiet]. پاکستان اور آذربائیجان نے اتفاق کیا۔\n\nپورا پیراگراف اردو میں ہے۔",
    "ur": "وفد نے Pakistan Railways کے ساتھ بات کی [@quiet]۔\n\nA whole paragraph in English, with `code`.",
}
NOTED = {
    "en": "A [link](https://x.example/?a=1&b=2), a line\\\nbroken, a < b & c > b.\n\n---\n\n    code <b>&",
    "ur": "ایک [ربط](https://x.example/?a=1&b=2) اور <!-- نجی --> بات۔\n\n---\n\nختم",
}
CORRECTED = tuple(
    Correction(kind.value, kind, f"2025-08-0{day}", said="In June. جون", in_fact="In July. جولائی")
    for day, kind in enumerate(CorrectionKind, 1)
)


def all_kinds():
    """Contents, each with another headline."""
    bodies = (QUOTED, TABLE, LISTS, MIXED, NOTED)
    genres = tuple(Genre)
    for number, (body, language, corrected) in enumerate(product(bodies, ("en", "ur"), (False, True, False))):
        headline = {"en": "Rail groups to meet & talk <again>", "ur": "ریل گروپوں کا اجلاس"}[language]
        yield content(
            headline=f"{headline} {chr(ord('A') + number)}",
            language=language,
            body=body[language],
            byline={"en": "Rana Malik and Ali Raza", "ur": "رانا ملک"}[language],
            genre=genres[number % len(genres)],
            category=("politics", "business")[number % 2],
            tags=("rail", "ریل", "a & b")[: number % 4],
            sources=(DAWN, QUIET, DOCUMENT),
            corrections=CORRECTED if corrected else (),
        )
