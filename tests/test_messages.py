"""What is said to people: every code has its sentence, every sentence its code, and a language is one folder."""

import ast
import io
import pickle
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter
from typing import NamedTuple

import pytest
from babel.messages.pofile import read_po, write_po
from typer.testing import CliRunner

import ovn_desk
from make import HOUSE, content
from ovn_desk import assets, messages
from ovn_desk.cli import program
from ovn_desk.domain import checklist
from ovn_desk.domain.ai_use import AiTask
from ovn_desk.domain.checklist import RULES
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.evidence import CorrectionKind
from ovn_desk.domain.house import Role
from ovn_desk.domain.house_file import read_house
from ovn_desk.domain.notifications import Reason
from ovn_desk.domain.source import SourceKind, Terms
from ovn_desk.domain.workflow import State, Step, step_done
from ovn_desk.messages import Languages, Message
from ovn_desk.store import open_store
from ovn_desk.store.trouble import StoreTrouble, Trouble

SOURCE = Path(ovn_desk.__file__).parent
ENGLISH = assets.folder() / "languages" / "en"
# What other classes of errors are given beside the values of their sentences.
BESIDE = {"SiteRefused": {"status", "rest_code", "data"}, "Passing": {"wait"}}


# Enumerations whose members stand in sentences.
SPOKEN = (Role, State, Reason, Terms, SourceKind, CorrectionKind, AiTask)
TIMES = {"since", "until", "at", "now", "newest", "written"}


class Said(NamedTuple):
    """A place in the source where a message is made."""

    layer: str
    place: str
    code: str
    values: frozenset[str] | None  # None where they are not written out


def layer_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def makers() -> set[str]:
    """The names of the classes that are made with a code: `Message`, and every kind of DeskError that takes one."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in SOURCE.rglob("*.py")]
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    found = {"DeskError", "Message"}
    for _ in range(3):
        found |= {one.name for one in classes if {getattr(base, "id", "") for base in one.bases} & found}
    return found


def said() -> Iterator[Said]:
    """Every message that the source makes under a code that is written there."""
    names = makers()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", "")
            is_init = isinstance(node.func, ast.Attribute) and node.func.attr == "__init__"
            if not is_init and name not in names:
                continue
            first = node.args[0]
            for code in (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,):
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    whole = not any(word.arg is None for word in node.keywords)
                    values = frozenset(str(word.arg) for word in node.keywords) - BESIDE.get(name, set())
                    place = f"{path.relative_to(SOURCE)}:{node.lineno}"
                    yield Said(layer_of(path), place, code.value, values if whole else None)


def catalogue(layer: str, context: str = "") -> dict[str, tuple[str, ...]]:
    """The code and forms of each entry of a layer; those of a context say the same elsewhere."""
    found = read_po(io.BytesIO((ENGLISH / f"{layer}.po").read_bytes()))
    return {
        (one.id if isinstance(one.id, str) else one.id[0]): (one.string,) if isinstance(one.string, str) else one.string
        for one in found
        if one.id and (one.context or "") == context
    }


def catalogues() -> dict[str, dict[str, tuple[str, ...]]]:
    return {path.stem: catalogue(path.stem) for path in ENGLISH.glob("*.po")}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_each_code_is_of_one_layer() -> None:
    every = [code for entries in catalogues().values() for code in entries]
    assert sorted(every) == sorted(set(every))


def test_each_code_in_the_source_has_a_sentence_in_the_catalogue_of_its_layer() -> None:
    known = catalogues()
    lost = [
        f"{one.place} {one.code}" for one in said() if one.layer != "ui" and one.code not in known.get(one.layer, {})
    ]
    assert lost == []


def test_what_a_file_from_elsewhere_is_refused_with_is_in_a_catalogue() -> None:
    """`foreign.reading` is given the codes of two sentences: what is wrong with the file, and what to do."""
    known = {code for entries in catalogues().values() for code in entries}
    given = [
        code.value
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and "reading" in {getattr(node.func, "id", ""), getattr(node.func, "attr", "")}
        for code in node.args[1:]
        if isinstance(code, ast.Constant)
    ]
    assert len(given) > 10
    assert set(given) <= known


def test_each_sentence_is_said_somewhere() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    made = {rule.asks.code for rule in RULES} | {step_done(step).code for step in Step}
    made |= {f"open-{rule.name}" for rule in RULES}
    made |= {messages.enumeration_code(member) for kind in (*SPOKEN, Step) for member in kind}
    unused = [
        code for entries in catalogues().values() for code in entries if f'"{code}"' not in source and code not in made
    ]
    assert unused == []


def test_the_values_of_a_message_are_those_that_its_sentence_shows() -> None:
    forms = {code: texts for entries in catalogues().values() for code, texts in entries.items()}
    wrong = [
        f"{one.place} {one.code}: {sorted(one.values)}"
        for one in said()
        if one.values is not None and one.code in forms
        # the singular may say “one” in words
        if one.values != placeholders(forms[one.code][-1]) or not placeholders(forms[one.code][0]) <= one.values
    ]
    assert wrong == []


@pytest.fixture
def window_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """The desk speaking as it does in its window."""
    monkeypatch.setattr(messages.DESK, "context", "")  # put back afterwards
    messages.speak_in_window()


COMMAND_LINE = re.compile(r"ovn-desk [a-z<]|pip install|(?:^|[ “(])--[a-z]|Ctrl\+K")


@pytest.mark.usefixtures("window_words")
def test_no_sentence_in_the_window_names_the_command_line() -> None:
    """Whatever the layers below say can come up there; the codes of `cli` are said by commands alone."""
    noon = datetime(2026, 11, 28, 12, tzinfo=UTC)
    wrong = []
    for layer, entries in catalogues().items():
        for code, forms in entries.items() if layer != "cli" else ():
            times = {name for name in placeholders(forms[-1]) & TIMES if f"{{{name}:" in forms[-1]}
            for number in (1, 7):
                values = dict.fromkeys(placeholders(forms[-1]), number) | dict.fromkeys(times, noon)
                if COMMAND_LINE.search(words := str(Message(code, **values))):
                    wrong.append(f"{code}: {words}")
    assert wrong == []
    given = {one.code for one in said() if one.layer == "ui"}
    assert not given & catalogue("cli").keys()


def test_what_the_window_says_otherwise_has_the_same_values_and_the_command_line_its_own_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for layer in catalogues():
        plain = catalogue(layer)
        for code, forms in catalogue(layer, messages.WINDOW).items():
            assert placeholders(forms[-1]) <= placeholders(plain[code][-1]), code
    missing = Message("store-missing", path="news.ovn")
    assert str(missing).endswith("ovn-desk --store news.ovn init")
    monkeypatch.setattr(messages.DESK, "context", "")
    messages.speak_in_window()
    assert str(missing) == "There is no newsroom at news.ovn. Start OVN Desk again to start or join one."
    assert str(Message("hub-transaction-open", login="sana", count=7)).startswith(
        "sana has had a transaction open for 7"
    )


def test_what_the_command_line_says_names_no_menu() -> None:
    named = re.compile(r"\bmenu\b|[A-Z]\w+ > [A-Z]|\bFile, [A-Z]\w+, ")
    wrong = [
        (layer, code) for layer in catalogues() for code, forms in catalogue(layer).items() if named.search(forms[-1])
    ]
    assert wrong == []


def test_every_rule_step_and_state_has_its_words() -> None:
    known = catalogue("domain")
    wanted = {rule.asks.code for rule in RULES} | {step_done(step).code for step in Step}
    wanted |= {messages.enumeration_code(member) for kind in SPOKEN for member in kind}
    assert wanted <= known.keys()


def languages(tmp_path: Path) -> Languages:
    """English, and a second language that has two sentences."""
    (tmp_path / "en").symlink_to(ENGLISH)
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "text.po").write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
        'msgid "file-empty"\nmsgstr "[{name} ēmpty]"\n\n'
        'msgid "style-pattern-unreadable"\nmsgstr "[{where}: {error}]"\n\n'
        'msgid "theme-template-unknown"\nmsgstr "[{name} {folder} {names}]"\n\n'
        'msgid "file-not-text"\nmsgstr "{nom} {"\n\n'
        'msgid "list-separator"\nmsgstr "\u060c "\n',
        encoding="utf-8",
    )
    return Languages(tmp_path)


def test_a_folder_is_a_language_and_what_it_lacks_is_said_in_english(tmp_path: Path) -> None:
    made = languages(tmp_path)
    assert made.all == ["en", "xx"]
    assert made.sentence(Message("file-empty", name="a.txt"), "xx") == "[a.txt ēmpty]"
    assert made.sentence(Message("file-empty", name="a.txt"), "en") == "a.txt is empty."
    assert made.sentence(Message("pattern-too-slow"), "xx").startswith("This pattern takes too long.")
    assert made.sentence(Message("file-not-text", name="a.txt"), "xx").startswith("a.txt is not a text file.")


def test_values_are_said_in_the_language_of_the_sentence(tmp_path: Path) -> None:
    made = languages(tmp_path)
    inner = Message("file-empty", name="a.txt")
    assert made.sentence(Message("style-pattern-unreadable", where="w", error=inner), "xx") == "[w: [a.txt ēmpty]]"
    names = Message("theme-template-unknown", folder="f", name="n", names=["a", "b"])
    assert made.sentence(names, "xx") == "[n f a\u060c b]"
    unknown = made.sentence(Message("pattern-unreadable", error=inner), "xx")
    assert unknown == "This pattern cannot be read: a.txt is empty.."


def pseudo(text: str) -> str:
    """A sentence with marks on its vowels and brackets round it; values keep their names."""
    made = ""
    for said, name, spec, conversion in Formatter().parse(text):
        made += said.translate(str.maketrans("aeiouAEIOU", "āēīōūĀĒĪŌŪ"))
        made += f"{{{name}{'!' + conversion if conversion else ''}{':' + spec if spec else ''}}}" if name else ""
    return f"[{made}]"


@pytest.fixture
def pseudo_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The desk speaking a made-up language, which is one folder made of the English one."""
    (tmp_path / "en").symlink_to(ENGLISH)
    (tmp_path / "en-qps").mkdir()
    for file in ENGLISH.glob("*.po"):
        found = read_po(io.BytesIO(file.read_bytes()))
        for one in found:
            if one.id and file.stem != "messages":
                one.string = pseudo(one.string) if isinstance(one.string, str) else tuple(map(pseudo, one.string))
        with (tmp_path / "en-qps" / file.name).open("wb") as made:
            write_po(made, found, width=0)
    monkeypatch.setattr(messages.DESK, "folder", tmp_path)
    messages.speak("en-qps")
    yield "en-qps"
    messages.speak("en")


@pytest.mark.usefixtures("pseudo_language")
def test_a_language_of_one_folder_is_heard_in_a_check_a_refusal_and_on_the_command_line(tmp_path: Path) -> None:
    found = {one.rule: one.message for one in checklist.problems(content(headline="", sources=()), read_house(HOUSE))}
    assert found["headline"] == "[Gīvē thē ārtīclē ā hēādlīnē.]"
    assert found["unknown-source"].startswith("[[@dawn-rail] nāmēs nō sōūrcē")
    unsettled = checklist.problems(content(), read_house(HOUSE), checklist.Found(must_fix=3))
    assert "[3 cōmmēnts mūst bē sēttlēd bēfōrē āpprōvāl.]" in [one.message for one in unsettled]
    with pytest.raises(DeskError) as refused:
        open_store(tmp_path / "none.ovn")
    assert str(refused.value).startswith(f"[Thērē īs nō stōrē āt {tmp_path / 'none.ovn'}.")
    done = CliRunner().invoke(program.app, ["--store", str(tmp_path / "none.ovn"), "list"])
    assert "Thērē īs nō stōrē āt" in str(done.exception)


@pytest.mark.usefixtures("pseudo_language")
def test_every_entry_of_a_language_can_be_said() -> None:
    """Placeholders that are filled with anything: no entry is lost on the way through a catalogue."""
    for entries in catalogues().values():
        for code, forms in entries.items():
            times = {name for name in placeholders(forms[-1]) & TIMES if f"{{{name}:" in forms[-1]}
            noon = datetime(2026, 11, 28, 12, tzinfo=UTC)
            said = str(Message(code, **dict.fromkeys(placeholders(forms[-1]), 7) | dict.fromkeys(times, noon)))
            assert said != code
            assert code.startswith(("list-", "sentence-")) or said.startswith("[")


def test_an_error_is_its_code_and_values_and_its_text_the_sentence() -> None:
    error = StepRefused("assign-editors-only", name="Bilal", role=Role.REPORTER)
    assert (error.code, error.values) == ("assign-editors-only", {"name": "Bilal", "role": Role.REPORTER})
    assert str(error) == "Only an editor may assign a story to somebody else; Bilal is a reporter."


def test_an_error_goes_to_another_process_whole() -> None:
    error = pickle.loads(pickle.dumps(DeskError("file-empty", name=Path("a.txt"))))
    assert isinstance(error, DeskError)
    assert (error.code, str(error)) == ("file-empty", "a.txt is empty.")
    trouble = pickle.loads(pickle.dumps(StoreTrouble(Trouble.BUSY, Path("post.ovn"))))
    assert (trouble.kind, str(trouble).partition(" and")[0]) == (Trouble.BUSY, "Another desk is writing to post.ovn")


def test_a_message_stands_in_a_text_like_its_sentence() -> None:
    assert f"{Message('file-empty', name='a'):>14}" == "   a is empty."


def test_messages_are_equal_by_what_they_say() -> None:
    assert Message("file-empty", name="a") == Message("file-empty", name="a")
    assert len({Message("x", names=["a"]), Message("x", names=("a",)), Message("x", names=["b"])}) == 2


def test_what_no_catalogue_has_is_said_as_it_stands() -> None:
    assert str(DeskError("Braces {} are nothing special here.")) == "Braces {} are nothing special here."


def test_a_language_without_a_folder_is_not_spoken() -> None:
    with pytest.raises(LookupError):
        messages.speak("tlh")
