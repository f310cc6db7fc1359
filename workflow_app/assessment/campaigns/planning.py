"""Planning a campaign: who is rated, by whom, and starting it. A plan with faults is not started; every fault is listed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import IO

from django.db import transaction
from django.db.models import Q
from openpyxl import Workbook

from workflow_app.assessment.sheets import LEVELS, BadSheet, Fault, Reader, open_book, readers_of
from workflow_app.models import Account, Cadre, Campaign, CampaignReminder, Invitation, Post, SchemeGroup, SchemeVersion, Subject, Unit
from workflow_app.refusing import Refused

RULE = "测评安排"
SOON = timedelta(days=2)  # before its end, whoever has not fetched a link is reminded
COLUMNS = ("被考核人编号", "被考核人", "评价主体", "评价人编号", "评价人")
GROUP = SchemeGroup.Key
GROUPS = {str(label): value for value, label in GROUP.choices}
LEVEL_NAMES = {value: label for label, value in LEVELS.items()}
DEPUTIES = (Post.Level.TOWN_DEPUTY, Post.Level.COUNTY_DEPUTY)


class BadPlan(Refused):
    """The plan has faults, each with its place."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(f"测评安排有{len(faults)}处错误。", way_out="逐项更正后再启动。", rule=RULE)
        self.faults = faults


@dataclass(frozen=True)
class Frame:
    """What a campaign is before anybody is in it."""

    name: str
    year: int
    period: str
    closes_at: datetime
    kind: str = Campaign.Kind.ROUND


def plan(organ: Unit, version: SchemeVersion | None, frame: Frame, *, by: Account, at: datetime) -> Campaign:
    """Begin a campaign under a published scheme (随时评 has none). Raises Refused."""
    if not frame.name.strip() or Campaign.objects.filter(organ=organ, name=frame.name.strip()).exists():
        raise Refused("须填写名称，且与已有的测评不同。", way_out="改一个名称，例如加上年度。", rule=RULE, field="name")
    if frame.kind == Campaign.Kind.ROUND and (version is None or version.published_at is None):
        raise Refused("集中评价须选择已经发布的方案。", way_out="先发布方案。", rule=RULE, field="version")
    if frame.closes_at <= at:
        raise Refused("截止时间已经过去。", way_out="填写将来的时间。", rule=RULE, field="closes_at")
    return Campaign.objects.create(
        organ=organ, kind=frame.kind, name=frame.name.strip(), year=frame.year, period=frame.period,
        version=version if frame.kind == Campaign.Kind.ROUND else None, closes_at=frame.closes_at, created_by=by, created_at=at,
    )  # fmt: skip


def add_subjects(campaign: Campaign, cadres: Iterable[Cadre]) -> int:
    """Put people on the list of the rated; how many are new. The like group is the unit above and the level. Raises Refused."""
    _unopened(campaign)
    if campaign.of_units:
        raise Refused("这次测评考核单位，不列入个人。", way_out="填写单位编号；考核个人的另行安排测评。", rule=RULE, field="numbers")
    before = campaign.subjects.count()
    Subject.objects.bulk_create(
        [Subject(campaign=campaign, cadre=one, post_title=one.post_title, comparison_group=like_group(one)) for one in cadres],
        ignore_conflicts=True,
    )
    return campaign.subjects.count() - before


def like_group(cadre: Cadre) -> str:
    """With whom somebody is compared: the same level; leaders across the units below one organ, staff within their unit."""
    level = LEVEL_NAMES.get(cadre.post.level, "") if cadre.post else ""
    place = cadre.unit if cadre.post is None or cadre.post.level == Post.Level.STAFF else cadre.unit.parent or cadre.unit
    return f"{place.name}·{level}"[:60]


def add_units(campaign: Campaign, units: Iterable[Unit], region: str = "") -> int:
    """Put units on the list of the rated; how many are new. The like group is the kind of unit and its region type. Raises Refused."""
    _unopened(campaign)
    if not campaign.of_units:
        raise Refused("这次测评考核个人，不列入单位。", way_out="选择考核对象为单位的方案另行安排。", rule=RULE, field="numbers")
    before = campaign.subjects.count()
    Subject.objects.bulk_create(
        [
            Subject(campaign=campaign, unit=one, post_title=one.get_kind_display(), comparison_group=like_units(one, region))
            for one in units
        ],
        ignore_conflicts=True,
    )
    return campaign.subjects.count() - before


def like_units(unit: Unit, region: str) -> str:
    """With which units one is compared: its own kind below the same unit, and the same region type where one is named (五大经济区)."""
    above = unit.parent.name if unit.parent else ""
    return "·".join(part for part in (above, str(unit.get_kind_display()), region.strip()) if part)[:60]


@transaction.atomic
def propose(campaign: Campaign) -> int:
    """Invite by rule whoever can be told from the records: peers, staff and leader of the unit, and the organ's department; how many."""
    _unopened(campaign)
    assert campaign.version is not None
    wanted, rows = set(campaign.version.groups.values_list("key", flat=True)), []
    office = list(Account.objects.filter(seats__desk__role="org_leader", seats__desk__unit=campaign.organ, is_active=True).distinct())
    for subject in campaign.subjects.select_related("cadre__post", "unit"):
        found = _of_unit(subject) if subject.unit_id else _of_person(subject.person)
        found |= {one.pk: GROUP.ORGANIZATION for one in office if not subject.concerns(one)}
        rows += [Invitation(subject=subject, group=group, rater_id=rater) for rater, group in found.items() if group in wanted]
    before = Invitation.objects.filter(subject__campaign=campaign).count()
    Invitation.objects.bulk_create(rows, ignore_conflicts=True)
    return Invitation.objects.filter(subject__campaign=campaign).count() - before


def _of_person(cadre: Cadre) -> dict[int, str]:
    """Who of the same unit rates a person, and as what."""
    unit = Account.objects.filter(cadre__unit=cadre.unit_id, cadre__active=True, is_active=True).exclude(cadre=cadre)
    return {one.pk: _relation(cadre, one) for one in unit.select_related("cadre__post")}


def _of_unit(subject: Subject) -> dict[int, str]:
    """Who rates a unit: its own people as staff, the leading members of the other rated units as peers; its own leaders do not."""
    others = list(subject.campaign.subjects.exclude(pk=subject.pk).values_list("unit_id", flat=True))
    working = Account.objects.filter(cadre__active=True, is_active=True)
    leading = Q(cadre__post__is_leading_member=True)
    staff = working.filter(cadre__unit=subject.unit_id).filter(Q(cadre__post__isnull=True) | ~leading)
    peers = working.filter(leading, cadre__unit__in=others)
    return {one: str(GROUP.STAFF) for one in staff.values_list("pk", flat=True)} | {
        one: str(GROUP.PEERS) for one in peers.values_list("pk", flat=True)
    }


def _relation(cadre: Cadre, rater: Account) -> str:
    """What somebody of the same unit is to the rated person: leader, peer, or staff."""
    other = rater.cadre.post if rater.cadre else None
    if other is None or not other.leadership_post:
        return GROUP.STAFF
    own = cadre.post
    if own is not None and own.level in DEPUTIES and other.level not in DEPUTIES:
        return GROUP.SUPERIOR
    return GROUP.PEERS if own is not None and own.leadership_post else GROUP.SUPERIOR


def written(campaign: Campaign) -> bytes:
    """The plan as XLSX: who rates whom. It is the list of those invited and says nothing of who has answered."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("评价关系")
    sheet.append(list(COLUMNS))
    rows = Invitation.objects.filter(subject__campaign=campaign).select_related("subject__cadre", "subject__unit", "rater__cadre")
    for one in rows.order_by("subject_id", "group", "rater__cadre__number"):
        rater = one.rater.cadre
        sheet.append([one.subject.number, one.subject.name, one.get_group_display(), rater.number if rater else "", str(one.rater)])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@transaction.atomic
def take_in(campaign: Campaign, name: str, source: IO[bytes]) -> int:
    """Replace the plan by a workbook's: all of it or nothing. Raises BadSheet with every fault."""
    _unopened(campaign)
    book, faults = open_book(name, source), list[Fault]()
    rows = _relations(campaign, list(readers_of(book, "评价关系", COLUMNS, faults)))
    book.close()
    if faults:
        raise BadSheet(faults)
    Invitation.objects.filter(subject__campaign=campaign).delete()
    Invitation.objects.bulk_create(rows)
    return len(rows)


def _relations(campaign: Campaign, lines: list[Reader]) -> list[Invitation]:
    assert campaign.version is not None
    subjects = {one.number: one for one in campaign.subjects.select_related("cadre", "unit")}
    raters = {
        one.cadre.number: one for one in Account.objects.filter(cadre__isnull=False, is_active=True).select_related("cadre") if one.cadre
    }
    named = {label: key for label, key in GROUPS.items() if key in {one.key for one in campaign.version.groups.all() if one.named}}
    seen: set[tuple[int, int]] = set()
    rows = []
    for line in lines:
        subject, rater = subjects.get(str(line.cells["被考核人编号"] or "")), raters.get(str(line.cells["评价人编号"] or ""))
        group = line.one_of("评价主体", named)
        if subject is None:
            line.fault("被考核人编号", "本次测评被考核人的编号")
        if rater is None:
            line.fault("评价人编号", "有账号的干部编号")
        if subject is None or rater is None or not line.good:
            continue
        if subject.cadre_id and subject.cadre_id == rater.cadre_id:
            line.fault("评价人编号", "不是被考核人本人")
        if subject.unit_id and subject.concerns(rater) and group != GROUP.STAFF:
            line.fault("评价人编号", "不是被考核单位自己的人员（本单位干部只作为“下级干部”评价）")
        if (subject.pk, rater.pk) in seen:
            line.fault("评价人编号", "每人对同一被考核人只列一行")
        seen.add((subject.pk, rater.pk))
        rows.append(Invitation(subject=subject, group=group, rater=rater))
    return rows


def faults(campaign: Campaign) -> list[str]:
    """What stands in the way of starting, each with its place."""
    subjects = list(campaign.subjects.select_related("cadre", "unit"))
    if not subjects:
        return ["被考核人（单位）：一名也没有；至少一名"]
    if campaign.version is None:
        return []
    invited: dict[tuple[int, str], int] = {}
    for subject, group in Invitation.objects.filter(subject__campaign=campaign).values_list("subject_id", "group"):
        invited[subject, group] = invited.get((subject, group), 0) + 1
    return [
        f"{subject.name}：评价主体“{group}”只有{invited.get((subject.pk, group.key), 0)}人；方案要求不少于{group.least}人"
        for subject in subjects for group in campaign.version.groups.all()
        if group.named and invited.get((subject.pk, group.key), 0) < group.least
    ]  # fmt: skip


@transaction.atomic
def start(campaign: Campaign, *, by: Account, at: datetime, short: str = "") -> Campaign:
    """Open a campaign for rating. Raises BadPlan unless `short` says why groups may stay short (they then count as missing)."""
    found = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    _unopened(found)
    wrong = faults(found)
    if wrong and (len(short.strip()) < 5 or not found.subjects.exists()):
        raise BadPlan(wrong)
    if found.closes_at <= at:
        raise Refused("截止时间已经过去。", way_out="另行安排测评。", rule=RULE)
    found.opened_by, found.opened_at = by, at
    found.save(update_fields=["opened_by", "opened_at"])
    return found


def _unopened(campaign: Campaign) -> None:
    if campaign.opened_at is not None:
        raise Refused("测评已经启动，安排不能再改。", way_out="提前结束后另行安排。", rule=RULE)


def waiting(campaign: Campaign) -> list[int]:
    """Accounts that have not fetched every link of theirs: whom a reminder is for. Who has answered is not known."""
    rows = Invitation.objects.filter(subject__campaign=campaign, fetched=False)
    return sorted(set(rows.values_list("rater_id", flat=True)))


def reminded(campaign: Campaign, count: int, *, by: Account | None, at: datetime) -> CampaignReminder:
    """Note that so many were reminded."""
    return CampaignReminder.objects.create(campaign=campaign, count=count, by=by, at=at)


def ending(at: datetime) -> list[Campaign]:
    """Open campaigns that end within two days and were not yet reminded of by the worker."""
    rows = Campaign.objects.filter(opened_at__isnull=False, closed_at__isnull=True, closes_at__gt=at, closes_at__lte=at + SOON)
    return [one for one in rows.order_by("id") if not one.reminders.filter(at__gt=one.closes_at - SOON).exists()]
