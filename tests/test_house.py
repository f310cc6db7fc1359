"""The house rules that a program can check: short functions, short files, no drawers for odds and ends, nothing of a workplace."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ROOT: Path = settings.BASE_DIR
FUNCTION, FILE, SCREEN = 30, 300, 100
BANNED = {"utils", "helpers", "common", "core", "base", "mixins", "managers", "services", "signals", "exceptions", "constants"}
FOREIGN = re.compile(r"(?<![\w.])/(?:work|root|home)/|/tmp/[a-z]|claude|anthropic|\bAI session\b|/simple/|pypi\.org", re.IGNORECASE)


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from (file for file in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in file.parts)


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring and decorators."""
    start = node.body[1].lineno if ast.get_docstring(node) and len(node.body) > 1 else node.lineno
    return (node.end_lineno or start) - start + 1


def test_no_function_is_longer_than_thirty_lines() -> None:
    long = []
    for file in sources("workflow_app", "flows"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and length(node) > FUNCTION:
                long.append(f"{file.relative_to(ROOT)}:{node.lineno} {node.name} {length(node)}")
    assert not long, "\n".join(long)


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    lines = {file: len(file.read_text().splitlines()) for file in sources("workflow_app", "flows", "tests")}
    assert not {str(file.relative_to(ROOT)): count for file, count in lines.items() if count > FILE}


def test_every_path_stands_on_one_screen() -> None:
    paths = {file: len(file.read_text().splitlines()) for file in (ROOT / "flows").glob("*/path.py")}
    assert len(paths) == 3
    assert not {str(file.relative_to(ROOT)): count for file, count in paths.items() if count > SCREEN}


def test_there_is_no_drawer_for_odds_and_ends() -> None:
    assert not [file for file in sources("workflow_app", "flows") if file.stem in BANNED or file.parent.name in BANNED]


def test_nothing_is_imported_inside_a_function() -> None:
    inside = []
    for file in sources("workflow_app", "flows"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                inside += [f"{file}:{one.lineno}" for one in ast.walk(node) if isinstance(one, (ast.Import, ast.ImportFrom))]
    allowed = {"justify.py"}  # decides which of two libraries a platform has
    assert not [place for place in inside if Path(place.split(":")[0]).name not in allowed]


def test_public_names_say_what_they_mean() -> None:
    silent = []
    for file in sources("workflow_app", "flows"):
        if "static" in file.parts:
            continue
        for node in ast.parse(file.read_text()).body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_") and not ast.get_docstring(node):
                silent.append(f"{file.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert not silent, "\n".join(silent)


def test_nothing_speaks_of_the_place_where_it_was_made() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    found = []
    for name in listed:
        file = ROOT / name
        if (
            not name
            or "vendor" in name
            or file.suffix in {".png", ".woff2", ".mo", ".xlsx", ".lock"}
            or file == Path(__file__)
            or not file.is_file()
        ):
            continue
        for number, line in enumerate(file.read_text(errors="replace").splitlines(), 1):
            if FOREIGN.search(line):
                found.append(f"{name}:{number} {line.strip()[:100]}")
    assert not found, "\n".join(found)
