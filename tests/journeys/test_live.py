"""A desk page changes while somebody looks at it: no reload, no poll, and from another process as well."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from redis import Redis

from tests.journeys.office import environment, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.journeys.office import Office

pytestmark = pytest.mark.journey
REDIS = "redis://127.0.0.1:6379/9"
SIGNAL = 15_000  # milliseconds; the page's own poll comes after a minute only


def watch(page: Page, base: str) -> None:
    """An empty desk with its socket open, and a mark that a reload would wipe out."""
    page.goto(f"{base}/desk/")
    page.locator("#live", has_text="实时").wait_for()
    assert "您的岗位上现在没有待办事项" in page.inner_text("#inbox")
    page.evaluate("window.untouched = true")


def test_an_item_appears_on_an_open_desk_page_and_goes_when_it_is_done(office: Office) -> None:
    leader = office.page_of("org_leader1")
    watch(leader, office.base)
    case = office.open_lead("YX00001")
    leader.wait_for_selector("#inbox tr[id^=item-]", timeout=SIGNAL)
    assert "启动审批" in leader.inner_text("#inbox") and leader.inner_text(".gov-stat .num >> nth=0") == "1"
    item, _who = office.item(case, "approve_opening")
    second = office.page_of("org_leader2")
    second.goto(f"{office.base}/desk/")
    second.click("[data-claim]")
    leader.wait_for_selector(f"#item-{item} .greyed", timeout=SIGNAL)
    assert "已由" in leader.inner_text(f"#item-{item}")
    assert leader.evaluate("window.untouched") is True, "the page was never loaded anew"


def test_keys_walk_through_the_list_claim_release_and_open(office: Office) -> None:
    office.open_lead("YX00001")
    page = office.page_of("org_leader1")
    page.goto(f"{office.base}/desk/")
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.wait_for_selector("[data-release]")
    assert office.ask("SELECT count(*) FROM workflow_app_workitem WHERE status = 'ASSIGNED'") == [(1,)]
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.wait_for_selector("[data-claim]")
    page.keyboard.press("k")
    page.keyboard.press("x")
    assert page.locator("input[name=item]:checked").count() == 1
    page.click("#bulk button[value=claim]")
    page.wait_for_selector(".results .good")
    with page.expect_response("**/desk/?*"):  # the list looks again, as it does after every act; the answer stays
        page.evaluate("document.body.dispatchEvent(new CustomEvent('look'))")
    page.wait_for_selector(".htmx-request", state="detached")
    assert page.locator(".results .good").count() == 1
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/items/*/")


@pytest.fixture
def redis() -> str:
    """A Redis that answers; whoever runs the journeys has it (scripts/services.sh)."""
    assert Redis.from_url(REDIS).ping()
    return REDIS


def test_redis_wakes_the_hubs_of_other_processes(furnished: Path, tmp_path: Path, browser: Browser, redis: str) -> None:
    shutil.copy(furnished / "office.sqlite3", tmp_path / "office.sqlite3")
    # Left to itself a hub would look once in ten minutes: what arrives in time was called for.
    env = environment(tmp_path) | {"REDIS_URL": redis, "LIVE_PAUSE": "600"}
    with opened(tmp_path, browser, env) as here, opened(tmp_path, browser, env) as there:
        leader = here.page_of("org_leader1")
        watch(leader, here.base)
        there.open_lead("YX00001")
        leader.wait_for_selector("#inbox tr[id^=item-]", timeout=SIGNAL)
        assert leader.evaluate("window.untouched") is True
