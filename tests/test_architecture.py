"""The shape of the project: layers, light imports, names, what is committed and what is shipped."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import detente

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "detente"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
BIN = Path(sys.executable).parent

HEAVY = (
    "altair",
    "vl_convert",
    "jinja2",
    "docx",
    "weasyprint",
    "fastapi",
    "sqlalchemy",
    "matplotlib",
    "numba",
    "numpy",
    "scipy",
    "networkx",
    "pandas",
    "pydantic",
    "yaml",
    "ruamel",
    "click",
    "rich",
)
#: Names that say nothing about what is inside.
EMPTY_NAMES = {"util", "utils", "helper", "helpers", "common", "misc", "tools", "base", "manager", "managers", "shared"}
DATA_FOLDERS = {"library"}
#: Methods that a library calls by this name.
NAMES_OF_LIBRARIES = {"get_command"}
#: What a distribution is called when it is imported, where that differs.
IMPORT_NAMES = {
    "charset-normalizer": "charset_normalizer",
    "lxml-html-clean": "lxml_html_clean",
    "pyahocorasick": "ahocorasick",
    "python-docx": "docx",
    "pyyaml": "yaml",
    "ruamel-yaml": "ruamel",
    "vl-convert-python": "vl_convert",
}


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command in the repository and return what it printed."""
    return subprocess.run(
        [str(part) for part in command], cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )


def packages_on_disk() -> set[str]:
    """Return the packages and modules of the first level that hold code."""
    packages = {
        path.name for path in SOURCE.iterdir() if path.is_dir() and any(path.rglob("*.py")) and path.name[0] != "_"
    }
    modules = {path.stem for path in SOURCE.glob("*.py") if not path.name.startswith("__")}
    return (packages | modules) - DATA_FOLDERS


def test_every_package_imports_only_what_stands_below_it() -> None:
    done = run(BIN / "lint-imports")
    assert done.returncode == 0, done.stdout


def test_the_layers_list_every_package_once() -> None:
    (layers,) = (c["layers"] for c in PROJECT["tool"]["importlinter"]["contracts"] if c["type"] == "layers")
    listed = [name for layer in layers for name in re.split(r"\s*[|:]\s*", layer)]
    assert sorted(listed) == sorted(packages_on_disk())


def test_importing_detente_loads_no_other_library() -> None:
    code = f"import sys, detente; print(*[n for n in {HEAVY!r} if n in sys.modules])"
    done = run(sys.executable, "-c", code)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []


@pytest.mark.parametrize("extra", ["altair", "vl_convert"])
def test_importing_the_command_loads_no_picture_library(extra: str) -> None:
    done = run(sys.executable, "-c", f"import sys, detente.cli.main; print({extra!r} in sys.modules)")
    assert done.stdout.strip() == "False", done.stderr


def import_names(requirements: list[str]) -> set[str]:
    """Return the names under which requirements are imported."""
    names = (canonicalize_name(Requirement(line).name) for line in requirements)
    return {IMPORT_NAMES.get(name, name) for name in names}


def imported_roots(path: Path) -> set[str]:
    """Return the first part of every module that a file imports, wherever in the file it does."""
    roots = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            roots |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            roots.add(node.module.split(".")[0])
    return roots - set(sys.stdlib_module_names) - {"detente"}


def test_importing_the_settlement_loads_no_solver_that_few_questions_need() -> None:
    code = "import sys, detente.registry.settlement; print('scipy.optimize' in sys.modules, 'scipy.fft' in sys.modules)"
    assert run(sys.executable, "-c", code).stdout.strip() == "False False"


def test_only_declared_libraries_are_imported_and_extras_only_where_they_are_used() -> None:
    core = import_names(PROJECT["project"]["dependencies"]) | {"pydantic_core"}  # pydantic is published in two parts
    extras = {key: import_names(PROJECT["project"]["optional-dependencies"][key]) for key in ("report", "documents")}
    used = {"charts": "report", "brief": "report", "evidence": "documents"}
    wrong = {}
    for path in SOURCE.rglob("*.py"):
        package = path.relative_to(SOURCE).parts[0]
        allowed = core | extras[used[package]] if package in used else core
        if undeclared := imported_roots(path) - allowed:
            wrong[str(path.relative_to(ROOT))] = sorted(undeclared)
    assert wrong == {}


def test_what_is_not_about_pictures_works_without_the_extras() -> None:
    code = (
        "import sys, pkgutil, importlib, detente\n"
        "sys.modules.update(altair=None, vl_convert=None)\n"
        "for module in pkgutil.walk_packages(detente.__path__, 'detente.'):\n"
        "    if module.name.split('.')[1] not in ('charts', 'brief', '__main__'):\n"
        "        importlib.import_module(module.name)\n"
    )
    done = run(sys.executable, "-c", code)
    assert done.returncode == 0, done.stderr


def test_every_declared_library_is_used() -> None:
    used = set().union(*(imported_roots(path) for path in SOURCE.rglob("*.py")))
    project = PROJECT["project"]
    declared = import_names([*project["dependencies"], *project["optional-dependencies"].get("report", [])])
    assert declared - used == set()


def test_no_module_has_an_empty_name_or_one_of_the_standard_library() -> None:
    wrong = [
        str(path.relative_to(ROOT))
        for path in SOURCE.rglob("*.py")
        if path.stem in EMPTY_NAMES or path.parent.name in EMPTY_NAMES or path.stem in sys.stdlib_module_names
    ]
    assert wrong == []


def test_no_class_or_function_has_an_empty_name() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.name}"
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.ClassDef) and re.search(r"Manager$|Helper$|Utils?$|^Base[A-Z]", node.name))
        or (isinstance(node, ast.FunctionDef) and node.name.startswith("get_") and node.name not in NAMES_OF_LIBRARIES)
    ]
    assert wrong == []


def test_every_engine_has_a_row_and_everything_that_the_row_names_exists() -> None:
    from detente.registry.rows import ENGINES

    on_disk = {path.parent.name for path in (SOURCE / "engines").glob("*/__init__.py")}
    assert {row.name for row in ENGINES} == on_disk
    for row in ENGINES:
        for place in (row.compile, row.solve, row.report, row.wording):
            module, _, function = place.partition(":")
            assert not function or callable(getattr(importlib.import_module(module), function)), place
            importlib.import_module(module)
        charts = importlib.import_module("detente.charts")
        assert [name for name in row.charts if not callable(getattr(charts, name, None))] == []
        pages = [ROOT / "docs" / row.how_to, ROOT / "docs" / row.theory]
        assert [str(path) for path in (*pages, *(ROOT / test for test in row.published)) if not path.is_file()] == []
        theory = (ROOT / "docs" / row.theory).read_text(encoding="utf-8")
        assert [key for key in row.references if key not in theory] == []


def test_no_random_number_comes_from_a_hidden_stream() -> None:
    hidden = re.compile(
        r"\bnp\.random\.(?!Generator|SeedSequence|default_rng|PCG64|BitGenerator)|^\s*import random\b", re.M
    )
    wrong = [
        str(path.relative_to(ROOT)) for path in SOURCE.rglob("*.py") if hidden.search(path.read_text(encoding="utf-8"))
    ]
    assert wrong == []


def test_committed_files_name_no_package_source_and_no_machine() -> None:
    done = run(sys.executable, ROOT / "scripts" / "check_files.py")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "line",
    [
        "--inde" + "x-url x",
        "pip install --extra-inde" + "x-url x",
        "https://mirror.example/simpl" + "e/",
        "find-link" + "s = wheels",
        '"resolve' + 'd": "https://mirror.example/a.tgz"',
        "path = '/wor" + "k/main'",
        "see /tm" + "p/out",
        "cd /hom" + "e/someone",
    ],
)
def test_the_check_of_committed_files_sees_each_kind(line: str, tmp_path: Path) -> None:
    file = tmp_path / "example.txt"
    file.write_text(f"first\n{line}\n", encoding="utf-8")
    done = run(sys.executable, ROOT / "scripts" / "check_files.py", file)
    assert done.returncode == 1
    assert "example.txt:2: " in done.stdout


@pytest.mark.parametrize("line", ["https://www.example.org/home/a", "a/tmp/b", "a simple sentence", "resolved: yes"])
def test_the_check_of_committed_files_lets_plain_text_pass(line: str, tmp_path: Path) -> None:
    file = tmp_path / "example.txt"
    file.write_text(line, encoding="utf-8")
    assert run(sys.executable, ROOT / "scripts" / "check_files.py", file).returncode == 0


def test_every_dependency_is_pinned_with_hashes_within_its_range() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = {canonicalize_name(name): version for name, version in re.findall(r"^([\w.-]+)==(\S+) \\$", lock, re.M)}
    project = PROJECT["project"]
    asked = [*PROJECT["build-system"]["requires"], *project["dependencies"]]
    asked += [line for extra in project["optional-dependencies"].values() for line in extra]
    missing = [
        line
        for line in asked
        if not (need := Requirement(line)).specifier.contains(pins.get(canonicalize_name(need.name), "0"))
    ]
    assert missing == []
    assert len(re.findall(r"^[\w.-]+==", lock, re.M)) == len(pins), "every pin is followed by its hashes"


def test_the_version_is_one() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert PROJECT["project"]["version"] == detente.__version__
    assert f"version: {detente.__version__}" in citation


def test_the_wheel_holds_everything_under_the_package(tmp_path: Path) -> None:
    done = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path)
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    shipped = set(zipfile.ZipFile(wheel).namelist())
    present = {
        path.relative_to(SOURCE.parent).as_posix()
        for path in SOURCE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert present - shipped == set()
