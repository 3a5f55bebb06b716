"""The dictionaries and word lists the desk checks spelling with, and adding to them."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from ovn_desk import assets, files, processes
from ovn_desk.domain.errors import DeskError
from ovn_desk.formats import hunspell
from ovn_desk.text import foreign, spelling
from ovn_desk.text.spelling import SCRIPTS, Speller, listed_words

LARGEST = 32 * 1024 * 1024
LARGEST_LIST = 1024 * 1024
_TRIAL_SECONDS = 20
_SHIPPED = (("en-GB", "en"),)
_HOUSE = "house-en.txt"


@dataclass(frozen=True, slots=True)
class LoadedSpeller:
    """A speller, and a sentence for each file that could not be used."""

    speller: Speller
    refusals: tuple[str, ...] = ()


def load(*, folder: Path, personal: Path) -> LoadedSpeller:
    """The desk's own dictionary, those in the user's folder, the outlet's word list and the user's."""
    ours = assets.folder() / "dictionaries"
    speller, refusals = Speller(), []
    for name, language in _SHIPPED:
        speller.add_dictionary(ours, name, of=SCRIPTS[language])
    for aff in sorted(folder.glob("*.aff")):
        try:
            speller.add_dictionary(folder, aff.stem, of=_read_pair(aff).script)
        except DeskError as error:
            refusals.append(str(error))
    for path in (ours / _HOUSE, personal):
        try:
            speller.add_words(listed_words(_read_list(path)))
        except DeskError as error:
            refusals.append(str(error))
    return LoadedSpeller(speller, tuple(refusals))


def dictionaries(folder: Path) -> tuple[str, ...]:
    """The names of the dictionaries there are, as `en-GB`: the desk's own, then those in the user's folder."""
    return (*(name for name, _ in _SHIPPED), *sorted(aff.stem for aff in folder.glob("*.aff")))


def add_dictionary(chosen: Path, *, to: Path) -> str:
    """Copies the pair that a `.aff` or `.dic` file belongs to, after trying it out, and returns its name.

    Raises DeskError for a pair that is not whole, not a dictionary, or that Hunspell can not load.
    """
    aff, dic = chosen.with_suffix(".aff"), chosen.with_suffix(".dic")
    dictionary = _read_pair(aff)
    _try_out(aff, dictionary)
    try:
        files.write(to / dic.name, dic.read_bytes())
        files.write(to / aff.name, aff.read_bytes())
    except OSError as error:
        raise DeskError("dictionary-not-copied", path=to, reason=files.reason(error)) from error
    return aff.stem


def add_word(word: str, *, to: Path) -> None:
    """Puts a word at the end of the user's list; one that is there already is left."""
    text = _read_list(to)
    if word in listed_words(text):
        return
    lines = [*text.splitlines(), word]
    try:
        files.write(to, ("\n".join(lines) + "\n").encode())
    except OSError as error:
        raise DeskError("dictionary-word-not-added", path=to, reason=files.reason(error)) from error


def _read_pair(aff: Path) -> hunspell.Dictionary:
    dic = aff.with_suffix(".dic")
    for path in (aff, dic):
        if not path.is_file():
            raise DeskError("dictionary-half-missing", name=path.name)
    data = [foreign.read_bytes(path, most=LARGEST) for path in (aff, dic)]
    with foreign.reading(aff.stem, "dictionary-unreadable"):
        return hunspell.read(*data, name=aff.stem)


def _try_out(aff: Path, dictionary: hunspell.Dictionary) -> None:
    """Loads a dictionary in a process of its own: one that stops Hunspell must not stop the desk."""
    question = {"folder": str(aff.parent), "name": aff.stem, "script": dictionary.script, "words": dictionary.sample}
    with closing(processes.Worker(spelling.is_usable, is_quiet=True)) as trial:
        try:
            is_usable = trial.ask(question, limit=_TRIAL_SECONDS)
        except (TimeoutError, processes.Ended):
            is_usable = False
    if not is_usable:
        raise DeskError("dictionary-useless", name=aff.stem)


def _read_list(path: Path) -> str:
    """A word list's text, empty without a file; raises DeskError for one that is huge or not UTF-8."""
    return foreign.read_text(path, most=LARGEST_LIST) if path.exists() else ""
