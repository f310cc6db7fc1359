"""Several items at once: claimed, or given to a colleague; every item is an act of its own and has its own answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from workflow_app import conduct
from workflow_app.models import Account, WorkItem
from workflow_app.pages import desk, queue, wording
from workflow_app.pages.frame import Place, place_of
from workflow_app.pages.refusals import answered, busy
from workflow_app.steps import Refused


@dataclass(frozen=True)
class Result:
    """What became of one item."""

    name: str
    said: str
    refused: Refused | None = None


@login_required
@require_POST
@answered
def bulk(request: HttpRequest) -> HttpResponse:
    """Claim or assign what was ticked; the list comes back with a line for every item."""
    place = place_of(request)
    ticked = wanted(request)
    act = assigning(request, place) if request.POST.get("do") == "assign" else _claiming(place)
    items = WorkItem.objects.filter(pk__in=ticked, desk__in=place.desk_ids).select_related("process").in_bulk()
    results = [one(items.get(key), act, request.POST.get("key") or uuid4().hex) for key in ticked]
    return desk.inbox(request, QueryDict(request.POST.get("back", "")), results=results)


def wanted(request: HttpRequest) -> list[int]:
    """The items that were ticked, a page of them at most. Raises Refused when there is none."""
    found = [int(key) for key in request.POST.getlist("item") if key.isdigit()][: queue.PAGE]
    if not found:
        raise Refused(_("没有勾选事项。"), way_out=_("先在列表左侧勾选，再领取或者改派。"), rule=_("批量办理"))
    return found


type_act = Callable[[WorkItem, str], str]


def _claiming(place: Place) -> type_act:
    def claim(item: WorkItem, key: str) -> str:
        conduct.claim(item, by=place.account, at=place.at, key=key)
        return _("已领取")

    return claim


def assigning(request: HttpRequest, place: Place) -> type_act:
    """Giving items to the person chosen, for the reason typed. Raises Refused when either is missing."""
    to, reason = Account.objects.filter(pk=request.POST.get("to") or 0).first(), request.POST.get("reason", "").strip()
    if to is None:
        raise Refused(_("没有选择接办人。"), way_out=_("选择一名在这个岗位有席位的人员。"), rule=_("改派"), field="to")
    if len(reason) < 2:
        raise Refused(_("改派须写明理由。"), way_out=_("补写理由。"), rule=_("改派"), field="reason")

    def assign(item: WorkItem, key: str) -> str:
        conduct.assign(item, to=to, by=place.account, reason=reason, at=place.at, key=key)
        return _("已改派给%(name)s") % {"name": to.display_name}

    return assign


def one(item: WorkItem | None, act: type_act, key: str) -> Result:
    """What becomes of one item; a refusal is its answer and stops no other."""
    if item is None:
        gone = Refused(_("这一事项已不在您的岗位上。"), way_out=_("刷新待办列表。"), rule=_("席位"))
        return Result(_("已离开的事项"), "", gone)
    name = f"{item.process.number} {wording.title_of(item.process, item.step)}"
    try:
        return Result(name, act(item, f"{key}-{item.pk}"))
    except Refused as refused:
        return Result(name, "", refused)
    except OperationalError:
        return Result(name, "", busy())
