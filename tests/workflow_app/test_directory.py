"""Signing in through the office's directory (OpenID Connect), against a small directory that runs beside the test."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.http import HttpResponse
from django.test import Client

from tests.story import Town
from workflow_app.checks import directory_is_secure
from workflow_app.models import Account, Record

pytestmark = pytest.mark.django_db
CLIENT, SECRET, SIGNING = "shangxia", "the client's secret", "a key of the directory that is long enough"


class OfficeDirectory:
    """Knows people by a key and a name; checks the client's secret and the proof of the one who asked (PKCE)."""

    def __init__(self, url: str) -> None:
        self.url, self.codes, self.says_no = url, {}, False
        self.codes: dict[str, dict[str, str]] = {}

    def signs_in(self, asked: str, *, key: str, name: str) -> str:
        """Somebody shows the directory who they are; where it sends them back to."""
        question = {name: values[0] for name, values in parse_qs(urlsplit(asked).query).items()}
        assert question["client_id"] == CLIENT and question["code_challenge_method"] == "S256" and "openid" in question["scope"]
        code = f"code-{len(self.codes)}"
        self.codes[code] = {"sub": key, "preferred_username": name, "challenge": question["code_challenge"]}
        return f"{urlsplit(question['redirect_uri']).path}?code={code}&state={question['state']}"

    def token(self, form: dict[str, list[str]]) -> tuple[int, dict[str, Any]]:
        """Changes a code into a token, once."""
        person = self.codes.pop(form["code"][0], None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"][0].encode()).digest()).decode().rstrip("=")
        if self.says_no or person is None or form["client_secret"] != [SECRET] or proof != person["challenge"]:
            return 400, {"error": "invalid_grant"}
        told = {
            "iss": self.url,
            "aud": CLIENT,
            "exp": 9_999_999_999,
            "iat": 1,
            "sub": person["sub"],
            "preferred_username": person["preferred_username"],
        }
        self.person = person
        return 200, {"access_token": "bearer", "token_type": "Bearer", "id_token": jwt.encode(told, SIGNING, "HS256")}

    def answer(self, method: str, path: str, form: dict[str, list[str]]) -> tuple[int, dict[str, Any]]:
        """What each address says."""
        if path == "/.well-known/openid-configuration":
            places = {
                name: f"{self.url}/{name.split('_')[0]}" for name in ("authorization_endpoint", "token_endpoint", "userinfo_endpoint")
            }
            return 200, {
                "issuer": self.url,
                "jwks_uri": f"{self.url}/jwks",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
                **places,
            }
        if path == "/token" and method == "POST":
            return self.token(form)
        if path == "/userinfo":
            return 200, {"sub": self.person["sub"], "preferred_username": self.person["preferred_username"], "phone_number": "13900000000"}
        return 404, {}


@pytest.fixture
def directory(settings: Any) -> Iterator[OfficeDirectory]:
    """A directory on this machine, and the settings as the environment would make them."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode())
            status, told = found.answer(self.command, urlsplit(self.path).path, form)
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = OfficeDirectory(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.OIDC_NAME = "市统一身份认证"
    app = {"provider_id": "office", "name": "市统一身份认证", "client_id": CLIENT, "secret": SECRET, "settings": {"server_url": found.url}}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
    yield found
    server.shutdown()
    server.server_close()
    thread.join(5)


def come_in(directory: OfficeDirectory, *, key: str, name: str, client: Client | None = None) -> tuple[Client, HttpResponse]:
    """From the sign-in page to the directory and back."""
    client = client or Client()
    page = client.get("/sign-in/?next=/search/").content.decode()
    assert "市统一身份认证" in page and "/sign-in/with/office/?next=%2Fsearch%2F" in page
    asked = client.get("/sign-in/with/office/?next=/search/").headers["Location"]
    assert asked.startswith(f"{directory.url}/authorization?")
    return client, client.get(directory.signs_in(asked, key=key, name=name))


def test_whoever_has_an_account_comes_in_and_where_they_wanted_to(town: Town, directory: OfficeDirectory) -> None:
    client, answer = come_in(directory, key="4711", name="case_handler1")
    assert answer.headers["Location"] == "/search/"
    assert client.get("/desk/").status_code == 200
    kept = SocialAccount.objects.get()
    assert (kept.uid, kept.user, kept.extra_data) == ("4711", town.people["case_handler1"], {}), "the key, and nothing else of the person"
    assert Record.objects.filter(kind="FACTOR", outcome="directory").count() == 1
    come_in(directory, key="4711", name="renamed meanwhile")
    assert SocialAccount.objects.count() == 1


def test_an_unknown_person_is_refused_aloud_and_no_account_is_made(town: Town, directory: OfficeDirectory) -> None:
    before = Account.objects.count()
    client, answer = come_in(directory, key="1", name="nobody-known")
    assert answer.status_code == 403 and "登录不会自动建立账号" in answer.content.decode()
    assert (Account.objects.count(), SocialAccount.objects.count()) == (before, 0)
    assert client.get("/desk/").status_code == 302


def test_whoever_took_over_a_name_in_the_directory_does_not_take_over_the_account(town: Town, directory: OfficeDirectory) -> None:
    come_in(directory, key="4711", name="case_handler1")
    client, answer = come_in(directory, key="4712", name="case_handler1")
    assert answer.status_code == 403 and "另一人" in answer.content.decode()
    assert client.get("/desk/").status_code == 302


def test_a_closed_account_stays_closed(town: Town, directory: OfficeDirectory) -> None:
    Account.objects.filter(pk=town.people["case_handler1"].pk).update(is_active=False)
    client, answer = come_in(directory, key="4711", name="case_handler1")
    assert client.get("/desk/").status_code == 302
    assert "已停用" in client.get(answer.headers["Location"], follow=True).content.decode()


def test_the_second_factor_is_asked_for_here_too(town: Town, directory: OfficeDirectory, settings: Any, rf: Any) -> None:
    TOTP.activate(town.people["case_handler1"], "JBSWY3DPEHPK3PXP")
    assert Authenticator.objects.count() == 1
    client, answer = come_in(directory, key="4711", name="case_handler1")
    assert answer.headers["Location"] == "/sign-in/second/"
    assert client.get("/desk/").status_code == 302


def test_what_was_not_asked_for_here_is_refused(town: Town, directory: OfficeDirectory) -> None:
    client = Client()
    asked = client.get("/sign-in/with/office/").headers["Location"]
    back = directory.signs_in(asked, key="4711", name="case_handler1")
    stranger = Client()
    assert stranger.get(back).status_code == 403, "the answer belongs to another browser"
    assert stranger.get("/desk/").status_code == 302
    directory.says_no = True
    answer = client.get(back)
    assert answer.status_code == 403 and "没有登录" in answer.content.decode()
    assert client.get("/sign-in/with/office/back/?error=access_denied").status_code in (403, 404)
    assert Client().get("/sign-in/with/office/?process=connect").status_code == 404


def test_without_a_directory_there_is_no_trace_of_one(town: Town) -> None:
    client = Client()
    assert "/sign-in/with/" not in client.get("/sign-in/").content.decode()
    for url in ("/sign-in/with/office/", "/sign-in/with/office/back/"):
        assert client.get(url).status_code == 404


def test_a_directory_over_an_open_line_is_refused_at_start(settings: Any) -> None:
    settings.DEMO, settings.OIDC_ISSUER = False, "http://id.example.org"
    assert [one.id for one in directory_is_secure(None)] == ["shangxia.E008"]
    settings.OIDC_ISSUER = "https://id.example.org"
    assert directory_is_secure(None) == []
