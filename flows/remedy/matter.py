"""What a remedy is about, as its filing settled it: read by every later step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flows.figures import rule_of
from flows.law import GRADES, KINDS, MATTERS
from workflow_app import clock
from workflow_app.models import Case
from workflow_app.steps import Situation

FILED_AS = {"review": "复核申请", "appeal": "申诉", "reappeal": "再申诉"}
OPENINGS = ("apply_for_review", "appeal", "reappeal")


def filed_in(case: Case) -> dict[str, Any]:
    """What the filing settled."""
    return next((dict(case.settled[name]) for name in OPENINGS if name in case.settled), {})


def filed(situation: Situation) -> dict[str, Any]:
    """What the filing settled."""
    return filed_in(situation.case)


def standing(case: Case) -> dict[str, Any]:
    """The measure or grade that holds now: what an earlier remedy against the same decision changed it to, else what was decided."""
    others = Case.objects.filter(decision=case.decision_id).exclude(pk=case.pk).order_by("-id") if case.decision_id else []
    results = (other.settled.get("decide") or other.settled.get("review") or {} for other in others)
    changed: dict[str, Any] | None = next((result["measure"] for result in results if result.get("outcome") == "change"), None)
    return changed or dict(filed_in(case)["measure"])


def in_words(measure: Mapping[str, Any]) -> str:
    """A measure or a grade as papers name it."""
    kind = str(measure["kind"])
    if kind in GRADES:
        return f"{measure.get('year', '')}年度考核定为{GRADES[kind].title}"
    months = int(measure.get("months") or 0)
    return f"{KINDS[kind].title}，影响期{months}个月" if months else MATTERS[kind].title


def last_day_of(case: Case, rule_id: str) -> date | None:
    """The last day of a period that has begun in the case."""
    start = case.anchors.get(rule_id)
    if not start:
        return None
    return clock.last_day(rule=rule_of(case, rule_id), start=date.fromisoformat(start), calendar=clock.calendar_from_db()).last_day


def acceptance_rule(case: Case) -> str:
    """The rule of the organ's time to accept: a re-appeal has one of its own."""
    return "RM-REAPPEAL-ACCEPT" if case.has("reappeal") else "RM-ACCEPT"


def members(situation: Situation) -> list[int]:
    """The committee; whoever was recused is replaced by the substitute."""
    replaced = situation.settled("decide_recusal").get("replaced", {})
    named = [replaced.get(str(cadre), cadre) for cadre in situation.settled("form_committee").get("members", [])]
    return list(dict.fromkeys(cadre for cadre in named if cadre))
