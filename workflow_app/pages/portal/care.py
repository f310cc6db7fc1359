"""Care in the portal: the own plan, the mentor, the own word about counselling, and entries in pools that tell their people."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflow_app import helping
from workflow_app.care import counselling, mentors, plans, pools
from workflow_app.care.rules import CARE
from workflow_app.care.standing import Standing, standing
from workflow_app.models import CarePlan, ConsentWord, CounsellingOffer, Mentor, MentorWord, Pool, PoolEntry
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.refusing import Refused


def own_entries(place: Place) -> list[tuple[PoolEntry, Standing]]:
    """The person's entries that were once confirmed, in pools that tell their people; a proposal is nobody's to know before."""
    rows = pools.entries(Pool.objects.filter(told=True)).filter(cadre=place.account.cadre_id or 0, decision__outcome="CONFIRMED")
    return [(one, standing(one, place.today)) for one in rows]


@login_required
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """Everything of care that is the person's own, and what they are asked as a mentor."""
    place, refused = place_of(request), None
    if place.account.cadre_id is None:
        raise Http404(_("没有与您有关的事项。"))
    if request.method == "POST":
        try:
            success(request, _act(request, place))
            return redirect("portal_care")
        except Refused as no:
            refused = no
    context = {"entries": own_entries(place), "plans": _plans(place), "asked": _asked(place), "simple": True, "refused": refused}
    return show(request, "portal/care", context, status=422 if refused else 200)


def _plans(place: Place) -> list[dict[str, Any]]:
    """The person's plans, each with what stands in it; entries that were corrected are left out."""
    found = CarePlan.objects.filter(cadre=place.account.cadre_id).select_related("case", "organ").order_by("-id")
    return [
        {
            "plan": one, "trainings": [(row, plans.carried(row)) for row in plans.standing_trainings(one)], "mentor": _accepted(one, place),
            "offer": _offer(one), "papers": one.papers.defer("pdf", "content"),
            "visits": one.visits.filter(corrected__isnull=True).select_related("kept"),
        }
        for one in found
    ]  # fmt: skip


def _accepted(plan: CarePlan, place: Place) -> Mentor | None:
    """The mentor once they have accepted: before, nobody is named to the person."""
    found = mentors.current(plan, place.today)
    return found if found is not None and mentors.word_of(found) is not None else None


def _offer(plan: CarePlan) -> dict[str, Any] | None:
    last = plan.offers.prefetch_related("words", "dates").order_by("-id").first()
    return {"offer": last, "word": counselling.word_of(last), "consented": counselling.consented(last)} if last else None


def _asked(place: Place) -> list[tuple[Mentor, MentorWord | None]]:
    """Where the person is asked to be, or is, a mentor."""
    rows = Mentor.objects.filter(mentor=place.account.cadre_id, last__gte=place.today).select_related(
        "plan__cadre__unit", "plan__cadre__post__unit"
    )
    found = [(one, mentors.word_of(one)) for one in rows.prefetch_related("words").order_by("-id")]
    return [(one, word) for one, word in found if word is None or word.word == MentorWord.Word.ACCEPTED]


def _act(request: HttpRequest, place: Place) -> str:
    typed = request.POST
    words: dict[str, Any] = {"by": place.account, "at": place.at}
    key = int(typed["key"]) if typed.get("key", "").isdigit() else 0
    if typed.get("do") == "mentor":
        asked = (
            Mentor.objects.filter(pk=key, mentor=place.account.cadre_id)
            .select_related("plan__cadre", "plan__organ", "plan__case", "mentor")
            .first()
        )
        if asked is None:
            raise Refused(_("没有请您答复的这一项。"), way_out=_("刷新页面。"), rule=CARE)
        helping.answer_mentor(asked, typed.get("word", ""), typed.get("reason", ""), **words)
        return _("您的答复已经记录。")
    offer = CounsellingOffer.objects.filter(pk=key, plan__cadre=place.account.cadre_id).select_related("plan__organ", "plan__case").first()
    if offer is None:
        raise Refused(_("没有这一项提议。"), way_out=_("刷新页面。"), rule=counselling.RULE)
    said = helping.say_to_counselling(offer, typed.get("word", ""), **words)
    if said.word == ConsentWord.Word.WITHDRAW:
        return _("已经撤回同意，不再安排。撤回没有任何不利后果。")
    return _("您的意见已经记录。") if said.word == ConsentWord.Word.CONSENT else _("已经记录您不需要。这没有任何不利后果。")
