"""Reads the numbers of a text one after the other: amount, multiplier, unit, and what makes two of them a range."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from ovn_desk.domain.figures import dates
from ovn_desk.domain.figures.numerals import (
    DIGITS,
    ENGLISH,
    ENGLISH_ONES,
    ENGLISH_TENS,
    GLYPHS,
    LETTER_SCALES,
    PARTS,
    SCALES,
    URDU,
    URDU_BEFORE,
    URDU_HALVES,
)
from ovn_desk.domain.figures.units import COUNTED, MONEY_BEFORE, MONEY_OPENS, unit_after, unit_name
from ovn_desk.domain.figures.values import Figure, Value
from ovn_desk.domain.texts import lower_case

_PEOPLE = (
    "people|persons|men|women|children|workers|troops|soldiers|voters|votes|students|patients|houses|homes|families|"
    "cases|seats|villages|schools|prisoners|refugees|افراد|لوگ|لوگوں|ووٹ|خاندان|گھر"
)
_TENS = rf"(?:{'|'.join(ENGLISH_TENS)})(?:[- ](?:{'|'.join(ENGLISH_ONES)})(?!\w))?"
_WORDS = rf"{_TENS}|{'|'.join(sorted([*ENGLISH, *URDU, *URDU_HALVES], key=len, reverse=True))}"
_SCALE_WORDS = "|".join(sorted(SCALES, key=len, reverse=True))
_ROUND = r"(?:hundred|thousand|dozen|lakh|crore|million|billion|trillion)(?!\w)"
_BY = "".join(
    f"(?<={word} )|" for word in "by than about nearly almost to over around roughly least some only of".split()
)[:-1]
_OPENS = "".join(sorted({word[0] for word in [*ENGLISH, *URDU, *URDU_HALVES, *URDU_BEFORE, "a", "half", *SCALES]}))
_NUMBER = re.compile(
    rf"(?:(?<!\w)(?=[{MONEY_OPENS}])(?P<money>{MONEY_BEFORE})[ \u00a0]?|(?<!\w)(?<!\d[.,])(?=\d))"
    rf"(?P<digits>\d{{1,3}}(?:,\d{{2,3}})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)(?P<glyph>[½¼¾])?"
    rf"|(?<!\w)(?P<lone>[½¼¾])"
    rf"|(?<![\w-])(?=[{_OPENS}])(?:"
    rf"(?P<half>(?:half an? |(?:a|one|three)[ -]quarters? of an? )(?={_ROUND}))"
    rf"|(?P<share>(?:one|two|three|four|five|nine|ایک|دو|تین)[- ]"
    rf"(?:halves|thirds?|quarters|fifths?|tenths?|تہائی|چوتھائی))(?!\w)"
    rf"|(?P<part>(?:{_BY})(?:half|a third|a quarter|a fifth|a tenth)"
    rf"(?![\w-]| (?:hour|way|time|year|an? |(?:man|woman|person|child)\b))"
    rf"|(?<!latter )(?<!first )(?<!second )(?<!other )half(?= (?:of|the|its|their|his|her|all)\b)"
    rf"|a (?:third|quarter|fifth|tenth)(?= of\b))"
    rf"|(?P<before>{'|'.join(URDU_BEFORE)}) "
    rf"(?:(?P<after>{_WORDS}|\d+)|(?={'|'.join('سو ہزار لاکھ کروڑ ارب'.split())}))(?!\w)"
    rf"|(?P<word>{_WORDS})(?!\w)"
    rf"|(?P<one>an? (?={_ROUND})|(?<=every )(?={_ROUND})))"
)
_SCALE = re.compile(rf"(?P<gap>[ \n\u00a0\u2060-]{{0,2}})(?P<scale>{_SCALE_WORDS})(?!\w)", re.IGNORECASE)
_LETTER = re.compile(r"(?P<letter>[mbk])(?!\w)", re.IGNORECASE)
_MILLIONS_OF = re.compile(
    r" (?:tons?|tonnes?|litres?|barrels?|acres?|bales?|users|viewers|dollars?|rupees?|people|children)\b"
)
_AND_A_HALF = re.compile(r" and (?:a|one) (half|quarter)(?!\w)", re.IGNORECASE)
_GOES_ON = re.compile(r",? (?:and )?(?=\S)")
_RANGE = re.compile(r" ?[–—‒-] ?(?=\S)|[/:](?=\d)| (?:to|or|تا|سے|یا) ", re.IGNORECASE)
_AND = " and "
_BETWEEN = re.compile(r"\bbetween $", re.IGNORECASE)
_SHARE_OF = re.compile(r" (in|out of) ", re.IGNORECASE)
_TAIL = re.compile(r"-(?P<tail>[a-z]+(?:-[a-z]+)*)(?!\w)")
_OTHER_DIGIT = re.compile("[٠-٩۰-۹٬٫٪]")
_LETTERS = re.compile(r"[^\W\d_]")
_NEW = re.compile(r"نو (?:منتخب|تعمیر|عمر|آموز|مولود|بیاہتا|آباد)")
_EIGHTY = re.compile(r" (?:فیصد|ہزار|لاکھ|کروڑ|ارب|روپے|ملین)(?!\w)")


@dataclass(frozen=True, slots=True)
class _Amount:
    start: int
    end: int
    number: Fraction
    unit: str = ""
    is_money: bool = False
    is_spelled: bool = False
    is_scaled: bool = False
    base: Fraction = Fraction(0)


def figures(text: str) -> list[Figure]:
    """Every number of a text in the order they stand; days, years with a day, and times of day are none.

    “10–12”, “between 5 and 7” and “3-1” are one figure with two values. Rounding is nobody's business here: 3.21 is
    not 3.2. A bare year is found and marked as one.
    """
    plain = lower_case(dates.blank_dates(text.translate(DIGITS) if _OTHER_DIGIT.search(text) else text))
    found: list[Figure] = []
    at = 0
    while match := _NUMBER.search(plain, at):
        figure = _figure(plain, match)
        if figure is None:
            at = max(match.end(), at + 1)
            continue
        found.append(figure)
        at = figure.end
    return _with_shared_units(plain, found)


def _figure(text: str, match: re.Match[str]) -> Figure | None:
    first = _amount(text, match)
    if first is None:
        return None
    amounts = [first]
    if share := _share_of(text, first):
        return share
    start = first.start
    if (between := _BETWEEN.search(text, max(0, start - 8), start)) and (second := _after_and(text, first)):
        start, amounts = between.start(), [first, second]
    else:
        while (gap := _RANGE.match(text, amounts[-1].end)) and (second := _follows(text, gap.end(), amounts[-1].unit)):
            amounts.append(second)
    end, tail = amounts[-1].end, ""
    if compound := _TAIL.match(text, end):
        end, tail = compound.end(), compound["tail"]
    return Figure(
        start,
        end,
        tuple(_values(amounts)),
        is_spelled=all(amount.is_spelled for amount in amounts),
        is_year=len(amounts) == 1 and not tail and _is_year(text, first),
        tail=tail,
    )


def _amount(text: str, match: re.Match[str]) -> _Amount | None:
    """The number that begins at a match, with its multipliers and its unit; None where it is only part of a word."""
    start, end = match.start(), match.end()
    if match["share"] or match["part"]:
        return _Amount(start, end, _percent_of(match), "%", is_spelled=True)
    number = _number_of(match)
    is_spelled = match["digits"] is None
    if is_spelled and _is_another_word(text, match):
        return None
    if half := _AND_A_HALF.match(text, end):
        number, end = number + Fraction(1, PARTS[half[1].lower()]), half.end()
    base, before = number, end
    number, end = _scale_number(text, number, end, has_money=match["money"] is not None, may_touch=not is_spelled)
    is_scaled = end > before
    if is_scaled and not match["half"]:
        number, end = _and_the_rest(text, number, end, number / base if base else number, is_spelled=is_spelled)
    if not match["one"] and not match["half"] and end == match.end() and not match.group().strip():
        return None
    unit, stop = (unit_name(match["money"]), end) if match["money"] else unit_after(text, end)
    if stop == end and _LETTERS.match(text, end):
        return None  # 7A, 21st
    return _Amount(
        start,
        stop,
        number,
        COUNTED.get(unit, unit),
        is_money=match["money"] is not None,
        is_spelled=is_spelled,
        is_scaled=is_scaled,
        base=base,
    )


def _number_of(match: re.Match[str]) -> Fraction:
    if match["digits"]:
        return Fraction(match["digits"].replace(",", "")) + GLYPHS.get(match["glyph"] or "", 0)
    if match["lone"]:
        return GLYPHS[match["lone"]]
    if match["half"] is not None:
        first = match["half"][0]
        return Fraction(1, 2) if first == "h" else Fraction(3 if first == "t" else 1, 4)
    if match["before"]:
        whole = match["after"]
        return (_word(whole) if whole else Fraction(1)) + URDU_BEFORE[match["before"]]
    return _word(match["word"]) if match["word"] else Fraction(1)


def _word(written: str) -> Fraction:
    word = written.lower()
    if word.isdecimal():
        return Fraction(word)
    if word in URDU_HALVES:
        return URDU_HALVES[word]
    if word in URDU:
        return Fraction(URDU[word])
    return Fraction(sum(ENGLISH[part] for part in re.split(r"[- ]", word)))


def _percent_of(match: re.Match[str]) -> Fraction:
    written = (match["share"] or match["part"]).lower()
    *count, part = re.split(r"[- ]", written)
    return 100 * (_word(count[0]) if count and count[0] != "a" else Fraction(1)) / PARTS[part]


def _is_another_word(text: str, match: re.Match[str]) -> bool:
    if match["word"] == "نو":
        return _NEW.match(text, match.start()) is not None
    return match["word"] == "اسی" and not _EIGHTY.match(text, match.end())


def _scale_number(text: str, number: Fraction, end: int, *, has_money: bool, may_touch: bool) -> tuple[Fraction, int]:
    """Multiplied by the words that follow: hundred, lakh crore, and m, b or k joined to digits."""
    letter = _LETTER.match(text, end) if may_touch else None
    if letter and (letter["letter"] not in "mM" or has_money or _MILLIONS_OF.match(text, letter.end())):
        return number * LETTER_SCALES[letter["letter"].lower()], letter.end()
    while (scale := _SCALE.match(text, end)) and (scale["gap"] or may_touch or text[end - 1 : end].isspace()):
        number, end, may_touch = number * SCALES[scale["scale"].lower()], scale.end(), False
    return number, end


def _and_the_rest(text: str, number: Fraction, end: int, scale: Fraction, *, is_spelled: bool) -> tuple[Fraction, int]:
    """“5 crore 20 lakh” and “one hundred and five” are one number."""
    while (gap := _GOES_ON.match(text, end)) and (match := _NUMBER.match(text, gap.end())):
        if match["money"] or not (match["digits"] or match["word"]) or _is_another_word(text, match):
            break
        part = _number_of(match)
        more, stop = _scale_number(text, part, match.end(), has_money=False, may_touch=False)
        is_counted = stop > match.end() or (is_spelled and match["word"])
        if not is_counted or more >= scale or _LETTERS.match(text, stop):
            break
        number, end, scale = number + more, stop, more / part if part else more
    return number, end


def _follows(text: str, at: int, unit: str = "") -> _Amount | None:
    """The amount at a place, where one before it with this unit may share a range with it."""
    match = _NUMBER.match(text, at)
    amount = _amount(text, match) if match else None
    return amount if amount and unit in {"", amount.unit} else None


def _after_and(text: str, first: _Amount) -> _Amount | None:
    return _follows(text, first.end + len(_AND)) if text.startswith(_AND, first.end) else None


def _share_of(text: str, first: _Amount) -> Figure | None:
    """“nine in ten” and “3 out of 5” are shares."""
    gap = _SHARE_OF.match(text, first.end)
    if gap is None or first.unit or first.is_scaled or (gap[1].lower() == "in" and not first.is_spelled):
        return None
    match = _NUMBER.match(text, gap.end())
    whole = _amount(text, match) if match else None
    if whole is None or whole.unit or whole.number <= first.number or whole.is_spelled is not first.is_spelled:
        return None
    share = Value(100 * first.number / whole.number, "%")
    return Figure(first.start, whole.end, (share,), is_spelled=first.is_spelled)


def _values(amounts: list[_Amount]) -> list[Value]:
    """A range's last unit and multiplier are also its first's: “5 to 7 million rupees”."""
    last = amounts[-1]
    made = []
    for amount in amounts:
        number = amount.number
        if last.is_scaled and not amount.is_scaled and last.base and number <= last.base:
            number *= last.number / last.base
        made.append(Value(number, amount.unit or last.unit))
    return made


def _is_year(text: str, amount: _Amount) -> bool:
    written = text[amount.start : amount.end]
    return dates.YEAR.fullmatch(written) is not None and not re.match(rf" (?:{_PEOPLE})(?!\w)", text[amount.end :][:12])


_LIST = re.compile(r",? (?:and|or|اور|یا) |, |، ")


def _with_shared_units(text: str, found: list[Figure]) -> list[Figure]:
    """In “40, 50 and 60 per cent” each has the unit of the last."""
    for place in range(len(found) - 2, -1, -1):
        this, after = found[place], found[place + 1]
        gap = text[this.end : after.start]
        unit = after.values[0].unit
        if unit in {"%", "pp"} and not this.tail and _LIST.fullmatch(gap) and not any(v.unit for v in this.values):
            found[place] = replace(this, values=tuple(replace(value, unit=unit) for value in this.values))
    return found
