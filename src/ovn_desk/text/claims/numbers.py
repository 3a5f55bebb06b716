"""Which numbers of a paragraph are figures a reader may ask the source of."""

import re

from ovn_desk.domain.figures import Figure, figures
from ovn_desk.text.claims.blocks import MASK

_LABELS = (
    "act airbus annex apollo appendix article articles battalion block boeing category chapter chapters class classes "
    "clause clauses covid dial episode falcon flight form gallery gate grade grades helpline highway item level lot "
    "motorway no nos number numbers page pages para paragraph paragraphs part parts petition phase phases platform ps "
    "rescue resolution route rule s schedule section sections sector sprint stage step studio tier track u/s version "
    "volume ward wards windows zone "
    "دفعہ دفعات آرٹیکل نمبر فارم شق باب صفحہ صفحات وارڈ حلقہ حلقے پی ایف این جماعت گریڈ سیکٹر بلاک گلی مرحلہ قسط "
    "چینل سیکشن فیز پارٹ لائن"
).split()
_ALSO_PLACES = (
    "bench call case channel court day division figure group house line order plot pool question road room round "
    "season shop street table type week"
).split()
_LABEL = re.compile(
    rf"(?<![\w’'-])(?:{'|'.join(map(re.escape, _LABELS))}|(?P<place>{'|'.join(_ALSO_PLACES)}))(?![^\W\d_])"
    r"\.?[ \u00a0]?#?"
    r"(?:\d[\w()]{0,6}(?:,| and| to| or|،| اور|–|-) ?)*\(?$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r" (?:people|men|women|children|more|other|[a-z]{3,}s)\b")
_SEATS = re.compile(r"(?:پی پی|این اے|پی ایس|پی کے|پی بی|\b(?:NA|PP|PS|PK|PB|LA))[ -–]?$")
_DEFINITE = re.compile(
    r"(?<![\w-])(?:the|these|those|its|their|his|her|our|my|your|both|other|ان|اِن|اُن|انہی|یہ|وہ|باقی)"
    r"(?: other)? $",
    re.IGNORECASE,
)
_ONE_PERSON = re.compile(
    r" (?:(?:more|other|young|elderly) )?(?:person|man|woman|child|boy|girl|worker|soldier|policeman|policewoman|"
    r"officer|student|"
    r"passenger|villager|civilian|official|labourer)\b(?! of)",
    re.IGNORECASE,
)
_NOT_COUNTED = re.compile(
    r"(?:way|sided|dimensional|wheel(?:ed|er)?|off|index|fold|star|time|party|day|legged|piece)(?:$|-)"
)
_NAME_BEFORE = re.compile(r"(?:[^\W\d_]-|[#@(/]|\d\()$")
_NAME_AFTER = re.compile(r"-?[A-Z]\b|\([\da-z]|-[A-Z]")
_CAPITAL = re.compile(r"(?<=[\w,;’] )(?P<name>[A-Z][A-Za-z]+) $")
_AFTER_NAME = re.compile(
    r"[.,;:)?!’”\"']|$"
    r"| (?:is|was|are|were|has|had|will|would|ran|runs|and|or|in|on|at|of|to|for|from|with|by|that|"
    r"which|after|before|may|can|said|says|when|where|rocket|aircraft|jets?|plan|programme|model|phone|certificate|"
    r"project)\b"
)
_VERSION = re.compile(r"(?<!\w)[A-Z][A-Z\d]+ (?=\d+\.\d+$)")
_LIST_NUMBER = re.compile(r"\)|[.)]\s")
_PLACE_BEFORE = re.compile(r"(?:in|at|from|near|across|than|over|about|around|killed|with) [A-Z][a-z]+ $")
_OR_TWO = re.compile(r"\ban? \w+ or $")
_FIXED = re.compile(r"(?:24/7|9/11|50-50|1122|360-degree|180-degree|20-20)")
_URDU_ONE_TIME = frozenset({"day", "night", "week", "month", "year", "hour", "minute", "second"})


def find_figures(prose: str) -> list[Figure]:
    """The figures of a paragraph.

    Days, years, decades, times of day and telephone numbers are none: they say when. Nor are
    numbers in names and laws, those of lists and pages, and small words that point back (“the two sides”). A span
    of time (“five days”), an age and a score are figures.
    """
    return [figure for figure in figures(prose) if _is_claim(prose, figure)]


def _is_claim(prose: str, figure: Figure) -> bool:
    before = prose[max(0, figure.start - 40) : figure.start]
    if figure.tail and not prose.endswith(figure.tail, 0, figure.end):
        return False  # a name: 12-Karachi
    if figure.is_year or _is_name(prose, figure, before):
        return False
    if _OR_TWO.search(before) or (figure.tail and _NOT_COUNTED.match(figure.tail)):
        return False
    if not figure.is_spelled or len(figure.values) > 1:
        return True
    value = figure.values[0]
    if value.number == 0 and not value.unit:
        return False
    if value.number == 1:
        return _is_counted_one(prose, figure)
    return bool(value.unit) or value.number > 12 or not _DEFINITE.search(before)


def _is_name(prose: str, figure: Figure, before: str) -> bool:
    after = prose[figure.end : figure.end + 16]
    if _NAME_BEFORE.search(before) or _NAME_AFTER.match(after) or _is_labelled(before, after) or _SEATS.search(before):
        return True
    written = prose[figure.start : figure.end]
    if _FIXED.fullmatch(written) or _VERSION.search(before[-12:] + written) or _is_list_number(prose, figure, before):
        return True
    is_plain = not figure.is_spelled and len(figure.values) == 1 and not figure.values[0].unit and not figure.tail
    if not is_plain or not written.isdecimal():
        return False
    capital = _CAPITAL.search(before)
    return capital is not None and not _PLACE_BEFORE.search(before) and _AFTER_NAME.match(after) is not None


def _is_labelled(before: str, after: str) -> bool:
    """“Section 144”, “page 44”; after “last week” or “on the road” a number may also count what follows."""
    label = _LABEL.search(before)
    return label is not None and not (label["place"] and _COUNTED.match(after))


def _is_list_number(prose: str, figure: Figure, before: str) -> bool:
    """“1)” in a sentence, and “4.” where a paragraph begins."""
    match = _LIST_NUMBER.match(prose, figure.end)
    if match is None or figure.is_spelled:
        return False
    return not before.strip(f" \n{MASK}") if len(match[0]) > 1 and match[0][0] == "." else "(" not in before


def _is_counted_one(prose: str, figure: Figure) -> bool:
    """“one” counts with a measure, a share or a person; “one day” and the Urdu “a year” are ways of speaking."""
    value = figure.values[0]
    is_urdu = not prose[figure.start].isascii()
    if value.unit:
        return value.unit != "day" and not (is_urdu and value.unit in _URDU_ONE_TIME)
    return not figure.tail and _ONE_PERSON.match(prose, figure.end) is not None
