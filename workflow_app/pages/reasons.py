"""A file outside one's own work is opened only with a reason, which stands in the record of reads (GB/T 22239-2019 8.1.4)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from workflow_app.models import Case, WorkItem
from workflow_app.pages.frame import Place, place_of, show

LEAST, MOST = 4, 200


class ReasonWanted(Exception):
    """Nobody has said yet why they open this case."""

    def __init__(self, case: Case) -> None:
        super().__init__(str(case))
        self.case = case


def outside(place: Place, case: Case) -> bool:
    """Whether the case never reached a desk of this person and is not about them: they see it by oversight."""
    if place.is_subject(case):
        return False
    return not WorkItem.objects.filter(process=case, desk__in=place.desk_ids).exists()


def _key(place: Place, case: Case) -> str:
    return f"why:{case.pk}:{place.today}"


def reason_for(request: HttpRequest, case: Case) -> str:
    """The reason given today; empty in one's own work. Raises ReasonWanted."""
    place = place_of(request)
    if not outside(place, case):
        return ""
    given = request.session.get(_key(place, case))
    if not given:
        raise ReasonWanted(case)
    return str(given)


def ask(request: HttpRequest, case: Case, *, fault: str = "", typed: str = "", status: int = 200) -> HttpResponse:
    """The page that asks; it tells nothing of the case but its number."""
    back = request.POST.get("next") or request.get_full_path()
    return show(request, "reason", {"number": case.number, "key": case.pk, "back": back, "fault": fault, "typed": typed}, status=status)


def reasoned(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask for the reason first where the view wants one."""

    @wraps(view)
    def careful(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except ReasonWanted as wanted:
            return ask(request, wanted.case)

    return careful


@login_required
@require_POST
def give_reason(request: HttpRequest, case: int) -> HttpResponse:
    """Keep the reason for today and go on."""
    place = place_of(request)
    found = place.cases().filter(pk=case).first()
    if found is None:
        raise Http404(_("没有这个案件，或者您无权查看。"))
    reason = request.POST.get("reason", "").strip()
    if not LEAST <= len(reason) <= MOST:
        fault = _("事由应写明%(least)s至%(most)s个字，例如“抽查本季度案件办理期限”。") % {"least": LEAST, "most": MOST}
        return ask(request, found, fault=fault, typed=reason, status=422)
    request.session[_key(place, found)] = reason
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe else "case", *([] if safe else [found.pk]))
