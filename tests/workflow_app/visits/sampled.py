"""A closed round with a figure of 王建国, and its sample."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from tests.workflow_app.assessment.stage import Hall
from workflow_app import measuring, verifying
from workflow_app.assessment.measuring.facts import Fact
from workflow_app.assessment.measuring.figures import Figure
from workflow_app.models import (
    Campaign,
    CheckResult,
    Established,
    Measured,
    SampleCheck,
    SamplePlan,
    SchemeIndicator,
    Subject,
)
from workflow_app.visits.checking import Paper


def subject() -> Subject:
    return Subject.objects.select_related("campaign__organ", "campaign__version__scheme", "cadre").get()


def indicator() -> SchemeIndicator:
    return SchemeIndicator.objects.select_related("indicator__indicator").get(indicator__indicator__code="D01")


def figure(hall: Hall, value: int, reason: str = "") -> Measured:
    one = Figure(subject(), indicator(), Decimal(value), Decimal(100), "市考核办〔2026〕3号", reason)
    made = measuring.enter_figure(one, by=hall.office, at=hall.at)
    assert made is not None
    return made


def matter(hall: Hall, kind: str = "DEDUCTION", number: int = 1) -> Established:
    amount = Decimal(2) if kind == "DEDUCTION" else None
    one = Fact(
        subject(),
        kind,
        amount,
        indicator() if kind == "FALSIFIED" else None,
        "全市通报批评一次",
        "云溪市委督查室",
        f"督查通报第{number}期",
        date(2026, 1, 5),
    )
    return measuring.establish(one, by=hall.office, at=hall.at)


def published(hall: Hall) -> SamplePlan:
    return verifying.publish(Campaign.objects.select_related("organ").get(), by=hall.office, at=hall.at)


def drawn(hall: Hall) -> SampleCheck:
    """The only figure of the round, drawn."""
    return verifying.draw(published(hall), by=hall.office, at=hall.at)[0]


def begun(hall: Hall, check: SampleCheck | None = None, by: str = "case_handler1") -> SampleCheck:
    found = check or drawn(hall)
    verifying.begin(found, "", by=hall.town.people[by], at=hall.at)
    return SampleCheck.objects.select_related("campaign__organ").get(pk=found.pk)


def paper(hall: Hall, check: SampleCheck, way: str = "LEDGER", agrees: bool = True, **more: Any) -> None:
    one = Paper(way, "进度台账第3册", "台账显示完成百分之九十。", agrees, more.get("visit"))
    verifying.hold_against(check, one, by=hall.town.people[more.get("by", "case_handler1")], at=hall.at)


def concluded(hall: Hall, check: SampleCheck, outcome: str) -> CheckResult:
    return verifying.conclude(check, outcome, "台账、审计报告与登记逐项对照。", by=hall.town.people["case_handler1"], at=hall.at)


def wrong(hall: Hall) -> CheckResult:
    check = begun(hall)
    paper(hall, check, agrees=False)
    return CheckResult.objects.select_related("check_of__campaign__organ").get(pk=concluded(hall, check, "WRONG").pk)
