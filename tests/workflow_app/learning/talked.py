"""A talk with 王建国, planned and held."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.story import Town
from workflow_app import talking
from workflow_app.learning.talks import Plan
from workflow_app.models import Cadre, Talk, TalkHeld

REASON = "年度考核等次下降，了解工作中的困难。"
AGREED = "每月向分管领导书面汇报一次项目进度。"


def plan(town: Town, **changes: Any) -> Plan:
    words = {
        "cadre": town.wang, "kind": "FELL", "reason": REASON, "talker": Cadre.objects.get(account=town.people["org_leader2"]),
        "due_on": town.today + timedelta(days=10),
    }  # fmt: skip
    return Plan(**{**words, **changes})


def planned(town: Town, who: str = "org_leader1", **changes: Any) -> Talk:
    return talking.plan(town.city, plan(town, **changes), by=town.people[who], at=town.at)


def held(town: Town, talk: Talk, agreed: str = AGREED, **more: Any) -> TalkHeld:
    return talking.hold(talk, town.today, agreed, by=town.people["org_leader2"], at=town.at, **more)
