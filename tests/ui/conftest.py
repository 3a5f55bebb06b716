"""The window's objects over a real store, offscreen."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from two_desks import CHIEF, EDITOR, REPORTER, Newsroom, furnish

import hubs
from activation import ActiveWindow
from ovn_desk import drawing
from ovn_desk.ui.editor import Editor
from ovn_desk.ui.main_window import MainWindow
from ovn_desk.ui.state.workspace import Workspace
from ovn_desk.ui.widgets import theme
from scenes import Stage

PATIENCE_MS = 240_000
KNOWN_FAULTS = ()
"""What is said wrong and is being mended: this line goes with each of them."""


class PatientBot(QtBot):
    """Waits on a busy computer, too, for what has to come; what comes at once is not waited for."""

    def waitUntil(self, callback, *, timeout=PATIENCE_MS):
        super().waitUntil(callback, timeout=max(timeout, PATIENCE_MS))

    def waitSignal(self, signal, *, timeout=PATIENCE_MS, raising=True, check_params_cb=None):
        timeout = max(timeout, PATIENCE_MS) if raising else timeout
        return super().waitSignal(signal, timeout=timeout, raising=raising, check_params_cb=check_params_cb)


@pytest.fixture
def qtbot(qapp, request):
    return PatientBot(request)


@pytest.fixture(scope="session")
def qapp(qapp):
    """The application with the desk's faces and style: setting the style again would cost a second for each window."""
    theme.load_fonts()
    theme.apply(qapp)
    ActiveWindow(qapp)
    return qapp


@pytest.fixture(autouse=True)
def _nothing_is_left_open():
    """What a test closed is gone before the next begins: Qt deletes later, in whose event loop comes first."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def editor(qapp):
    """Where the text is typed; a test that shows a window has it there."""
    made = Editor()
    yield made
    if isValid(made):
        made.deleteLater()


@pytest.fixture
def space(editor, desk):
    """A workspace where the reporter sits."""
    made = Workspace(
        desk.store, desk.renderer, desk.reporter.person, settle=editor.settle, print_folder=drawing.print_folder
    )
    yield made
    made.abandon()


@pytest.fixture
def window(qtbot, space, editor):
    """The whole window, where the reporter sits."""
    made = MainWindow(space, editor)

    def end(_):
        space.close()
        made.panes.preview.end()

    qtbot.addWidget(made, before_close_func=end)
    made.show()
    return made


@pytest.fixture(scope="module")
def stage(qapp, tmp_path_factory, renderer):
    """One window over a newsroom in the middle of its day, for tests that look at many things in it."""
    made = Stage(tmp_path_factory.mktemp("stage") / "newsroom.ovn", renderer)
    made.show()
    yield made
    made.close()


@pytest.fixture(scope="session")
def known_faults():
    return KNOWN_FAULTS


@pytest.fixture(scope="module")
def linked(qapp, renderer, tmp_path_factory, template, server, known_faults):
    """A reporter and an editor, each at the window of their own laptop, and a hub that both know.

    The chief may sit at the editor's.
    """
    made = Newsroom(renderer, tmp_path_factory.mktemp("linked"))
    made.forgiven = known_faults
    with hubs.database(server) as address:
        furnish(template, made, [REPORTER], [EDITOR, CHIEF])
        made.use_hub(server, address)
        yield made
        made.close()
        made.close_hub()
