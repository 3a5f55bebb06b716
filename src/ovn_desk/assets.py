"""Where the desk's own templates, styles, fonts and samples are."""

from pathlib import Path


def folder() -> Path:
    """In an installed wheel inside the package, in a checkout beside `src`."""
    inside = Path(__file__).with_name("resources")
    return inside if inside.is_dir() else Path(__file__).parents[2] / "resources"


def text(name: str) -> str:
    """A text file of the resources, as `css/reader.css`."""
    return (folder() / name).read_text(encoding="utf-8")
