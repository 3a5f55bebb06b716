"""What was made from the records and is kept beside the store: given out only as this desk had put it there."""

import os
import shutil

import pytest
import sqlcipher3.dbapi2 as driver
from hypothesis import given
from hypothesis import strategies as st

from ovn_desk.store.build_cache import BuildCache, forget, path_for

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


def put(store, *pieces):
    with BuildCache(store) as kept:
        for piece in pieces:
            kept.put(*piece)


def found(store, place="body/one", made_from="v1"):
    with BuildCache(store) as kept:
        return kept.find(place, made_from)


@pytest.fixture
def store(tmp_path):
    return tmp_path / "newsroom.ovn"


def test_a_piece_is_given_out_for_what_it_was_made_from_and_nothing_else(store):
    put(store, ("body/one", "v1", b"first"), ("body/two", "v1", b"second"), ("bodyguard", "v1", b"third"))
    assert found(store) == b"first"
    assert found(store, made_from="v2") is None
    assert found(store, place="body/three") is None
    with BuildCache(store) as kept:
        assert kept.find_all("body") == {"body/one": ("v1", b"first"), "body/two": ("v1", b"second")}
    put(store, ("body/one", "v2", b"newer"))
    assert found(store) is None
    assert found(store, made_from="v2") == b"newer"


@given(st.dictionaries(TEXT, st.tuples(TEXT, st.binary(max_size=200)), max_size=8))
def test_what_is_put_is_found_again(tmp_path_factory, pieces):
    store = tmp_path_factory.mktemp("kept") / "newsroom.ovn"
    put(store, *((place, made_from, data) for place, (made_from, data) in pieces.items()))
    for place, (made_from, data) in pieces.items():
        assert found(store, place, made_from) == data


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE pieces SET data = (SELECT data FROM pieces WHERE place = 'body/two') WHERE place = 'body/one'",
        "UPDATE pieces SET made_from = 'v1' WHERE place = 'body/one'",
        "UPDATE pieces SET seal = zeroblob(32)",
        "DELETE FROM pieces WHERE place = 'body/one'; UPDATE pieces SET place = 'body/one'",
    ],
)
def test_what_somebody_else_wrote_there_is_not_given_out(store, change):
    put(store, ("body/one", "v0", b"first"), ("body/two", "v1", b"second"))
    connection = driver.connect(str(path_for(store)))
    connection.executescript(change)
    connection.close()
    assert found(store) is None


def test_pieces_from_another_desk_are_not_given_out(store, tmp_path):
    other = tmp_path / "other" / "newsroom.ovn"
    other.parent.mkdir()
    put(other, ("body/one", "v1", b"theirs"))
    put(store, ("body/one", "v1", b"ours"))
    shutil.copy(path_for(other), path_for(store))
    assert found(store) is None


@pytest.mark.parametrize("damage", [b"", b"This is no database, only words that somebody saved in its place.\n" * 40])
def test_a_damaged_file_is_begun_anew(store, damage):
    put(store, ("body/one", "v1", b"first"))
    forget(path_for(store))
    path_for(store).write_bytes(damage)
    assert found(store) is None
    put(store, ("body/one", "v1", b"again"))
    put(store, ("body/one", "v1", b"again"))
    assert found(store) == b"again"


def test_where_no_file_can_be_made_nothing_is_kept_and_nothing_breaks(store):
    path_for(store).mkdir()
    put(store, ("body/one", "v1", b"first"))
    assert found(store) is None


def test_the_key_of_the_seals_is_for_this_user_alone(store):
    put(store, ("body/one", "v1", b"first"))
    key = store.with_name("newsroom-keys") / "cache.key"
    assert len(key.read_bytes()) == 32
    if os.name == "posix":
        assert key.stat().st_mode & 0o077 == 0


def test_what_was_kept_under_the_names_of_version_0_1_is_found_under_todays(store):
    put(store, ("body/one", "v1", b"first"))
    keys = store.with_name("newsroom-keys")
    (keys / "cache.key").rename(keys / "kept.key")
    with driver.connect(str(path_for(store))) as connection:
        connection.execute("ALTER TABLE pieces RENAME TO kept")
    connection.close()
    path_for(store).rename(store.with_name("newsroom-kept.db"))
    assert found(store) == b"first"
    assert sorted(path.name for path in store.parent.iterdir()) == ["newsroom-cache.db", "newsroom-keys"]
    assert [path.name for path in keys.iterdir()] == ["cache.key"]
