"""The documentation builds without a warning, and a browser opens it without the network."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import ROOT


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", ROOT / "docs", folder],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.browser
def test_a_page_opens_without_a_request_beyond_its_own_files(site: Path, browser) -> None:
    requested: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: requested.append(request.url))
    for name in ("index.html", "theory/numbers.html", "reference/glossary.html"):
        page.goto((site / name).as_uri())
    assert page.get_by_role("heading", name="Glossary").count() == 1
    page.close()
    assert requested, "the browser reports what it loads"
    assert [url for url in requested if not url.startswith(site.as_uri())] == []


@pytest.mark.browser
def test_formulae_are_shown_without_a_script(site: Path, browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "theory" / "numbers.html").as_uri())
    assert page.locator("math msup").first.is_visible()
    context.close()
