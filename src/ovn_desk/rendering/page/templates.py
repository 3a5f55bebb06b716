"""The templates of pages, which a house may replace by its own; they escape what they are given."""

import traceback
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import jinja2
from jinja2.sandbox import SandboxedEnvironment

from ovn_desk import assets
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.theme import Theme
from ovn_desk.messages import Message
from ovn_desk.text import foreign

OWN = Theme()
NAMES = frozenset(
    f"{name}.html"
    for name in (
        "page head after foot frame list corrections transparency policy withdrawn moved beside search verify".split()
    )
)


def fill(name: str, values: Mapping[str, Any], look: Theme = OWN) -> str:
    """A template with these values; a mistake in a house's own raises DeskError with its file and line."""
    try:
        return _environment(look).get_template(name).render(values)
    except Exception as error:
        if not look.templates or not (isinstance(error, RecursionError) or foreign.is_parsers(error)):
            raise
        why = getattr(error, "message", "") or str(error) or type(error).__name__
        raise DeskError("theme-fails", place=_place(error, look), why=why) from error


def check(look: Theme) -> None:
    """Raises DeskError for a template that the desk has none of, or that can not be read as one."""
    for name, text in look.templates:
        if name not in NAMES:
            raise DeskError("theme-template-unknown", folder=look.folder, name=name, names=sorted(NAMES))
        try:
            _environment(look).parse(text, name, f"{look.folder}/{name}")
        except RecursionError as error:
            raise DeskError("theme-nested-too-deeply", folder=look.folder, name=name) from error
        except Exception as error:
            if not foreign.is_parsers(error):
                raise
            why = getattr(error, "message", "") or Message("template-unreadable-why", name=name, error=error)
            raise DeskError("theme-template-unreadable", place=_place(error, look), why=why) from error


def _place(error: BaseException, look: Theme) -> str | Message:
    if isinstance(error, jinja2.TemplateSyntaxError):
        return Message("line-of-file", file=f"{look.folder}/{error.name}", number=error.lineno)
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(look.folder)]
    return Message("line-of-file", file=frames[-1].filename, number=frames[-1].lineno) if frames else look.folder


@lru_cache(maxsize=4)
def _environment(look: Theme) -> jinja2.Environment:
    made = SandboxedEnvironment if look.templates else jinja2.Environment  # a theme may come from anywhere
    return made(
        loader=jinja2.ChoiceLoader(
            [jinja2.FunctionLoader(_own(look)), jinja2.FileSystemLoader(assets.folder() / "templates")]
        ),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # files that come with the desk stay as they are while it runs
    )


def _own(look: Theme) -> Callable[[str], tuple[str, str | None, Callable[[], bool] | None] | None]:
    texts = dict(look.templates)

    def find(name: str) -> tuple[str, str | None, Callable[[], bool] | None] | None:
        return (texts[name], f"{look.folder}/{name}", None) if name in texts else None

    return find
