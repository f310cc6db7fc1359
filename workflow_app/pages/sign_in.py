"""Signing in and out, and where somebody starts."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth import views
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import redirect_to_login
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from workflow_app.pages import directory
from workflow_app.pages.frame import place_of


class SignInForm(AuthenticationForm):
    """User name and password."""

    default_renderer = DjangoTemplates
    error_messages = {  # noqa: RUF012 - Django's own way to name messages
        "invalid_login": _("登录名或密码不正确。请核对后再试；密码区分大小写。"),
        "inactive": _("这个账号已停用，请与管理员联系。"),
    }


class SignIn(views.LoginView):
    """The sign-in page."""

    template_name = "pages/sign_in.html"
    http_method_names = ("get", "head", "post", "options")
    authentication_form = SignInForm
    redirect_authenticated_user = True
    extra_context = {"demo": settings.DEMO, "source_url": settings.SOURCE_URL}  # noqa: RUF012 - read only

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The directory, where there is one."""
        return super().get_context_data(**kwargs) | {"directory": directory.offered(self.get_redirect_url())}

    def form_valid(self, form: Any) -> HttpResponseRedirect:
        """The password is right: on to the second factor, or in, where there is none."""
        account = form.get_user()
        found = perform_password_login(
            self.request, {"username": account.username}, Login(user=account, redirect_url=self.get_success_url())
        )
        return cast(HttpResponseRedirect, found)


sign_out = views.LogoutView.as_view()


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """People with a desk start there, a person concerned in the own view, an administrator at the reference data."""
    if place_of(request).account.office:
        return redirect("admin:index")
    return redirect("desk" if place_of(request).desks else "portal")


def to_entrance(request: HttpRequest) -> HttpResponse:
    """The administration has no entrance of its own: a second one would be a way around the second factor."""
    if request.user.is_authenticated:
        return redirect("home")
    return redirect_to_login(str(request.GET.get("next") or reverse("admin:index")))
