"""Nothing is cut off, outside or over anything else: every pane and dialog, at every size of screen and every scale."""

import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QApplication

import layout_faults
from scenes import SCENES

SIZES = {
    "1920x1080": (1920, 1080),
    "1366x768": (1366, 768),
    "1366x768 at 125 %": (1093, 614),
    "1000x700": (1000, 700),
    "1366x768 at 150 %": (910, 512),
    "the smallest": (760, 520),
}


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
def test_every_word_is_whole_and_every_control_in_its_place(stage, size):
    found = {}
    for name, show in SCENES.items():
        stage.clear()
        stage.window.resize(*size)
        shown = show(stage)
        if shown is not stage.window:  # a dialog, as it opens on a screen of this size
            shown.resize(shown.size().boundedTo(QSize(*size)))
        for _ in range(6):
            QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        if shown.width() > size[0] or shown.height() > size[1]:
            found.setdefault(f"{name} is larger than the screen", []).append(str(shown.size()))
        for fault in layout_faults.faults(shown):
            found.setdefault(fault, []).append(name)
    assert not found, "\n".join(f"{fault}: {', '.join(scenes)}" for fault, scenes in sorted(found.items()))


@pytest.mark.parametrize(("scale", "size"), [("1.25", "1366x768 at 125 %"), ("1.5", "1366x768 at 150 %")])
def test_letters_that_a_scale_rounds_are_whole_too(scale, size):
    """In a process of its own: a scale holds for the whole of one."""
    test = f"{__file__}::test_every_word_is_whole_and_every_control_in_its_place[{size}]"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:xdist", test]
    done = subprocess.run(
        command, env={**os.environ, "QT_SCALE_FACTOR": scale}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
