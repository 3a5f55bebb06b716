"""Which words of a text are to be checked, and whether a dictionary knows them: English and Urdu, told by script."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ovn_desk.domain import citing
from ovn_desk.domain.errors import DeskError
from ovn_desk.text.offsets import from_utf16, to_utf16
from ovn_desk.text.words import plain_urdu

LONGEST_LINE = 100_000  # what is longer is no prose, and would keep the others waiting
SCRIPTS = {"en": "latin", "ur": "arabic"}

_KEPT = 100_000
_SUGGESTED = 7
_LONGEST_WORD = 60
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
_PIECE = rf"(?:[^\W_]|[{_MARKS}])+"
_HOSTS = "com|org|net|edu|gov|info|news|tv|io|pk|uk|eu"
_FILES = "pdf|docx?|xlsx?|csv|md|txt|html?|jpe?g|png|gif|webp|svg|mp[34]|zip"
# Every repetition has an end: a line of opening marks alone must not take longer than its length.
_LOOK = re.compile(
    rf"""
      (?P<tick>(?<!`)`{{1,3}}(?!`))[^\n]{{0,500}}?(?<!`)(?P=tick)(?!`)   # code
    | </?[A-Za-z!][^>\n]{{0,500}}>                                  # HTML, <https://...>
    | &\#?\w{{1,10}};
    | \]\([ ]?<?[^\s<>()]{{0,2000}}(?:\([^\s()]{{0,200}}\)[^\s()]{{0,200}}){{0,5}}   # the address of a link or image
    | \]\[[^\]\n]{{0,200}}\] | ^[ ]{{0,3}}\[[^\]\n]{{1,200}}\]:     # its name elsewhere in the text
    | {citing.PATTERN}                                              # a citation
    | (?i:https?://|ftp://|www\.|mailto:)\S{{1,2000}}
    | [\w.+-]{{1,64}}@[\w.-]{{1,255}}
    | (?:[A-Za-z0-9-]{{1,63}}\.){{1,8}}(?:{_HOSTS})\b(?:/\S{{0,2000}})?
    | [\w-]{{1,100}}\.(?i:{_FILES})\b
    | [@\#]\w{{1,100}}                                              # a handle, a hashtag
    | [^\W_]{{1,100}}(?:_[^\W_]{{1,100}}){{1,20}}                   # a_name_of_a_program
    | (?P<word>{_PIECE}(?:['’\u200c]{_PIECE})*)
    """,
    re.VERBOSE,
)
_CODE_LINE = re.compile(r"(?: {4}|\t)[ \t]*(?![-*+>][ \t]|\d{1,6}[.)][ \t])")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_ABBREVIATION = re.compile(r"[A-Z]{2,6}s?")
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W_]")
_LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ\u0300-\u036f'’-]+")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc\u200c]+")
_COMPOUND = re.compile(r"[^\W_]+(?:['’-][^\W_]+)+")
_IN_COMPOUNDS = frozenset("al bi co de eco geo neo pre quasi tri ud ul un ur us uz".split())


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is asked for, and where it stands in its line: in letters, or in Qt's positions where so said."""

    text: str
    start: int
    end: int


def words(line: str) -> list[Word]:
    """The words of a line that are to be checked, in letters.

    Code, addresses, citations, HTML, abbreviations and words with digits are left out; a compound is checked in parts.
    """
    if len(line) > LONGEST_LINE or _CODE_LINE.match(line):
        return []
    found = []
    for match in _LOOK.finditer(line):
        written = match["word"]
        if written is None:
            continue
        start = match.start()
        bare = _POSSESSIVE.sub("", written)
        if 1 < len(bare) <= _LONGEST_WORD and not _is_left_out(bare, line[start - 1 : start], line[match.end() :][:1]):
            found.append(Word(bare.replace("’", "'"), start, start + len(bare)))
    return found


def _is_left_out(word: str, before: str, after: str) -> bool:
    return (
        _ABBREVIATION.fullmatch(word) is not None
        or _DIGIT.search(word) is not None
        or ("-" in {before, after} and word.casefold() in _IN_COMPOUNDS)
    )


def script(word: str) -> str:
    """`latin`, `arabic`, or nothing for a word in neither or in both."""
    if _LATIN.fullmatch(word):
        return "latin"
    return "arabic" if _ARABIC.fullmatch(word) else ""


def fenced_lines(text: str) -> set[int]:
    """The numbers (from 0) of the lines that are fenced code, with the fences themselves."""
    inside: set[int] = set()
    line, at = 0, 0
    opened, mark = 0, ""
    for match in _FENCE.finditer(text):
        line += text.count("\n", at, match.start())
        at = match.start()
        if not mark:
            opened, mark = line, match[1]
        elif match[1].startswith(mark):
            inside.update(range(opened, line + 1))
            mark = ""
    if mark:
        inside.update(range(opened, line + text.count("\n", at) + 1))
    return inside


def listed_words(text: str) -> list[str]:
    """The words of a word list: one or more a line, remarks after `#`."""
    return [word.text for line in text.splitlines() for word in words(line.partition("#")[0].strip())]


class Speller:
    """Dictionaries by script, with the outlet's and the writer's own words. Remembers what it was asked; one thread."""

    def __init__(self) -> None:
        self._dictionaries: dict[str, list[Any]] = {}
        self._verdicts: dict[str, bool] = {}

    def add_dictionary(self, folder: Path, name: str, *, of: str) -> None:
        """Loads `name.aff` and `name.dic`, whose words are in the script `of`; the files have been checked before."""
        try:
            from hunspell import Hunspell
        except ImportError as error:
            raise DeskError("speller-missing") from error
        # On Windows too: the package then uses paths that may hold any letter.
        made = Hunspell(name, hunspell_data_dir=str(folder), system_encoding="UTF-8")
        self._dictionaries.setdefault(of, []).append(made)
        self._verdicts.clear()

    def add_words(self, words: Iterable[str]) -> None:
        """Makes words known and suggested. Those in a script without a dictionary are not checked anyway."""
        for word in words:
            for dictionary in self._dictionaries.get(script(word), [])[:1]:
                _add(dictionary, word)
        self._verdicts.clear()

    def checks(self, language: str) -> bool:
        """Whether there is a dictionary for the script of a language (`en`, `ur`)."""
        return SCRIPTS[language] in self._dictionaries

    def unknown_words(self, words: Iterable[str]) -> set[str]:
        """Those words that no dictionary of their script knows; a word in a script without one is not checked."""
        asked = set(words)
        if len(self._verdicts) > _KEPT:
            self._verdicts.clear()
        for word in asked - self._verdicts.keys():
            self._verdicts[word] = self._knows(word)
        return {word for word in asked if not self._verdicts[word]}

    def suggestions(self, word: str) -> list[str]:
        """What may have been meant, the likeliest first; at most seven."""
        found = [
            said
            for dictionary in self._dictionaries.get(script(word), [])
            for form in _dictionary_forms(word)
            for said in _suggest(dictionary, form)
            if all(len(part) > 1 for part in said.split(" "))  # “until l” helps nobody
        ]
        return list(dict.fromkeys(found))[:_SUGGESTED]

    def _knows(self, word: str) -> bool:
        dictionaries = self._dictionaries.get(script(word), [])
        if not dictionaries:
            return True
        forms = [*_dictionary_forms(word), *_with_s(word)]
        return any(_spells(dictionary, form) for dictionary in dictionaries for form in forms)


def _with_s(word: str) -> Iterator[str]:
    """“modernize” as “modernise”: British papers write either, the dictionary has one."""
    if "iz" in word:
        yield word.replace("iz", "is")


def _dictionary_forms(word: str) -> Iterator[str]:
    """A word as it stands and, for Urdu, as dictionaries write it."""
    yield word
    if script(word) == "arabic" and (plain := plain_urdu(word)) != word:
        yield plain


# A dictionary in an older encoding has no word with a letter of another, and can be given none.


def _add(dictionary: Any, word: str) -> None:
    with suppress(UnicodeEncodeError):
        dictionary.add(word)


def _spells(dictionary: Any, word: str) -> bool:
    try:
        return bool(dictionary.spell(word))
    except UnicodeEncodeError:
        return False


def _suggest(dictionary: Any, word: str) -> Sequence[str]:
    try:
        return tuple(dictionary.suggest(word))
    except UnicodeEncodeError:
        return ()


def misspelt_words(speller: Speller, lines: Sequence[str]) -> list[tuple[Word, ...]]:
    """The unknown words of each line, in Qt's positions."""
    looked = [words(line) for line in lines]
    unknown = speller.unknown_words(word.text for found in looked for word in found)
    return [
        tuple(
            Word(word.text, to_utf16(line, word.start), to_utf16(line, word.end))
            for word in found
            if word.text in unknown and not _is_known_compound(speller, line, word)
        )
        for line, found in zip(lines, looked, strict=True)
    ]


def _is_known_compound(speller: Speller, line: str, word: Word) -> bool:
    """Whether a part is right in its compound only, which dictionaries may write as one word, as “co-ordinated”."""
    if "-" not in {line[word.start - 1 : word.start], line[word.end : word.end + 1]}:
        return False
    near = line[max(0, word.start - _LONGEST_WORD) : word.end + _LONGEST_WORD]
    at = word.start - max(0, word.start - _LONGEST_WORD)
    whole = next((match[0] for match in _COMPOUND.finditer(near) if match.start() <= at < match.end()), "")
    bare = _POSSESSIVE.sub("", whole).replace("’", "'")
    return bool(bare) and len(speller.unknown_words({bare, bare.replace("-", "")})) < 2


def suggestions_at(speller: Speller, line: str, position: int) -> tuple[Word, list[str]] | None:
    """The misspelt word at one of Qt's positions in a line, with suggestions, the likeliest first.

    Else the one just before it, with only spaces and marks between; else the next one. None where the rest of the line
    is right.
    """
    words = misspelt_words(speller, [line])[0]
    word = next((word for word in words if word.end >= position), None)
    before = [one for one in words if one.end < position]
    if before and (word is None or word.start > position):
        between = line[from_utf16(line, before[-1].end) : from_utf16(line, position)]
        word = word if _LETTER.search(between) else before[-1]
    return (word, speller.suggestions(word.text)) if word else None


def is_usable(question: dict[str, Any]) -> bool:
    """Whether Hunspell loads the dictionary `name` in `folder`, of a `script`, and knows one of `words`.

    To be asked in a process of its own: a broken dictionary may stop it.
    """
    speller = Speller()
    speller.add_dictionary(Path(question["folder"]), question["name"], of=question["script"])
    words = set(question["words"])
    return bool(words - speller.unknown_words(words))
