"""What the workers could not do: see it, try it again, or close it with a reason."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from workflow_app import clock, health, outbox
from workflow_app.models import Account, Beat, Deadline
from workflow_app.pages.frame import show
from workflow_app.pages.refusals import answered

SHOWN = 200


def administrator(request: HttpRequest) -> Account:
    """The signed-in administrator."""
    account = cast(Account, request.user)
    if not account.is_staff:
        raise PermissionDenied
    return account


@login_required
@require_GET
def letters(request: HttpRequest) -> HttpResponse:
    """Rows that were put aside, timers that cannot be fired, and the workers."""
    administrator(request)
    at = clock.now()
    unfired = Deadline.objects.filter(fires_at__isnull=False, retry_at__isnull=False).select_related("case").order_by("fires_at")
    context = {
        "rows": outbox.put_aside().select_related("case")[:SHOWN], "unfired": unfired[:SHOWN], "health": health.look(at),
        "workers": Beat.objects.filter(seen_at__gt=at - 60 * health.ALIVE), "alive_since": at - health.ALIVE,
    }  # fmt: skip
    return show(request, "letters", context)


@login_required
@require_POST
@answered
def retry(request: HttpRequest, row: int) -> HttpResponse:
    """Try a row again."""
    outbox.retry(row, by=administrator(request), at=clock.now())
    success(request, _("已重新列入待发，处理进程会在下一轮办理。"))
    return redirect("letters")


@login_required
@require_POST
@answered
def close(request: HttpRequest, row: int) -> HttpResponse:
    """Give a row up."""
    outbox.close(row, reason=request.POST.get("reason", ""), by=administrator(request), at=clock.now())
    success(request, _("已关闭，理由已记入登记簿。"))
    return redirect("letters")
