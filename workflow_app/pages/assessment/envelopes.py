"""The envelopes of raters: opened by the audit role alone, with its own key, a reason, and a record."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflow_app import assessing
from workflow_app.models import AuditKey, Campaign, Slip
from workflow_app.pages.frame import AUDITOR, place_of, show
from workflow_app.refusing import Refused

LARGEST = 10_000  # bytes of a key file


@login_required
@require_http_methods(["GET", "POST"])
def envelopes(request: HttpRequest) -> HttpResponse:
    """Open one envelope. The key file is used and not kept."""
    place, refused, name = place_of(request), None, ""
    desk = place.sits(AUDITOR)
    if desk is None:
        raise Http404(_("只有审计监督岗位可以启封。"))
    if request.method == "POST":
        try:
            file = request.FILES.get("key")
            pem = file.read(LARGEST) if file is not None else b""
            slip, phrase, why = (request.POST.get(one, "") for one in ("slip", "passphrase", "reason"))
            name = assessing.open_envelope(_slip(slip, desk.unit_id), pem, phrase, reason=why, by=place.account, at=place.at)
        except Refused as no:
            refused = no
    campaigns = Campaign.objects.filter(organ=desk.unit, closed_at__isnull=False)[:50]
    context = {
        "key": AuditKey.objects.order_by("-id").first(),
        "campaigns": campaigns,
        "name": name,
        "refused": refused,
        "typed": request.POST,
    }
    return show(request, "assessment/envelopes", context, status=422 if refused else 200)


def _slip(text: str, unit: int) -> Slip:
    try:
        named = Q(pk=UUID(text.strip())) | Q(ratings=UUID(text.strip()))
    except ValueError:
        named = Q(pk=None)
    found = Slip.objects.filter(named, subject__campaign__organ=unit).select_related("subject__campaign__organ").first()
    if found is None:
        raise Refused(_("没有这份评价表。"), way_out=_("填写得分说明中的原始评分编号。"), rule=_("评价保密"), field="slip")
    return found
