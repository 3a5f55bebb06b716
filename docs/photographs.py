"""Photograph every pane and dialog of the window, over a sample newsroom: `make photographs` runs this.

Each picture is called after its scene, its size in the pixels of a screen, the scale of that screen, and the theme.
Those of `PAGES`, which README and the pages beside it show, are put into docs/pictures, too.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from itertools import product
from pathlib import Path

ROOT = Path(__file__).parents[1]
SIZES = ("1366x768", "1280x720", "1000x700", "1920x1080")
SCALES = ("1", "1.25", "1.5")
THEMES = ("light", "dark")
PAGES = {
    "writing-1366x768-100-light": "desk",
    "review-1366x768-100-light": "review",
    "source-1366x768-100-light": "source",
    "details-urdu-1366x768-100-dark": "urdu-dark",
}
_PICTURES = ROOT / "docs" / "pictures"
_LEAST = (760, 480)


def main() -> None:
    """Make the pictures that the arguments name; all of them without any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=ROOT / "out" / "photographs")
    parser.add_argument("--scenes", nargs="*", default=[], help="Only these; all without any.")
    parser.add_argument("--sizes", nargs="*", default=SIZES)
    parser.add_argument("--scales", nargs="*", default=SCALES)
    parser.add_argument("--themes", nargs="*", default=THEMES)
    given = parser.parse_args()
    if len(given.scales) > 1:  # a process has one scale, for good
        for scale in given.scales:
            subprocess.run([sys.executable, __file__, *_without_scales(sys.argv[1:]), "--scales", scale], check=True)
        return
    _photograph(given.to, given.scenes, given.sizes, given.scales[0], given.themes)


def _without_scales(arguments: Sequence[str]) -> list[str]:
    kept: list[str] = []
    is_scale = False
    for argument in arguments:
        is_scale = argument == "--scales" or (is_scale and not argument.startswith("--"))
        if not is_scale:
            kept.append(argument)
    return kept


def _photograph(to: Path, names: Sequence[str], sizes: Sequence[str], scale: str, themes: Sequence[str]) -> None:
    os.environ |= {"QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen", "QTWEBENGINE_DISABLE_SANDBOX": "1"}
    sys.path[:0] = [str(ROOT / "tests")]
    from PIL import Image
    from PySide6.QtWidgets import QApplication

    from ovn_desk.text.helper import RenderHelper
    from ovn_desk.ui import preview
    from ovn_desk.ui.main_window import showing
    from ovn_desk.ui.widgets import theme
    from scenes import SCENES, Stage

    renderer = RenderHelper()
    preview.prepare()
    app = QApplication(sys.argv[:1])
    theme.load_fonts()
    theme.apply(app)
    to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder) / "newsroom.ovn", renderer)
        stage.window.show()
        for name, size in product(themes, sizes):
            theme.choose(name)
            showing.follow_theme(stage.window.panes)
            width, height = (round(int(part) / float(scale)) for part in size.split("x"))
            if width < _LEAST[0] or height < _LEAST[1]:
                continue
            for scene, show in SCENES.items():
                if names and scene not in names:
                    continue
                stage.clear()
                stage.window.resize(width, height)
                shown = show(stage)
                stage.settle()
                is_window = shown is stage.window
                picture = showing.photograph(shown, stage.window.panes.preview) if is_window else shown.grab()
                title = f"{scene}-{size}-{round(float(scale) * 100)}-{name}"
                file = to / f"{title}.png"
                picture.save(str(file))
                if title in PAGES:
                    Image.open(file).quantize(128).save(_PICTURES / f"{PAGES[title]}.png", optimize=True)
                print(file)  # noqa: T201
        stage.close()
    renderer.close()


if __name__ == "__main__":
    main()
