"""Vacant posts for somebody whose post was adjusted: what speaks for and against each. A person decides."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from workflow_app import ledger
from workflow_app.care import matching
from workflow_app.models import CarePlan, Post, Unit
from workflow_app.pages import wording
from workflow_app.pages.care.office import managing, people
from workflow_app.pages.frame import place_of, show


@login_required
@require_GET
def fitting(request: HttpRequest, cadre: int) -> HttpResponse:
    """Posts of my organ that nobody holds, with reasons, for one person whom it manages."""
    place = place_of(request)
    person = people(place).filter(pk=cadre, active=True).first()
    desk = managing(place, person) if person else None
    if person is None or desk is None:
        raise Http404(_("没有这名干部，或者您无权查看。"))
    level = request.GET.get("level", "") if request.GET.get("level") in Post.Level.values else ""
    ledger.read(account=place.account, what="care", ref=person.pk, case=None, at=place.at, desk=desk)
    posts = matching.vacant(Unit.objects.filter(path__startswith=desk.unit.path))
    profile = matching.profile_of(person, place.today)
    rows = matching.matches(profile, posts, matching.competing(posts))
    context = {
        "cadre": person, "profile": profile, "rows": [one for one in rows if not level or one.post.level == level], "all": len(rows), "level": level,
        "levels": wording.labels(Post.Level.choices), "own_level": wording.said(Post.Level(profile.level).label), "plan": CarePlan.objects.filter(cadre=person).order_by("-id").first(),
        "most": matching.MOST,
    }  # fmt: skip
    return show(request, "care/fitting", context)
