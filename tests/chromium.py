"""The browser that tests look at pages in, and what they say where it is missing."""

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
)
HAVE = ("axe-core", "playwright-core")

needs_browser = pytest.mark.skipif(
    not (CHROMIUM and shutil.which("node") and all((ROOT / "node_modules" / name).exists() for name in HAVE)),
    reason="Needs chromium, node and `npm ci` (axe-core, playwright-core): .ci/run installs them.",
)
