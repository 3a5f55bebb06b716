"""Days, years and times of day: they say when, and are no figures."""

import re

_MONTHS = (
    "January February March April May June July August September October November December "
    "Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec"
).split()
_URDU_MONTHS = (
    "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر محرم صفر رجب شعبان رمضان شوال".split()
)
_MONTH = f"(?:{'|'.join(_MONTHS)})\\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DAYS = rf"{_DAY}(?:(?: ?[-–] ?| and | to |, ){_DAY})?"
_YEAR = r"(?:1[5-9]|20)\d\d"
_HOUR = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_WITH_A_DIGIT = (
    rf"{_DAYS}(?: of)? {_MONTH}(?!\w)(?:,? {_YEAR}\b)?",
    rf"{_DAY}(?: ?[-–] ?{_DAY}| سے {_DAY})? (?:{'|'.join(_URDU_MONTHS)})(?: {_YEAR})?",
    r"\d{4}-\d\d-\d\d\b",
    r"(?<!-)(?:0?[1-9]|[12]\d|3[01])([/.-])(?:0?[1-9]|1[0-2])\1(?:\d{4}|\d\d)(?![-/\d])",
    r"(?:19|20)\d\d ?[-–/] ?(?:(?:19|20)\d\d|\d\d)(?!\d|,\d)",
    r"(?:1[5-9]|20)?\d0s\b",
    r"\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]\.?m\b\.?)?",
    r"\d{1,2}(?:[.:]\d\d)? ?(?:am|pm|a\.m\.|p\.m\.|o[’']clock)(?!\w)",
    r"\d{1,2} (?:PKT|GMT|UTC|EST|PST|BST)\b",
    r"\d{4}ء",
    r"(?<![.,])0\d{2,4}[- ]?\d{5,8}(?!\w)",
    r"(?<!-)\d{5}-\d{7}-\d(?!\w)",
)
_IN_DIGITS = re.compile(
    rf"(?<!\w)(?:(?=\d)(?:{'|'.join(_WITH_A_DIGIT)})"
    rf"|(?=[JFMASOND]){_MONTH} {_DAYS}(?![\w,.]*\d)(?:,? {_YEAR}\b)?"
    r"|(?:سنہ|سن) \d{4}|\+\d[\d ()-]{7,}\d)"
)
_IN_WORDS = re.compile(
    rf"(?<!\w)(?:(?:{_HOUR}) (?:o[’']clock|a\.m\.|p\.m\.|in the (?:morning|afternoon|evening)|at night)"
    rf"|(?:five|ten|twenty|twenty-five|quarter|half) (?:to|past) (?:{_HOUR})\b)"
)
_IN_URDU = re.compile(r"(?:(?:ساڑھے|سوا|پونے) )?(?<!\w)[\w:]+ (?:بجے|بجکر|بج کر)(?: [\w]+ منٹ)?")
_DIGIT = re.compile(r"\d")
YEAR = re.compile(r"(?:19|20)\d\d")


def blank_dates(text: str) -> str:
    """Replace every day, time of day and telephone number by blanks; all places in the text stay."""
    if _DIGIT.search(text):
        text = _IN_DIGITS.sub(_blank, text)
    if "بج" in text:
        text = _IN_URDU.sub(_blank, text)
    return _IN_WORDS.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    return "\u2060" * len(match[0])
