"""Which filings a decision is open to on a day, at which organ and until when; and why others are not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.db.models import Q

from flows.law import MATTERS
from flows.remedy import organs
from flows.remedy.matter import filed_in
from flows.remedy.overdue import is_overdue
from workflow_app import clock
from workflow_app.law import current_edition, rules_of
from workflow_app.models import Case, Decision, GradeNotice, Service, Unit
from workflow_app.nodes import Way

# Decided and served: the next remedy is open, also while the correction is still being carried out.
DECIDED = ("correcting", "corrected", "concluded", "executed")
REVIEW, APPEAL, REAPPEAL = "apply_for_review", "appeal", "reappeal"
TITLES = {REVIEW: "申请复核", APPEAL: "申诉", REAPPEAL: "再申诉"}
MARKS = {"review": REVIEW, "appeal": APPEAL, "reappeal": REAPPEAL}


def ways(decision: Decision, *, on: date) -> list[Way]:
    """Every filing against `decision`: one way for each organ that may take it, or one with the reason."""
    if str(decision.measure["kind"]) not in MATTERS:
        return []  # 优秀, and a year without a grade
    past = list(Case.objects.filter(decision=decision).select_related("organ").order_by("id"))
    # An appeal that lapsed for want of material was never examined: it may be filed anew.
    examined = [case for case in past if not case.has("lapsed")]
    by_level = {step: next((case for case in reversed(examined) if case.has(level)), None) for level, step in MARKS.items()}
    open_one = next((case for case in past if case.finished is None and not case.overtaken_on), None)
    found = [*_review(decision, by_level), *_appeal(decision, by_level), *_reappeal(by_level)]
    if not past and (later := GradeNotice.objects.filter(replaces__decision=decision).first()) is not None:
        return [_closed(REVIEW, f"这份通知书已由{later.number}替代。", "对新的通知书提出。")]
    if open_one is not None:
        found = [*_while_running(open_one, found, on)]
    return [_dated(way, on) for way in found]


def _while_running(open_one: Case, found: list[Way], on: date) -> Iterator[Way]:
    """One remedy at a time; but nobody waits for an organ that let its period lapse, nor for a correction to be carried out."""
    if str(open_one.state) in DECIDED:
        yield from (way if way.reason else replace(way, beside=open_one) for way in found)
        return
    late = is_overdue(open_one, on)
    for way in found:
        if late and way.step == APPEAL and not way.reason:
            yield replace(way, beside=open_one)
    yield from (
        _closed(step, *_running(open_one, late)) for step in dict.fromkeys(way.step for way in found) if not (late and step == APPEAL)
    )


def _running(case: Case, late: bool) -> tuple[str, str]:
    way_out = "在原案件中补充材料或者撤回。"
    if case.has("review"):
        way_out = (
            "复核期限已经届满，可以直接申诉，不用撤回。"
            if late
            else "在原案件中补充材料；期限届满还没有复核决定的，可以直接申诉，不用撤回。"
        )
    return f"对这一决定已经提出（{case.number}），正在办理。", way_out


def _closed(step: str, reason: str, way_out: str) -> Way:
    return Way(step, TITLES[step], None, reason=reason, way_out=way_out)


def _review(decision: Decision, past: dict[str, Case | None]) -> list[Way]:
    if past[APPEAL]:
        return [_closed(REVIEW, "已经提出申诉，不能再申请复核。", "按申诉程序办理。")]
    if past[REVIEW]:
        return [_closed(REVIEW, "同一决定只能申请一次复核。", "可以在期限内提出申诉。")]
    rule = MATTERS[str(decision.measure["kind"])].file_rule
    return [Way(REVIEW, TITLES[REVIEW], decision.organ, rule, decision.served_on, parent=decision.case)]


def _appeal(decision: Decision, past: dict[str, Case | None]) -> list[Way]:
    review, earlier = past[REVIEW], past[APPEAL]
    if earlier and not _refused_while_the_review_was_late(earlier, review):
        return [_closed(APPEAL, "已经提出过申诉。", "对申诉处理决定不服的，可以在期限内提出再申诉。")]
    if review and review.has("revoked"):
        return [_closed(APPEAL, "原决定已被复核决定撤销。", "原机关应当纠正；未纠正的，向承办机关查询。")]
    rule, start, parent = "RM-APPEAL-DIRECT", decision.served_on, decision.case
    if review and str(review.state) in DECIDED:
        rule, start, parent = "RM-APPEAL-AFTER", _served(review, "review"), review
    return _at(APPEAL, organs.for_appeal(decision.organ), rule, start, parent)


def _refused_while_the_review_was_late(appeal: Case, review: Case | None) -> bool:
    """What was not taken up then was no appeal against the review decision: that one is still open."""
    beside = not filed_in(appeal)["attacked"].get("after")
    return beside and str(appeal.state) == "not_accepted" and bool(review and str(review.state) in DECIDED)


def _reappeal(past: dict[str, Case | None]) -> list[Way]:
    appeal = past[APPEAL]
    if past[REAPPEAL]:
        return [_closed(REAPPEAL, "再申诉处理决定是最终决定。", "发现新的事实的，可以向有关机关反映。")]
    if appeal is None or str(appeal.state) not in DECIDED:
        return [_closed(REAPPEAL, "只有对申诉处理决定不服才能提出再申诉。", "先提出申诉；不予受理的，补正后重新提出。")]
    if appeal.has("revoked") or appeal.has("remanded"):
        return [_closed(REAPPEAL, "原决定已被申诉处理决定撤销或者责令重新处理。", "对重新作出的决定不服的，可以另行申请复核或者提出申诉。")]
    return _at(REAPPEAL, organs.for_reappeal(appeal.organ), "RM-REAPPEAL-FILE", _served(appeal, "decide"), appeal)


def _at(step: str, units: list[Unit], rule: str, start: date | None, parent: Case | None) -> list[Way]:
    if not units:
        return [_closed(step, "没有可以受理的机关。", "省级以上机关作出的申诉处理决定是最终决定；其他情形请管理员设立受理机关。")]
    return [Way(step, TITLES[step], unit, rule, start, parent=parent) for unit in units]


def _served(case: Case, step: str) -> date | None:
    return Service.first_day(Q(case=case, document__step=step))


def _dated(way: Way, on: date) -> Way:
    if not way.rule or way.starts_on is None:
        return way
    rule = rules_of(current_edition().pk)[way.rule]
    last = clock.last_day(rule=rule, start=way.starts_on, calendar=clock.calendar_from_db()).last_day
    return Way(way.step, way.title, way.organ, way.rule, way.starts_on, last, on > last, parent=way.parent, beside=way.beside)
