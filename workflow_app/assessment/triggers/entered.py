"""Matters that people checked and entered (T-06, T-08 to T-16): the guard of each rule, and what follows. Values only.

A guard that is not met is no lead: it says so in words, and the matter stays entered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from workflow_app.assessment.scoring import compare
from workflow_app.clock import add_months
from workflow_app.models import Lead

Suggests = Lead.Suggests
type_facts = Mapping[str, Any]
# T-16: forms of not daring and not doing (广东, 湖南, 福建, 四川 lists) map to these situations only.
GROUNDS = {"S03": "担当和斗争精神不强", "S07": "事业心和责任感不强", "S08": "领导能力不足、工作长期落后"}
LAST_THREE, HALF_YEAR, YEAR, FRAUD = 3, 6, 12, 24  # places; months
LOW_TEAM = ("一般", "较差")
IMPROVED, SOMEWHAT, UNIMPROVED = "明显改进", "有所改进", "没有明显改进"  # what a check six months after 诫勉 can find


@dataclass(frozen=True)
class Outcome:
    """What follows: `suggests` of a lead, or months of a bar, or neither; and why, in words for the person who entered it."""

    words: str
    suggests: str = ""
    bar_months: int = 0


def nothing(words: str) -> Outcome:
    """The guard is not met."""
    return Outcome(f"{words}，不产生线索")


def race(facts: type_facts, on: date) -> Outcome:
    """T-06: last three of a quarterly 赛马会: an explanation is asked for, never a case (001)."""
    rank, size = facts["rank"], facts["size"]
    if size < compare.SMALLEST:
        return nothing(f"同组只有{size}人，少于{compare.SMALLEST}人，不作比较")
    if rank <= size - LAST_THREE:
        return nothing(f"名次{rank}（共{size}人）不在后三名")
    return Outcome(f"{facts['quarter']}赛马会第{rank}名（共{size}人），请本人作复盘说明；按规则不立案")


def political(facts: type_facts, on: date) -> Outcome:
    """T-08: below 80.00 it is studied; a case only where the panel says so (003 甘肃)."""
    found = compare.political(facts["score"])
    if found == "EXCELLENT":
        return nothing(f"政治素质得分{facts['score']}，不低于90.00")
    if found == "QUALIFIED":
        return nothing(f"政治素质得分{facts['score']}，低于90.00，当年不评优秀")
    if facts["panel"]:
        return Outcome(f"政治素质得分{facts['score']}，低于80.00，专题研究认为需要核实", Suggests.CASE)
    return Outcome(f"政治素质得分{facts['score']}，低于80.00，须一事一议研究", Suggests.STUDY)


def rectification(facts: type_facts, on: date) -> Outcome:
    """T-09: not in place at the re-check (回头看). The person knew in time, the deadline was over, and the check found nothing mended."""
    served, due, checked = facts["served_on"], facts["due_on"], facts["checked_on"]
    if served is None or served >= due:
        return nothing(f"整改期限{due}以前，清单没有送达本人")
    if checked <= due:
        return nothing(f"整改期限{due}还没有过")
    return Outcome(f"整改事项“{facts['item'][:120]}”期限{due}，经{checked}回头看仍未到位", Suggests.CASE)


def appraisal(facts: type_facts, on: date) -> Outcome:
    """T-10: 优秀 + 称职 below two thirds, or 不称职 above one third and so determined (older local rules)."""
    votes = [facts[name] for name in ("excellent", "competent", "basic", "incompetent")]
    total = sum(votes)
    if total == 0:
        return nothing("没有有效票")
    words = f"民主测评{total}票：优秀{votes[0]}、称职{votes[1]}、基本称职{votes[2]}、不称职{votes[3]}"
    if 3 * votes[3] > total and facts["determined"]:
        return Outcome(f"{words}；不称职超过三分之一并经组织认定", Suggests.CASE)
    if 3 * (votes[0] + votes[1]) < 2 * total:
        return Outcome(f"{words}；优秀和称职不足三分之二", Suggests.REMINDER)
    return nothing(f"{words}；优秀和称职不少于三分之二" if 3 * votes[3] <= total else f"{words}；不称职超过三分之一，尚未经组织认定")


def health(facts: type_facts, on: date) -> Outcome:
    """T-11: cannot work normally for over one year. Only the day and what the competent organ confirmed, no diagnosis."""
    over = on > add_months(facts["unable_since"], YEAR)
    words = f"自{facts['unable_since']}起不能正常履行职责"
    return Outcome(f"{words}，已超过一年", Suggests.CASE) if over else nothing(f"{words}，到{on}未超过一年")


def admonished(facts: type_facts, on: date) -> Outcome:
    """T-12: 诫勉 given, and six months later a check finds no clear improvement. Some improvement is no lead."""
    due = add_months(facts["admonished_on"], HALF_YEAR)
    words = f"{facts['admonished_on']}诫勉（{facts['letter']}）"
    if facts["checked_on"] < due:
        return nothing(f"{words}，整改期到{due}届满，{facts['checked_on']}检查过早")
    if facts["improvement"] != UNIMPROVED:
        return nothing(f"{words}，{facts['checked_on']}检查：{facts['improvement']}")
    return Outcome(f"{words}，{facts['checked_on']}由{facts['checker']}检查仍无明显改进：{facts['observed'][:100]}", Suggests.CASE)


def reported(facts: type_facts, on: date) -> Outcome:
    """T-13: a complaint, an inspection, an audit or a 12345 finding, once it was checked."""
    if not facts["checked"]:
        return nothing(f"{facts['channel']}反映的问题还没有核实")
    return Outcome(f"{facts['channel']}反映的问题经核实：{facts['result']}", Suggests.CASE)


def requested(facts: type_facts, on: date) -> Outcome:
    """T-14: official request of the organ for discipline or the superior."""
    return Outcome(f"{facts['organ']}正式建议（{facts['letter']}）：{facts['result']}", Suggests.CASE)


def team(facts: type_facts, on: date) -> Outcome:
    """T-15: the team is graded 一般 or below: its main leader is not put forward for a year (003 甘肃). A bar, no case."""
    if not facts["main_leader"]:
        return nothing("不是班子主要负责人")
    if facts["grade"] not in LOW_TEAM:
        return nothing(f"班子{facts['year']}年度等次“{facts['grade']}”，高于“一般”")
    return Outcome(f"班子{facts['year']}年度等次“{facts['grade']}”，主要负责人一年内暂不提拔", bar_months=YEAR)


def fraud(facts: type_facts, on: date) -> Outcome:
    """B-FRAUD: a key figure was reported falsely and this is established: two years without promotion (001). A bar, no case.

    That the year's result becomes 较差 in the local text is a matter for people: the legal grades are others.
    """
    if not facts["core"]:
        return nothing(f"“{facts['indicator']}”不是核心指标，本项计0分")
    words = f"核心指标“{facts['indicator']}”经{facts['organ']}认定数据不实（{facts['letter']}）"
    return Outcome(f"{words}，两年内不提拔；当年等次由人按规定评定", bar_months=FRAUD)


def veto(facts: type_facts, on: date) -> Outcome:
    """B-VETO: an established matter of the negative list (一票否决) rules promotion out, for a year (P). It is no decision about the post."""
    return Outcome(f"一票否决事项：{facts['fact'][:120]}（{facts['organ']}，{facts['letter']}），一年内不提拔；不等于调整", bar_months=YEAR)


def ground(facts: type_facts, on: date) -> Outcome:
    """T-16: a form of not daring and not doing, from a ground list in force, that its list maps to S03, S07 or S08."""
    if facts["situation"] not in GROUNDS:
        return nothing(f"“{facts['form'][:60]}”对应情形{facts['situation']}，不属于不担当不作为")
    if not facts["checked"]:
        return nothing("这一表现还没有核实")
    if facts["last_seen"] < facts["first_seen"]:
        return nothing("表现的起止日期颠倒")
    words = f"不担当不作为：{facts['form'][:80]}（{facts['list']}，对应情形{facts['situation']}）"
    return Outcome(f"{words}；{facts['matter'][:60]}，经{facts['means']}属实：{facts['result'][:80]}", Suggests.CASE)


RULES: dict[str, Callable[[type_facts, date], Outcome]] = {
    "T-06": race, "T-08": political, "T-09": rectification, "T-10": appraisal, "T-11": health, "T-12": admonished, "T-13": reported,
    "T-14": requested, "T-15": team, "T-16": ground, "B-FRAUD": fraud, "B-VETO": veto,
}  # fmt: skip
