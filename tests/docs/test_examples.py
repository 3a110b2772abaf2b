"""The examples of the documentation do what the pages say; so do those of the docstrings."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import detente
from tests.docs.pages import ROOT, ExampleError, run_page

PAGES = sorted({ROOT / "README.md", *(ROOT / "docs").rglob("*.md")})
MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(detente.__path__, prefix="detente.")
    if not module.name.endswith("__main__")
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_examples_of_a_page_run_as_printed(page: Path, tmp_path: Path) -> None:
    broken = None
    try:
        run_page(page, tmp_path)
    except ExampleError as error:
        broken = error
    if broken:
        pytest.fail(f"{page.relative_to(ROOT)}, {broken}", pytrace=False)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_run_as_printed(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert result.failed == 0
