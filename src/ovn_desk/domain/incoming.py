"""What a file brings in: the content of articles, the pictures in them, and what had to be left out."""

from dataclasses import dataclass

from ovn_desk.domain.article import Content
from ovn_desk.messages import Message


@dataclass(frozen=True, slots=True)
class Incoming:
    """`files` are the media type and clean bytes of the content's pictures, `left_out` a sentence for each other."""

    content: Content
    files: tuple[tuple[str, bytes], ...] = ()
    left_out: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Archive:
    """The articles of a file that may hold many, and a sentence for what in it is no article.

    `failed` are sentences for the articles in it that could not be read; the others are none the worse for it.
    """

    articles: tuple[Incoming, ...]
    left_out: tuple[Message, ...] = ()
    failed: tuple[Message, ...] = ()
