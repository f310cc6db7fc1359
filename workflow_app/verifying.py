"""Acts of the verification sample that leave a record: what the room does and a line in the organ's journal (kind VISIT).

The line that publishes what may be drawn from is written first; its hash is the seed.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from workflow_app import ledger
from workflow_app.models import (
    Account,
    Campaign,
    CheckBegun,
    CheckPaper,
    CheckResult,
    Desk,
    Disposal,
    Established,
    Measured,
    Record,
    RecordPart,
    SampleCheck,
    SamplePlan,
)
from workflow_app.telling.messages import Told, tell
from workflow_app.visiting import record, remind_reports
from workflow_app.visits import checking, disposing, sampling

BEFORE = timedelta(hours=12)
CHECKERS = ("assessment_office", "case_handler", "org_leader")


@transaction.atomic
def publish(campaign: Campaign, *, by: Account, at: datetime) -> SamplePlan:
    """Fix what may be drawn from and how many; the hash of this line of the journal is the seed. Raises Refused."""
    frame = sampling.prepare(campaign)
    line = record(
        campaign.organ, "sample", by=by, at=at, campaign=campaign.pk, frame_sha256=frame.sha256, size=len(frame.names), count=frame.count,
        each=list(frame.each),
    )  # fmt: skip
    return sampling.keep(campaign, frame, seq=line.seq, seed=line.hash, by=by, at=at)


@transaction.atomic
def draw(plan: SamplePlan, *, by: Account, at: datetime) -> list[SampleCheck]:
    """Draw the sample, once; those who may check are told. Raises Refused."""
    made, organ = sampling.draw(plan, by=by, at=at), plan.campaign.organ
    record(organ, "drawn", by=by, at=at, campaign=plan.campaign_id, drawn=sampling.drawn_again(plan))
    _tell(plan.campaign, f"sample:{plan.pk}", f"{plan.campaign.name}：抽出{len(made)}项待核验，48小时内启动", at)
    return made


def remind_due(at: datetime) -> int:
    """Remind, once each, of checks that must begin within twelve hours or are late, and of reports of visits; how many messages."""
    waiting = SampleCheck.objects.filter(begun__isnull=True, begin_by__lte=at + BEFORE)
    rounds = Campaign.objects.filter(pk__in=waiting.values("campaign")).select_related("organ")
    reminded = sum(_tell(one, f"sample:{one.pk}:begin", f"{one.name}：有核验事项还没有启动，48小时将满或者已过", at) for one in rounds)
    return reminded + remind_reports(at)


def _tell(campaign: Campaign, key: str, words: str, at: datetime) -> int:
    desks = Desk.objects.filter(role__in=CHECKERS, unit=campaign.organ)
    people = set(Account.objects.filter(seats__desk__in=desks, is_active=True).values_list("pk", flat=True))
    url = reverse("sample", args=[campaign.pk])
    return tell([Told(one, key, "ITEM", words, url) for one in sorted(people)], at)


@transaction.atomic
def raise_check(row: Established | Measured, why: str, *, by: Account, at: datetime) -> SampleCheck:
    """A check because opinion is strong. Raises Refused."""
    made = sampling.raise_check(row, why, by=by, at=at)
    campaign = row.subject.campaign
    record(campaign.organ, "raised", by=by, at=at, check=made.pk, campaign=campaign.pk, why=made.why)
    _tell(campaign, f"check:{made.pk}", f"{campaign.name}：舆情反映强烈的核验事项，48小时内启动", at)
    return made


@transaction.atomic
def begin(check: SampleCheck, late_why: str, *, by: Account, at: datetime) -> CheckBegun:
    """Take a check on. Raises Refused."""
    made = checking.begin(check, late_why, by=by, at=at)
    record(check.campaign.organ, "check_begun", by=by, at=at, check=check.pk, late_why=made.late_why)
    return made


@transaction.atomic
def hold_against(check: SampleCheck, one: checking.Paper, *, by: Account, at: datetime) -> CheckPaper:
    """Note what a source says. Raises Refused."""
    made = checking.hold_against(check, one, by=by, at=at)
    record(
        check.campaign.organ, "check_paper", by=by, at=at, check=check.pk, way=made.way, paper=made.paper, says=made.says,
        agrees=made.agrees, visit=made.visit_id,
    )  # fmt: skip
    return made


@transaction.atomic
def conclude(check: SampleCheck, outcome: str, proof: str, *, by: Account, at: datetime) -> CheckResult:
    """Right or wrong; the person whom the row is about is told when it is wrong. Raises Refused."""
    made = checking.conclude(check, outcome, proof, by=by, at=at)
    record(check.campaign.organ, "checked", by=by, at=at, check=check.pk, outcome=made.outcome, proof=made.proof)
    if made.outcome == CheckResult.Outcome.WRONG:
        people = Account.objects.filter(cadre=check.row.subject.cadre_id, is_active=True).values_list("pk", flat=True)
        words = f"{check.campaign.name}：有关您的一项考核数据经核验不实"
        tell([Told(one, f"check:{check.pk}:wrong", "WARN", words, reverse("portal_visits")) for one in people], at)
    return made


@transaction.atomic
def dispose_result(result: CheckResult, one: disposing.Word, *, by: Account, at: datetime) -> Disposal:
    """Say what became of a row that was found wrong. Raises Refused."""
    made = disposing.dispose_result(result, one, by=by, at=at)
    check = result.check_of
    record(
        check.campaign.organ, "disposed", by=by, at=at, check=check.pk, outcome=made.outcome, reason=made.reason, finding=made.finding_id,
        established=made.established_id,
    )  # fmt: skip
    return made


def faults_of(plan: SamplePlan) -> list[str]:
    """What is wrong with a sample when it is drawn again from the journal: empty when nothing is."""
    chain, found = f"J{plan.campaign.organ_id}", []
    line = Record.objects.filter(chain=chain, seq=plan.record_seq).first()
    part = RecordPart.objects.filter(chain=chain, seq=plan.record_seq, name="facts").first()
    if line is None or part is None or ledger.digest(line.body) != plan.seed:
        return ["种子不是登记簿中公布抽样范围的那一条的摘要"]
    if json.loads(line.body)["parts"].get("facts") != ledger.commitment(part.salt, part.value):
        found.append("登记簿中的内容与摘要不符")
    told = json.loads(part.value)
    frame = sampling.Frame(tuple(plan.frame.splitlines()), tuple(plan.each.splitlines()), plan.count)
    if (told["frame_sha256"], told["count"], told["each"]) != (frame.sha256, plan.count, list(frame.each)):
        found.append("抽样范围或者数量与公布的不符")
    checks = SampleCheck.objects.filter(campaign=plan.campaign_id)
    names = {f"established:{one.established_id}" if one.established_id else f"figure:{one.measured_id}" for one in checks}
    wanted = {*sampling.drawn_again(plan), *frame.each}
    drawn = checks.exclude(ground=SampleCheck.Ground.OPINION)
    if drawn.exists() and (wanted - names or drawn.count() > len(wanted)):
        found.append("抽出的与按种子重新计算的不一致")
    return found
