"""Closing: every ballot is opened in random order and becomes a slip with its scores; links and ballots go. Once, whoever closes."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q

from workflow_app.assessment.campaigns.sealed import opened
from workflow_app.models import Account, Ballot, Campaign, Invitation, LinkIssue, PaperEntry, Rating, SchemeGroup, Slip, Subject, Ticket
from workflow_app.refusing import Refused

RULE = "测评结束"
PORTION = 500
_dice = random.SystemRandom()


@dataclass(frozen=True)
class Part:
    """How far one group of a campaign has come: links given out or made, forms handed in, and the least that count."""

    key: str
    name: str
    invited: int
    issued: int
    answered: int
    least: int
    short: int  # rated persons with fewer answers than `least`

    @property
    def share(self) -> int:
        """Per cent of those expected who have answered, rounded down."""
        return min(100, 100 * self.answered // self.expected) if self.expected else 0

    @property
    def expected(self) -> int:
        """How many forms can come in."""
        return self.invited + self.issued


def progress(campaign: Campaign) -> list[Part]:
    """Counts by group. Names and scores are not among them, and no row says who has answered."""
    names = dict(SchemeGroup.Key.choices)
    least = {one.key: one.least for one in campaign.version.groups.all()} if campaign.version else {SchemeGroup.Key.PUBLIC.value: 30}
    subjects = Subject.objects.filter(campaign=campaign)
    invited = dict(Invitation.objects.filter(subject__in=subjects).values_list("group").annotate(n=Count("id")).order_by())
    issued: dict[str, int] = {}
    for group, count in LinkIssue.objects.filter(subject__in=subjects).values_list("group", "count"):
        issued[group] = issued.get(group, 0) + count
    if campaign.kind == Campaign.Kind.SPOT:
        issued[SchemeGroup.Key.PUBLIC.value] = subjects.aggregate(n=Count("events"))["n"]
    return [
        Part(key, str(names[key]), invited.get(key, 0), issued.get(key, 0), sum(answers.values()), low, _short(answers, subjects.count(), low))
        for key, low in least.items() for answers in [_answers(campaign, key)]
    ]  # fmt: skip


def _answers(campaign: Campaign, group: str) -> dict[int, int]:
    """Answers by rated person: used links while it runs, slips when it is closed."""
    rows = Slip.objects.filter(subject__campaign=campaign, group=group)
    if campaign.closed_at is None:
        return dict(
            Ballot.objects.filter(subject__campaign=campaign, group=group).values_list("subject").annotate(n=Count("pk")).order_by()
        )
    return dict(rows.values_list("subject").annotate(n=Count("pk")).order_by())


def _short(answers: dict[int, int], subjects: int, least: int) -> int:
    return subjects - sum(1 for count in answers.values() if count >= least)


def due(at: datetime) -> list[int]:
    """Open campaigns whose time has come, oldest first."""
    rows = Campaign.objects.filter(closes_at__lte=at, closed_at__isnull=True, opened_at__isnull=False)
    return list(rows.order_by("closes_at", "id").values_list("pk", flat=True))


@transaction.atomic
def close(campaign: int, *, by: Account | None, why: str, at: datetime) -> int | None:
    """Close a campaign; how many slips it has, or None when it was closed already. Before its time only by somebody, with a reason."""
    found = Campaign.objects.select_for_update(of=("self",)).filter(Q(opened_at__isnull=False), pk=campaign).first()
    if found is None:
        raise Refused("这次测评还没有启动。", way_out="先启动。", rule=RULE)
    if found.closed_at is not None:
        return None
    if at < found.closes_at and (by is None or len(why.strip()) < 5):
        raise Refused("提前结束须写明理由（不少于5个字）。", way_out="补写理由，或者等到截止时间由系统结束。", rule=RULE, field="why")
    count = _count(found)
    found.closed_at, found.closed_by, found.closed_why = at, by, why.strip() if at < found.closes_at else ""
    found.save(update_fields=["closed_at", "closed_by", "closed_why"])
    Ballot.objects.filter(subject__campaign=found).delete()
    Ticket.objects.filter(subject__campaign=found).delete()
    PaperEntry.objects.filter(subject__campaign=found).delete()  # typed once only: not counted
    return count


def _count(campaign: Campaign) -> int:
    """Turn the ballots into slips and scores, in an order that nothing before has."""
    ballots = list(Ballot.objects.filter(subject__campaign=campaign))
    _dice.shuffle(ballots)
    for start in range(0, len(ballots), PORTION):
        slips, ratings = [], []
        for slip, scores in _opened(ballots[start : start + PORTION], campaign.pk):
            slips.append(slip)
            ratings += scores
        Slip.objects.bulk_create(slips)
        Rating.objects.bulk_create(ratings, batch_size=PORTION)
    return len(ballots)


def _opened(ballots: list[Ballot], campaign: int) -> Iterator[tuple[Slip, list[Rating]]]:
    for one in ballots:
        said = opened(bytes(one.sealed), campaign)
        # A new key: the ballot's own may have been seen while the campaign ran.
        slip = Slip(
            key=uuid.uuid4(), subject_id=one.subject_id, group=one.group, tags=list(said.tags), envelope=bytes.fromhex(said.envelope)
        )
        yield slip, [Rating(slip=slip, indicator_id=key, value=value, scale=said.scale) for key, value in said.scores]
