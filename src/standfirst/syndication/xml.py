"""Writing XML: elements with their text, as UTF-8 with a declaration."""

from __future__ import annotations

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

# Not characters of XML 1.0 (section 2.2); a parser refuses the whole document for one of them.
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """Return `text` without what XML has no place for."""
    return _NO_CHARACTER.sub("", text)


def add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    """Add an element to `parent` and return it."""
    cleaned = {key: printable(value) for key, value in attributes.items()}
    element = ElementTree.SubElement(parent, name, cleaned)
    element.text = printable(text) or None
    return element


def add_if(parent: Element, name: str, text: str) -> None:
    """Add an element unless there is nothing to say in it."""
    if text:
        add(parent, name, text)


def to_bytes(root: Element) -> bytes:
    """Return the document. Prefixes are written as they stand in names: the root declares them."""
    ElementTree.indent(root, space="")
    body: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return body + b"\n"
