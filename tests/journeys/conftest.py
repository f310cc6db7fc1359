"""A real office: its own database, a real server, a real worker, a real browser, and a clock that the test moves."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.office import COOKIES, Office, environment, manage, opened, sign_in_all

__all__ = ["Office"]


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first of the processes which run the journeys makes, and all of them copy from."""
    own = factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder = shared / name
        if not (folder / "made").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            (folder / "made").touch()
    return folder


def furnish(folder: Path) -> None:
    """The demo organization, loaded through the import; its officials have arrived."""
    env = environment(folder)
    for words in (("migrate", "-v", "0"), ("load_demo", "--without-cases")):
        manage(env, *words)
    sign_in_all(env, folder)


def copy_office(source: Path, folder: Path) -> None:
    """Database and cookies, without the papers of whoever used them before."""
    for name in ("office.sqlite3", COOKIES):
        shutil.copy(source / name, folder / name)


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo organization."""
    return made_once(tmp_path_factory, "office", furnish)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, the one without a window: it starts and draws in half the time."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=shutil.which("chromium-headless-shell"), args=["--no-sandbox", "--disable-gpu"])
        yield found
        found.close()


@pytest.fixture(scope="session")
def busy(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same office with the demo cases: somebody is heard, somebody was demoted, somebody asks for a review."""

    def make(folder: Path) -> None:
        copy_office(furnished, folder)
        manage(environment(folder), "load_demo_cases")

    return made_once(tmp_path_factory, "busy", make)


@pytest.fixture
def office(furnished: Path, tmp_path: Path, browser: Browser) -> Iterator[Office]:
    """A copy of the furnished office with a server of its own."""
    yield from _opened(furnished, tmp_path, browser)


@pytest.fixture
def busy_office(busy: Path, tmp_path: Path, browser: Browser) -> Iterator[Office]:
    """A copy of the office with cases."""
    yield from _opened(busy, tmp_path, browser)


def _opened(furnished: Path, tmp_path: Path, browser: Browser) -> Iterator[Office]:
    copy_office(furnished, tmp_path)
    with opened(tmp_path, browser, environment(tmp_path)) as found:
        yield found
