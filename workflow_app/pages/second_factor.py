"""The pages of the second factor: the library's own views (django-allauth) in our frame and under our addresses."""

from __future__ import annotations

import json
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.recovery_codes.views import DownloadRecoveryCodesView, GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView, ReauthenticateWebAuthnView, RemoveWebAuthnView
from axes.exceptions import AxesBackendPermissionDenied
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_lockout_response
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from workflow_app import factors
from workflow_app.models import Account
from workflow_app.pages.entrance import Factors
from workflow_app.pages.frame import framed, place_of


def _asked(options: dict[str, Any] | None) -> str:
    if not options or not options["publicKey"].get("allowCredentials", True):
        return ""
    return json.dumps(options, cls=DjangoJSONEncoder)


class Framed:
    """A page of the library inside our frame."""

    request: HttpRequest
    http_method_names = ("get", "head", "post", "options")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The library's context and ours; what the browser asks a key stands in the page as text."""
        found = {**framed(self.request), **super().get_context_data(**kwargs)}  # type: ignore[misc]
        asked = found.get("js_data", {})
        return found | {"request_json": _asked(asked.get("request_options")), "creation_json": _asked(asked.get("creation_options"))}


class SettingUp(Framed):
    """A factor that was just set up counts as given in this session."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep it, and go on."""
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        record_authentication(self.request, place_of(self.request).account, "mfa", type="set up")
        return response


class Home(Framed, IndexView):
    """What somebody has, and what may be added."""

    template_name = "pages/factors/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether something is still wanting, too."""
        place = place_of(self.request)
        found = super().get_context_data(**kwargs)
        has = found["authenticators"]
        return found | {
            "wanting": factors.wanting(place.account, self.request.session, place.today),
            "demanded": settings.SECOND_FACTOR and factors.official(place.account, place.today),
            "totp": has.get("totp"), "keys": has.get("webauthn", []), "codes": has.get("recovery_codes"),
        }  # fmt: skip


@method_decorator(never_cache, name="dispatch")
class Authenticate(Framed, AuthenticateView):
    """After the password: a code of the app, a key, or a recovery code."""

    template_name = "pages/factors/authenticate.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Whoever guessed too often waits here as at the entrance."""
        if request.user.is_authenticated:
            return redirect(settings.LOGIN_REDIRECT_URL)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Check, unless the throttle of the entrance is closed."""
        credentials = {"username": self.stage.login.user.username}
        try:
            allowed = AxesProxyHandler.is_allowed(request, credentials)
        except AxesBackendPermissionDenied:
            allowed = False
        return super().post(request, *args, **kwargs) if allowed else get_lockout_response(request, credentials=credentials)


class PasswordAgain(Framed, ReauthenticateView):
    """The password once more, before something about signing in is changed."""

    template_name = "pages/factors/again.html"


class CodeAgain(Framed, CodeAgainView):
    """A code once more."""

    template_name = "pages/factors/again.html"


class KeyAgain(Framed, ReauthenticateWebAuthnView):
    """The key once more."""

    template_name = "pages/factors/key_again.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        """Say it here."""
        return self.render_to_response(self.get_context_data(form=form))


class AppOn(SettingUp, ActivateTOTPView):
    """An app that shows codes is set up."""

    template_name = "pages/factors/app_on.html"


class AppOff(Framed, DeactivateTOTPView):
    """The app is given up."""

    template_name = "pages/factors/off.html"


class KeyAdd(SettingUp, AddWebAuthnView):
    """A key is set up."""

    template_name = "pages/factors/key_add.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The library drops what it was given, the refused form among it."""
        found = super().get_context_data(**kwargs)
        return found | kwargs


class KeyName(Framed, EditWebAuthnView):
    """A key gets another name."""

    template_name = "pages/factors/key_name.html"
    success_url = reverse_lazy("mfa_index")


class KeyOff(Framed, RemoveWebAuthnView):
    """A key is given up; officials keep one way."""

    template_name = "pages/factors/off.html"
    success_url = reverse_lazy("mfa_index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Why it cannot be done, if so."""
        kept = not Factors().can_delete_authenticator(self.object)
        said = str(Factors.error_messages["cannot_delete_authenticator"]) if kept else ""
        return super().get_context_data(**kwargs) | {"key": self.object, "kept": said}

    def form_valid(self, form: Any) -> HttpResponse:
        """Refuse where it is the last one."""
        if not Factors().can_delete_authenticator(self.object):
            return self.render_to_response(self.get_context_data(form=form), status=409)
        return super().form_valid(form)


class Codes(Framed, ViewRecoveryCodesView):
    """Recovery codes that are left."""

    template_name = "pages/factors/codes.html"


class CodesNew(Framed, GenerateRecoveryCodesView):
    """New recovery codes."""

    template_name = "pages/factors/codes_new.html"


class CodesFile(DownloadRecoveryCodesView):
    """Recovery codes as a text to be printed."""

    template_name = "pages/factors/codes.txt"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whose they are."""
        account: Account = place_of(self.request).account
        return super().get_context_data(**kwargs) | {"account": account, "issuer": settings.MFA_TOTP_ISSUER}
