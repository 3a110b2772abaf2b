"""What is done to a drawn SVG before anybody sees it: stable ids, hover texts without script, nothing active."""

from __future__ import annotations

import hashlib
import re
from xml.etree import ElementTree

SVG = "http://www.w3.org/2000/svg"
INERT = frozenset({"svg", "g", "path", "text", "tspan", "title", "desc", "defs", "clipPath", "rect", "line"})
"""The only elements a picture may hold."""

HEIGHT_OF_X = 0.52
"""Height of a small x in the first of the chart's fonts; one with larger letters in its place is drawn smaller."""

ElementTree.register_namespace("", SVG)
ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")

_REFERENCE = re.compile(r"url\(#([^)]+)\)")


def finished_svg(drawn: str, *, name: str, title: str, description: str) -> str:
    """Return a drawn SVG with stable ids, a description, and each mark's label as native hover text.

    Vega writes a mark's label as `aria-label`, which no browser shows; a `<title>` child is shown without script.
    Its ids count all pictures drawn by the process, so they are replaced by the picture's name, a hash of what
    was drawn and a number: the same bytes each time, and no clash between pictures on one page.
    """
    root = ElementTree.fromstring(drawn)
    old_ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    unnamed = drawn
    for old in old_ids:
        unnamed = unnamed.replace(old, "")
    mark = hashlib.sha256(unnamed.encode()).hexdigest()[:8]
    new_id = {old: f"{name}-{mark}-{number}" for number, old in enumerate(old_ids)}
    for element in list(root.iter()):
        kind = element.tag.removeprefix(f"{{{SVG}}}")
        assert kind in INERT, f"a picture holds only inert elements, not {kind}"
        for key, value in element.attrib.items():
            if key == "id":
                element.set(key, new_id[value])
            elif "url(#" in value:
                element.set(key, _REFERENCE.sub(lambda match: f"url(#{new_id[match[1]]})", value))
        if element is not root and element.get("role") == "graphics-symbol" and element.get("aria-label"):
            hover = ElementTree.Element(f"{{{SVG}}}title")
            hover.text = element.get("aria-label")
            element.insert(0, hover)
    root.set("aria-label", title)
    root.set("style", f"font-size-adjust: {HEIGHT_OF_X}")
    words = ElementTree.Element(f"{{{SVG}}}desc")
    words.text = description
    root.insert(0, words)
    return ElementTree.tostring(root, encoding="unicode") + "\n"
