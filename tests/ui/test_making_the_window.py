"""While the window is made no part of it is a window of its own, which would stand on the screen for a moment."""

from PySide6.QtWidgets import QWidget


def test_no_part_is_shown_before_it_stands_in_the_window(monkeypatch, request):
    shown = []

    def watch(name):
        known = getattr(QWidget, name)

        def call(widget, *how):
            if widget.isWindow() and how != (False,):
                shown.append((type(widget).__name__, widget.objectName()))
            return known(widget, *how)

        monkeypatch.setattr(QWidget, name, call)

    watch("show")
    watch("setVisible")
    request.getfixturevalue("window")
    assert shown == [("MainWindow", "")]
