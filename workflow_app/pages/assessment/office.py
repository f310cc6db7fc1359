"""The assessment office: who sits there, what it has, and how its pages refuse."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from workflow_app.assessment.campaigns import closing
from workflow_app.assessment.feedback import lists
from workflow_app.assessment.library import keeping
from workflow_app.assessment.sheets import BadSheet
from workflow_app.models import Campaign, Desk, Library, Scheme
from workflow_app.pages.frame import ASSESSORS, LEADER, Place, place_of, show
from workflow_app.refusing import Refused
from workflow_app.revising import surveys

PAGE = 100


def office_of(place: Place) -> Desk:
    """The desk at which the person works on assessments: the office's, or the leader's. Raises Http404."""
    desk = place.sits(ASSESSORS) or place.sits(LEADER)
    if desk is None:
        raise Http404(_("只有考核办公室和组织部门负责人可以查看。"))
    return desk


def faults_of(refused: Exception | None) -> list[str]:
    """Every fault of what was refused, each with its place."""
    if isinstance(refused, BadSheet):
        return [str(one) for one in refused.faults]
    return list(getattr(refused, "faults", []))


def said(refused: Exception | None) -> dict[str, Any]:
    """A refusal for a page: the reason, the way out, and the list of faults."""
    if isinstance(refused, BadSheet):
        refused = _SheetRefused(refused)
    return {"refused": refused, "faults": faults_of(refused)}


class _SheetRefused(Refused):
    def __init__(self, bad: BadSheet) -> None:
        super().__init__(
            _("文件有%(n)s处错误，什么也没有导入。") % {"n": len(bad.faults)}, way_out=_("逐项更正后重新导入。"), rule=_("导入")
        )
        self.faults = [str(one) for one in bad.faults]


@login_required
@require_GET
def assessment(request: HttpRequest) -> HttpResponse:
    """Everything of the office on one page."""
    place = place_of(request)
    organ = office_of(place).unit
    libraries = [(one, keeping.next_review(one), len(keeping.in_force(one, place.today))) for one in Library.objects.filter(organ=organ)]
    schemes = Scheme.objects.filter(organ=organ).prefetch_related("versions").order_by("kind", "name")
    campaigns = Campaign.objects.filter(organ=organ).select_related("version__scheme")[:PAGE]
    mending = [one for one in lists.to_mend().filter(feedback__organ=organ)[:PAGE] if lists.settled(one) is None]
    return show(request, "assessment/home", {
        "organ": organ, "libraries": libraries, "schemes": [(one, list(one.versions.all())[-1:]) for one in schemes],
        "campaigns": [(one, _share(one)) for one in campaigns], "mending": len(mending), "today": place.today,
        "owed": surveys.owed(organ),
    })  # fmt: skip


def _share(campaign: Campaign) -> int | None:
    """Per cent of the forms that are in; None before a campaign has started."""
    if campaign.opened_at is None:
        return None
    parts = closing.progress(campaign)
    expected = sum(one.expected for one in parts)
    return 100 * sum(one.answered for one in parts) // expected if expected else 0
