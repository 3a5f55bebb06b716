import pytest

from make import HOUSE
from ovn_desk import assets
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Role
from ovn_desk.domain.house_file import read_house


def test_the_sample_house_is_the_outlet():
    house = read_house((assets.folder() / "samples" / "openvoicenews.toml").read_text(encoding="utf-8"))
    assert (house.name, house.tagline) == ("OpenVoiceNews Pakistan", "Transparent. Unbiased. Yours.")
    assert house.find_category("politics and government").key == "politics"
    assert house.find_category("سیاست و حکومت").key == "politics"
    assert all(category.topic.startswith("medtop:") for category in house.categories)
    assert [role for _, role in house.roster] == [Role.REPORTER, Role.EDITOR, Role.CHIEF]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('name = "The Testing Post"', 'name = ""', ["line 2", "“name”"]),
        ('name = "The Testing Post"', 'nmae = "The Testing Post"', ["line 2", "“nmae”"]),
        ('url = "https://post.example"', 'url = "post"', ["line 4", "“url”", "https://"]),
        ("Asia/Karachi", "Asia/Karatschi", ["line 5", "“time_zone”", "Asia/Karachi"]),
        ('languages = ["en", "ur"]', 'languages = "en"', ["line 6", "“languages”"]),
        ('languages = ["en", "ur"]', 'languages = ["en", "fr"]', ["line 6", "“fr”"]),
        ("medtop:11000000", "politics", ["“topic”", "medtop:"]),
        ('key = "business"', 'key = "politics"', ["“politics” twice"]),
        ('key = "business"', 'key = "../../evil"', ["line 14", "“key” is “../../evil”", "letters a to z"]),
        ('key = "business"', 'key = "Business"', ["“Business”", "lower-case"]),
        ('key = "business"', 'key = "a/b"', ["“a/b”"]),
        ('key = "business"', 'key = "a\\nb"', ["“a b”"]),
        ('key = "business"', 'key = "کاروبار"', ["“کاروبار”"]),
        ('key = "business"', f'key = "{"x" * 41}"', ["up to 40"]),
        ('key = "business"', 'key = "politics-2"', ["“politics-2”", "next pages of “politics”"]),
        ('key = "business"', 'key = "business"\nwas = ["../x"]', ["line 15", "“was”", "“../x”"]),
        ('key = "business"', 'key = "business"\nwas = "economy"', ["“was”", "list of texts"]),
        ('key = "business"', 'key = "business"\nwas = ["politics"]', ["“was”", "“politics” twice"]),
        ('key = "business"', 'key = "business"\nwas = ["economy", "economy"]', ["“economy” twice"]),
        ('role = "chief"', 'role = "boss"', ["“boss”", "reporter, editor, chief"]),
        ('tagline = "Checked. Twice."', "tagline = Checked", ["not valid TOML", "line 3"]),
        ("[[categories]]", "[categories]", ["TOML"]),
    ],
)
def test_a_mistake_is_named_by_line_and_key(old, new, words):
    assert old in HOUSE
    with pytest.raises(DeskError) as refused:
        read_house(HOUSE.replace(old, new), name="post.toml")
    said = str(refused.value)
    assert said.startswith("post.toml")
    assert "\n" not in said
    for word in words:
        assert word in said, said


def test_an_unknown_category_is_answered_with_those_there_are():
    with pytest.raises(DeskError, match="politics, business"):
        read_house(HOUSE).category("horoscopes")


def test_a_renamed_category_is_found_under_the_keys_it_had():
    house = read_house(HOUSE.replace('key = "business"', 'key = "economy"\nwas = ["business", "money"]'))
    assert [house.section_key(key) for key in ("economy", "business", "money", "politics", "sport")] == [
        *["economy"] * 3,
        "politics",
        "",
    ]
    assert house.category("money").name("en") == "Business"


def test_a_house_is_strict_when_its_review_table_says_so():
    assert read_house(HOUSE + "\n[review]\nstrict = true\n").is_strict
    assert not read_house(HOUSE).is_strict


@pytest.mark.parametrize(("line", "said"), [('strict = "yes"', "true or false"), ("fast = true", "known is strict")])
def test_a_mistake_in_the_review_table_is_named(line, said):
    with pytest.raises(DeskError, match=said):
        read_house(f"{HOUSE}\n[review]\n{line}\n")
