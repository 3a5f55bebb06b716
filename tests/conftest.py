"""Fixtures: a real store on disk, real people with real keys, the real renderer."""

import gc
import os
import shutil

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # no test touches the keyring of who runs it

import keyring
import pytest
from hypothesis import HealthCheck, settings

import hubs
import sharing
from make import Desk, newsroom
from ovn_desk.store import open_store
from ovn_desk.text.helper import RenderHelper
from rings import Memory

pytest_plugins = ["budget", "order"]

# No verdict hangs on how busy the computer is. `make test` takes the same examples every time, `make check` others.
_UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("fixed", _UNHURRIED, derandomize=True)
settings.register_profile("random", _UNHURRIED, print_blob=True)
settings.register_profile("explore", _UNHURRIED, print_blob=True)  # `make explore`
settings.load_profile("fixed")


@pytest.fixture(scope="session")
def renderer():
    helper = RenderHelper()
    yield helper
    helper.close()


@pytest.fixture(scope="session")
def founded_folder(tmp_path_factory):
    """The folder of a newsroom whose three people have their keys, to be copied."""
    folder = tmp_path_factory.mktemp("founded")
    newsroom(folder / "newsroom.ovn").close()
    return folder


@pytest.fixture
def store(founded_folder, tmp_path):
    shutil.copytree(founded_folder, tmp_path, dirs_exist_ok=True)
    made = open_store(tmp_path / "newsroom.ovn")
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


@pytest.fixture(scope="session")
def server():
    """The folder of the socket of a PostgreSQL: one for each process that runs tests."""
    with hubs.server() as socket:
        yield socket


@pytest.fixture
def database(server):
    """The address of an empty database."""
    with hubs.database(server) as address:
        yield address


@pytest.fixture(scope="session")
def qapp_cls():
    """The one application of a process, ready for web pages whichever test is first: take `qapp`, make none."""
    from PySide6.QtCore import QCoreApplication, Qt
    from PySide6.QtWidgets import QApplication

    from ovn_desk.ui import preview

    gc.disable()  # from here on between tests, below
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontCreateNativeWidgetSiblings)
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    preview.prepare()
    return QApplication


@pytest.fixture(autouse=True)
def _garbage_is_collected_here():
    """Once there is an application, as in the program: a Qt object that another thread collects hangs it or ends it."""
    yield
    if not gc.isenabled():
        from ovn_desk.ui.background import garbage

        garbage.collect()


@pytest.fixture
def ring():
    """A keyring of the test's own, in place of none."""
    before, made = keyring.get_keyring(), Memory()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)
