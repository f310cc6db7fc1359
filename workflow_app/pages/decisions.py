"""Decisions about cadres at the handlers' desk: enter one from elsewhere, see what is filed, enter what came on paper."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods

from workflow_app import conduct, ledger
from workflow_app.hands import on_paper
from workflow_app.law import current_edition
from workflow_app.models import AssessmentResult, Cadre, Case, Decision, Desk, Service
from workflow_app.nodes import PATHS, Path, Way
from workflow_app.pages import letters_in, wording
from workflow_app.pages.filling import RENDERER, Filling, dress, questions
from workflow_app.pages.frame import HANDLER, Place, place_of, show
from workflow_app.pages.opening import Start, go_through
from workflow_app.pages.refusals import answered
from workflow_app.steps import Refused, Situation

PAGE = 50


def _desk(place: Place) -> Desk:
    desk: Desk | None = place.sits(HANDLER)
    if desk is None:
        raise Http404(_("只有承办机关的经办人可以查看。"))
    return desk


@login_required
@require_GET
def decisions(request: HttpRequest) -> HttpResponse:
    """Decisions of the organ, the newest first; and cadres whose decision is to be entered."""
    place, text = place_of(request), request.GET.get("q", "").strip()[:40]
    desk = _desk(place)
    named = Q(cadre__name__contains=text) | Q(cadre__number=text) | Q(number__contains=text)
    rows = (
        Decision.objects.filter(named & (Q(organ__path__startswith=desk.unit.path) | Q(remedies__organ=desk.unit)))
        .select_related("cadre__unit", "organ").distinct().order_by("-id")[:PAGE]
    )  # fmt: skip
    within = Cadre.objects.filter(unit__path__startswith=desk.unit.path, active=True)
    people = within.filter(Q(name__contains=text) | Q(number=text)) if text else within.none()
    shown = {"q": text, "rows": [(one, one.served_on) for one in rows], "cadres": list(people[:PAGE])}
    return show(request, "decisions", shown)


# An entered grade is one that the law lets attack; other grades have a notice of their own.
KINDS = [(Decision.Kind.ADJUSTMENT, lazy("调整决定")), (Decision.Kind.ANNUAL_GRADE, lazy("年度考核定为不称职"))]


class EntryForm(forms.Form):
    """A decision as its paper states it, and the receipt of its service."""

    kind = forms.ChoiceField(label=lazy("决定种类"), choices=KINDS)
    title = forms.CharField(label=lazy("文书名称"), max_length=120)
    number = forms.CharField(label=lazy("文号"), max_length=60)
    decided_on = forms.DateField(label=lazy("作出日期"), widget=forms.DateInput(attrs={"type": "date"}))
    measure = forms.ChoiceField(label=lazy("调整方式"), required=False, help_text=lazy("调整决定填写。"))
    months = forms.IntegerField(label=lazy("影响期（月）"), required=False, min_value=0, max_value=60)
    rank_steps = forms.IntegerField(label=lazy("降低的职务层次"), required=False, min_value=0, max_value=9)
    year = forms.IntegerField(
        label=lazy("考核年度"), required=False, min_value=2000, max_value=2100, help_text=lazy("年度考核不称职填写。")
    )
    mode = forms.ChoiceField(label=lazy("送达方式"), required=False, choices=[("", "——"), *wording.later(Service.Mode.choices)])
    served_on = forms.DateField(
        label=lazy("送达日期"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=lazy("以送达回证为准；没有回证的不填，期限不开始计算。"),
    )
    receiver = forms.CharField(label=lazy("签收人"), required=False, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "renderer": RENDERER})
        kinds = current_edition().figures["kinds"]
        field = self.fields["measure"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "——"), *((row["code"], wording.said(row["title"])) for row in kinds)]
        dress(self)

    def clean(self) -> dict[str, Any]:
        """An adjustment names its measure, a grade its year, a service its mode and day."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        need = "year" if found.get("kind") == Decision.Kind.ANNUAL_GRADE else "measure"
        if not found.get(need):
            self.add_error(need, _("这一项必须填写。"))
        if bool(found.get("mode")) != bool(found.get("served_on")):
            self.add_error("served_on", _("送达方式和送达日期须一并填写。"))
        return found

    def entry(self, cadre: Cadre) -> conduct.Entry:
        """For the door."""
        said, year = self.cleaned_data, self.cleaned_data.get("year")
        graded = said["kind"] == Decision.Kind.ANNUAL_GRADE
        amounts = {"months": said["months"] or 0, "rank_steps": said["rank_steps"] or 0, "pay_cut": 0}
        measure = {"kind": "INCOMPETENT", "year": year} if graded else {"kind": said["measure"], **amounts}
        service = {name: said[name] for name in ("mode", "served_on", "receiver")} if said["mode"] else {}
        result = (
            AssessmentResult.objects.filter(cadre=cadre, year=year or 0, grade="INCOMPETENT", decision=None).first() if graded else None
        )
        return conduct.Entry(said["kind"], said["title"], said["number"], said["decided_on"], measure, service, result)


@login_required
@require_http_methods(["GET", "POST"])
@answered
def enter(request: HttpRequest, cadre: int) -> HttpResponse:
    """Enter a decision from elsewhere with its service."""
    place = place_of(request)
    desk = _desk(place)
    person = Cadre.objects.filter(pk=cadre, unit__path__startswith=desk.unit.path).select_related("unit", "post__unit").first()
    if person is None:
        raise Http404(_("没有这名干部。"))
    form = EntryForm(request.POST or None)
    key = request.POST.get("key") or uuid4().hex
    refused: Refused | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = conduct.enter_decision(person, desk.unit, form.entry(person), by=place.account, at=place.at, key=key)
        except Refused as said:
            refused = said
            form.add_error(said.field if said.field in form.fields else None, f"{said.reason}{said.way_out}")
        else:
            success(request, _("决定已经登记。"))
            return redirect("decision", decision=made.pk)
    status = 409 if refused else 422 if request.method == "POST" else 200
    return show(request, "decision_enter", {"cadre": person, "questions": questions(form), "form": form, "key": key}, status=status)


def _ways(decision: Decision, on: date) -> list[tuple[type[Path], Way]]:
    return [(path, way) for path in PATHS.values() for way in path.ways(decision, on=on)]


def _way(decision: Decision, on: date, path: str, step: str, organ: int) -> Way | None:
    """The filing that an address names."""
    named = [way for of, way in _ways(decision, on) if (of.__name__, way.step) == (path, step)]
    return next((way for way in named if way.organ is not None and way.organ.pk == organ), None)


def _of_my_organ(place: Place, key: int) -> Decision:
    desk = _desk(place)
    found = Decision.objects.filter(pk=key).select_related("cadre__unit", "cadre__post__unit", "organ", "case").first()
    units = {desk.unit_id, *desk.unit.ancestor_ids}
    here = found is not None and (found.organ_id in units or found.organ.path.startswith(desk.unit.path))
    if found is None or not (here or found.remedies.filter(organ=desk.unit).exists()):
        raise Http404(_("没有这份决定，或者您无权查看。"))
    return found


@login_required
@require_GET
def decision(request: HttpRequest, decision: int) -> HttpResponse:
    """One decision: how it was served, what was filed, and what can be entered from paper."""
    place = place_of(request)
    found = _of_my_organ(place, decision)
    ledger.read(account=place.account, what="decision", ref=found.pk, case=found.case, at=place.at, desk=place.sits(HANDLER))
    paper = on_paper(Case(cadre_id=found.cadre_id))
    ways = [(path.__name__, way, paper and place.sits(HANDLER, way.organ.ancestor_ids) is not None if way.organ else False)
            for path, way in _ways(found, place.today)]  # fmt: skip
    seen = set(place.cases().filter(decision=found).values_list("pk", flat=True))
    services = Service.objects.filter(Q(decision=found) | Q(document__isnull=False, document=found.document_id)).order_by("served_on")
    remedies = Case.objects.filter(decision=found).select_related("organ").order_by("-id")
    past = [(one, one.pk in seen, letters_in.takes(place, one)) for one in remedies]
    return show(request, "decision", {"decision": found, "ways": ways, "paper": paper, "services": services, "past": past})


@login_required
@require_http_methods(["GET", "POST"])
@answered
def enter_filing(request: HttpRequest, decision: int, path: str, step: str, organ: int) -> HttpResponse:
    """What the person wrote on paper, entered by a handler of the organ that gets it; a second handler signs."""
    place = place_of(request)
    found = Decision.objects.filter(pk=decision).select_related("cadre__unit", "cadre__post__unit", "organ").first()
    way = _way(found, place.today, path, step, organ) if found is not None else None
    desk = place.sits(HANDLER, way.organ.ancestor_ids) if way is not None and way.organ is not None else None
    if found is None or way is None or way.organ is None or desk is None:
        raise Http404(_("没有这种申请，或者不由您的岗位录入。"))
    kind = PATHS[path]
    case: Case = kind.process_class(
        flow_class=kind, cadre=found.cadre, organ=way.organ, decision=found, parent=way.parent,
        anchors={way.rule: way.starts_on.isoformat()} if way.starts_on else {},
    )  # fmt: skip
    data = request.POST if request.method == "POST" else None
    filling = Filling(kind.node_of(step).step, Situation(case, place.account, place.at, {}), data)
    return go_through(request, place, Start(kind, desk, found.cadre, None, filling, first=step, decision=found, organ=way.organ))
