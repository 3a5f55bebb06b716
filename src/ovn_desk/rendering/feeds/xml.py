"""XML put together element by element."""

import xml.etree.ElementTree as ET


def add(parent: ET.Element, name: str, text: str) -> ET.Element:
    """A new element with a text in it."""
    node = ET.SubElement(parent, name)
    node.text = text
    return node


def write(root: ET.Element) -> str:
    ET.indent(root)
    body: str = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'
