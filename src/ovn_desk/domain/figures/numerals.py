"""The words that are numbers, and the words that multiply them."""

from fractions import Fraction

DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٬٫٪", "01234567890123456789,.%")

_ONES = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()

# One to ninety-nine are each a word of their own in Urdu; “اسی” (80), also “that very”, is read with a multiplier only.
_URDU = (
    "ایک دو تین چار پانچ چھ سات آٹھ نو دس "
    "گیارہ بارہ تیرہ چودہ پندرہ سولہ سترہ اٹھارہ انیس بیس "
    "اکیس بائیس تیئیس چوبیس پچیس چھبیس ستائیس اٹھائیس انتیس تیس "
    "اکتیس بتیس تینتیس چونتیس پینتیس چھتیس سینتیس اڑتیس انتالیس چالیس "
    "اکتالیس بیالیس تینتالیس چوالیس پینتالیس چھیالیس سینتالیس اڑتالیس انچاس پچاس "
    "اکاون باون ترپن چون پچپن چھپن ستاون اٹھاون انسٹھ ساٹھ "
    "اکسٹھ باسٹھ تریسٹھ چونسٹھ پینسٹھ چھیاسٹھ سڑسٹھ اڑسٹھ انہتر ستر "
    "اکہتر بہتر تہتر چوہتر پچھتر چھہتر ستتر اٹھہتر اناسی اسی "
    "اکیاسی بیاسی تراسی چوراسی پچاسی چھیاسی ستاسی اٹھاسی نواسی نوے "
    "اکانوے بانوے ترانوے چورانوے پچانوے چھیانوے ستانوے اٹھانوے ننانوے"
).split()
_NOT_READ = {"بہتر", "نواسی"}  # also “better” and “granddaughter”

ENGLISH_TENS = {word: 20 + 10 * place for place, word in enumerate(_TENS)}
ENGLISH_ONES = {word: place for place, word in enumerate(_ONES, 1)}
ENGLISH = {**ENGLISH_ONES, **{word: 10 + place for place, word in enumerate(_TEENS)}, **ENGLISH_TENS}
URDU = {word: place for place, word in enumerate(_URDU, 1) if word not in _NOT_READ} | {"چھے": 6, "تئیس": 23}
URDU_HALVES = {"ڈیڑھ": Fraction(3, 2), "ڈھائی": Fraction(5, 2), "اڑھائی": Fraction(5, 2)}
URDU_BEFORE = {"ساڑھے": Fraction(1, 2), "سوا": Fraction(1, 4), "پونے": Fraction(-1, 4)}

SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 10**3,
    "lakh": 10**5,
    "lakhs": 10**5,
    "lac": 10**5,
    "lacs": 10**5,
    "million": 10**6,
    "mn": 10**6,
    "crore": 10**7,
    "crores": 10**7,
    "billion": 10**9,
    "bn": 10**9,
    "arab": 10**9,
    "kharab": 10**11,
    "trillion": 10**12,
    "tr": 10**12,
    "trn": 10**12,
    "tn": 10**12,
    "سو": 100,
    "ہزار": 10**3,
    "لاکھ": 10**5,
    "ملین": 10**6,
    "کروڑ": 10**7,
    "ارب": 10**9,
    "بلین": 10**9,
    "کھرب": 10**11,
    "ٹریلین": 10**12,
}
LETTER_SCALES = {"m": 10**6, "b": 10**9, "k": 10**3}

PARTS = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "thirds": 3,
    "quarter": 4,
    "quarters": 4,
    "fifth": 5,
    "fifths": 5,
    "sixth": 6,
    "tenth": 10,
    "tenths": 10,
    "تہائی": 3,
    "چوتھائی": 4,
}
GLYPHS = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}
