"""Signing in with a second factor, in a real browser with a key of its own (a virtual one) and an app on the phone."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, Page, expect

from tests.journeys.office import PASSWORD, Office, environment, opened
from tests.journeys.sight import Sight

pytestmark = pytest.mark.journey
KEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
    "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def strict(furnished: Path, tmp_path: Path, browser: Browser) -> Iterator[Office]:
    """An office that demands a second factor, reached by name as browsers want it for keys."""
    shutil.copy(furnished / "office.sqlite3", tmp_path / "office.sqlite3")
    with opened(tmp_path, browser, environment(tmp_path) | {"SECOND_FACTOR": "true"}) as found:
        found.base = found.base.replace("127.0.0.1", "localhost")
        yield found


def entered(office: Office, who: str, page: Page) -> None:
    """The password, by keyboard."""
    page.goto(f"{office.base}/sign-in/")
    page.fill("[name=username]", who)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")


def again(page: Page) -> None:
    """The password once more, where it is asked for."""
    if page.url.split("?")[0].endswith("/protection/password/"):
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")


def code(secret: str, ahead: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def test_an_official_sets_up_a_key_and_an_app_and_signs_in_with_each(strict: Office, browser: Browser) -> None:
    page = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN").new_page()
    network = page.context.new_cdp_session(page)
    network.send("WebAuthn.enable")
    network.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    sight, faults = Sight(page), []

    entered(strict, "case_handler1", page)
    page.wait_for_url("**/protection/")
    page.goto(f"{strict.base}/desk/")
    expect(page.locator("[role=status]")).to_contain_text("须设置第二步核验")
    faults += sight.faults("factor-home-wanting")

    page.goto(f"{strict.base}/protection/keys/add/")
    faults += sight.faults("factor-password-again")
    again(page)
    page.wait_for_url("**/keys/add/")
    faults += sight.faults("factor-key-add")
    page.fill("[name=name]", "办公室密钥")
    page.press("[name=name]", "Enter")
    page.wait_for_url("**/protection/codes/")
    assert page.locator(".factor-codes li").count() == 10
    faults += sight.faults("factor-codes")
    page.goto(f"{strict.base}/desk/")
    expect(page.locator("h1")).to_contain_text("待办")

    page.goto(f"{strict.base}/protection/app/on/")
    again(page)
    page.wait_for_url("**/app/on/")
    faults += sight.faults("factor-app-on")
    assert page.locator(".factor-code").evaluate("picture => picture.naturalWidth") > 100, "the code can be scanned"
    secret = page.locator(".factor-secret").inner_text()
    page.fill("[name=code]", code(secret))
    page.press("[name=code]", "Enter")
    page.wait_for_url("**/protection/")
    expect(page.locator("main")).to_contain_text("办公室密钥")
    faults += sight.faults("factor-home")
    for name in ("app/off", "codes/new"):
        page.goto(f"{strict.base}/protection/{name}/")
        faults += sight.faults(f"factor-{name.replace('/', '-')}")
    page.goto(f"{strict.base}/protection/")
    page.click("text=改名称")
    faults += sight.faults("factor-key-name")

    _signs_out(page)
    entered(strict, "case_handler1", page)
    page.wait_for_url("**/sign-in/second/")
    faults += sight.faults("factor-authenticate")
    page.fill("[name=code]", "123456")
    page.press("[name=code]", "Enter")
    expect(page.locator("[role=alert]").first).to_contain_text("核验没有通过")
    page.click("text=用密钥核验")
    page.wait_for_url("**/desk/")
    page.goto(f"{strict.base}/protection/keys/add/")
    page.goto(f"{strict.base}/protection/key/")
    faults += sight.faults("factor-key-again")
    page.goto(f"{strict.base}/protection/code/")
    faults += sight.faults("factor-code-again")

    _signs_out(page)
    entered(strict, "case_handler1", page)
    page.wait_for_url("**/sign-in/second/")
    page.fill("[name=code]", code(secret, 1))
    page.press("[name=code]", "Enter")
    page.wait_for_url("**/desk/")
    assert not faults, "\n".join(faults)


def _signs_out(page: Page) -> None:
    page.click(".who summary")
    page.click("text=退出登录")
    page.wait_for_url("**/sign-in/")


def test_a_person_concerned_signs_in_as_before(strict: Office, browser: Browser) -> None:
    page = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN").new_page()
    entered(strict, "yx00001", page)
    page.wait_for_url("**/mine/")
