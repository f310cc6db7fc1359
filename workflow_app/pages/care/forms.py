"""What the office enters into a plan of help: one small form a kind of entry."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from workflow_app.care.plans import Course, Seen
from workflow_app.models import Cadre, CarePlan, CareVisit, Training, TrainingResult
from workflow_app.pages.care.office import day, lines
from workflow_app.pages.naming import one_named


class PlanForm(forms.Form):
    """A new plan."""

    aim = lines(lazy("帮扶目标"), 500, lazy("写清帮什么、到什么程度、大致多久；不写本人的私事。"))


class CorrectingForm(forms.Form):
    """An entry that may correct an earlier one."""

    corrects = forms.IntegerField(required=False, widget=forms.HiddenInput)
    why = forms.CharField(label=lazy("更正理由"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not (self.initial.get("corrects") or self.data.get(self.add_prefix("corrects"))):
            del self.fields["why"]
        else:
            self.order_fields([*(name for name in self.fields if name != "why"), "why"])


class TrainingForm(CorrectingForm):
    """A training to be offered."""

    course = forms.CharField(label=lazy("培训内容"), max_length=120)
    place = forms.CharField(label=lazy("地点和主办单位"), max_length=120)
    gap = lines(lazy("补什么短板"), 300, lazy("缺什么补什么：写明由哪次考核、回访或者本人提出。"))
    first = day(lazy("自"))
    last = day(lazy("至"))

    def course_of(self) -> Course:
        """As the room takes it."""
        found = self.cleaned_data
        return Course(found["course"], found["place"], found["gap"], found["first"], found["last"])

    @staticmethod
    def of(one: Training) -> dict[str, Any]:
        """An entry that is to be corrected, as it stands."""
        return {"corrects": one.pk, "course": one.course, "place": one.place, "gap": one.gap, "first": one.first, "last": one.last}


class ResultForm(forms.Form):
    """What came of a training."""

    training = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(label=lazy("结果"), choices=TrainingResult.Outcome.choices)
    text = lines(lazy("结果说明"), 300)
    ended_on = day(lazy("结束日期"))


class MentorForm(forms.Form):
    """Who is asked to be the mentor."""

    mentor = forms.CharField(
        label=lazy("联系帮助人"),
        max_length=40,
        help_text=lazy("姓名或者干部编号。不能是参加过本案办理、决定的人员，也不能与本人有回避关系。"),
    )
    first = day(lazy("自"))
    last = day(lazy("至"))
    people: Any = None

    def clean_mentor(self) -> Cadre:
        """One person; a name that several have asks for the number."""
        return one_named(self.people, self.cleaned_data["mentor"])


class EndForm(forms.Form):
    """The end of a mentoring before its last day."""

    mentor = forms.IntegerField(widget=forms.HiddenInput)
    ended = forms.CharField(label=lazy("提前结束的理由"), max_length=200)


class DateForm(forms.Form):
    """A date of counselling. There is no field for anything else."""

    offer = forms.IntegerField(widget=forms.HiddenInput)
    held_on = day(lazy("日期"))


class VisitForm(CorrectingForm):
    """A visit beside those of the case."""

    visited_on = day(lazy("回访日期"))
    visitors = forms.CharField(label=lazy("回访人"), max_length=80)
    asked = lines(lazy("本人提出的事项"), 500, lazy("工作和安置上的事项。家庭、健康等私事不记录。"))
    promised = lines(lazy("答应办理的事项"), 500, required=False)
    due_on = day(lazy("办理期限"), lazy("有答应办理的事项时填写。"), required=False)

    def seen(self) -> Seen:
        """As the room takes it."""
        found = self.cleaned_data
        return Seen(found["visited_on"], found["visitors"], found["asked"], found["promised"], found["due_on"])

    @staticmethod
    def of(one: CareVisit) -> dict[str, Any]:
        """An entry that is to be corrected, as it stands."""
        return {
            "corrects": one.pk, "visited_on": one.visited_on, "visitors": one.visitors, "asked": one.asked, "promised": one.promised,
            "due_on": one.due_on,
        }  # fmt: skip


class PromiseForm(forms.Form):
    """A promise that was kept."""

    visit = forms.IntegerField(widget=forms.HiddenInput)
    text = lines(lazy("办理结果"), 300)
    done_on = day(lazy("办结日期"))


FORMS: dict[str, type[forms.Form]] = {
    "train": TrainingForm, "result": ResultForm, "mentor": MentorForm, "end_mentor": EndForm, "counselled": DateForm, "visit": VisitForm,
    "promise": PromiseForm,
}  # fmt: skip


def blank(plan: CarePlan, today: Any, correcting: str = "") -> dict[str, forms.Form]:
    """Every form as the page first shows it; `correcting` is `training-5` or `visit-7`."""
    made: dict[str, forms.Form] = {name: kind(initial=_start(name, today), prefix=name, auto_id=False) for name, kind in FORMS.items()}
    kind, _sep, key = correcting.partition("-")
    if key.isdigit():
        old: Any = {"training": plan.trainings, "visit": plan.visits}.get(kind)
        one = old.filter(pk=int(key), corrected__isnull=True).first() if old is not None else None
        if one is not None:
            name, form = ("train", TrainingForm) if kind == "training" else ("visit", VisitForm)
            made[name] = form(initial=form.of(one), prefix=name, auto_id=False)
    return made


def _start(name: str, today: Any) -> dict[str, Any]:
    return {
        "mentor": {"first": today, "last": today + timedelta(days=365)}, "visit": {"visited_on": today}, "promise": {"done_on": today},
        "counselled": {"held_on": today}, "result": {"ended_on": today},
    }.get(name, {})  # fmt: skip
