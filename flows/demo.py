"""A few cases of the fictional prefecture, told act by act through the door: so that every desk and every person finds something."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from flows.down.path import DownPath
from flows.remedy.path import RemedyPath
from workflow_app import conduct
from workflow_app.clock import TZ
from workflow_app.models import Account, Cadre, Case, Decision, SigningSheet, Unit, WorkItem

MEASURE = {"kind": "DEMOTE", "months": 24, "rank_steps": 1}
FACT = "分管的城南污水管网改造工程应于2025年6月完工，至2025年12月仅完成六成，两次未按要求报告延期原因。"
NO_SERVICE = {
    "relation": "", "refusal": "", "witnesses": "", "announced_on": None, "consent": False,
}  # fmt: skip


@dataclass
class Tale:
    """One case in the telling: who it is about, and the hour."""

    cadre: Cadre
    organ: Unit
    at: datetime
    case: Case | None = None
    _keys: count[int] = field(default_factory=count)

    @property
    def today(self) -> date:
        """The local day."""
        return self.at.astimezone(TZ).date()

    def seated(self, role: str) -> list[Account]:
        """Who sits at the organ's desk of a role."""
        return list(
            Account.objects.filter(seats__desk__role=role, seats__desk__unit=self.organ).select_related("cadre").order_by("seats__id")
        )

    def key(self) -> str:
        """A key of its own for every act."""
        return f"demo-{self.cadre.number}-{next(self._keys)}"

    def open(self) -> None:
        """The handler registers the clue."""
        by, facts = self.seated("case_handler")[0], FACTS["register_clue"](self)
        words: dict[str, Any] = {"cadre": self.cadre, "organ": self.organ, "facts": facts, "by": by, "at": self.at}
        seen = conduct.preview_opening(DownPath, **words).content_hash
        self.case = conduct.open(DownPath, **words, seen=seen, key=self.key())

    def act(self, step: str) -> None:
        """One act with all its signatures, an hour after the one before."""
        self.at += timedelta(hours=1)
        item = WorkItem.objects.filter(process=self.case, step=step, status__in=("NEW", "ASSIGNED")).select_related("desk").earliest("id")
        by = self.cadre.account if item.desk.role == "subject" else Account.objects.filter(seats__desk=item.desk).order_by("seats__id")[0]
        facts = FACTS[step](self)
        seen = conduct.preview(item, facts=facts, by=by, at=self.at).content_hash
        conduct.complete(item, facts=facts, seen=seen, by=by, at=self.at, key=self.key())
        self._others(item)

    def _others(self, item: WorkItem) -> None:
        while sheet := SigningSheet.objects.filter(pk=item.pk).first():
            slot = conduct.slots_left(sheet)[0]
            signed = [one["account"] for one in sheet.signed]
            able = Account.objects.exclude(pk__in=signed)
            named = able.filter(cadre=slot["cadre"]) if slot["cadre"] else able.filter(seats__desk=slot["desk"]).order_by("seats__id")
            if slot["among"]:
                named = named.filter(cadre__in=slot["among"])
            conduct.sign(item, seen=sheet.content_hash, by=named[0], at=self.at, key=self.key())

    def ask_for_review(self) -> None:
        """The person asks for a review; the remedy is a case of its own."""
        self.at += timedelta(days=1)
        decision = Decision.objects.get(case=self.case)
        words: dict[str, Any] = {
            "cadre": self.cadre, "organ": self.organ, "facts": FACTS["apply_for_review"](self), "by": self.cadre.account, "at": self.at,
            "first": "apply_for_review", "decision": decision,
        }  # fmt: skip
        seen = conduct.preview_opening(RemedyPath, **words).content_hash
        conduct.open(RemedyPath, **words, seen=seen, key=self.key())


def _members(tale: Tale) -> list[dict[str, Any]]:
    sitting = tale.seated("decision_body")
    return [
        {"cadre": one.cadre_id, "leader": n == len(sitting), "stand_in": False, "present": True, "recused": False, "order": n, "view": "agree",
         "vote": "agree"}
        for n, one in enumerate(sitting, 1)
    ]  # fmt: skip


def _served(tale: Tale) -> dict[str, Any]:
    return {"mode": "in_person", "served_on": tale.today, "receiver": tale.cadre.name, **NO_SERVICE}


FACTS: dict[str, Callable[[Tale], dict[str, Any]]] = {
    "register_clue": lambda t: {
        "source": "年度考核和重点工程督查", "found_on": t.today, "situations": ["S08"], "unable_since": None, "summary": FACT,
        "trigger_rule": "", "outcome": "open", "reason": "两次督查均指出同一问题，需要核实。", "merged_into": "",
    },
    "approve_opening": lambda t: {
        "facts_known": FACT, "situations": ["S08"], "scope": "2025年城南污水管网改造工程的组织实施情况。", "team": "市委组织部干部监督科、考核科",
        "no_tie": True, "outcome": "approve", "reason": "线索具体，应当核实。",
    },
    "plan_examination": lambda t: {
        "team": [{"cadre": one.cadre_id, "no_tie": True} for one in t.seated("examination_team")[:3]], "aim": "核实工程延期的原因和责任。",
        "scope": "工程组织实施、请示报告和资金拨付。", "method": "个别谈话、查阅资料、实地核查。", "timetable": "十五个工作日内完成。",
    },
    "list_evidence": lambda t: {"evidence": [
        {"name": "2025年度重点工程台账", "source": "市重点办", "obtained_by": "李文、赵安", "obtained_on": t.today, "proves": "工程进度", "secret": False, "file": None},
        {"name": "两次督查通报", "source": "市政府督查室", "obtained_by": "李文、赵安", "obtained_on": t.today, "proves": "未按要求报告", "secret": False, "file": None},
    ]},
    "report_findings": lambda t: {
        "findings": [{"fact": FACT, "evidence": "1,2"}], "method": "谈话七人次，查阅资料二十三份，实地核查两次。", "situations": ["S08"],
        "causes": "主观上统筹不力；客观上汛期停工一个月。", "favourable": "汛期抢险表现突出，没有谋取私利。", "outcome": "established", **MEASURE,
        "tolerance_claimed": False, "reason": "延期主要出于组织不力。",
    },
    "inform_cadre": lambda t: {"facts_found": FACT, "contact": "考察组，0000-1234567"},
    "serve_information": _served,
    "answer": lambda t: {
        "outcome": "statement", "points": [{"text": "工程延期一个月系汛期停工所致。"}, {"text": "延期原因曾当面向分管领导报告。"}],
        "evidence": "汛期停工令", "enclosures": [], "tolerance_claimed": False,
    },
    "weigh_answer": lambda t: {
        "points": [
            {"point": "工程延期一个月系汛期停工所致。", "accepted": "yes", "reason": "有停工令为证，已在报告中扣除。"},
            {"point": "延期原因曾当面向分管领导报告。", "accepted": "no", "reason": "经核实没有书面报告，分管领导没有印象。"},
        ], "outcome": "kept", "kind": "", "months": None, "tolerance_claimed": False, "reason": "扣除汛期后仍延期五个月，认定不变。",
    },
    "assess_risk": lambda t: {
        "acceptance": 1, "opinion": 1, "team": 2, "continuity": 2, "rights": 1, "dispute": 1, "grounds": "班子分工已经预先调整。", "measures": "",
    },
    "propose": lambda t: {
        "outcome": "propose", **MEASURE, "starts_on": t.today, "pay_changes": False, "placement": "降为下一层次职务，安排到本系统其他单位。",
        "reason": "事实清楚，本人意见已经听取。", "discipline_organ": str(Unit.objects.get(code="YX-90").pk), "co_authority": "",
    },
    "review_legality": lambda t: dict.fromkeys(("competence", "procedure", "substance", "evidence", "hearing", "deadlines", "recusal"), "ok")
    | {"outcome": "pass", "opinion": "权限、程序和依据符合规定。"},
    "ask_opinion": lambda t: {"question": "有无影响作出调整的未结事项？", "material": "调整建议方案", "received_on": t.today},
    "give_opinion": lambda t: {"outcome": "no_objection", "reason": "没有未结事项。", "signer": "方明"},
    "record_meeting": lambda t: {
        "members": _members(t), "held_on": t.today, "place": "市委常委会第5次会议，市委会议室", "outcome": "adopt", "kind": "", "months": None,
        "dissent": "", "minutes": "会议听取汇报，逐人发表意见后表决通过。",
    },
    "decide": lambda t: {
        "facts_found": FACT, "grounds": "《推进领导干部能上能下规定》第五条第八项。", "placement": "降为下一层次职务，由组织部门另行安排。",
        "effective_on": t.today, "review_organ": "中共云溪市委组织部", "appeal_organ": "云溪市公务员主管部门",
    },
    "tell_decision": lambda t: {
        "held_on": t.today, "place": "市委组织部谈话室", "recorder": "赵安", "remedy_told": True, "reply": "对认定有不同看法，服从组织安排。",
        "refused": False, "refusal_note": "",
    },
    "serve": _served,
    "apply_for_review": lambda t: {
        "reasons": [{"text": "延期的主要原因是征地没有完成，这一点没有核实。"}], "request": "change", "request_text": "请求改为较轻的处理。",
        "evidence": "征地进度表", "enclosures": [], "late_reason": "",
    },
}  # fmt: skip
TO_HEARING = ("approve_opening", "plan_examination", "list_evidence", "report_findings", "inform_cadre", "serve_information")
TO_SERVED = (
    *TO_HEARING, "answer", "weigh_answer", "assess_risk", "propose", "review_legality", "ask_opinion", "give_opinion", "record_meeting", "decide",
    "tell_decision", "serve",
)  # fmt: skip


def tell(number: str, at: datetime, steps: Iterable[str], *, review: bool = False) -> Tale:
    """The case of one cadre of the demo, begun at `at`."""
    tale = Tale(Cadre.objects.select_related("account", "unit", "post").get(number=number), Unit.objects.get(code="YX"), at)
    tale.open()
    for step in steps:
        tale.act(step)
    if review:
        tale.ask_for_review()
    return tale


def tell_all(now: datetime) -> list[Tale]:
    """Asked to answer; decided and served; under review."""
    return [
        tell("YX00011", now - timedelta(days=1), TO_HEARING),
        tell("YX00012", now - timedelta(days=8), TO_SERVED),
        tell("YX00013", now - timedelta(days=12), TO_SERVED, review=True),
    ]
