"""What can be checked without this system: bundles of cases, receipts of records, published heads."""

from __future__ import annotations

import json
from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from workflow_app import heads, ledger
from workflow_app.bundle import proof_of, write_bundle
from workflow_app.models import Seal
from workflow_app.pages.case import may_export, visible
from workflow_app.pages.frame import place_of
from workflow_app.pages.reasons import reason_for, reasoned

NEWEST = 500


def _download(data: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_GET
@reasoned
def bundle(request: HttpRequest, case: int) -> HttpResponse:
    """The whole of a case, or the edition of the person concerned. Recorded as a read before it leaves."""
    place = place_of(request)
    found = visible(place, case)
    subject = place.is_subject(found)
    if not subject and not may_export(place, found):
        raise Http404(_("没有这个案件，或者您无权下载全卷。"))
    ledger.read(account=place.account, what="bundle", ref=found.pk, case=found, at=place.at, reason=reason_for(request, found))
    file = BytesIO()
    write_bundle(found, file, subject=subject)
    return _download(file.getvalue(), "application/zip", f"{found.number}{_('（本人查阅版）') if subject else ''}.zip")


@login_required
@require_GET
@reasoned
def record_proof(request: HttpRequest, case: int, seq: int) -> HttpResponse:
    """The receipt of one record, for `verify_receipt.py`."""
    place = place_of(request)
    found = visible(place, case)
    proof = proof_of(found, seq)
    if proof is None:
        raise Http404(_("没有这条记录。"))
    ledger.read(account=place.account, what="proof", ref=seq, case=found, at=place.at, reason=reason_for(request, found))
    text = json.dumps(proof, ensure_ascii=False, indent=1)
    return _download(text.encode(), "application/json", f"{found.number}-{seq}.json")


@never_cache
@require_GET
def published_heads(request: HttpRequest) -> HttpResponse:
    """The newest signed heads as plain text, oldest first, for whoever wants to keep them. No personal data."""
    notes = list(Seal.objects.order_by("-size").values_list("note", flat=True)[:NEWEST])
    first = f"# {_('公钥')} {heads.public_hex()}\n\n"
    return HttpResponse(first + "\n".join(reversed(notes)), content_type="text/plain; charset=utf-8")
