"""Awards at the office: whom results of years bring up, what was proposed and answered, and what was registered by its document."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods

from workflow_app import ledger, noting
from workflow_app.models import Award, AwardAnswer, AwardKind, AwardProposal, Cadre
from workflow_app.pages.care.office import day, desks, lines, matching, office
from workflow_app.pages.care.pools import refused_at
from workflow_app.pages.frame import LEADER, Place, place_of, show
from workflow_app.pages.worklog.archive import of
from workflow_app.pages.worklog.office import ROLES, Named, managed, managing
from workflow_app.refusing import Refused
from workflow_app.worklog import awards as room

SHOWN = 100
PROPOSED = [(value, label) for value, label in AwardKind.choices if value != AwardKind.QUARTER]


class ProposeForm(forms.Form):
    """A proposal."""

    kind = forms.ChoiceField(label=lazy("奖励种类"), choices=PROPOSED)
    year = forms.IntegerField(label=lazy("依据年度"), min_value=2000, max_value=2100)
    reason = lines(lazy("理由"), 300, lazy("写具体成绩和依据；连续三年优秀的，写明三个年度。"))


class AnswerForm(forms.Form):
    """What another leader says to a proposal."""

    proposal = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(label=lazy("意见"), choices=AwardAnswer.Outcome.choices)
    reason = lines(lazy("理由"), 300)


def _proposal(one: AwardProposal) -> str:
    return f"{one.get_kind_display()} {one.year}"


class AwardForm(forms.Form):
    """An award by the document that made it."""

    kind = forms.ChoiceField(label=lazy("奖励种类"), choices=AwardKind.choices)
    year = forms.IntegerField(label=lazy("依据年度"), min_value=1949, max_value=2100)
    basis = lines(lazy("奖励依据"), 300, lazy("例如“2025年度考核优秀”。不登记奖金和待遇。"))
    issuer = forms.CharField(label=lazy("批准机关"), max_length=80)
    document = forms.CharField(label=lazy("文件名称"), max_length=120)
    number = forms.CharField(label=lazy("文号"), max_length=60)
    awarded_on = day(lazy("批准日期"))
    proposal = Named(
        _proposal, label=lazy("对应的奖励建议"), queryset=AwardProposal.objects.none(), required=False,
        empty_label=lazy("没有（其他机关给予的奖励）"),
    )  # fmt: skip
    corrects = forms.IntegerField(required=False, widget=forms.HiddenInput)
    why = forms.CharField(label=lazy("更正理由"), max_length=200, required=False)

    def __init__(self, *args: Any, cadre: Cadre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["proposal"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = AwardProposal.objects.filter(cadre=cadre, answer__outcome="AGREED")
        if not (self.initial.get("corrects") or self.data.get("award-corrects")):
            del self.fields["why"]

    def deed(self) -> room.Deed:
        """As the room takes it."""
        found = self.cleaned_data
        return room.Deed(*(found[name] for name in ("kind", "year", "basis", "issuer", "document", "number", "awarded_on")))


@login_required
@require_GET
def awards(request: HttpRequest) -> HttpResponse:
    """Whom results bring up, proposals that wait or were agreed, and the newest awards."""
    place, text = place_of(request), request.GET.get("q", "").strip()[:40]
    desk, within = office(place, ROLES)[0], managed(place)
    ledger.read(account=place.account, what="awards", ref=desk.unit_id, case=None, at=place.at, desk=desk)
    proposed = list(room.proposals(within)[:SHOWN])
    context = {
        "due": room.due(within.filter(active=True))[:SHOWN], "waiting": [one for one in proposed if not hasattr(one, "answer")],
        "agreed": [one for one in proposed if _agreed(one) and not one.awards.all()], "q": text, "cadres": matching(within, text),
        "awards": Award.objects.filter(cadre__in=within, corrected__isnull=True).select_related("cadre__unit").order_by("-awarded_on", "-id")[:SHOWN],
    }  # fmt: skip
    return show(request, "worklog/awards", context)


def _agreed(one: AwardProposal) -> bool:
    return hasattr(one, "answer") and one.answer.outcome == AwardAnswer.Outcome.AGREED


@login_required
@require_http_methods(["GET", "POST"])
def award_of(request: HttpRequest, cadre: int) -> HttpResponse:
    """One person's awards and proposals, with a form to propose, to answer and to register."""
    place = place_of(request)
    found = of(place, cadre)
    made = _forms(request, found)
    if request.method == "POST":
        if _posted(request, place, found, made):
            return redirect("award_of", cadre=found.pk)
    else:
        ledger.read(account=place.account, what="awards", ref=found.pk, case=None, at=place.at, desk=managing(place, found))
    leads = [one for one in desks(place, (LEADER,)) if found.unit.path.startswith(one.unit.path)]
    people = managed(place).filter(pk=found.pk)
    context = {
        "cadre": found, "forms": made, "did": request.POST.get("do", "") or ("award" if request.GET.get("correct") else ""),
        "proposals": room.proposals(people), "awards": room.of(found), "leads": bool(leads), "account": place.account, "due": room.due(people),
    }  # fmt: skip
    return show(request, "worklog/award", context, status=422 if request.method == "POST" else 200)


def _forms(request: HttpRequest, cadre: Cadre) -> dict[str, forms.Form]:
    key = request.GET.get("correct", "")
    old = Award.objects.filter(cadre=cadre, pk=int(key), corrected__isnull=True).first() if key.isdigit() and len(key) < 18 else None
    first = {name: request.GET.get(name, "") for name in ("kind", "year") if request.GET.get(name)}
    names = ("kind", "year", "basis", "issuer", "document", "number", "awarded_on", "proposal")
    given = {**{name: getattr(old, name) for name in names}, "corrects": old.pk} if old else first
    do, data = request.POST.get("do", ""), request.POST
    return {
        "propose": ProposeForm(data if do == "propose" else None, prefix="propose", initial=first),
        "answer": AnswerForm(data if do == "answer" else None, prefix="answer"),
        "award": AwardForm(data if do == "award" else None, prefix="award", initial=given, cadre=cadre),
    }


def _posted(request: HttpRequest, place: Place, cadre: Cadre, made: dict[str, forms.Form]) -> bool:
    """Whether the entry was taken; else its form says why not and keeps what was typed."""
    do, words = request.POST.get("do", ""), {"by": place.account, "at": place.at}
    form = made.get(do)
    if form is None:
        raise Http404
    if not form.is_valid():
        return False
    try:
        success(request, ACTS[do](place, cadre, form, words))
        return True
    except Refused as no:
        refused_at(form, no)
        return False


def _propose(place: Place, cadre: Cadre, form: Any, words: dict[str, Any]) -> str:
    noting.propose_award(cadre, **form.cleaned_data, **words)
    return _("已经提出，由另一名组织部门负责人审定。")


def _answer(place: Place, cadre: Cadre, form: Any, words: dict[str, Any]) -> str:
    if not any(cadre.unit.path.startswith(one.unit.path) for one in desks(place, (LEADER,))):
        raise Http404
    found = form.cleaned_data
    noting.answer_award(get_object_or_404(AwardProposal, pk=found["proposal"], cadre=cadre), found["outcome"], found["reason"], **words)
    return _("审定意见已经记录。同意的，按权限报批；批准后凭文件登记奖励。")


def _award(place: Place, cadre: Cadre, form: Any, words: dict[str, Any]) -> str:
    found = form.cleaned_data
    old = get_object_or_404(Award, pk=found["corrects"], cadre=cadre) if found["corrects"] else None
    noting.register_award(cadre, form.deed(), proposal=found["proposal"], corrects=old, why=found.get("why", ""), **words)
    return _("奖励已经登记，本人会收到消息。")


ACTS = {"propose": _propose, "answer": _answer, "award": _award}
