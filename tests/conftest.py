"""What every test can ask for: the shared reference data, a browser, and repeatable draws."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
DESELECTED = pytest.StashKey[int]()

# A slow machine is not a failed law: no deadline. In CI the same examples are drawn on every run.
hypothesis.settings.register_profile("person", deadline=None, print_blob=True)
hypothesis.settings.register_profile("ci", parent=hypothesis.settings.get_profile("person"), derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "person")


def shared_folder() -> Path:
    """Return where the shared reference data would be, whether or not it is there."""
    return Path(os.environ.get("DETENTE_SHARED") or ROOT.parent / "shared").resolve()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect the tests that need the shared folder when it is absent; the summary counts them."""
    if shared_folder().is_dir():
        return
    absent = [
        item for item in items if item.get_closest_marker("shared") or "shared" in getattr(item, "fixturenames", ())
    ]
    config.stash[DESELECTED] = len(absent)
    if hasattr(config, "workeroutput"):  # a process of pytest-xdist, which collects what the first one reports
        config.workeroutput["deselected"] = len(absent)
    if absent:
        config.hook.pytest_deselected(items=absent)
        gone = set(absent)
        items[:] = [item for item in items if item not in gone]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over from a process of pytest-xdist how many tests were left out."""
    node.config.stash[DESELECTED] = getattr(node, "workeroutput", {}).get("deselected", 0)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how many tests were left out, and why."""
    if left_out := config.stash.get(DESELECTED, 0):
        terminalreporter.write_line(
            f"{left_out} tests need the shared reference data, which is not at DETENTE_SHARED "
            f"or beside the repository; they were deselected."
        )


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of shared reference data; a test that asks for it is deselected where it is absent."""
    return shared_folder()


def chromium_path() -> str:
    """Return the system's Chromium; fail, never skip, when there is none."""
    for name in CHROMIUM_NAMES:
        if found := shutil.which(name):
            return found
    pytest.fail(
        f"Chromium is not on PATH. Install one of {', '.join(CHROMIUM_NAMES)} (`make test` does it on Debian).",
        pytrace=False,
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Yield the system's Chromium, driven by Playwright."""
    from playwright.sync_api import sync_playwright

    executable = chromium_path()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=list(CHROMIUM_FLAGS))
        yield chromium
        chromium.close()
