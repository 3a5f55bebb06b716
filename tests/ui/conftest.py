"""The window's objects over a real store, offscreen."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt

from ovn_desk.ui import theme
from ovn_desk.ui.window import Desk
from ovn_desk.ui.workspace import Workspace


@pytest.fixture(scope="session")
def qapp_cls():
    from PySide6.QtWidgets import QApplication

    from ovn_desk.ui import preview

    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontCreateNativeWidgetSiblings)
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    preview.prepare()
    return QApplication


@pytest.fixture(scope="session")
def qapp(qapp):
    """The application with the desk's faces and style: setting the style again would cost a second for each window."""
    theme.load_fonts()
    theme.apply(qapp)
    return qapp


@pytest.fixture(autouse=True)
def _nothing_is_left_open():
    """What a test closed is gone before the next begins: Qt deletes later, in whose event loop comes first."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def space(qapp, desk):
    """A workspace where the reporter sits."""
    made = Workspace(desk.store, desk.renderer, desk.reporter)
    yield made
    made.abandon()


@pytest.fixture
def window(qtbot, desk, space):
    """The whole window, where the reporter sits."""
    made = Desk(space)
    qtbot.addWidget(made, before_close_func=lambda _: made.preview.end())
    made.show()
    return made
