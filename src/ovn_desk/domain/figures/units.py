"""Money, per cent and the measures a number may come with; each has one name, whatever the language."""

import re
from functools import lru_cache

# name: the ways it is written after a number, as one pattern without groups
_UNITS = {
    "pp": r"percentage[ -]points?|فیصد پوائنٹس?",
    "bp": r"basis points?",
    "%": r"%|per ?cent|percent|pc|فیصد|فی صد",
    "PKR": r"rupees?|rupee|روپے|روپیہ|روپوں",
    "USD": r"(?:US )?dollars?|ڈالرز?",
    "EUR": r"euros?|یورو",
    "GBP": r"pounds?(?: sterling)?|پاؤنڈز?",
    "SAR": r"riyals?|ریال",
    "AED": r"dirhams?|درہم",
    "CNY": r"yuan|یوآن",
    "age": r"years? old|years? of age|year-olds?|سالہ",
    "member": r"رکنی",
    "second": r"seconds|secs?|(?<=-)second|سیکنڈز?",
    "minute": r"minutes?|mins?|منٹ|منٹوں",
    "hour": r"hours?|hrs?|گھنٹے|گھنٹوں|گھنٹہ",
    "day": r"days?|دنوں|دن|روزہ|روز",
    "night": r"nights?|راتوں|راتیں",
    "week": r"weeks?|ہفتے|ہفتوں|ہفتہ",
    "month": r"months?|ماہ|مہینے|مہینوں|مہینہ",
    "year": r"years?|yrs?|سالوں|سال|برسوں|برس",
    "decade": r"decades?|دہائیوں|دہائیاں|دہائی",
    "century": r"century|centuries|صدیوں|صدی",
    "km/h": r"km/h|kph|km per hour|kilomet(?:re|er)s? (?:per|an) hour|کلومیٹر فی گھنٹہ",
    "sqkm": r"square kilomet(?:re|er)s?|sq\.? ?km|مربع کلومیٹر",
    "sqm": r"square met(?:re|er)s?|sq\.? ?m|مربع میٹر",
    "sqft": r"square feet|square foot|sq\.? ?ft|مربع فٹ",
    "sqmi": r"square miles?",
    "yard2": r"square yards?|مربع گز",
    "km": r"kilomet(?:re|er)s?|kms?|کلومیٹر|کلو میٹر",
    "cm": r"centimet(?:re|er)s?|cm|سینٹی میٹر",
    "mm": r"millimet(?:re|er)s?|mm|ملی میٹر",
    "m": r"met(?:re|er)s?|m|میٹر",
    "mile": r"miles?|میل",
    "foot": r"feet|foot|ft|فٹ",
    "inch": r"inch(?:es)?|انچ",
    "yard": r"yards?|گز",
    "kg": r"kilograms?|kilos?|kgs?|کلوگرام|کلو گرام|کلو",
    "g": r"grams?|گرام",
    "tonne": r"tonnes?|tons?|ٹن",
    "maund": r"maunds?|من",
    "acre": r"acres?|ایکڑ",
    "hectare": r"hectares?|ہیکٹر",
    "kanal": r"kanals?|کنال",
    "marla": r"marlas?|مرلہ|مرلے",
    "litre": r"lit(?:re|er)s?|لیٹر",
    "cusec": r"cusecs?|کیوسک",
    "barrel": r"barrels?|بیرل",
    "MW": r"megawatts?|mw|میگاواٹ|میگا واٹ",
    "GW": r"gigawatts?|gw",
    "kWh": r"kilowatt[ -]hours?|kwh",
    "degree": r"degrees?(?: (?:celsius|centigrade|fahrenheit|c|f)\b)?|° ?[cf]?\b|ڈگری(?: سینٹی گریڈ| سیلسیس)?",
    "GB": r"gigabytes?|gb",
    "MB": r"megabytes?|mb",
    "TB": r"terabytes?|tb",
}
COUNTED = {"age": "", "member": ""}  # “45-year-old” is the number 45
_MONEY = {
    "USD": r"US ?\$|\$|USD",
    "PKR": r"Rs\.?|PKR|₨",
    "EUR": r"€|EUR",
    "GBP": r"£|GBP",
    "INR": r"₹|INR",
    "CNY": r"¥|CNY",
    "SAR": r"SAR",
    "AED": r"AED",
}

CURRENCIES = frozenset(_MONEY)
MONEY_BEFORE = "|".join(_MONEY.values()).lower()  # the text it is looked for in is in lower case
MONEY_OPENS = "$uprs₨€£₹i¥cae"
_ATTACHED = r"(?![^\W\d_])"
_UNIT = re.compile(
    rf"(?P<gap>[ \n\u00a0\u2060\u202f]{{0,3}}|-)(?P<unit>{'|'.join(_UNITS.values())}){_ATTACHED}", re.IGNORECASE
)
_BY_NAME = [(name, re.compile(way, re.IGNORECASE)) for names in (_UNITS, _MONEY) for name, way in names.items()]


def unit_after(text: str, at: int) -> tuple[str, int]:
    """The name of the unit that begins at a place (code points) and where it ends; an empty name where none does."""
    match = _UNIT.match(text, at)
    return (unit_name(match["unit"]), match.end()) if match else ("", at)


@lru_cache(maxsize=1_000)
def unit_name(written: str) -> str:
    """The desk's name for a unit or currency (`Rs`, `rupees` → one name); "" for a word that is none."""
    return next((name for name, pattern in _BY_NAME if pattern.fullmatch(written)), "")
