"""Forms of the pages about training."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from workflow_app.learning.classes import Terms
from workflow_app.models import ClassResult, ClassTerms, TrainingClass
from workflow_app.pages.care.office import day, lines


class TermsForm(forms.Form):
    """What a class is about."""

    topic = forms.CharField(label=lazy("主题"), max_length=120)
    purpose = lines(lazy("目的"), 300, lazy("为什么办、要解决什么。"))
    organizer = forms.CharField(label=lazy("主办单位"), max_length=120)
    place = forms.CharField(label=lazy("地点"), max_length=120, help_text=lazy("线上的写“线上”。"))
    first = day(lazy("自"))
    last = day(lazy("至"))
    hours = forms.DecimalField(label=lazy("学时"), max_digits=5, decimal_places=1, min_value=Decimal("0.1"))

    def terms(self) -> Terms:
        """As the room takes it."""
        return Terms(**{name: self.cleaned_data[name] for name in ("topic", "purpose", "organizer", "place", "first", "last", "hours")})


class ClassForm(TermsForm):
    """A new class."""

    kind = forms.ChoiceField(label=lazy("类别"), choices=[("", lazy("请选择")), *TrainingClass.Kind.choices])
    field_order = ("kind",)


class ChangeForm(TermsForm):
    """Other terms of a class."""

    why = forms.CharField(label=lazy("更改理由"), max_length=200)

    @staticmethod
    def of(terms: ClassTerms) -> dict[str, Any]:
        """The terms that hold."""
        return {name: getattr(terms, name) for name in ("topic", "purpose", "organizer", "place", "first", "last", "hours")}


class OffForm(forms.Form):
    """A class that does not take place."""

    reason = forms.CharField(label=lazy("取消的理由"), max_length=300)


class CallForm(forms.Form):
    """Why the people ticked are called."""

    reason = lines(lazy("调训理由"), 300, lazy("写明为什么请这些人参加；本人会看到。"))
    gap = lines(
        lazy("补什么短板"), 300, lazy("选了来源而不填的，用整改清单或者帮扶计划中的原文；以考核得分为来源的须填写。"), required=False
    )


class ExcuseForm(forms.Form):
    """Whether somebody is excused."""

    granted = forms.ChoiceField(
        label=lazy("意见"), choices=[("yes", lazy("同意请假")), ("no", lazy("不同意"))], widget=forms.RadioSelect, required=True
    )
    reason = forms.CharField(label=lazy("理由（不同意的须写明）"), max_length=200, required=False)


class ResultForm(forms.Form):
    """What came of it."""

    outcome = forms.ChoiceField(label=lazy("参训情况"), choices=[("", lazy("请选择")), *ClassResult.Outcome.choices])
    hours = forms.DecimalField(label=lazy("学时"), max_digits=5, decimal_places=1, min_value=0, help_text=lazy("未参加的填0。"))
    text = lines(lazy("结业情况"), 300, lazy("用文字写，不写分数、名次；培训结果不进入考核得分。"))
    why = forms.CharField(label=lazy("更正理由（已登记过的须写明）"), max_length=200, required=False)
