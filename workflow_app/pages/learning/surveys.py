"""Surveys of a class: asked and shown at the office, fetched in the portal, and answered on a page that asks for no account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST

from workflow_app import canvassing, clock, ledger
from workflow_app.learning import survey as room
from workflow_app.learning.classes import terms_of
from workflow_app.models import ClassSurvey
from workflow_app.pages.care.office import day
from workflow_app.pages.frame import place_of, show
from workflow_app.pages.learning.office import at_field, class_of, desk_at
from workflow_app.pages.refusals import answered
from workflow_app.refusing import Refused


class SurveyForm(forms.Form):
    """Up to five closed questions, one open one, and a last day."""

    closes_on = day(lazy("截止日期"))
    open_question = forms.CharField(label=lazy("开放问题（可以不设）"), max_length=200, required=False, initial=room.OPEN)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, room.MOST + 1):
            text, scale = room.OFFERED[n - 1] if n <= len(room.OFFERED) else ("", "KNOW")
            label, choices = _("第%(n)s题") % {"n": n}, _("第%(n)s题的选项") % {"n": n}
            self.fields[f"question_{n}"] = forms.CharField(label=label, max_length=200, required=False, initial=text)
            self.fields[f"scale_{n}"] = forms.ChoiceField(label=choices, choices=[(key, _words(key)) for key in room.SCALES], initial=scale)

    def questions(self) -> list[tuple[str, str]]:
        """As the room takes them."""
        return [(self.cleaned_data[f"question_{n}"], self.cleaned_data[f"scale_{n}"]) for n in range(1, room.MOST + 1)]


def _words(scale: str) -> str:
    return "、".join(str(one) for one in room.SCALES[scale])


@login_required
@require_http_methods(["GET", "POST"])
def class_survey(request: HttpRequest, found: int) -> HttpResponse:
    """The survey of a class: asking it, how many have answered, and the result after closing."""
    place, refused = place_of(request), None
    one = class_of(place, found)
    made = ClassSurvey.objects.filter(training_class=one).select_related("closed__by__cadre", "by__cadre", "training_class__organ").first()
    form = SurveyForm(request.POST if request.method == "POST" and made is None else None)
    if request.method == "POST":
        try:
            if made is not None:
                canvassing.close(made, by=place.account, at=place.at)
                success(request, _("调查已经结束。"))
                return redirect("class_survey", found=one.pk)
            if form.is_valid():
                typed = form.cleaned_data
                canvassing.start(one, form.questions(), typed["open_question"], typed["closes_on"], by=place.account, at=place.at)
                success(request, _("调查已经发出，参训人员会收到消息。"))
                return redirect("class_survey", found=one.pk)
        except Refused as no:
            at_field(form, no) if made is None else None
            refused = no if made is not None else None
    else:
        ledger.read(account=place.account, what="class", ref=one.pk, case=None, at=place.at, desk=desk_at(place, one))
    context = {"one": one, "terms": terms_of(one), "survey": made, "form": form, "refused": refused, **_standing(made, place.today)}
    return show(request, "learning/survey", context, status=422 if request.method == "POST" else 200)


def _standing(made: ClassSurvey | None, today: Any) -> dict[str, Any]:
    if made is None:
        return {}
    return {
        "asked": made.invitations.count(), "closed": getattr(made, "closed", None), "runs": room.runs(made, today),
        "questions": [(text, [str(label) for label in room.SCALES[scale]]) for text, scale in made.questions], "result": room.results(made),
    }  # fmt: skip


@login_required
@require_POST
@answered
def fetch_class_survey(request: HttpRequest, invitation: int) -> HttpResponse:
    """Give the link out, once."""
    place = place_of(request)
    return redirect("answer_survey", token=room.fetch(invitation, by=place.account, at=place.at))


@require_http_methods(["GET", "POST"])
def answer_survey(request: HttpRequest, token: str) -> HttpResponse:
    """The form of a link. It asks for no account, writes no reading, and is kept by no cache."""
    at = clock.now()
    found = room.sheet_of(token, at.astimezone(clock.TZ).date())
    if found is None:
        return _public(request, "gone", {}, status=404)
    given = {f"question_{n}": request.POST.get(f"question_{n}", "") for n in range(1, len(found.questions) + 1)}
    words, wrong = request.POST.get("words", "")[: room.LIMIT], dict[str, str]()
    if request.method == "POST":
        wrong = room.faults(found, given)
        try:
            room.cast(token, given, words, at=at)
            return _public(request, "thanks", {})
        except Refused as no:
            wrong = wrong or {"": f"{no.reason}{no.way_out}"}
    rows = [
        (field, text, list(enumerate(room.SCALES[scale])), given[field], wrong.get(field, ""))
        for field, (text, scale) in zip(given, found.questions, strict=True)
    ]
    context = {
        "survey": found,
        "topic": terms_of(found.training_class).topic,
        "rows": rows,
        "words": words,
        "wrong": wrong,
        "limit": room.LIMIT,
    }
    return _public(request, "form", context, status=422 if wrong else 200)


def _public(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    response = render(request, f"pages/survey/{template}.html", context, status=status)
    response["Cache-Control"], response["X-Robots-Tag"] = "no-store", "noindex, nofollow, noarchive"
    return response
