"""The verification sample of a closed round. What may be drawn from is fixed first and entered in the journal; the hash of that line, which
holds fresh random salts, is the seed. So the seed stands before the draw, nobody could choose it, and anybody can draw again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from workflow_app.assessment.measuring import facts, figures
from workflow_app.models import Account, Campaign, Established, Measured, SampleCheck, SamplePlan
from workflow_app.refusing import Refused
from workflow_app.visits.rules import SAMPLE, said, uninvolved

SHARE = 10  # per cent (local practice, 001)
BEGIN_WITHIN = timedelta(hours=48)  # 001; the text says hours, so nights and rest days count
Ground = SampleCheck.Ground


@dataclass(frozen=True)
class Frame:
    """What may be drawn from, what is checked one by one, and how many are drawn."""

    names: tuple[str, ...]
    each: tuple[str, ...]
    count: int

    @property
    def text(self) -> str:
        """As it is published: one name a line."""
        return "".join(f"{one}\n" for one in self.names)

    @property
    def sha256(self) -> str:
        """Of that text."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def how_many(size: int) -> int:
    """Ten in a hundred, rounded up, one at least; none of nothing."""
    return -(-size * SHARE // 100)


def chosen(names: Sequence[str], seed: str, count: int) -> list[str]:
    """The sample: names in the order of SHA-256 over seed, line feed and name; the first `count`, given in that order."""
    return sorted(names, key=lambda one: (hashlib.sha256(f"{seed}\n{one}".encode()).hexdigest(), one))[:count]


def frame_of(campaign: Campaign) -> Frame:
    """Figures that count and matters that stand, in the order of their keys. Matters of the negative list are all checked."""
    stand = [one for one in facts.of(campaign) if not hasattr(one, "taken_back")]
    each = tuple(f"established:{one.pk}" for one in stand if one.kind == Established.Kind.VETO)
    drawn = [f"established:{one.pk}" for one in stand if one.kind != Established.Kind.VETO]
    measured = sorted(one.pk for one in figures.newest(campaign).values())
    names = (*drawn, *(f"figure:{key}" for key in measured))
    return Frame(names, each, how_many(len(names)))


def prepare(campaign: Campaign) -> Frame:
    """The frame of a round for which no sample was fixed yet. Raises Refused."""
    found = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if found.kind != Campaign.Kind.ROUND or found.closed_at is None:
        raise Refused(_("测评还没有结束。"), way_out=_("集中评价结束以后抽样。"), rule=SAMPLE)
    if SamplePlan.objects.filter(campaign=found).exists():
        raise Refused(_("本次测评已经公布抽样范围，不能重来。"), way_out=_("另有反映的，登记为“舆情反映强烈”的核验事项。"), rule=SAMPLE)
    frame = frame_of(found)
    if not frame.names and not frame.each:
        raise Refused(_("没有可以抽取的定量得分和认定事项。"), way_out=_("登记数据以后抽样。"), rule=SAMPLE)
    return frame


def keep(campaign: Campaign, frame: Frame, *, seq: int, seed: str, by: Account, at: datetime) -> SamplePlan:
    """Keep the frame with the line of the journal that published it."""
    each = "".join(f"{one}\n" for one in frame.each)
    return SamplePlan.objects.create(
        campaign=campaign,
        frame=frame.text,
        frame_sha256=frame.sha256,
        each=each,
        count=frame.count,
        record_seq=seq,
        seed=seed,
        by=by,
        at=at,
    )


def drawn_again(plan: SamplePlan) -> list[str]:
    """What the published seed draws from the published frame."""
    return chosen(plan.frame.splitlines(), plan.seed, plan.count)


def _row(name: str) -> dict[str, int]:
    kind, key = name.split(":")
    return {"established_id" if kind == "established" else "measured_id": int(key)}


@transaction.atomic
def draw(plan: SamplePlan, *, by: Account, at: datetime) -> list[SampleCheck]:
    """Draw, once. Every check must begin within 48 hours. Raises Refused."""
    SamplePlan.objects.select_for_update().get(pk=plan.pk)
    if SampleCheck.objects.filter(campaign=plan.campaign_id).exclude(ground=Ground.OPINION).exists():
        raise Refused(_("已经抽取。"), way_out=_("刷新页面。"), rule=SAMPLE)
    known = SampleCheck.objects.filter(campaign=plan.campaign_id).values_list("established_id", "measured_id")
    taken = {f"established:{one}" if one else f"figure:{other}" for one, other in known}
    wanted = [(Ground.DRAWN, one) for one in drawn_again(plan)] + [(Ground.EACH, one) for one in plan.each.splitlines()]
    return SampleCheck.objects.bulk_create(
        SampleCheck(campaign_id=plan.campaign_id, ground=ground, by=by, at=at, begin_by=at + BEGIN_WITHIN, **_row(name))
        for ground, name in wanted if name not in taken
    )  # fmt: skip


@transaction.atomic
def raise_check(row: Established | Measured, why: str, *, by: Account, at: datetime) -> SampleCheck:
    """Opinion about a row is strong: its check must begin within 48 hours. Documents only. Raises Refused."""
    campaign = Campaign.objects.select_for_update().get(pk=row.subject.campaign_id)
    uninvolved(row.subject, by)
    link = {"established" if isinstance(row, Established) else "measured": row}
    if SampleCheck.objects.filter(**link).exists():
        raise Refused(_("这一数据已经在核验。"), way_out=_("在原核验事项中登记材料。"), rule=SAMPLE, field="row")
    words = said(why, _("反映的情况和材料"), "why", 10, rule=SAMPLE)
    return SampleCheck.objects.create(campaign=campaign, ground=Ground.OPINION, why=words, by=by, at=at, begin_by=at + BEGIN_WITHIN, **link)
