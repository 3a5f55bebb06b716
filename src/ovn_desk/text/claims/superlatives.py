"""Words that say of something that it is the first, the largest or the only one; Urdu and English."""

import re

_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_LARGEST = (
    "largest biggest highest lowest smallest longest shortest oldest youngest newest fastest slowest richest poorest "
    "deadliest worst best greatest strongest weakest heaviest hottest coldest earliest latest tallest deepest widest "
    "busiest cheapest costliest nearest farthest furthest closest hardest toughest"
).split()
_NOT_RANKED = (
    r"(?! (?:aid|lady|name|names|information|class|floor|half|hand|person|world|thing|place|of all)\b)"
    r"(?!-(?:hand|class|rate))"
)
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
# It is looked for in text in lower case.
SUPERLATIVE = re.compile(
    r"(?<![\w-])(?:"
    rf"(?=[{''.join(sorted({word[0] for word in [*_ORDINALS, *_LARGEST, 'only', 'most', 'un', 'never']}))}])(?:"
    rf"(?:{'|'.join(_ORDINALS)})-(?:{'|'.join(_LARGEST)})"
    rf"|(?:{'|'.join(_LARGEST)})(?![\w-]| (?:known as|to date|updates?|news|practice|wishes|friends?|man|known)\b)"
    rf"|(?:{'|'.join(_ORDINALS)}){_NOT_RANKED}(?!\w)(?!,)"
    rf"|(?<=\ba )(?:{'|'.join(_ORDINALS)})(?=,)"
    r"|(?<=the )only(?= (?!one |way |thing )[a-z])"
    r"|most (?=[a-z]+(?:ed|ive|ful|ous|ant|ent|ic|al|able|ible)\b)[a-z]+"
    r"|unprecedented|never before)"
    rf"|(?=\d)\d{{1,3}}(?:st|nd|rd|th)(?!\w)(?! (?:century|of \w|anniversary|{_MONTHS}))"
    r"|(?=[\u0620-\u06ff])(?:سب سے (?:\w+)|پہل[اےی](?= \w)(?<!پہلے)|بدترین|بہترین|واحد|تیسر[اےی](?!\w)|چوتھ[اےی](?!\w)"
    r"|پانچو(?:اں|یں)(?!\w)))"
)
