"""反向考核: started and settled at the office, fetched by who is asked, and answered by anybody who holds a link."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST

from workflow_app import clock, ledger, surveying
from workflow_app.assessment.campaigns.links import digest_of
from workflow_app.models import Campaign, SchemeVersion, Survey, SurveyBallot, SurveyInvitation, SurveyWord
from workflow_app.pages.assessment.office import office_of
from workflow_app.pages.assessment.ratings import public
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.pages.refusals import answered
from workflow_app.pages.revising.acting import handled, lines, pick, status_of
from workflow_app.refusing import Refused
from workflow_app.revising import surveys as room
from workflow_app.suppression import K


class StartForm(forms.Form):
    """A closed round whose scheme is rated."""

    campaign = forms.ChoiceField(label=lazy("测评"), help_text=lazy("已经结束、还没有进行反向考核的测评。"))
    closes_at = forms.DateTimeField(
        label=lazy("截止时间"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )


class CloseForm(forms.Form):
    """The end before the time."""

    why = forms.CharField(label=lazy("提前结束的理由"), max_length=200, required=False)


class SettleForm(forms.Form):
    """What follows from a result below the line."""

    outcome = forms.ChoiceField(label=lazy("处理"), choices=[("", lazy("请选择")), *SurveyWord.Outcome.choices])
    version = forms.ChoiceField(
        label=lazy("修订后的版本"), required=False, help_text=lazy("结果出来以后发布的、同一方案的新版本；不修订的不选。")
    )
    reason = lines(lazy("理由"), 500, lazy("修订了什么，或者为什么不修订。"))


@login_required
@require_http_methods(["GET", "POST"])
def surveys(request: HttpRequest) -> HttpResponse:
    """All of the organ's, and a new one."""
    place = place_of(request)
    organ = office_of(place).unit
    closed = Campaign.objects.filter(organ=organ, closed_at__isnull=False, version__isnull=False, survey__isnull=True)
    choices = {"campaign": [pick(), *((str(one.pk), one.name) for one in closed)]}

    def perform(_name: str, given: dict[str, Any]) -> str:
        campaign = Campaign.objects.select_related("organ", "version__scheme").get(pk=given["campaign"])
        surveying.start(campaign, given["closes_at"], by=place.account, at=place.at)
        return _("反向考核已经启动，受邀的人会收到消息。")

    found, done = handled(request, {"start": StartForm}, perform, choices)
    if done:
        return redirect("surveys")
    rows = Survey.objects.filter(campaign__organ=organ).select_related("campaign__version__scheme", "closing", "word")
    context = {
        "rows": [(one, _owed(one)) for one in rows], "form": found["start"], "any": len(choices["campaign"]) > 1, "k": K, "line": room.LINE,
    }  # fmt: skip
    return show(request, "revising/surveys", context, status=status_of(found))


def _owed(survey: Survey) -> bool:
    closing = getattr(survey, "closing", None)
    return closing is not None and room.to_settle(closing)


def _survey(place: Place, key: int) -> Survey:
    rows = Survey.objects.filter(campaign__organ=office_of(place).unit)
    found = rows.select_related(
        "campaign__version__scheme", "campaign__organ", "closing__by__cadre", "word__by__cadre", "word__version__scheme"
    )
    survey = found.filter(pk=key).first()
    if survey is None:
        raise Http404(_("没有这次反向考核。"))
    return survey


@login_required
@require_http_methods(["GET", "POST"])
def survey(request: HttpRequest, survey: int) -> HttpResponse:
    """One of them: counts while it runs, the result afterwards, and what follows from it."""
    place = place_of(request)
    found = _survey(place, survey)
    about = found.campaign.version
    assert about is not None
    later = SchemeVersion.objects.filter(scheme=about.scheme_id, number__gt=about.number, published_at__isnull=False).select_related(
        "scheme"
    )

    def perform(name: str, given: dict[str, Any]) -> str:
        words: dict[str, Any] = {"by": place.account, "at": place.at}
        if name == "close":
            surveying.close(found, why=given["why"], **words)
            return _("反向考核已经结束。")
        version = later.filter(pk=given["version"] or 0).first()
        surveying.settle(found, given["outcome"], version, given["reason"], **words)
        return _("处理情况已经记录。")

    choices = {"version": [pick(_("没有")), *((str(one.pk), str(one)) for one in later)]}
    shown, done = handled(request, {"close": CloseForm, "settle": SettleForm}, perform, choices)
    if done:
        return redirect("survey", survey=found.pk)
    closing = getattr(found, "closing", None)
    if closing is not None:
        ledger.read(account=place.account, what="survey", ref=found.pk, case=None, at=place.at, desk=office_of(place))
    context = {
        "survey": found, "closing": closing, "told": room.told(closing) if closing else None, "owed": _owed(found), "forms": shown,
        "invited": found.invitations.count(), "fetched": found.invitations.filter(fetched=True).count(), "k": K, "line": room.LINE,
        "answered": SurveyBallot.objects.filter(survey=found).count(), "over": place.at >= found.closes_at, "word": getattr(found, "word", None),
    }  # fmt: skip
    return show(request, "revising/survey", context, status=status_of(shown))


@login_required
@require_POST
@answered
def fetch_survey(request: HttpRequest, invitation: int) -> HttpResponse:
    """Give the link out, once."""
    place = place_of(request)
    found = SurveyInvitation.objects.filter(pk=invitation, person=place.account).first()
    if found is None:
        raise Http404(_("没有给您的这份问卷。"))
    return redirect("survey_form", token=surveying.fetch(found, by=place.account, at=place.at))


@require_http_methods(["GET", "POST"])
def survey_form(request: HttpRequest, token: str) -> HttpResponse:
    """The form of a link: no account, no reading, no cache."""
    at, digest = clock.now(), digest_of(token)
    ticket = room.ticket_of(digest, at)
    if ticket is None:
        return public(request, "gone", {}, status=404)
    given = {name: request.POST.get(name, "") for name in room.QUESTIONS}
    wrong: dict[str, str] = {}
    if request.method == "POST":
        wrong = room.faults(given)
        try:
            room.cast(digest, given, request.POST.get("words", ""), at=at)
            return public(request, "thanks", {"campaign": ticket.survey})
        except Refused as refused:
            wrong = wrong or {"": f"{refused.reason}{refused.way_out}"}
    rows = [(name, text, given[name], wrong.get(name, "")) for name, text in room.QUESTIONS.items()]
    context = {"survey": ticket.survey, "rows": rows, "points": room.POINTS, "wrong": wrong, "words": request.POST.get("words", ""), "k": K}
    return public(request, "survey", context, status=422 if wrong else 200)
