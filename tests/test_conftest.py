"""What the fixtures promise: shared tests are counted when left out, a missing Chromium fails."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLE = """
import pytest

def test_plain():
    pass

@pytest.mark.shared
def test_marked():
    raise AssertionError("must not run")

def test_asking_for_the_folder(shared):
    assert shared.is_dir()
"""


def run_sample(folder: Path, sample: str, **environment: str) -> str:
    """Run a sample test file beside a copy of our conftest and return what pytest prints."""
    shutil.copy(Path(__file__).parent / "conftest.py", folder)
    (folder / "test_sample.py").write_text(sample, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-o", "markers=shared: x", "."],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("ci", ["", "true"])
def test_without_the_shared_folder_its_tests_are_deselected_and_counted(tmp_path: Path, ci: str) -> None:
    printed = run_sample(tmp_path, SAMPLE, DETENTE_SHARED=str(tmp_path / "absent"), CI=ci)
    assert "2 tests need the shared reference data" in printed
    assert "1 passed, 2 deselected" in printed.splitlines()[-1]


def test_with_the_shared_folder_its_tests_run(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir()
    printed = run_sample(tmp_path, SAMPLE, DETENTE_SHARED=str(there))
    assert "1 failed, 2 passed" in printed.splitlines()[-1]
    assert "need the shared reference data" not in printed


def test_a_missing_chromium_fails_with_what_to_install(tmp_path: Path) -> None:
    printed = run_sample(tmp_path, "def test_page(browser):\n    pass\n", PATH=str(tmp_path))
    assert "Chromium is not on PATH. Install one of chromium, chromium-browser, google-chrome" in printed
    assert "1 error" in printed.splitlines()[-1]
