"""A real office: its own database, a real server, a real worker, a real browser, and a clock that the test moves."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.office import COOKIES, Office, environment, manage, opened, sign_in_all

__all__ = ["Office"]


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo organization, loaded once through the import."""
    folder = tmp_path_factory.mktemp("office")
    env = environment(folder)
    for words in (("migrate", "-v", "0"), ("load_demo", "--without-cases")):
        manage(env, *words)
    sign_in_all(env, folder)
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        yield found
        found.close()


@pytest.fixture(scope="session")
def busy(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same office with the demo cases: somebody is heard, somebody was demoted, somebody asks for a review."""
    folder = tmp_path_factory.mktemp("busy")
    shutil.copy(furnished / "office.sqlite3", folder / "office.sqlite3")
    shutil.copy(furnished / COOKIES, folder / COOKIES)
    manage(environment(folder), "load_demo_cases")
    return folder


@pytest.fixture
def office(furnished: Path, tmp_path: Path, browser: Browser) -> Iterator[Office]:
    """A copy of the furnished office with a server of its own."""
    yield from _opened(furnished, tmp_path, browser)


@pytest.fixture
def busy_office(busy: Path, tmp_path: Path, browser: Browser) -> Iterator[Office]:
    """A copy of the office with cases."""
    yield from _opened(busy, tmp_path, browser)


def _opened(furnished: Path, tmp_path: Path, browser: Browser) -> Iterator[Office]:
    for name in ("office.sqlite3", COOKIES):
        shutil.copy(furnished / name, tmp_path / name)
    with opened(tmp_path, browser, environment(tmp_path)) as found:
        yield found
