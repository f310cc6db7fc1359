"""Lives of a case, told act by act through the door."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.test import Client

from flows.down.path import DownPath
from workflow_app import conduct
from workflow_app.enclosures import FilesField
from workflow_app.models import Account, Cadre, Case, Record, Seat, SigningSheet, Unit, WorkItem
from workflow_app.nodes import Path

AT = datetime.fromisoformat("2026-03-02T09:00:00+08:00")
_keys = itertools.count(1)


@dataclass
class Town:
    """The organization and the hour."""

    city: Unit
    wang: Cadre
    discipline: Unit
    partner: Unit
    at: datetime
    people: dict[str, Account] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The local day."""
        return self.at.date()

    def later(self, **span: int) -> None:
        """Time goes by."""
        self.at += timedelta(**span)

    def cadre(self, name: str) -> int:
        """Key of somebody's cadre."""
        key = self.people[name].cadre_id
        assert key is not None
        return key


def signed_in(account: Account) -> Client:
    """A browser in which `account` has signed in."""
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def key() -> str:
    """A fresh idempotency key."""
    return f"test-{next(_keys)}"


def facts_for(town: Town, step: str, *, path: type[Path] = DownPath, **changes: Any) -> dict[str, Any]:
    """Lawful facts of a step: every field of its form filled, then `changes`."""
    form = path.node_of(step).step.Facts
    facts = {name: _value(town, name, bound) for name, bound in form.base_fields.items()}
    facts |= {name: [] for name in form.rows}
    facts |= SPECIAL.get(step if path is DownPath else f"{path.folder}.{step}", lambda town: {})(town)
    return facts | changes


def _value(town: Town, name: str, bound: forms.Field) -> Any:
    if name in ("refused", "secret") or name in OPTIONAL:
        return False if isinstance(bound, forms.BooleanField) else ("" if not isinstance(bound, forms.DateField) else None)
    if isinstance(bound, FilesField):
        return []
    if isinstance(bound, forms.BooleanField):
        return True
    if isinstance(bound, forms.DateField):
        return town.today
    if isinstance(bound, forms.IntegerField):
        return 1
    if isinstance(bound, forms.MultipleChoiceField):
        return ["S08"]
    if isinstance(bound, forms.ChoiceField):
        return bound.choices[0][0] if bound.choices else ""
    return f"{bound.label}：情况属实，材料齐全。"


def present_post(town: Town) -> str:
    """What the people data say that the person concerned holds."""
    return Cadre.objects.select_related("unit", "post__unit").get(pk=town.wang.pk).post_title


OPTIONAL = {
    "refusal",
    "refusal_note",
    "tolerance_claimed",
    "announced_on",
    "consent",
    "merged_into",
    "pay_changes",
    "co_authority",
    "unable_since",
    "from_paper",
}
MEASURE = {"kind": "TO_RANK", "months": 12, "rank_steps": 0}


def members(town: Town, agree: int = 9, of: int = 9) -> list[dict[str, Any]]:
    return [
        {"cadre": town.cadre(f"decision_body{n}"), "leader": n == of, "stand_in": False, "present": True, "recused": False, "order": n,
         "view": "agree" if n <= agree else "disagree", "vote": "agree" if n <= agree else "disagree"}
        for n in range(1, of + 1)
    ]  # fmt: skip


SPECIAL: dict[str, Any] = {
    "register_clue": lambda t: {"outcome": "open", "trigger_rule": "T-01"},
    "inquire": lambda t: {"questions": [{"text": "项目为何延期？"}, {"text": "是否按程序报批？"}], "outcome": "sent"},
    "answer_inquiry": lambda t: {"answers": [{"text": "因汛期停工。"}, {"text": "已报批。"}]},
    "review_oneself": lambda t: {"points": [{"asked": "按期完工", "done": "已完工", "proof": "验收单"}]},
    "report_rectification": lambda t: {"points": [{"asked": "按期完工", "done": "已完工", "proof": "验收单"}]},
    "plan_examination": lambda t: {"team": [{"cadre": t.cadre(f"examination_team{n}"), "no_tie": True} for n in (1, 2, 3)]},
    "record_interview": lambda t: {"talk": [{"question": "工作情况如何？", "answer": "推进缓慢。"}], "description": "一名中层干部"},
    "list_evidence": lambda t: {"evidence": [
        {"name": "2025年度项目台账", "source": "来自一名工作人员", "obtained_by": "李文、赵安", "obtained_on": t.today, "proves": "进度", "secret": False, "file": None},
    ]},
    "report_findings": lambda t: {"findings": [{"fact": "连续两年未完成任务。", "evidence": "1"}], "outcome": "established", **MEASURE},
    "serve_information": lambda t: {"mode": "in_person", "receiver": "王建国"},
    "answer": lambda t: {"outcome": "statement", "points": [{"text": "延期系汛期所致。"}]},
    "record_statement": lambda t: {"talk": [{"question": "有何意见？", "answer": "没有补充。"}]},
    "weigh_answer": lambda t: {"points": [{"point": "延期系汛期所致。", "accepted": "part", "reason": "部分属实。"}], "outcome": "kept", "kind": "", "months": None},
    "weigh_tolerance": lambda t: {"panel": [{"cadre": t.cadre(f"tolerance_panel{n}")} for n in (1, 2, 3)], "outcome": "not_applicable"},
    "propose": lambda t: {"outcome": "propose", **MEASURE, "discipline_organ": str(t.discipline.pk), "co_authority": ""},
    "review_legality": lambda t: {"outcome": "pass"},
    "give_opinion": lambda t: {"outcome": "no_objection"},
    "record_meeting": lambda t: {"members": members(t), "outcome": "adopt", "kind": "", "months": None},
    "decide": lambda t: {"review_organ": "中共云溪市委组织部", "appeal_organ": "云溪市公务员主管部门"},
    "serve": lambda t: {"mode": "in_person", "receiver": "王建国"},
    "formalize": lambda t: {"ended": present_post(t), "begun": "", "held": None, "rank": ""},
    "follow_up": lambda t: {"outcome": "normal"},
    "terminate": lambda t: {"ground": "not_established"},
    "clear_name": lambda t: {"circle": "市交通运输局\n市纪委监委\n省交通运输厅党组"},
    "suggest_return": lambda t: {"outcome": "suggested"},
    "suspend": lambda t: {"outcome": "suspended", "ground": "illness"},
    "transfer": lambda t: {"organ": str(t.discipline.pk)},
    "show_evidence": lambda t: {"answers": [{"piece": "1. 2025年度项目台账", "result": "shown", "reason": ""}]},
}  # fmt: skip

WHO = {"organ": {}}


def open_case(town: Town, **changes: Any) -> Case:
    """A case opened by the first handler."""
    what = {"cadre": town.wang, "organ": town.city, "facts": facts_for(town, "register_clue", **changes)}
    by = town.people["case_handler1"]
    seen = conduct.preview_opening(DownPath, **what, by=by, at=town.at).content_hash
    return conduct.open(DownPath, **what, seen=seen, by=by, at=town.at, key=key())


def item_of(case: Case, step: str) -> WorkItem:
    """The open item of a step."""
    return WorkItem.objects.select_related("desk__unit").filter(process=case, step=step, status__in=("NEW", "ASSIGNED")).earliest("id")


def actor_for(town: Town, item: WorkItem, number: int = 1) -> Account:
    """Somebody at the item's desk."""
    role = item.flow_task.step.role
    if role == "subject":
        return town.people["wang"]
    if role == "opinion_organ" and item.desk.unit_id == town.partner.pk:
        return town.people[f"partner{number}"]
    return town.people[f"{'case_handler' if role == 'concerned' else role}{number}"]


def act(town: Town, case: Case, step: str, *, by: Account | None = None, **changes: Any) -> Record | None:
    """Preview, complete, and all further signatures."""
    item = item_of(case, step)
    actor = by or actor_for(town, item)
    facts = facts_for(town, step, path=case.flow_class, **changes)
    seen = conduct.preview(item, facts=facts, by=actor, at=town.at).content_hash
    record = conduct.complete(item, facts=facts, seen=seen, by=actor, at=town.at, key=key())
    return record or sign_all(town, item)


def sign_all(town: Town, item: WorkItem) -> Record | None:
    """Everybody who has to, signs."""
    record = None
    while sheet := SigningSheet.objects.filter(pk=item.pk).first():
        slot = conduct.slots_left(sheet)[0]
        signed, out = {one["account"] for one in sheet.signed}, sheet.case.kept_out
        at_desk = set(Seat.objects.filter(desk=slot["desk"]).values_list("account", flat=True))
        signer = next(
            a for name, a in town.people.items()
            if a.pk not in signed and str(a.cadre_id) not in out and (not slot["among"] or a.cadre_id in slot["among"])
            and (a.cadre_id == slot["cadre"] if slot["cadre"] else a.pk in at_desk if at_desk else name.startswith(slot["role"]))
        )  # fmt: skip
        record = conduct.sign(item, seen=sheet.content_hash, by=signer, at=town.at, key=key())
    return record


def begin(town: Town, case: Case, step: str, *, by: str, **changes: Any) -> Record | None:
    """An act that is not the case's turn."""
    conduct.begin(case, step, by=town.people[by], at=town.at, key=key())
    return act(town, case, step, by=town.people[by], **changes)


def run(town: Town, case: Case, *steps: Any) -> Case:
    """Act after act: names, or (name, changes)."""
    for one in steps:
        step, changes = (one, {}) if isinstance(one, str) else one
        act(town, case, step, **changes)
    return fresh(case)


def fresh(case: Case) -> Case:
    """The case as it stands in the database."""
    found: Case = case.flow_class.process_class.objects.get(pk=case.pk)
    return found


TO_MEETING = (
    "approve_opening", "plan_examination", "list_evidence", "report_findings", "inform_cadre", "serve_information", "answer",
    "weigh_answer", "propose", "review_legality", "ask_opinion", "give_opinion",
)  # fmt: skip
TO_SERVED = (*TO_MEETING, "record_meeting", "decide", "tell_decision", "serve")
