"""A case in memory, somebody who acts, and a paper in print: no database, no door."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.template import Context, Engine

from flows.down.case import DownCase
from workflow_app.clock import TZ
from workflow_app.models import Cadre, Post, Unit
from workflow_app.steps import RuleBroken, Situation, Step, content_of, type_facts

TODAY = date(2026, 3, 20)
MEASURE = {"kind": "REMOVE", "months": 12, "rank_steps": 0, "pay_cut": 0}
PAPER = {
    "title": "文书", "number": "云组〔2026〕1号", "organ": "中共云溪市委组织部", "issued_on": "2026年3月20日", "code": "D", "case_no": "云组案〔2026〕1号",
    "demo": True, "signatures": [{"title": "承办人", "name": "李敏文", "time": "2026-03-20 09:00"}],
}  # fmt: skip
_engine = Engine(dirs=[settings.BASE_DIR / "templates"], string_if_invalid="缺少变量")


def case(state: str = "served", *, settled: dict[str, Any] | None = None, marks: tuple[str, ...] = (), **values: Any) -> DownCase:
    """王建国's case."""
    city = Unit(pk=1, name="云溪市", organ_name="中共云溪市委组织部", path="/1/")
    office = Unit(pk=2, name="市交通运输局", path="/1/2/")
    wang = Cadre(pk=7, number="YX00001", name="王建国", unit=office, post=Post(pk=3, unit=office, title="副局长"))
    return DownCase(pk=1, number="云组案〔2026〕1号", cadre=wang, organ=city, state=state, settled=settled or {}, marks=list(marks), **values)


def situation(of: DownCase | None = None, *, today: date = TODAY) -> Situation:
    """The case on a day."""
    return Situation(case=of or case(), actor=None, at=datetime.combine(today, time(9), TZ), subject={})


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
    content = content_of(step.content(at, facts))
    paper = PAPER | {"title": step.paper_title(step.outcome(at, facts)), "code": step.document}
    html = _engine.get_template(f"documents/down/{step.name}.html").render(Context({"paper": paper, "c": content, "watermark": False}))
    assert "缺少变量" not in html
    assert f"<h1>{paper['title']}</h1>" in html
    return str(html)
