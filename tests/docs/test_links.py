"""The links and pictures of the pages that stand outside the documentation lead to files of the repository."""

from __future__ import annotations

import re

import pytest

from tests.docs.pages import ROOT

_CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]*`", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)|<img[^>]*\ssrc=[\"']([^\"']+)")


def links_of(text: str) -> list[str]:
    """Return the relative targets of the links and pictures of a Markdown page, without their anchors."""
    targets = (one or other for one, other in _LINK.findall(_CODE.sub("", text)))
    return [
        target.partition("#")[0] for target in targets if not re.match(r"[a-z][a-z0-9+.-]*:|#", target, re.IGNORECASE)
    ]


def test_links_and_pictures_are_found_outside_of_code() -> None:
    text = "[a](b.md#c) ![d](e.png) <img src='f.svg'> [g](https://h.org) [i](#j) `[k](l)`\n```\n[m](n)\n```\n[o](p)"
    assert links_of(text) == ["b.md", "e.png", "f.svg", "p"]


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_the_links_and_pictures_of_a_page_exist(page: str) -> None:
    targets = links_of((ROOT / page).read_text(encoding="utf-8"))
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_the_readme_has_links_at_all() -> None:
    assert links_of((ROOT / "README.md").read_text(encoding="utf-8"))
