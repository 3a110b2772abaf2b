"""How the documentation is built: Markdown pages, formulae as MathML, nothing fetched from anywhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.utils.math import MathError, latex2mathml
from sphinx.util import logging

from detente import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

project = "détente"
author = "The détente authors"
copyright = author
release = version = __version__

extensions = ["myst_parser"]
myst_enable_extensions = ["amsmath", "colon_fence", "deflist", "dollarmath", "fieldlist"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]

html_theme = "alabaster"
html_theme_options = {
    "description": "A workbench for security bargaining",
    "fixed_sidebar": True,
    "page_width": "62rem",
    "font_family": "system-ui, sans-serif",
    "show_powered_by": False,
}
html_math_renderer = "mathml"
html_show_sourcelink = False
html_copy_source = False
html_last_updated_fmt = None  # the same sources build the same pages on any day


# Commands that the converter knows under another name only.
SYNONYMS = {"dots": "ldots", "iff": "Longleftrightarrow", "lt": "<", "gt": ">"}


def _plain_tex(text: str) -> str:
    """Return a formula in the commands that the converter knows."""

    def known(match: re.Match[str]) -> str:
        name = SYNONYMS[match[1]]
        return f"\\{name}" if name.isalpha() else name

    return re.sub(rf"\\({'|'.join(SYNONYMS)})(?![A-Za-z])", known, text)


def _mathml(writer: HTML5Translator, node: nodes.math | nodes.math_block, *, as_block: bool) -> None:
    """Write a formula as MathML, which browsers show without a script."""
    try:
        writer.body.append(latex2mathml.tex2mathml(_plain_tex(node.astext()), as_block=as_block))
    except MathError as error:
        logging.getLogger(__name__).warning("formula cannot be shown: %s", error, location=node)
    raise nodes.SkipNode


def _visit_math(writer: HTML5Translator, node: nodes.math) -> None:
    _mathml(writer, node, as_block=False)


def _visit_math_block(writer: HTML5Translator, node: nodes.math_block) -> None:
    _mathml(writer, node, as_block=True)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the MathML renderer with Sphinx."""
    app.add_html_math_renderer("mathml", (_visit_math, None), (_visit_math_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
