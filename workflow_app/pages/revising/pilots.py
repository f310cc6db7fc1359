"""Pilots: begun, watched by milestones and notes, ended by a leader; and the figures about assessment work itself."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from workflow_app import piloting
from workflow_app.models import Milestone, Pilot, PilotEnd, PilotNote, SchemeVersion, Unit
from workflow_app.pages.assessment.office import office_of
from workflow_app.pages.frame import LEADER, Place, place_of, show
from workflow_app.pages.revising.acting import day, handled, leading, lines, pick, status_of
from workflow_app.revising import pilots as room


class PilotForm(forms.Form):
    """A new pilot."""

    name = forms.CharField(label=lazy("名称"), max_length=80)
    version = forms.ChoiceField(label=lazy("试行的方案版本"))
    purpose = lines(lazy("试什么"), 500, lazy("要回答什么问题，怎样算试成了。"))
    units = forms.MultipleChoiceField(label=lazy("试点单位"), required=False, widget=forms.SelectMultiple(attrs={"size": 8}))
    first = day(lazy("自"))
    last = day(lazy("至"))
    milestones = lines(lazy("节点"), 2000, lazy("一行一个，先写期限再写内容，例如：2026-03-31 完成指标培训。"))

    def clean_milestones(self) -> list[tuple[date, str]]:
        """Lines of a day and words; every wrong line is named."""
        found, wrong = [], []
        for number, line in enumerate(self.cleaned_data["milestones"].splitlines(), 1):
            match = re.fullmatch(r"\s*(\d{4}-\d{2}-\d{2})\s+(\S.{0,118})\s*", line)
            try:
                found += [(date.fromisoformat(match[1]), match[2])] if match else []
            except ValueError:
                match = None
            wrong += [str(number)] if match is None and line.strip() else []
        if wrong:
            raise forms.ValidationError(_("第%(n)s行不是“日期 内容”。") % {"n": "、".join(wrong)})
        return found


class ReachForm(forms.Form):
    """A milestone reached."""

    milestone = forms.ChoiceField(label=lazy("节点"))
    done_on = day(lazy("完成日期"))
    proof = forms.CharField(label=lazy("完成情况"), max_length=300)


class NoteForm(forms.Form):
    """What was seen in a period."""

    kind = forms.ChoiceField(label=lazy("种类"), choices=[("", lazy("请选择")), *PilotNote.Kind.choices])
    period = forms.CharField(
        label=lazy("时期"), max_length=10, help_text=lazy("月写作2026-03，季写作2026-Q1，年写作2026；复盘会写召开日期。")
    )
    text = lines(lazy("情况"), 1000)
    lessons = lines(lazy("经验"), 600, lazy("一行一条。复盘会至少写经验或者警示。"), required=False)
    warnings = lines(lazy("警示"), 600, lazy("一行一条。"), required=False)


class EndForm(forms.Form):
    """What people made of it."""

    outcome = forms.ChoiceField(label=lazy("结论"), choices=[("", lazy("请选择")), *PilotEnd.Outcome.choices])
    reason = lines(lazy("理由"), 500)


@login_required
@require_http_methods(["GET", "POST"])
def pilots(request: HttpRequest) -> HttpResponse:
    """All of the organ's with their colours, and a new one."""
    place = place_of(request)
    organ = office_of(place).unit
    versions = SchemeVersion.objects.filter(scheme__organ=organ, published_at__isnull=False).select_related("scheme")
    units = Unit.objects.filter(path__startswith=organ.path).exclude(pk=organ.pk).order_by("code")
    choices = {"version": [pick(), *((str(one.pk), str(one)) for one in versions)], "units": [(str(one.pk), one.name) for one in units]}

    def perform(_name: str, given: dict[str, Any]) -> str:
        trial = room.Trial(given["name"], given["purpose"], given["first"], given["last"], given["milestones"])
        chosen = list(units.filter(pk__in=given["units"]))
        piloting.start(organ, versions.get(pk=given["version"]), trial, chosen, by=place.account, at=place.at)
        return _("试点已经登记。")

    shown, done = handled(request, {"pilot": PilotForm}, perform, choices)
    if done:
        return redirect("pilots")
    rows = [(one, room.shade(one, place.today)) for one in room.pilots(organ)]
    context = {"rows": rows, "form": shown["pilot"], "any": len(choices["version"]) > 1, "did": request.POST.get("do", "")}
    return show(request, "revising/pilots", context, status=status_of(shown))


@login_required
@require_http_methods(["GET", "POST"])
def pilot(request: HttpRequest, pilot: int) -> HttpResponse:
    """One pilot: milestones, notes, what is missing, and its end."""
    place = place_of(request)
    organ = office_of(place).unit
    found = room.pilots(organ).filter(pk=pilot).first()
    if found is None:
        raise Http404(_("没有这个试点。"))
    milestones = [(one, getattr(one, "done", None)) for one in found.milestones.all()]
    choices = {"milestone": [pick(), *((str(one.pk), f"{one.due_on} {one.title}") for one, done in milestones if done is None)]}
    leads = leading(place, organ.pk)
    kinds: dict[str, type[forms.Form]] = {"reach": ReachForm, "note": NoteForm} | ({"end": EndForm} if leads else {})

    def perform(name: str, given: dict[str, Any]) -> str:
        return _done(name, given, place, found)

    shown, acted = handled(request, kinds, perform, choices, {"reach": {"done_on": place.today}})
    if acted:
        return redirect("pilot", pilot=found.pk)
    labels = dict(PilotNote.Kind.choices)
    context = {
        "pilot": found, "milestones": milestones, "shade": room.shade(found, place.today), "forms": shown, "leads": leads, "today": place.today,
        "end": getattr(found, "end", None), "did": request.POST.get("do", ""), "sees_figures": place.sits(LEADER) is not None,
        "missing": [(labels[kind], rows) for kind, rows in room.missing(found, place.today).items() if rows],
        "open": len(choices["milestone"]) > 1, "retro": any(one.kind == PilotNote.Kind.RETRO for one in found.notes.all()),
        "lessons": [line for one in found.notes.all() for line in one.lessons.splitlines() if line.strip()],
        "warnings": [line for one in found.notes.all() for line in one.warnings.splitlines() if line.strip()],
    }  # fmt: skip
    return show(request, "revising/pilot", context, status=status_of(shown))


def _done(name: str, given: dict[str, Any], place: Place, found: Pilot) -> str:
    words: dict[str, Any] = {"by": place.account, "at": place.at}
    if name == "reach":
        one = Milestone.objects.select_related("pilot__organ").get(pk=given["milestone"])
        piloting.reach(one, given["done_on"], given["proof"], **words)
        return _("节点已经登记完成。")
    if name == "note":
        piloting.note(found, room.Noted(**given), **words)
        return _("已经登记。")
    piloting.finish(found, given["outcome"], given["reason"], **words)
    return _("试点结论已经记录。")
