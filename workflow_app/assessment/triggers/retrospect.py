"""复盘说明: what somebody who came among the last of a quarter writes about it (T-06). Nothing follows from it but that it is read."""

from __future__ import annotations

from datetime import datetime

from workflow_app.models import Account, Finding, Retrospect
from workflow_app.refusing import Refused

RULE = "T-06"
SHORTEST = 10  # characters of each part
ASKING = "请本人作复盘说明"


def asked_of(cadre: int) -> list[Finding]:
    """Findings about somebody that ask for an explanation, the latest first, each with what was written."""
    rows = Finding.objects.filter(cadre=cadre, rule_id=RULE, outcome__contains=ASKING)
    return list(rows.prefetch_related("retrospects").order_by("-pk"))


def write(finding: Finding, causes: str, measures: str, wants: str, *, by: Account, at: datetime) -> Retrospect:
    """Keep what the person writes; further words are a further row. Raises Refused."""
    if finding.cadre_id != by.cadre_id or finding.rule_id != RULE or ASKING not in finding.outcome:
        raise Refused("没有请您作说明的这一事项。", way_out="从“我的考核”中进入。", rule=RULE)
    for field, text in (("causes", causes), ("measures", measures)):
        if len(text.strip()) < SHORTEST:
            raise Refused("情况和原因、今后措施都要写明（各不少于10个字）。", way_out="补写后再提交。", rule=RULE, field=field)
    return Retrospect.objects.create(
        finding=finding, causes=causes.strip()[:1000], measures=measures.strip()[:1000], wants=wants.strip()[:500], by=by, at=at
    )
