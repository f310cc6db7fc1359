"""The second factor: officials do not come to their desk without one, and two persons take a lost one away."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from asgiref.sync import async_to_sync
from asgiref.testing import ApplicationCommunicator
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test import Client, TestCase

from tests.story import Town
from workflow_app import factors
from workflow_app.live import Desk as Socket
from workflow_app.models import Account, FactorReset, Office, Record, Seat
from workflow_app.steps import Refused

pytestmark = pytest.mark.django_db
WORD = "correct horse battery"


@pytest.fixture
def demanded(settings: pytest.FixtureRequest) -> Iterator[None]:
    """The setting of production."""
    settings.SECOND_FACTOR = True  # type: ignore[attr-defined]
    yield
    cache.clear()


@pytest.fixture
def handler(town: Town, demanded: None) -> Account:
    account = town.people["case_handler1"]
    account.set_password(WORD)
    account.save()
    return account


def sign_in(account: Account, client: Client | None = None) -> Client:
    client = client or Client()
    client.post("/sign-in/", {"username": account.username, "password": WORD})
    return client


def code(secret: str, ahead: int = 0) -> str:
    """What the app on the phone shows."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def set_up(client: Client) -> str:
    """Somebody scans the code and types what the phone shows; returns the secret of the app."""
    client.post("/protection/password/", {"password": WORD})
    secret = re.search(r'factor-secret">([A-Z2-7]+)<', client.get("/protection/app/on/").content.decode())
    assert secret is not None
    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = client.post("/protection/app/on/", {"code": code(secret[1])})
    assert answer.headers["Location"] == "/protection/codes/"
    return secret[1]


def test_an_official_without_a_second_factor_is_led_to_set_one_up_and_nowhere_else(handler: Account) -> None:
    client = sign_in(handler)
    for url in ("/", "/desk/", "/search/", "/cases/1/", "/mine/"):
        assert client.get(url).headers["Location"] == "/protection/", url
    answer = client.get("/desk/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/protection/")
    assert "须设置第二步核验" in client.get("/protection/").content.decode()


def test_the_app_on_the_phone_opens_the_desk_now_and_is_asked_for_next_time(handler: Account) -> None:
    client = sign_in(handler)
    secret = set_up(client)
    assert client.get("/desk/").status_code == 200
    again = Client()
    answer = again.post("/sign-in/", {"username": handler.username, "password": WORD})
    assert answer.headers["Location"] == "/sign-in/second/"
    assert again.get("/desk/").headers["Location"].startswith("/sign-in/"), "the password alone opens nothing"
    assert "核验没有通过" in again.post("/sign-in/second/", {"code": "000000"}).content.decode()
    assert again.post("/sign-in/second/", {"code": code(secret, 1)}).headers["Location"] == "/"
    assert again.get("/desk/").status_code == 200


def test_a_code_that_was_used_is_used_up(handler: Account) -> None:
    secret = set_up(sign_in(handler))
    now = code(secret, 1)
    assert sign_in(handler).post("/sign-in/second/", {"code": now}).status_code == 302
    assert "核验没有通过" in sign_in(handler).post("/sign-in/second/", {"code": now}).content.decode()


def test_a_recovery_code_opens_once(handler: Account) -> None:
    client = sign_in(handler)
    set_up(client)
    codes = re.findall(r"<code>(\d+)</code>", client.get("/protection/codes/").content.decode())
    assert len(codes) == 10
    assert codes[0] in client.get("/protection/codes/file").content.decode()
    assert sign_in(handler).post("/sign-in/second/", {"code": codes[0]}).status_code == 302
    assert sign_in(handler).post("/sign-in/second/", {"code": codes[0]}).status_code == 200


def test_guessing_ends_after_five_tries(handler: Account) -> None:
    secret = set_up(sign_in(handler))
    client = sign_in(handler)
    for _ in range(5):
        client.post("/sign-in/second/", {"code": "000000"})
    client.post("/sign-in/second/", {"code": code(secret, 1)})
    assert client.get("/desk/").status_code == 302


def test_the_throttle_of_the_entrance_counts_wrong_codes_too(handler: Account, settings: pytest.FixtureRequest) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "99/m/key"}  # type: ignore[attr-defined]
    secret = set_up(sign_in(handler))
    client = sign_in(handler)
    for _ in range(8):
        answer = client.post("/sign-in/second/", {"code": "000000"})
    assert answer.status_code == 429
    assert client.post("/sign-in/second/", {"code": code(secret, 1)}).status_code == 429
    assert sign_in(handler).get("/sign-in/second/").status_code == 302, "the password is not even looked at"


def test_what_the_app_knows_is_not_readable_in_the_database(handler: Account) -> None:
    secret = set_up(sign_in(handler))
    kept = Authenticator.objects.get(user=handler, type="totp").data["secret"]
    assert secret not in kept and len(kept) > 80


def test_after_a_change_of_the_installations_key_no_code_is_right(handler: Account, settings: pytest.FixtureRequest) -> None:
    set_up(sign_in(handler))
    client = Client()
    settings.SECRET_KEY = "another key of the installation"  # type: ignore[attr-defined]
    sign_in(handler, client)
    assert "系统密钥已更换" in client.post("/sign-in/second/", {"code": code("")}).content.decode()


def test_a_session_of_before_signs_in_anew(handler: Account) -> None:
    before = sign_in(handler)
    set_up(sign_in(handler))
    answer = before.get("/desk/")
    assert answer.headers["Location"] == "/sign-in/?next=%2Fdesk%2F"
    assert "完成第二步核验" in before.get(answer.headers["Location"]).content.decode()


def test_changing_it_asks_for_the_password_again(handler: Account) -> None:
    client = sign_in(handler)
    for place in ("app/on/", "keys/add/"):
        assert client.get(f"/protection/{place}").headers["Location"].startswith("/protection/password/"), place
    assert "密码不正确" in client.post("/protection/password/", {"password": "wrong"}).content.decode()
    client.post("/protection/password/", {"password": WORD})
    assert client.get("/protection/app/on/").status_code == 200


def test_an_official_keeps_one_factor(handler: Account) -> None:
    client = sign_in(handler)
    set_up(client)
    assert "至少保留一种" in client.get("/protection/app/off/").content.decode()
    client.post("/protection/app/off/")
    assert factors.has_one(handler)


def test_a_person_concerned_may_have_one_and_need_not(town: Town, demanded: None) -> None:
    wang = town.people["wang"]
    wang.set_password(WORD)
    wang.save()
    client = sign_in(wang)
    assert client.get("/mine/").status_code == 200
    set_up(client)
    assert sign_in(wang).get("/mine/").status_code == 302
    assert client.post("/protection/app/off/").status_code == 302
    assert sign_in(wang).get("/mine/").status_code == 200


def test_in_the_demo_one_click_is_enough(town: Town) -> None:
    account = town.people["case_handler1"]
    account.set_password(WORD)
    account.save()
    assert sign_in(account).get("/desk/").status_code == 200


def test_whoever_stands_in_for_somebody_needs_one_and_whose_seat_has_ended_does_not(handler: Account, town: Town) -> None:
    assert factors.official(handler, town.today)
    Seat.objects.filter(account=handler).update(valid_to=town.today - timedelta(days=1))
    assert not factors.official(handler, town.today)


def test_administrators_have_no_entrance_of_their_own(town: Town, demanded: None) -> None:
    steward = Account.objects.create_user("steward", WORD, office=Office.SYSTEM)
    assert Client().get("/admin/").headers["Location"] == "/admin/login/?next=/admin/"
    assert (
        Client().post("/admin/login/?next=/admin/", {"username": "steward", "password": WORD}).headers["Location"]
        == "/sign-in/?next=/admin/"
    )
    assert sign_in(steward).get("/admin/").headers["Location"] == "/protection/"


def test_the_live_socket_is_closed_to_whoever_gave_no_second_factor(handler: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    # A socket drops connections that are old or were left inside a transaction; here the whole test is inside one, in an old one.
    monkeypatch.setitem(connection.settings_dict, "AUTOCOMMIT", connection.get_autocommit())
    monkeypatch.setattr(connection, "close_at", None)

    async def greeted(session: dict[str, object]) -> dict[str, object]:
        scope = {"type": "websocket", "path": "/ws/live", "headers": [], "query_string": b"", "user": handler, "session": session}
        socket = ApplicationCommunicator(Socket.as_asgi(), scope)
        await socket.send_input({"type": "websocket.connect"})
        answer = await socket.receive_output(2)
        await socket.send_input({"type": "websocket.disconnect", "code": 1000})
        await socket.wait(2)
        return dict(answer)

    assert async_to_sync(greeted)({})["code"] == 4401
    given = {"account_authentication_methods": [{"method": "mfa"}]}
    assert async_to_sync(greeted)(given)["type"] == "websocket.accept"


class TestLosingTheDevice:
    """于安 and 于平 keep the accounts; the handler has lost the phone."""

    @pytest.fixture
    def two(self, handler: Account) -> tuple[Account, Account]:
        return tuple(Account.objects.create(username=name, office=Office.SECURITY, password="!") for name in ("yu_an", "yu_ping"))  # type: ignore[return-value]

    def test_one_asks_and_another_resets_and_it_stands_in_the_record(
        self, handler: Account, two: tuple[Account, Account], town: Town
    ) -> None:
        client = sign_in(handler)
        set_up(client)
        asked = factors.ask(handler, reason="本人持身份证件当面申请，手机遗失", by=two[0], at=town.at)
        assert factors.has_one(handler)
        factors.decide(asked, take=True, by=two[1], at=town.at)
        assert not Authenticator.objects.filter(user=handler).exists()
        assert client.get("/desk/").headers["Location"].startswith("/sign-in/"), "the thief's session ends"
        kinds = list(Record.objects.filter(kind="FACTOR").order_by("seq").values_list("outcome", flat=True))
        assert kinds == ["added", "added", "reset"]

    def test_nobody_does_both_nor_for_oneself(self, handler: Account, two: tuple[Account, Account], town: Town) -> None:
        set_up(sign_in(handler))
        asked = factors.ask(handler, reason="本人持身份证件当面申请", by=two[0], at=town.at)
        with pytest.raises(Refused, match="不得自己复核"):
            factors.decide(asked, take=True, by=two[0], at=town.at)
        with pytest.raises(Refused, match="等待复核"):
            factors.ask(handler, reason="本人持身份证件当面申请", by=two[1], at=town.at)
        with pytest.raises(Refused, match="不得由本人提出"):
            factors.ask(two[0], reason="本人持身份证件当面申请", by=two[0], at=town.at)
        for values in ({"decided_by": two[0], "decided_at": town.at}, {"asked_by": handler}, {"done": True}):
            with pytest.raises(IntegrityError), transaction.atomic():
                FactorReset.objects.filter(pk=asked.pk).update(**values)
        assert factors.has_one(handler)

    def test_a_reset_is_decided_once_and_only_where_something_is_set_up(
        self, handler: Account, two: tuple[Account, Account], town: Town
    ) -> None:
        with pytest.raises(Refused, match="没有设置"):
            factors.ask(handler, reason="本人持身份证件当面申请", by=two[0], at=town.at)
        set_up(sign_in(handler))
        asked = factors.ask(handler, reason="本人持身份证件当面申请", by=two[0], at=town.at)
        with pytest.raises(Refused, match="安全管理员"):
            factors.decide(asked, take=True, by=town.people["org_leader1"], at=town.at)
        factors.decide(asked, take=False, by=two[1], at=town.at)
        with pytest.raises(Refused, match="已经复核过"):
            factors.decide(asked, take=True, by=two[1], at=town.at)
        assert factors.has_one(handler)

    def test_only_security_administrators(self, handler: Account, two: tuple[Account, Account], town: Town) -> None:
        set_up(sign_in(handler))
        for by in (town.people["org_leader1"], Account.objects.create(username="shi", office=Office.SYSTEM, password="!")):
            with pytest.raises(Refused, match="安全管理员"):
                factors.ask(handler, reason="本人持身份证件当面申请", by=by, at=town.at)

    def test_on_the_administrators_pages(self, handler: Account, two: tuple[Account, Account], settings: pytest.FixtureRequest) -> None:
        set_up(sign_in(handler))
        settings.SECOND_FACTOR = False  # type: ignore[attr-defined]
        first, second = Client(), Client()
        for client, account in ((first, two[0]), (second, two[1])):
            client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        told = {"account": handler.pk, "reason": "无"}
        assert "身份核对方式" in first.post("/admin/workflow_app/factorreset/add/", told).content.decode()
        told["reason"] = "本人持身份证件当面申请"
        assert first.post("/admin/workflow_app/factorreset/add/", told).status_code == 302
        choice = {"action": "reset", "_selected_action": FactorReset.objects.get().pk}
        assert "不得自己复核" in first.post("/admin/workflow_app/factorreset/", choice, follow=True).content.decode()
        assert "已重置" in second.post("/admin/workflow_app/factorreset/", choice, follow=True).content.decode()
        assert not factors.has_one(handler)
