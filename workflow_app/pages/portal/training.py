"""Training in the portal: where the person is called to and why, their own answer, and everything they were trained in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflow_app import training
from workflow_app.learning import participants, record
from workflow_app.learning.classes import terms_of
from workflow_app.learning.wording import RULE
from workflow_app.models import Cadre, ClassSurveyInvitation, Participant, ParticipantWord
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.refusing import Refused


@login_required
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """My training."""
    place, refused = place_of(request), None
    cadre = Cadre.objects.filter(pk=place.account.cadre_id or 0).first()
    if cadre is None:
        raise Http404(_("没有与您有关的事项。"))
    if request.method == "POST":
        try:
            success(request, _act(request, place))
            return redirect("portal_training")
        except Refused as no:
            refused = no
    rows = [(one, _open(one, place)) for one in record.entries(cadre)]
    year = place.today.year
    asked = ClassSurveyInvitation.objects.filter(account=place.account, survey__closed__isnull=True, survey__closes_on__gte=place.today)
    surveys = [(one, terms_of(one.survey.training_class)) for one in asked.select_related("survey__training_class").order_by("id")]
    context = {
        "surveys": surveys,
        "rows": rows,
        "year": year,
        "hours": record.hours([cadre.pk], year).get(cadre.pk, record.Hours()),
        "simple": True,
    }
    typed = {"typed": request.POST if refused else {}, "refused": refused}
    return show(request, "portal/training", {**context, **typed}, status=422 if refused else 200)


def _open(one: record.Entry, place: Place) -> dict[str, Any] | None:
    """What the person may still answer to: None where nothing is asked any more."""
    row = one.participant
    if row is None or one.last < place.today or participants.result_of(row) is not None or participants.waits(row):
        return None
    word = participants.word_of(row)
    return {"row": row, "coming": word is not None and word.word == ParticipantWord.Word.COMING}


def _act(request: HttpRequest, place: Place) -> str:
    typed = request.POST
    key = int(typed["key"]) if typed.get("key", "").isdigit() and len(typed["key"]) < 19 else 0
    found = Participant.objects.filter(pk=key, cadre=place.account.cadre_id).select_related("training_class__organ", "cadre").first()
    if found is None:
        raise Refused(_("没有请您参加的这个班次。"), way_out=_("刷新页面。"), rule=RULE)
    made = training.say(found, typed.get("word", ""), typed.get("reason", ""), by=place.account, at=place.at)
    if made.word == ParticipantWord.Word.EXCUSE:
        return _("请假申请已经提交，审批以后您会收到消息。")
    return _("已经答复参加。")
