"""What comes on paper: a handler enters it for a person without an account, and says when it was posted and when it arrived."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.forms import Form

from flows.paper import day
from workflow_app.hands import on_paper
from workflow_app.models import Representation
from workflow_app.steps import RuleBroken, Situation

DAYS = ("received_on", "arrived_on")


def enters_paper(situation: Situation) -> bool:
    """Whether a handler enters what the person wrote; whoever stands for the person files today, like the person."""
    stands = Representation.objects.filter(account=situation.actor, principal=situation.case.cadre_id, standing="VALID")
    return on_paper(situation.case) and not stands.exists()


def ask_days_of_paper(form: Form, situation: Situation) -> None:
    """Only a handler who enters a paper says when it came."""
    if not enters_paper(situation):
        for name in DAYS:
            form.fields.pop(name, None)


def check_days_of_paper(situation: Situation, facts: Mapping[str, Any]) -> None:
    """Nothing came tomorrow, and nothing arrived before it was posted."""
    posted, arrived = (facts.get(name) for name in DAYS)
    for name, on in zip(DAYS, (posted, arrived), strict=True):
        if on and on > situation.today:
            raise RuleBroken("收到日期不能晚于今天。", way_out="按收文登记或者邮戳填写。", rule="R-PAPER", field=name)
    if posted and arrived and arrived < posted:
        raise RuleBroken("本机关收到日期不能早于交邮日期。", way_out="按邮戳和收文登记填写。", rule="R-PAPER", field="arrived_on")


def filed_on(situation: Situation, facts: Mapping[str, Any]) -> date:
    """The day that keeps the period of the person: of posting, or today (time in transit is not counted, CPL 85)."""
    posted: date | None = facts.get("received_on") if enters_paper(situation) else None
    return posted or situation.today


def arrived_on(situation: Situation, facts: Mapping[str, Any]) -> date:
    """The day from which the organ's own period counts: of receipt, or today."""
    arrived: date | None = facts.get("arrived_on") if enters_paper(situation) else None
    return arrived or situation.today


def rows_of_paper(situation: Situation, facts: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """That it came on paper, and when, as the paper of the act says it."""
    if not enters_paper(situation):
        return ()
    posted, arrived = filed_on(situation, facts), arrived_on(situation, facts)
    return (("提出方式", f"书面提出，经办人录入。提出日期：{day(posted)}；收到日期：{day(arrived)}"),)
