"""SD-1 to SD-19: which duties exclude each other in one case, as one table of data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flows.roles import Duty
from workflow_app.hands import EARLIER, Conflict


@dataclass(frozen=True)
class Pair:
    """Two duties that one person may not both have in a case."""

    one: Duty
    other: Duty
    rule: str
    reason: str


PAIRS = (
    Pair(Duty.INVESTIGATOR, Duty.LEGAL_REVIEWER, "SD-2", "考察人员不得担任同一案件的法律审核人"),
    Pair(Duty.INVESTIGATOR, Duty.DECISION_MAKER, "SD-3", "考察人员不得参加同一案件的表决"),
    Pair(Duty.LEGAL_REVIEWER, Duty.DECISION_MAKER, "SD-3", "法律审核人不得参加同一案件的表决"),
    Pair(Duty.INVESTIGATOR, Duty.TOLERANCE_PANEL, "SD-8", "考察人员不得参加同一案件的容错认定"),
    Pair(Duty.PANELIST, Duty.DECISION_MAKER, "SD-3", "竞争上岗评委不得参加同一案件的表决"),
    # Whoever applies for a post does nothing else in its competition, as the person concerned does nothing in the own case.
    *(Pair(Duty.APPLICANT, duty, "SD-9", "报名人不得在同一竞争上岗中承担其他工作") for duty in Duty if duty != Duty.APPLICANT),
    Pair(Duty.ADMITTER, Duty.COMMITTEE_MEMBER, "SD-6", "办理受理的人员不得担任同一案件的公正委员会成员"),
    Pair(Duty.COMMITTEE_MEMBER, Duty.APPEAL_DECIDER, "SD-19", "公正委员会成员不得签发同一案件的处理决定"),
)

# Duties of a remedy that only somebody without a hand in the decision, or in an earlier remedy against it, may take on.
FRESH = {
    Duty.REVIEW_HANDLER: ("SD-4", "原处理决定的承办人员不得办理复核"),
    Duty.ADMITTER: ("SD-5", "办理过原处理决定或者前一程序的人员不得办理受理审查"),
    Duty.COMMITTEE_MEMBER: ("SD-6", "参加过原处理决定或者前一程序的人员不得担任公正委员会成员"),
    Duty.APPEAL_DECIDER: ("SD-7", "参加过原处理决定或者前一程序的人员不得作出申诉处理决定"),
}


# All rules of the separation (docs: procedure, paragraph 7), and by what each is held.
RULES = {
    "SD-1": ("考察组不少于二人，谈话和报告由二人以上签名", "steps: plan_examination, slots"),
    "SD-2": ("考察人员与法律审核人分离", "PAIRS"),
    "SD-3": ("考察、审核人员和评委不参加表决", "PAIRS"),
    "SD-4": ("原承办人员不办理复核", "FRESH"),
    "SD-5": ("申诉由另一机关和另外的人员受理", "FRESH, ways of a filing"),
    "SD-6": ("公正委员会成员未参加过前面的程序", "FRESH, PAIRS, form_committee"),
    "SD-7": ("再申诉高一级，由另外的人员处理", "FRESH, ways of a filing"),
    "SD-8": ("考察组与容错认定组不重合", "PAIRS"),
    "SD-9": ("任何人不办理本人的案件", "the door, the database, PAIRS"),
    "SD-10": ("亲属回避", "the door, the database"),
    "SD-11": ("其他可能影响公正的关系回避；代当事人办理的不再办理", "the door, the database"),
    "SD-12": ("自行回避、申请回避、决定回避", "steps: apply_recusal"),
    "SD-13": ("回避由负责人或者上一级决定", "steps: decide_recusal"),
    "SD-14": ("回避决定前暂停办理", "the door, the database"),
    "SD-15": ("讨论涉及本人和亲属的，成员退出", "the door: whoever is named as voting"),
    "SD-16": ("准予回避前所做工作须复查", "steps: decide_recusal"),
    "SD-17": ("测评人身份不向被测评人公开", "sealed fields"),
    "SD-18": ("申诉不得加重", "steps: decide"),
    "SD-19": ("制作与批准、审理与签发分离", "PAIRS, slots"),
}


def broken_by(existing: Iterable[str], new: str) -> Conflict | None:
    """The rule that a person with `existing` duties would break by taking on `new`."""
    had = set(existing)
    if new in FRESH and any(duty.startswith(EARLIER) for duty in had):
        rule, reason = FRESH[Duty(new)]
        return Conflict(rule, f"{reason}。", "由未参加过该决定和前一程序的人员办理。")
    for pair in PAIRS:
        if (pair.one == new and pair.other in had) or (pair.other == new and pair.one in had):
            return Conflict(pair.rule, f"{pair.reason}。", "由同一岗位中未参与本案的人员办理。")
    return None
