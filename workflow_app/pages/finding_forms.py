"""What each rule asks of a matter that was checked: one form a rule, the labels also name the evidence on the lead."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import override

from workflow_app.models import GroundEntry

QUARTER = RegexValidator(r"^20\d\dQ[1-4]$", lazy("写作“2026Q1”。"))


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


def _words(label: Any, limit: int = 200) -> forms.CharField:
    return forms.CharField(label=label, max_length=limit, min_length=2, widget=forms.Textarea(attrs={"rows": 2}))


def _one(label: Any, *choices: Any) -> forms.ChoiceField:
    with override("zh-hans"):  # what is kept is Chinese, what is shown is the reader's
        kept = [str(one) for one in choices]
    return forms.ChoiceField(label=label, choices=[("", lazy("请选择")), *zip(kept, choices, strict=True)])


class FindingForm(forms.Form):
    """Where it comes from and when it was established; each rule adds its own."""

    source = forms.CharField(
        label=lazy("来源"), max_length=200, min_length=2, help_text=lazy("文件名称和文号、会议或者核实报告；不写举报人。")
    )
    found_on = _day(lazy("认定日期"))

    def __init__(self, *args: Any, entries: Sequence[GroundEntry] = (), **kwargs: Any) -> None:
        """`entries`: lines of the ground lists in force that a form may name."""
        self.entries = entries
        super().__init__(*args, **kwargs)
        self.order_fields([*(name for name in self.fields if name not in ("source", "found_on")), "source", "found_on"])

    def facts(self) -> dict[str, Any]:
        """What belongs to the rule alone."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("source", "found_on")}


class Race(FindingForm):
    """T-06."""

    quarter = forms.CharField(label=lazy("季度"), validators=[QUARTER], help_text=lazy("例如 2026Q1"))
    rank = forms.IntegerField(label=lazy("名次"), min_value=1, max_value=1000)
    size = forms.IntegerField(label=lazy("同组人数"), min_value=1, max_value=1000)


class Political(FindingForm):
    """T-08."""

    score = forms.DecimalField(label=lazy("政治素质得分"), min_value=Decimal(0), max_value=Decimal(100), max_digits=5, decimal_places=2)
    panel = forms.BooleanField(label=lazy("专题研究认为需要核实"), required=False)


class Rectification(FindingForm):
    """T-09, where the list was kept on paper; lists of this system raise it by themselves."""

    item = _words(lazy("整改事项"))
    served_on = _day(lazy("清单送达日期"))
    due_on = _day(lazy("整改期限"))
    checked_on = _day(lazy("回头看日期"))


class Appraisal(FindingForm):
    """T-10."""

    excellent = forms.IntegerField(label=lazy("优秀票"), min_value=0, max_value=10000)
    competent = forms.IntegerField(label=lazy("称职票"), min_value=0, max_value=10000)
    basic = forms.IntegerField(label=lazy("基本称职票"), min_value=0, max_value=10000)
    incompetent = forms.IntegerField(label=lazy("不称职票"), min_value=0, max_value=10000)
    determined = forms.BooleanField(label=lazy("不称职已经组织认定"), required=False)


class Health(FindingForm):
    """T-11: a day and nothing of the illness."""

    unable_since = _day(lazy("不能正常履职起始日"))


class Admonished(FindingForm):
    """T-12."""

    admonished_on = _day(lazy("诫勉日期"))
    letter = forms.CharField(label=lazy("诫勉书文号"), max_length=60, min_length=2)
    matter = _words(lazy("要求改进的问题"))
    checked_on = _day(lazy("检查日期"))
    checker = forms.CharField(label=lazy("检查单位"), max_length=60, min_length=2)
    improvement = _one(lazy("检查结论"), lazy("明显改进"), lazy("有所改进"), lazy("没有明显改进"))  # as entered.IMPROVED and its fellows
    observed = _words(lazy("检查所见"))


class Reported(FindingForm):
    """T-13."""

    channel = _one(lazy("渠道"), lazy("信访举报"), lazy("巡视巡察"), lazy("审计"), lazy("12345热线"), lazy("督查检查"))
    checked = forms.BooleanField(label=lazy("已经核实"), required=False)
    result = _words(lazy("核实结果"))


class Requested(FindingForm):
    """T-14."""

    organ = forms.CharField(label=lazy("建议机关"), max_length=80, min_length=2)
    letter = forms.CharField(label=lazy("函号"), max_length=60, min_length=2)
    result = _words(lazy("建议内容"))


class Team(FindingForm):
    """T-15."""

    year = forms.IntegerField(label=lazy("年度"), min_value=2000, max_value=2100)
    grade = _one(lazy("班子等次"), lazy("好"), lazy("较好"), lazy("一般"), lazy("较差"))
    main_leader = forms.BooleanField(label=lazy("本人是班子主要负责人"), required=False)


class Ground(FindingForm):
    """T-16: the form is an entry of a ground list in force; its situation comes from the list."""

    entry = forms.ChoiceField(label=lazy("表现"), help_text=lazy("情形清单中映射到S03、S07、S08的条目；清单由考核办公室在指标库中维护。"))
    matter = _words(lazy("具体事项"), 120)
    first_seen, last_seen = _day(lazy("表现起始日")), _day(lazy("表现截止日"))
    means = _one(lazy("核实方式"), lazy("谈话和查阅资料"), lazy("现场核查"), lazy("专项督查"), lazy("审计"), lazy("巡视巡察反馈"))
    checked = forms.BooleanField(label=lazy("已经核实"), required=False)
    result = _words(lazy("核实结果"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(one.pk), f"{one.situation} {one.text}（{one.list}）") for one in self.entries]
        self.fields["entry"].choices = [("", lazy("请选择") if named else lazy("没有情形清单：先由考核办公室导入")), *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The end is not before the beginning."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("first_seen") and cleaned.get("last_seen") and cleaned["last_seen"] < cleaned["first_seen"]:
            self.add_error("last_seen", lazy("截止日不能早于起始日。"))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """With what the list says of its entry, as it stands now."""
        entry = next(one for one in self.entries if str(one.pk) == self.cleaned_data["entry"])
        told = {name: value for name, value in super().facts().items() if name != "entry"}
        return {"form": entry.text, "situation": entry.situation, "list": f"{entry.list}第{entry.number}项", **told}


class Fraud(FindingForm):
    """B-FRAUD: found after the lists were signed; before, it is entered beside the figures of the round."""

    indicator = forms.CharField(label=lazy("指标"), max_length=40, min_length=2)
    core = forms.BooleanField(label=lazy("是核心指标"), required=False)
    organ = forms.CharField(label=lazy("认定机关"), max_length=80, min_length=2)
    letter = forms.CharField(label=lazy("认定文件"), max_length=120, min_length=2)


class Vetoed(FindingForm):
    """B-VETO: found after the lists were signed."""

    fact = _words(lazy("负面清单事项"))
    organ = forms.CharField(label=lazy("认定机关"), max_length=80, min_length=2)
    letter = forms.CharField(label=lazy("认定文件"), max_length=120, min_length=2)


FORMS: dict[str, type[FindingForm]] = {
    "T-06": Race, "T-08": Political, "T-09": Rectification, "T-10": Appraisal, "T-11": Health, "T-12": Admonished, "T-13": Reported,
    "T-14": Requested, "T-15": Team, "T-16": Ground, "B-FRAUD": Fraud, "B-VETO": Vetoed,
}  # fmt: skip
LABELS = {name: field.label for form in FORMS.values() for name, field in form.base_fields.items()} | {
    "form": "表现", "situation": "对应情形", "list": "清单", "findings": "查看情况", "look_back": "回头看编号", "core": "是核心指标", "matter_id": "认定事项编号",
}  # fmt: skip
