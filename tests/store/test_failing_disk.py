"""The store on a disk that has a fault, or on which this user has no more room: real writes that really fail."""

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from make import Desk, newsroom
from ovn_desk.store import ballast, open_store
from ovn_desk.usecases import writing

pytestmark = [
    pytest.mark.campaign,
    pytest.mark.skipif(
        sys.platform != "linux" or not shutil.which("cc"), reason="Needs Linux and a C compiler (Debian: gcc)."
    ),
]

TYPIST = """
import json, sys
from pathlib import Path
from ovn_desk.domain.article import Content
from ovn_desk.domain.errors import DeskError
from ovn_desk.store import open_store
from ovn_desk.usecases import writing
path, switch, number = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
store = open_store(path)
with store.read() as reading:
    by, article = reading.person("Rana"), reading.rows()[0].id
    known = writing.open_text(reading, article)
switch.touch()
said = []
for n in range(number):
    words = Content(headline="Kept", body=f"Edit {n}. " + "Words that make a text as long as it is. " * 90)
    try:
        known = store.write_with_reserve(lambda: writing.keep(store, article, words, by=by, known=known))
    except DeskError as error:
        said.append(str(error))
    else:
        said.append("kept" if known.is_mine else "another writer")
with store.read() as reading:
    print(json.dumps([said, writing.text_of(reading, article).body.split(".")[0]]))
"""


@pytest.fixture(scope="module")
def shim(tmp_path_factory):
    made = tmp_path_factory.mktemp("shim") / "failing.so"
    source = Path(__file__).with_name("failing.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", str(made), str(source), "-ldl"], check=True)
    return made


@pytest.fixture
def path(tmp_path):
    store = newsroom(tmp_path / "newsroom.ovn")
    by = Desk(store, None).reporter
    writing.start(store, writing.Content(headline="The first story", body="Edit 0."), by=by)
    store.close()
    return store.path


def typed(shim, path, *, error, times, switch=None, number=3):
    """What a desk says of each save while the disk fails so often, and the text it has at the end."""
    environment = {
        **os.environ,
        "LD_PRELOAD": str(shim),
        "FAIL_IN": str(path.parent),
        "FAIL_ERRNO": str(error),
        "FAIL_TIMES": str(times),
        "FAIL_WHILE": str(switch or path.with_name("switch")),
    }
    done = subprocess.run(
        [sys.executable, "-c", TYPIST, str(path), environment["FAIL_WHILE"], str(number)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said, text = json.loads(done.stdout)
    store = open_store(path)
    assert store.find_damage() == []
    with store.read() as reading:
        assert writing.text_of(reading, reading.rows()[0].id).body.split(".")[0] == text
    store.close()
    return said, text


@pytest.mark.parametrize("times", range(1, 4))
def test_after_an_error_of_the_disk_the_store_is_opened_anew_and_the_text_kept(shim, path, times):
    said, text = typed(shim, path, error=errno.EIO, times=times)
    assert said[-1] == "kept"
    assert text == "Edit 2"
    assert not [one for one in said if one != "kept" and "has a fault" not in one]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (errno.EIO, "has a fault (Input/output error). Make a backup on another disk"),
        (errno.EROFS, "can only be read. Make it writable"),
        (errno.EACCES, "You may not write"),
        (errno.EPERM, "You may not write"),
        (errno.EDQUOT, "Your share of the disk with"),
        (errno.ENOSPC, "is full. Free at least"),
    ],
)
def test_what_the_disk_has_against_it_is_said_as_it_is(shim, path, error, words):
    said, text = typed(shim, path, error=error, times=10_000)
    assert text == "Edit 0"
    for one in said:
        assert words in one
        assert str(path) in one
        assert "\n" not in one


def test_a_quota_is_met_with_the_reserve(shim, path):
    ballast.release(
        path
    )  # the desk makes it when it opens; from then on, and while it is there, nothing can be written
    said, text = typed(shim, path, error=errno.EDQUOT, times=10_000, switch=ballast.path_for(path))
    assert said == ["kept"] * 3
    assert text == "Edit 2"
