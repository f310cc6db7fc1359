"""What I was told: the list, the count of unread, and how I want to be told outside the system."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from workflow_app.models import Message, Wish
from workflow_app.pages.frame import place_of, show
from workflow_app.telling import messages as told

SHOWN = 100


class WishForm(forms.ModelForm):  # type: ignore[type-arg]
    """How to be told outside the system."""

    class Meta:
        model = Wish
        fields = ("address", "mail", "phone", "texts")
        labels = {"texts": "有新事项发短信"}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if not settings.SMS_GATEWAY:  # no gateway: nothing is promised
            del self.fields["phone"], self.fields["texts"]

    def clean(self) -> dict[str, object]:
        """What is asked for needs somewhere to go."""
        stated: dict[str, object] = super().clean() or {}
        if stated.get("mail") not in (None, Wish.Mail.NEVER) and not stated.get("address"):
            self.add_error("address", _("发送邮件须填写电子邮箱。"))
        if stated.get("texts") and not stated.get("phone"):
            self.add_error("phone", _("发送短信须填写手机号码。"))
        return stated


@login_required
@require_http_methods(["GET", "POST"])
def messages(request: HttpRequest) -> HttpResponse:
    """The newest first; the form below."""
    place = place_of(request)
    wish = Wish.objects.filter(account=place.account).first() or Wish(account=place.account)
    form = WishForm(request.POST or None, instance=wish)
    if form.is_bound and form.is_valid():
        form.save()
        success(request, _("通知方式已保存。"))
        return redirect("messages")
    rows = Message.objects.filter(account=place.account).order_by("-id")[:SHOWN]
    return show(request, "messages", {"rows": rows, "form": form, "shown": SHOWN})


@never_cache
@login_required
@require_GET
def count(request: HttpRequest) -> HttpResponse:
    """The bell with the number of unread messages."""
    return show(request, "parts/bell")


@login_required
@require_GET
def message(request: HttpRequest, message: int) -> HttpResponse:
    """Open what a message is about; it is read then."""
    place = place_of(request)
    found = Message.objects.filter(pk=message, account=place.account).first()
    if found is None:
        raise Http404
    told.read(place.account, place.at, only=found.pk)
    return redirect(found.url)


@login_required
@require_POST
def all_read(request: HttpRequest) -> HttpResponse:
    """Nothing is unread any more."""
    place = place_of(request)
    told.read(place.account, place.at)
    return redirect("messages")
