"""A window that grows while it is seen stays on the screen with all of it."""

from PySide6.QtWidgets import QWidget

from ovn_desk.ui.widgets import fitting


def test_a_window_that_grows_at_the_edge_of_the_screen_moves_in(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 200)
    window.show()
    space = window.screen().availableGeometry()
    window.move(space.right() - 310, space.bottom() - 210)
    fitting.resize_to_fit(window, 500, 400)
    assert space.contains(window.frameGeometry())
    assert (window.width(), window.height()) == (500, 400)
