"""Forms of the pages about talks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from workflow_app.models import Cadre
from workflow_app.pages.care.office import day, lines
from workflow_app.pages.naming import one_named


class TalkerForm(forms.Form):
    """Who talks and until when."""

    talker = forms.CharField(
        label=lazy("谈话人"), max_length=40, help_text=lazy("姓名或者干部编号；不能是与本人有回避关系的人员。谈话人不需要有岗位席位。")
    )
    due_on = day(lazy("谈话期限"))
    people: Any = None

    def clean_talker(self) -> Cadre:
        """One person; a name that several have asks for the number."""
        return Cadre.objects.select_related("unit").get(pk=one_named(self.people, self.cleaned_data["talker"]).pk)


class PlanForm(TalkerForm):
    """A talk to be planned."""

    reason = lines(lazy("谈话事由"), 300, lazy("工作上的事由；家庭、健康等私事不写。本人和谈话人会看到。"))
    field_order = ("reason",)


class ArrangeForm(TalkerForm):
    """Another talker or day."""

    why = forms.CharField(label=lazy("更改理由"), max_length=200)


class DropForm(forms.Form):
    """A talk that is not held."""

    dropped = forms.CharField(label=lazy("取消的理由"), max_length=200)


class HeldForm(forms.Form):
    """That it was held."""

    held_on = day(lazy("谈话日期"))
    agreed = lines(
        lazy("双方商定的后续事项"),
        500,
        lazy("只写双方都同意留下的：接下来做什么、谁负责、什么时候。没有的空着。谈了什么不记录。"),
        required=False,
    )
    why = forms.CharField(label=lazy("更正理由（已登记过的须写明）"), max_length=200, required=False)


class GroupForm(forms.Form):
    """Another group of people who must be talked to."""

    name = forms.CharField(label=lazy("类别名称"), max_length=60)
    basis = forms.CharField(label=lazy("依据"), max_length=200, help_text=lazy("哪份文件、哪一条规定这类人员必谈。"))


class EndGroupForm(forms.Form):
    """A group that is no longer used."""

    group = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=lazy("停用的理由"), max_length=200)
