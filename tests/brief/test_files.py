"""The files of a brief: self-contained, offline, the same bytes each time."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from detente.brief.compose import stances
from detente.brief.markdown import to_markdown
from detente.brief.page import to_html
from detente.brief.write import write_brief
from detente.case.digest import case_hash
from detente.core.errors import CaseError
from tests.brief.briefs import RIVER, WORKED, brief_of, case_named

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MOST_PAGES = 4


def test_three_files_are_written_and_the_bytes_are_the_same_twice(tmp_path: Path) -> None:
    case = case_named(RIVER)
    first = write_brief(case, tmp_path / "one")
    second = write_brief(case, tmp_path / "two")
    assert [path.name for path in first] == ["brief.html", "brief.md", "brief.json"]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_all_stances_give_one_set_of_files_for_each_party(tmp_path: Path) -> None:
    case = case_named(RIVER)
    written = {path.name for path in write_brief(case, tmp_path, stance="all")}
    assert len(stances(case)) > 1
    assert written == {f"brief-{party}.{ending}" for party in stances(case) for ending in ("html", "md", "json")}


def test_the_json_holds_the_hash_version_seed_and_cut_off(tmp_path: Path) -> None:
    case = case_named(RIVER)
    path = write_brief(case, tmp_path, seed=7)[2]
    facts = json.loads(path.read_text(encoding="utf-8"))["facts"]
    assert facts["case_hash"] == case_hash(case)
    assert facts["seed"] == 7
    assert facts["cut_off"] == "2019-06-30"


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file", encoding="utf-8")
    with pytest.raises(CaseError, match="cannot be written there"):
        write_brief(case_named("two-rivals"), taken)


def test_html_and_markdown_say_the_same() -> None:
    brief = brief_of(RIVER)
    page = re.sub(r'<span class="cite">.*?</span>|<[^>]+>', "", to_html(brief))
    text = re.sub(r" \[\d[\d, ]*\]", "", to_markdown(brief)).replace("*", "").replace("\\", "")
    for section in (*brief.sections, *brief.annexes):
        assert section.title.split("'")[0] in text
        assert section.title.split("'")[0] in page


@pytest.mark.parametrize("name", [WORKED, RIVER])
def test_the_page_names_no_address_and_holds_no_script(name: str) -> None:
    page = to_html(brief_of(name))
    outside = re.sub(r'xmlns(?::\w+)?="[^"]*"', "", page)
    assert not re.search(r"""(?:src|href)\s*=\s*["'](?!#|data:)""", outside)
    assert "<script" not in page
    assert "@import" not in page
    assert "url(http" not in page
    assert 'http-equiv="Content-Security-Policy" content="default-src \'none\'' in page


@pytest.mark.browser
@pytest.mark.parametrize("name", [WORKED, RIVER])
def test_opened_offline_the_page_asks_for_nothing(browser: Browser, name: str, tmp_path: Path) -> None:
    path = tmp_path / "brief.html"
    path.write_text(to_html(brief_of(name)), encoding="utf-8")
    context = browser.new_context(offline=True, viewport={"width": 1366, "height": 768})
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(path.as_uri())
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert len([url for url in asked if url.startswith("file:")]) == 1
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize(("name", "stance"), [(WORKED, None), (WORKED, "RUS"), (WORKED, "UKR"), (RIVER, None)])
def test_the_main_part_prints_on_at_most_four_pages(
    browser: Browser, name: str, stance: str | None, tmp_path: Path
) -> None:
    path = tmp_path / "brief.html"
    path.write_text(
        re.sub(r"<aside>.*</aside>", "", to_html(brief_of(name, stance)), flags=re.DOTALL), encoding="utf-8"
    )
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto(path.as_uri())
    pdf = page.pdf(prefer_css_page_size=True)
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= MOST_PAGES
    context.close()


def test_a_failed_write_leaves_the_earlier_brief_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "brief.json").mkdir()
    (tmp_path / "brief.html").write_text("earlier", encoding="utf-8")
    with pytest.raises(CaseError, match="cannot be written there"):
        write_brief(case_named("two-rivals"), tmp_path)
    assert (tmp_path / "brief.html").read_text(encoding="utf-8") == "earlier"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["brief.html", "brief.json"]


def test_markdown_of_a_case_cannot_turn_into_markup() -> None:
    from dataclasses import replace

    text = to_markdown(replace(brief_of("two-rivals"), title="A [link](x) <b> *bold* _it_ | cell"))
    assert text.splitlines()[0] == "# A \\[link\\](x) &lt;b> \\*bold\\* \\_it\\_ \\| cell"
