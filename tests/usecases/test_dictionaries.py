import pytest

from ovn_desk.domain.errors import DeskError
from ovn_desk.usecases import spelling

AFF = b"SET UTF-8\n"
DIC = "3\nکتاب\nقلم\nشہر\n".encode()


@pytest.fixture
def places(tmp_path):
    return {"folder": tmp_path / "dictionaries", "personal": tmp_path / "words.txt"}


def pair(folder, aff=AFF, dic=DIC):
    folder.mkdir(exist_ok=True)
    if aff is not None:
        (folder / "ur.aff").write_bytes(aff)
    if dic is not None:
        (folder / "ur.dic").write_bytes(dic)
    return folder / "ur.dic"


def test_the_desk_knows_english_the_house_and_the_writer(places):
    spelling.add_word("Zorblax", to=places["personal"])
    speller = spelling.load(**places).speller
    assert speller.unknown_words(["colour", "color", "lakh", "Zorblax", "کتاب"]) == {"color"}
    assert speller.checks("en")
    assert not speller.checks("ur")


def test_an_added_dictionary_is_copied_and_used(tmp_path, places):
    chosen = pair(tmp_path / "elsewhere")
    assert spelling.add_dictionary(chosen, to=places["folder"]) == "ur"
    speller = spelling.load(**places).speller
    assert speller.unknown_words(["کتاب", "کتابب"]) == {"کتابب"}
    assert sorted(file.name for file in places["folder"].iterdir()) == ["ur.aff", "ur.dic"]


@pytest.mark.parametrize(
    ("aff", "dic"),
    [
        (None, DIC),
        (AFF, None),
        (AFF, b""),
        (AFF, "کتاب\n".encode()),
        (AFF, b"3\n\xff\xfe\n"),
        (AFF, b"0\n"),
        (AFF, b"2\n\xd0\x94\xd0\xb0\n"),
        (b"SET NO-SUCH\n", DIC),
        (b"\xff\xfe\n", DIC),
        (b"SET UTF-8\nFORBIDDENWORD !\n", "2\nکتاب/!\nقلم/!\n".encode()),
    ],
)
def test_a_dictionary_that_can_not_be_used_is_refused_in_one_sentence_and_not_copied(tmp_path, places, aff, dic):
    chosen = pair(tmp_path / "elsewhere", aff, dic)
    with pytest.raises(DeskError) as refused:
        spelling.add_dictionary(chosen, to=places["folder"])
    assert "ur" in str(refused.value)
    assert "\n" not in str(refused.value)
    assert not places["folder"].exists()


def test_a_huge_dictionary_is_refused_without_being_read(tmp_path, places):
    chosen = pair(tmp_path / "elsewhere")
    with chosen.open("r+b") as file:
        file.truncate(spelling.LARGEST + 1)
    with pytest.raises(DeskError, match="MB"):
        spelling.add_dictionary(chosen, to=places["folder"])


def test_older_encodings_are_read_as_their_dictionary_names_them(tmp_path, places):
    chosen = pair(tmp_path / "elsewhere", b"SET ISO8859-1\n", "2\ncaf\xe9\nna\xefve\n".encode("latin-1"))
    spelling.add_dictionary(chosen, to=places["folder"])
    speller = spelling.load(**places).speller
    assert speller.unknown_words(["café", "cafē"]) == {"cafē"}


def test_a_dictionary_in_an_older_encoding_is_given_no_word_it_can_not_hold(tmp_path, places):
    chosen = pair(tmp_path / "elsewhere", b"SET ISO8859-6\n", "2\nكتاب\nقلم\n".encode("iso8859-6"))
    spelling.add_dictionary(chosen, to=places["folder"])
    spelling.add_word("ٹرین", to=places["personal"])
    assert spelling.load(**places).speller.unknown_words(["قلم", "ٹرین"]) == {"ٹرین"}


@pytest.mark.parametrize("data", [b"\xff\xfeabc", b"a" * (spelling.LARGEST_LIST + 1)])
def test_a_broken_word_list_is_said_once_and_the_rest_is_used(places, data):
    places["personal"].write_bytes(data)
    loaded = spelling.load(**places)
    assert [str(places["personal"]) in sentence for sentence in loaded.refusals] == [True]
    assert loaded.speller.unknown_words(["colour", "lakh"]) == set()
    with pytest.raises(DeskError):
        spelling.add_word("Zorblax", to=places["personal"])
    assert places["personal"].read_bytes() == data


def test_a_dictionary_that_broke_since_is_said_and_left_out(places):
    pair(places["folder"], dic=b"not a dictionary")
    loaded = spelling.load(**places)
    assert len(loaded.refusals) == 1
    assert not loaded.speller.checks("ur")


def test_a_word_is_on_the_list_once_and_what_was_there_stays(places):
    places["personal"].write_text("# mine\nKiani", encoding="utf-8")
    for word in ("Zorblax", "Zorblax", "شہباز"):
        spelling.add_word(word, to=places["personal"])
    assert places["personal"].read_text(encoding="utf-8") == "# mine\nKiani\nZorblax\nشہباز\n"


def test_without_the_package_the_desk_says_what_is_missing(places, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "hunspell", None)
    with pytest.raises(DeskError, match="chunspell"):
        spelling.load(**places)
