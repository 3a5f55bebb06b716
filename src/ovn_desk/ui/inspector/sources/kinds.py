"""The five choices a source begins with, and what each of them asks for first."""

from enum import Enum, auto

from PySide6.QtCore import QCoreApplication

from ovn_desk.domain.source import Source, SourceKind


class Shape(Enum):
    """What a reporter has before them; the kinds the newsroom knows are finer."""

    PERSON = auto()
    PAGE = auto()
    DOCUMENT = auto()
    OUTLET = auto()
    DATA = auto()


KINDS: dict[Shape, tuple[SourceKind, ...]] = {
    Shape.PERSON: (SourceKind.PERSON, SourceKind.ORGANISATION, SourceKind.OBSERVATION),
    Shape.PAGE: (SourceKind.DOCUMENT,),
    Shape.DOCUMENT: (SourceKind.DOCUMENT,),
    Shape.OUTLET: (SourceKind.OUTLET,),
    Shape.DATA: (SourceKind.DATASET, SourceKind.CALCULATION),
}
"""The kinds a shape may be; the first is meant until somebody says otherwise."""
ROWS: dict[Shape, tuple[tuple[str, ...], ...]] = {
    Shape.PERSON: (("name", "role"), ("medium", "published")),
    Shape.PAGE: (("url",), ("name", "outlet"), ("published", "retrieved")),
    Shape.DOCUMENT: (("name", "outlet"), ("published", "locator")),
    Shape.OUTLET: (("outlet", "name"), ("url",), ("published", "retrieved")),
    Shape.DATA: (("name", "outlet"), ("url",), ("published", "locator")),
}
"""The fields of a shape, a row each; every other field stands under “More”."""
MORE = (
    "contact",
    "language",
    "note",
    "name",
    "role",
    "outlet",
    "medium",
    "url",
    "published",
    "retrieved",
    "locator",
    "kind",
    "key",
)
"""Every field, in the order in which those that a shape does not ask for stand under “More”."""


def shape_of(source: Source) -> Shape:
    """The choice a source is shown under: a document that has an address and no file is a web page."""
    if source.kind is SourceKind.DOCUMENT:
        return Shape.PAGE if source.url and not source.files else Shape.DOCUMENT
    return next(shape for shape, kinds in KINDS.items() if source.kind in kinds)


def shape_label(shape: Shape) -> str:
    return {
        Shape.PERSON: _tr("Person"),
        Shape.PAGE: _tr("Web page"),
        Shape.DOCUMENT: _tr("Document"),
        Shape.OUTLET: _tr("Other outlet"),
        Shape.DATA: _tr("Data"),
    }[shape]


def kind_label(kind: SourceKind) -> str:
    """What a kind is called where somebody chooses it."""
    return {
        SourceKind.PERSON: _tr("A person"),
        SourceKind.ORGANISATION: _tr("An organisation"),
        SourceKind.OUTLET: _tr("Another outlet"),
        SourceKind.DOCUMENT: _tr("A document"),
        SourceKind.DATASET: _tr("Data"),
        SourceKind.OBSERVATION: _tr("What we saw ourselves"),
        SourceKind.CALCULATION: _tr("Our own calculation"),
    }[kind]


def kind_name(source: Source) -> str:
    """What a source is, in a few words, as its card says it."""
    if shape_of(source) is Shape.PAGE:
        return _tr("web page")
    if source.kind is SourceKind.PERSON and source.medium:
        return _tr("interview {how}").format(how=f"\u2068{source.medium}\u2069")
    return {
        SourceKind.PERSON: _tr("interview"),
        SourceKind.ORGANISATION: _tr("organisation"),
        SourceKind.OUTLET: _tr("other outlet"),
        SourceKind.DOCUMENT: _tr("document"),
        SourceKind.DATASET: _tr("data"),
        SourceKind.OBSERVATION: _tr("seen by us"),
        SourceKind.CALCULATION: _tr("our calculation"),
    }[source.kind]


def words_label(shape: Shape) -> str:
    """What is asked for in the field for the source's own words."""
    return _tr("The words they said") if shape is Shape.PERSON else _tr("The words the story rests on")


def label(shape: Shape, name: str) -> str:
    """What a field is called in a shape."""
    special = {
        (Shape.PERSON, "role"): _tr("Who they are"),
        (Shape.PERSON, "published"): _tr("When"),
        (Shape.PAGE, "name"): _tr("Title of the page"),
        (Shape.PAGE, "outlet"): _tr("Whose site it is"),
        (Shape.PAGE, "retrieved"): _tr("Seen on"),
        (Shape.DOCUMENT, "name"): _tr("Title"),
        (Shape.DOCUMENT, "outlet"): _tr("Who it is from"),
        (Shape.DOCUMENT, "published"): _tr("Dated"),
        (Shape.OUTLET, "name"): _tr("Headline"),
        (Shape.OUTLET, "outlet"): _tr("Outlet"),
        (Shape.OUTLET, "retrieved"): _tr("Seen on"),
        (Shape.DATA, "name"): _tr("What it is called"),
        (Shape.DATA, "outlet"): _tr("Who it is from"),
        (Shape.DATA, "locator"): _tr("Table or row"),
    }
    return (
        special.get((shape, name))
        or {
            "name": _tr("Name"),
            "role": _tr("Role"),
            "outlet": _tr("Published by"),
            "url": _tr("Address"),
            "medium": _tr("How"),
            "published": _tr("Published"),
            "retrieved": _tr("Seen on"),
            "locator": _tr("Page or time"),
            "contact": _tr("Telephone or e-mail"),
            "note": _tr("Notes"),
            "language": _tr("Language"),
            "key": _tr("Key for [@…]"),
            "kind": _tr("Counts as"),
        }[name]
    )


def hint(name: str) -> str:
    """What may stand in a field, as an example; empty where its label says it."""
    return {
        "role": _tr("resident of Orangi Town"),
        "medium": _tr("by telephone, in person"),
        "url": "https://",
        "published": _tr("today, or 2025-07-20"),
        "retrieved": _tr("today, or 2025-07-20"),
        "locator": _tr("p. 12"),
        "key": _tr("made from the name"),
        "contact": _tr("Stays in the newsroom"),
        "note": _tr("Stays in the newsroom"),
    }.get(name, "")


def _tr(words: str) -> str:
    return QCoreApplication.translate("SourceSheet", words)
