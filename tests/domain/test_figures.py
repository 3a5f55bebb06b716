from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ovn_desk.domain.figures import Value, figures


def read(text):
    return [(text[one.start : one.end], [(float(v.number), v.unit) for v in one.values]) for one in figures(text)]


@pytest.mark.parametrize(
    ("text", "words", "values"),
    [
        ("It cost Rs2.4 billion.", "Rs2.4 billion", [(2.4e9, "PKR")]),
        ("It cost 2.4 billion rupees.", "2.4 billion rupees", [(2.4e9, "PKR")]),
        ("PKR 5 crore 20 lakh", "PKR 5 crore 20 lakh", [(52e6, "PKR")]),
        ("a loan of $2bn", "$2bn", [(2e9, "USD")]),
        ("US$ 500 a piece", "US$ 500", [(500, "USD")]),
        ("1,02,840 ballots", "1,02,840", [(102840, "")]),
        ("about 40%", "40%", [(40, "%")]),
        ("40 per cent", "40 per cent", [(40, "%")]),
        ("forty percent", "forty percent", [(40, "%")]),
        ("twenty-five men", "twenty-five", [(25, "")]),
        ("one hundred and five men", "one hundred and five", [(105, "")]),
        ("four and a half kilometres", "four and a half kilometres", [(4.5, "km")]),
        ("half a million rupees", "half a million rupees", [(5e5, "PKR")]),
        ("a quarter of a million rupees", "a quarter of a million rupees", [(2.5e5, "PKR")]),
        ("three quarters of a billion", "three quarters of a billion", [(7.5e8, "")]),
        ("10–12 days", "10–12 days", [(10, "day"), (12, "day")]),
        ("between 5 and 7 per cent", "between 5 and 7 per cent", [(5, "%"), (7, "%")]),
        ("5 to 7 million", "5 to 7 million", [(5e6, ""), (7e6, "")]),
        ("won 3-1", "3-1", [(3, ""), (1, "")]),
        ("a 45-year-old", "45-year-old", [(45, "")]),
        ("a five-day trip", "five-day", [(5, "day")]),
        ("nine in ten", "nine in ten", [(90, "%")]),
        ("2.46m tons", "2.46m tons", [(2.46e6, "tonne")]),
        ("a 100m race", "100m", [(100, "m")]),
        ("۱۸ ارب روپے", "۱۸ ارب روپے", [(18e9, "PKR")]),
        ("٣ دن", "٣ دن", [(3, "day")]),
        ("۳۱٬۲۴۰ ووٹ", "۳۱٬۲۴۰", [(31240, "")]),
        ("نو کروڑ ساٹھ لاکھ ڈالر", "نو کروڑ ساٹھ لاکھ ڈالر", [(96e6, "USD")]),
        ("ساڑھے چار لاکھ ایکڑ", "ساڑھے چار لاکھ ایکڑ", [(450000, "acre")]),
        ("ڈھائی لاکھ مزدور", "ڈھائی لاکھ", [(250000, "")]),
        ("60 سے 80 ملی میٹر", "60 سے 80 ملی میٹر", [(60, "mm"), (80, "mm")]),
        ("38.4٪ رہی", "38.4٪", [(38.4, "%")]),
        ("چار ہزار پانچ سو مویشی", "چار ہزار پانچ سو", [(4500, "")]),
    ],
)
def test_a_number_is_read_with_its_multiplier_and_unit(text, words, values):
    assert read(text) == [(words, values)]


@pytest.mark.parametrize(
    "text",
    [
        "on 3 March 2025",
        "July 20, 2025",
        "12-14 March",
        "2025-07-20",
        "20/07/2025",
        "in 2024-25",
        "the 1990s",
        "at 9:30am",
        "6.15am",
        "three in the morning",
        "ten past six",
        "رات ساڑھے گیارہ بجے",
        "۱۵ اگست",
        "سنہ 2018",
        "call 0300-1234567",
        "+92 51 1234567",
        "Clause 7A",
        "the 21st",
        "نو منتخب وزیر",
        "hundreds of people",
        "MP3",
    ],
)
def test_days_hours_and_parts_of_words_are_no_numbers(text):
    assert read(text) == []


def test_a_unit_at_the_end_of_a_list_is_that_of_all_of_it():
    assert {value for one in figures("40, 50 and 60 per cent") for value in one.values} == {
        Value(Fraction(number), "%") for number in (40, 50, 60)
    }


@given(st.text(max_size=120))
def test_any_text_is_read_and_places_are_inside_it_and_in_order(text):
    at = 0
    for one in figures(text):
        assert at <= one.start < one.end <= len(text)
        assert one.values
        at = one.end


@given(st.integers(0, 10**9), st.sampled_from(["", "%", " rupees", " km", " فیصد"]))
def test_digits_of_every_script_and_grouping_are_the_same_number(number, unit):
    plain = f"{number}{unit}"
    ways = [
        plain,
        f"{number:,}{unit}",
        plain.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")),
        plain.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
    ]
    assert len({one.values for way in ways for one in figures(way)}) == 1
