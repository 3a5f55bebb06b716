"""Fixtures: a real store on disk, real people with real keys, the real renderer."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # no test touches the keyring of who runs it

import keyring
import pytest

import sharing
from make import HOUSE, Desk
from ovn_desk.text.helper import RenderHelper
from ovn_desk.usecases import housekeeping
from rings import Memory


@pytest.fixture(scope="session")
def renderer():
    helper = RenderHelper()
    yield helper
    helper.close()


@pytest.fixture
def store(tmp_path):
    made = housekeeping.found(tmp_path / "newsroom.ovn", house_text=HOUSE)
    yield made
    made.close()


@pytest.fixture
def desk(store, renderer):
    return Desk(store, renderer)


@pytest.fixture(scope="session")
def template(tmp_path_factory, renderer):
    """The stores of three desks of one newsroom, to be copied."""
    folder = tmp_path_factory.mktemp("template")
    with sharing.newsroom(folder, renderer, number=3):
        pass
    return folder


@pytest.fixture
def ring():
    """A keyring of the test's own, in place of none."""
    before, made = keyring.get_keyring(), Memory()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)
