"""A remedy in memory, somebody who acts, and a paper in print: no door, no town."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.template import Context

from flows.remedy.case import RemedyCase
from tests.flows.down.stand import PAPER, _engine
from workflow_app.clock import TZ
from workflow_app.models import Account, Cadre, Decision, Post, Unit
from workflow_app.plain import content_of
from workflow_app.steps import RuleBroken, Situation, Step, type_facts

TODAY = date(2026, 3, 20)
DEMOTION = {"kind": "DEMOTE", "months": 24, "rank_steps": 1, "pay_cut": 0}
GRADE = {"kind": "INCOMPETENT", "year": 2025}
NO_CHANGE = {"kind": "", "months": None, "rank_steps": None, "pay_cut": None}
OPENING = {"review": "apply_for_review", "appeal": "appeal", "reappeal": "reappeal"}


def filing(level: str = "review", **changes: Any) -> dict[str, Any]:
    """What a filing settled."""
    return {
        "level": level, "kind": "ADJUSTMENT", "measure": DEMOTION, "track": "civil_servant", "track_title": "公务员复核、申诉、再申诉",
        "named": True, "late": False, "late_reason": "", "last_day": "2026-04-01", "rule": "RM-APPEAL-DIRECT", "filed_on": "2026-03-10",
        "reasons": ["延期系汛期所致。", "程序有误。"], "request": "撤销原决定",
        "attacked": {"title": "调整决定书", "number": "云组〔2026〕1号", "on": "2026-03-01", "served_on": "2026-03-02"},
        "respondent": {"unit": 1, "units": [1], "name": "中共云溪市委组织部"},
    } | changes  # fmt: skip


def case(
    level: str = "review", *, state: str = "reviewing", about: dict[str, Any] | None = None, settled: dict[str, Any] | None = None,
    marks: tuple[str, ...] = (), **values: Any,
) -> RemedyCase:  # fmt: skip
    """王建国's remedy."""
    city = Unit(pk=1, name="云溪市", organ_name="中共云溪市委组织部", path="/1/", kind="PREFECTURE")
    civil = Unit(pk=9, name="云溪市公务员主管部门", path="/1/9/", kind="DEPARTMENT", parent=city)
    office = Unit(pk=2, name="市交通运输局", path="/1/2/", kind="DEPARTMENT")
    wang = Cadre(pk=7, number="YX00001", name="王建国", unit=office, post=Post(pk=3, unit=office, title="副局长", is_leading_member=True))
    return RemedyCase(
        pk=1, number="市公申〔2026〕1号", cadre=wang, organ=city if level == "review" else civil, state=state, marks=sorted({level, *marks}),
        settled={OPENING[level]: filing(level, **about or {}), **(settled or {})}, anchors={}, **values,
    )  # fmt: skip


def attacked(
    level: str = "review", *, measure: dict[str, Any] | None = None, rule: str = "RM-REVIEW-FILE", since: str = "2026-03-02"
) -> RemedyCase:
    """A remedy about to be filed against a decision that was served."""
    new = case(level, state="new")
    new.settled, new.anchors = {}, {rule: since} if since else {}
    city = Unit(pk=1, name="云溪市", organ_name="中共云溪市委组织部", path="/1/")
    new.decision = Decision(
        pk=5,
        organ=city,
        kind="ADJUSTMENT",
        title="调整决定书",
        number="云组〔2026〕1号",
        decided_on=date(2026, 3, 1),
        measure=measure or DEMOTION,
    )
    return new


def situation(of: RemedyCase, *, today: date = TODAY, by: int | None = None) -> Situation:
    """The remedy on a day."""
    return Situation(of, Account(pk=by, username="x", cadre_id=by) if by else None, datetime.combine(today, time(9), TZ), {})


def refusal(step: Step, facts: type_facts, at: Situation) -> tuple[str, str]:
    """Rule and field by which the facts are refused; ("", "") when they are not."""
    try:
        step.check(at, facts)
    except RuleBroken as broken:
        assert broken.reason and broken.way_out
        return broken.rule, broken.field
    return "", ""


def printed(step: Step, facts: type_facts, at: Situation) -> str:
    """The paper in HTML; a variable that the template misses fails the test."""
    paper = PAPER | {"title": step.titled(at, step.outcome(at, facts)), "code": step.document}
    context = Context({"paper": paper, "c": content_of(step.content(at, facts)), "watermark": False})
    html = str(_engine.get_template(f"documents/remedy/{step.name}.html").render(context))
    assert "缺少变量" not in html
    assert f"<h1>{paper['title']}</h1>" in html
    return html
