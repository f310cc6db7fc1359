"""What the library of sign-in (django-allauth) asks of us: our words, our keys, our throttling, and that nobody signs up."""

from __future__ import annotations

from io import BytesIO
from typing import Any, ClassVar

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.contrib.messages import error, success
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from workflow_app import clock, factors
from workflow_app.models import Account
from workflow_app.sealing import seal, unseal

EVERYBODY = 0  # the owner under whom secrets of factors are sealed: the library does not say whose they are
SAID = {
    "mfa/messages/totp_activated.txt": lazy("已启用动态口令。下次登录时，输入密码后还要输入应用中的六位数字。"),
    "mfa/messages/totp_deactivated.txt": lazy("已停用动态口令。"),
    "mfa/messages/webauthn_added.txt": lazy("已登记这把密钥。下次登录时，输入密码后可以用它核验。"),
    "mfa/messages/webauthn_removed.txt": lazy("已注销这把密钥。"),
    "mfa/messages/recovery_codes_generated.txt": lazy("已生成新的备用码，原有的备用码全部作废。"),
}
WAYS = {"reauthenticate": lazy("用密码"), "mfa_reauthenticate": lazy("用动态口令或者备用码"), "mfa_reauthenticate:webauthn": lazy("用密钥")}


class Entrance(DefaultAccountAdapter):
    """Accounts are made by the office, never by signing in."""

    error_messages: ClassVar = DefaultAccountAdapter.error_messages | {
        "incorrect_password": lazy("密码不正确。"),
        "incorrect_code": lazy("核验码不正确。"),
        "too_many_login_attempts": lazy("输错次数过多。请在五分钟后再试。"),
        "rate_limited": lazy("输错次数过多。请在五分钟后再试。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def add_message(self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any) -> None:
        """Our words for what the library says; about the rest it is silent."""
        if text := SAID.get(message_template or ""):
            success(request, str(text))
        elif kwargs.get("message"):
            error(request, kwargs["message"])

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The ways to show once more who one is, in our words."""
        return [one | {"description": str(WAYS[one["id"]])} for one in super().get_reauthentication_methods(user)]

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Back to the entrance."""
        error(request, _("这个账号已停用，请与管理员联系。"))
        return redirect(settings.LOGIN_URL)


class Factors(DefaultMFAAdapter):
    """Second factors: secrets are sealed, codes are drawn by the library that prints our papers."""

    error_messages: ClassVar = DefaultMFAAdapter.error_messages | {
        "incorrect_code": lazy("核验没有通过。请核对设备时间，输入应用中当前显示的数字；同一个数字只能用一次。"),
        "cannot_delete_authenticator": lazy("经办和管理账号至少保留一种第二步核验。请先登记另一种。"),
        "cannot_generate_recovery_codes": lazy("先启用动态口令或者密钥，才能生成备用码。"),
        "key_gone": lazy("系统密钥已更换，原有的核验方式不能再用。请与安全管理员联系重置。"),
    }

    def encrypt(self, text: str) -> str:
        """Sealed under the installation's key."""
        return seal(text, owner=EVERYBODY).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; a key that is gone is said aloud, since an empty secret would be everybody's."""
        text = unseal(encrypted_text.encode(), owner=EVERYBODY)
        if not text:
            raise self.validation_error("key_gone")
        return text

    def build_totp_svg(self, url: str) -> str:
        """The code to be scanned."""
        picture = BytesIO()
        segno.make(url, error="m", micro=False).save(picture, kind="svg", scale=5, border=2)
        return picture.getvalue().decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Officials keep one."""
        account = Account.objects.get(pk=authenticator.user_id)
        others = Authenticator.objects.filter(user=account, type__in=factors.FACTORS).exclude(pk=authenticator.pk)
        today = clock.now().astimezone(clock.TZ).date()
        return not settings.SECOND_FACTOR or others.exists() or not factors.official(account, today)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """A name to begin with."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("密钥%(number)d") % {"number": number}

    def _get_site_name(self) -> str:
        return str(settings.MFA_TOTP_ISSUER)


def _now_on(request: HttpRequest, user: Account, outcome: str, kind: str) -> None:
    factors.note(user, outcome, by=user, at=clock.now(), type=kind)


def added(request: HttpRequest, user: Account, authenticator: Authenticator, **_: Any) -> None:
    """A factor was set up: recorded."""
    _now_on(request, user, "added", authenticator.type)


def removed(request: HttpRequest, user: Account, authenticator: Authenticator, **_: Any) -> None:
    """A factor was given up: recorded."""
    _now_on(request, user, "removed", authenticator.type)


def failed(user: Account, **_: Any) -> None:
    """A wrong code counts like a wrong password."""
    user_login_failed.send(sender=__name__, credentials={"username": user.username}, request=context.request)
