"""docs/practices.md: all 211 practices, and every place it names exists."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import get_resolver

from tests.workflow_app.test_access import addresses

ROOT = Path(settings.BASE_DIR)
STATUS = {"served", "partly", "outside", "not collected"}
OUTSIDE = {53, 61, 62, 63, 64, 103, 152}
PRIVATE = {95, 96, 106, 202, 205, 206, 207}


def rows() -> list[tuple[int, str, str, list[str], str]]:
    """Number, name, status, places, note."""
    text = (ROOT / "docs/practices.md").read_text()
    found = re.findall(r"^\| (\d+) \| (.+?) \| (.+?) \| (.+?) \| (.*?) \|$", text, re.MULTILINE)
    return [(int(number), name, status, re.findall(r"`([^`]+)`", where), note.strip()) for number, name, status, where, note in found]


def exists(place: str) -> bool:
    """Whether a file, a test, a page or a dotted name is there."""
    if place.startswith("page:"):
        return place.removeprefix("page:") in dict(addresses(get_resolver().url_patterns))
    file, _, test = place.partition("::")
    if "/" in file:
        path = ROOT / file
        return path.is_file() and (
            not test or any(isinstance(one, ast.FunctionDef) and one.name == test for one in ast.parse(path.read_text()).body)
        )
    module, _, name = place.rpartition(".")
    try:
        return hasattr(import_module(module), name)
    except ModuleNotFoundError:
        return False


def test_all_practices_are_there_once_with_a_known_status() -> None:
    found = rows()
    assert [row[0] for row in found] == list(range(1, 212))
    assert {row[2] for row in found} == STATUS


def test_every_place_named_exists() -> None:
    missing = [(number, place) for number, _, _, places, _ in rows() for place in places if not exists(place)]
    assert not missing


@pytest.mark.parametrize(
    "place",
    ["page:nowhere", "docs/nowhere.md", "workflow_app.models.Nothing", "workflow_app.nowhere.Thing", "tests/story.py::test_nothing"],
)
def test_a_place_that_does_not_exist_is_found_out(place: str) -> None:
    assert not exists(place)


def test_what_is_served_says_where_and_what_is_not_says_why() -> None:
    for number, name, status, places, note in rows():
        assert bool(places) == (status in ("served", "partly", "not collected")), (number, name)
        assert note or status == "served", (number, name)


def test_seven_are_outside_and_seven_are_private_life() -> None:
    by = {status: {row[0] for row in rows() if row[2] == status} for status in STATUS}
    assert by["outside"] == OUTSIDE
    assert by["not collected"] == PRIVATE


def test_the_counts_at_the_head_are_those_of_the_rows() -> None:
    text = (ROOT / "docs/practices.md").read_text()
    for status in STATUS:
        told = re.search(rf"^\| {status} \| .* \| (\d+) \|$", text, re.MULTILINE)
        assert told is not None
        assert int(told[1]) == sum(row[2] == status for row in rows()), status
