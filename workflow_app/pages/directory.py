"""Signing in through the office's own directory of people (OpenID Connect): a way in for accounts that are there, never a way to make one."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.openid_connect import views
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from workflow_app import clock, factors
from workflow_app.models import Account
from workflow_app.pages import refusals
from workflow_app.steps import Refused

RULE = "统一身份认证"
PROVIDER = "office"


def offered(next_page: str) -> dict[str, str] | None:
    """Name and address of the way in, or None where no directory is configured."""
    if not settings.SOCIALACCOUNT_PROVIDERS:
        return None
    url = reverse("openid_connect_login", args=[PROVIDER])
    return {"name": settings.OIDC_NAME, "url": f"{url}?{urlencode({'next': next_page})}" if next_page else url}


class Directory(DefaultSocialAccountAdapter):
    """What the library asks about somebody who comes from the directory."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the account; refuse aloud where there is none. Nothing of the directory's data is kept but its key of the person."""
        try:
            _found(request, sociallogin)
        except Refused as refused:
            raise ImmediateHttpResponse(refusals.answer(request, refused, status=403)) from None

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """The directory said no, or was not reached."""
        refused = Refused(
            _("统一身份认证没有完成，没有登录。"), way_out=_("请返回登录页重试，或者用登录名和密码登录。"), rule=_("统一身份认证")
        )
        raise ImmediateHttpResponse(refusals.answer(request, refused, status=403))


def _found(request: HttpRequest, login: SocialLogin) -> None:
    told = login.account.extra_data
    login.account.extra_data = {}
    if login.state.get("process") != "login":
        raise Refused("统一身份认证只用于登录。", way_out="从登录页进入。", rule=RULE)
    if login.is_existing:
        return
    name = str((told.get("userinfo") or told.get("id_token") or told).get(settings.OIDC_CLAIM) or "")
    account = Account.objects.filter(username=name).first() if name else None
    if account is None:
        raise Refused("本系统没有与您对应的账号，登录不会自动建立账号。", way_out="请与安全管理员联系，按规定程序建立账号。", rule=RULE)
    if SocialAccount.objects.filter(user=account, provider=login.account.provider).exists():
        raise Refused("这个账号已对应统一身份认证中的另一人。", way_out="请与安全管理员联系核对身份。", rule=RULE)
    login.connect(request, account)
    factors.note(account, "directory", by=account, at=clock.now(), provider=PROVIDER)


@never_cache
@require_safe
def enter(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Off to the directory."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    if request.GET.get("process", "login") != "login":
        raise Http404
    return views.login(request, provider_id)


@never_cache
@require_safe
def back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the directory."""
    return views.callback(request, provider_id)
