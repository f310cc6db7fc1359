"""Plausible facts for any form: chosen by the kind of the field and by what its name says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms

from workflow_app.enclosures import FilesField
from workflow_app.steps import Situation, Step

ROWS = 3
# By a part of the field's name; the first that fits.
WORDS = (
    ("places", "本机关公告栏、《云溪日报》"), ("collect", "云溪市委大院3号楼210室（联系电话：0000-1234567）"),
    ("place", "市委组织部301谈话室"), ("contact", "联系人：赵安，联系电话：0000-1234567"), ("phone", "0000-1234567"), ("receiver", "王建国"),
    ("keeper", "冯雪"), ("recorder", "赵安文"), ("signer", "陈静安"), ("mentor", "周丽华"), ("obtained_by", "李文、赵安"), ("witness", "吴强、郑芳"),
    ("review_organ", "中共云溪市委组织部"), ("appeal_organ", "云溪市公务员主管部门"), ("organ", "云溪市公务员主管部门"), ("team", "市委组织部干部监督科、市纪委监委联合考察组"),
    ("trigger", "T-01"), ("source", "2025年度考核结果"), ("ended", "市交通运输局副局长"), ("begun", "市交通运输局二级调研员"),
    ("rank", "二级调研员"),
    ("interviewee", "该局一名中层干部"), ("description", "该单位一名中层干部"), ("question", "2025年重点项目推进情况如何？有没有按程序报批？"),
    ("answer", "项目受汛期影响延期三个月，变更设计已按程序报市政府批准，有会议纪要为证。"), ("asked", "于2026年4月底前完成延期项目的整改。"),
    ("done", "已完成全部整改事项，并通过第三方验收。"), ("proof", "验收报告（证据三）"), ("point", "延期系汛期停工所致，本人已及时报告。"),
    ("name", "2025年度项目台账"), ("proves", "项目进度滞后于年度计划"), ("circle", "市交通运输局\n市纪委监委"), ("refusal", "无"),
    ("basis", "《推进领导干部能上能下规定》第五条第八项"), ("grounds", "《推进领导干部能上能下规定》第五条第八项"), ("evidence", "证据一、证据三"),
    ("pay_before", "职务层次工资、级别工资合计"), ("pay_after", "按新任职务层次和级别重新核定"), ("post", "市交通运输局办公室主任"), ("relation", "配偶"),
    ("ballot", "30"), ("channel", "12380举报电话、举报网站"), ("merged", ""), ("remark", "无其他说明。"), ("recheck", "无"), ("waits_for", "市人民代表大会常务委员会"),
)  # fmt: skip
LONG = (
    "经核实，{cadre}分管的两个重点项目2025年度完成率分别为41%和53%，低于年度目标任务；项目变更未按规定提交集体研究，"
    "延期情况未及时报告，造成工程停工三个月。上述情况有项目台账、会议记录和谈话记录证实。",
    "同时查明，汛期停工属客观原因，本人在事后补办了报批手续，主动承担责任，整改措施已全部落实。",
)
REFUSED = ("refused", "secret", "sealed", "classified", "recused", "consent", "late", "absent", "mentions_identity")


def facts_of(step: Step, situation: Situation, outcome: str) -> dict[str, Any]:
    """Facts with which the step would come to `outcome`, as far as a form can tell. Rules are not asked."""
    form = step.Facts(situation=situation)
    facts = {name: _value(name, field, situation, 0) for name, field in form.fields.items()}
    for name, kind in step.Facts.rows.items():
        facts[name] = [_row(step, kind, situation, number) for number in range(max(ROWS, int(step.Facts.min_rows.get(name, 0))))]
    field = form.fields.get("outcome")
    if isinstance(field, forms.ChoiceField) and outcome in dict(field.choices):  # type: ignore[arg-type]
        facts["outcome"] = outcome
    return facts


def _row(step: Step, kind: type[forms.Form], situation: Situation, number: int) -> dict[str, Any]:
    row = kind()
    arrange = getattr(step.Facts, "arrange_row", None) or getattr(kind, "arrange_row", None)
    if arrange is not None:
        arrange(row, situation)
    return {name: _value(name, field, situation, number) for name, field in row.fields.items()}


def _value(name: str, field: forms.Field, situation: Situation, number: int) -> Any:
    if isinstance(field, FilesField):
        return []
    if isinstance(field, forms.BooleanField):
        return not any(part in name for part in REFUSED)
    if isinstance(field, forms.DateField):
        return situation.today + timedelta(days=7 if name.endswith(("until", "due_on", "expected_on", "starts_on")) else 0)
    if isinstance(field, (forms.DecimalField, forms.FloatField)):
        return Decimal(str(field.min_value or 1))
    if isinstance(field, forms.IntegerField):
        low, high = (int(str(0 if bound is None else bound)) for bound in (field.min_value, field.max_value))
        return number + 1 if name == "order" else max(low, min(high or 12, 12 if "month" in name else 1))
    if isinstance(field, forms.ChoiceField):
        return _choice(field, number)
    return _text(name, field, situation)


def _choice(field: forms.ChoiceField, number: int) -> Any:
    keys = [key for key, _ in list(field.choices) if key not in ("", None)]  # type: ignore[misc, arg-type]
    coerce = getattr(field, "coerce", str)
    if isinstance(field, forms.MultipleChoiceField):
        return [coerce(key) for key in keys[:2]]
    if not keys:
        return getattr(field, "empty_value", "")
    # Of yes and no the first; of people and papers one after the other.
    return coerce(keys[number % len(keys)] if str(keys[0]).isdigit() else keys[0])


def _text(name: str, field: forms.Field, situation: Situation) -> str:
    for part, words in WORDS:
        if part in name:
            return words
    if isinstance(field.widget, forms.Textarea):
        return "\n".join(LONG).format(cadre=situation.case.cadre.name)
    return f"{field.label}：按规定办理。"


def override(facts: dict[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Facts with what only the path can know."""
    return {name: changes.get(name, value) for name, value in facts.items()}
