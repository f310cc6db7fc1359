"""随时评: ratings that another service system collected come in by workbook with their own scale; and what a closed 随时评 says.

The workbook has no place for who was served, nor for when they rated: a column too many is a fault. 4.8 of 5 stays 4.8 of 5 and is
converted when it is computed (96 of 100).
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import IO, Any

from django.db import transaction
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from workflow_app.assessment.campaigns.answering import TAGS
from workflow_app.assessment.campaigns.links import PUBLIC, check_running
from workflow_app.assessment.campaigns.sealed import Answered, ballot
from workflow_app.assessment.scoring import inputs, means
from workflow_app.assessment.scoring.tree import CENT, rounded
from workflow_app.assessment.sheets import BadSheet, Fault, Reader, open_book, readers_of
from workflow_app.clock import TZ
from workflow_app.models import Account, Ballot, Campaign, Rating, ServiceEvent, Slip, Subject
from workflow_app.refusing import Refused

RULE, SHEET = "随时评", "服务评价"
COLUMNS = ("经办干部编号", "经办干部", "事项编号", "办结时间", "分数", "满分", "标签")
SCALES = (5, 10, 100)
ENOUGH, LEAST = 30, 5  # valid ratings in half a year (001); from so many on a mean is shown, so that none tells a single rating
_dice = random.SystemRandom()


@dataclass(frozen=True)
class Given:
    """A rating of one service."""

    subject: Subject
    matter: str
    happened_at: datetime
    points: Decimal
    scale: Decimal
    tags: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """What was said of one person: ratings, their mean of 100 (None below five), and how often each tag was ticked."""

    subject: Subject
    answers: int
    mean: Decimal | None
    tags: tuple[tuple[str, int], ...]

    @property
    def enough(self) -> bool:
        """Whether there are as many ratings as a half-year should have."""
        return self.answers >= ENOUGH


def form() -> bytes:
    """An empty workbook with its heads."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    sheet.append(list(COLUMNS))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@transaction.atomic
def take_in(campaign: Campaign, name: str, source: IO[bytes], *, by: Account, at: datetime) -> int:
    """Take ratings in as sealed ballots, in another order than the file's; how many. Raises BadSheet with every fault, or Refused."""
    check_running(campaign, at)
    if campaign.kind != Campaign.Kind.SPOT:
        raise Refused("这次测评不是随时评。", way_out="在随时评中导入。", rule=RULE)
    book, wrong = open_book(name, source), list[Fault]()
    wrong += _too_much(book)
    rows = list(_rows(campaign, list(readers_of(book, SHEET, COLUMNS, wrong)), at))
    book.close()
    if wrong:
        raise BadSheet(wrong)
    ServiceEvent.objects.bulk_create(
        ServiceEvent(subject=one.subject, matter=one.matter, happened_at=one.happened_at, sent_at=at, by=by) for one in rows
    )
    _dice.shuffle(rows)
    for one in rows:
        said = Answered(((None, one.points),), one.scale, one.tags)
        Ballot.objects.create(subject=one.subject, group=PUBLIC, sealed=ballot(said, campaign.pk))
    return len(rows)


def _too_much(book: Any) -> Iterator[Fault]:
    """Columns beyond the known ones: whoever was served is not to be told."""
    if SHEET in book.sheetnames:
        head = next(iter(book[SHEET].iter_rows(max_row=1, values_only=True)), ())
        for place, found in enumerate(head[len(COLUMNS) :], len(COLUMNS) + 1):
            if found not in (None, ""):
                yield Fault(SHEET, 1, get_column_letter(place), f"多出的列“{found}”", "没有这一列（不登记服务对象是谁、什么时候评价）")


def _rows(campaign: Campaign, lines: list[Reader], at: datetime) -> Iterator[Given]:
    subjects = {one.number: one for one in campaign.subjects.select_related("cadre")}
    known = set(ServiceEvent.objects.filter(subject__campaign=campaign).values_list("subject_id", "matter"))
    for line in lines:
        subject = subjects.get(str(line.cells["经办干部编号"] or "").strip())
        if subject is None:
            line.fault("经办干部编号", "本次随时评名单中的编号")
        elif line.cells["经办干部"] not in (None, "", subject.name):
            line.fault("经办干部", f"名册中的姓名“{subject.name}”")
        matter, when = line.text("事项编号", 40), _moment(line, at)
        scale = line.one_of("满分", {str(one): str(one) for one in SCALES})
        points, tags = line.amount("分数"), _tags(line)
        if points is None and line.cells["分数"] in (None, ""):
            line.fault("分数", "0至满分的数")
        if not line.good or subject is None or when is None or points is None:
            continue
        if points > Decimal(scale):
            line.fault("分数", f"0至满分{scale}的数")
        if (subject.pk, matter) in known:
            line.fault("事项编号", "一个事项只评价一次，且未导入过")
        known.add((subject.pk, matter))
        yield Given(subject, matter, when, points, Decimal(scale), tags)


def _moment(line: Reader, at: datetime) -> datetime | None:
    value = line.cells["办结时间"]
    try:
        found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value or "").strip())
    except ValueError:
        found = None
    found = found.replace(tzinfo=TZ) if found is not None and found.tzinfo is None else found
    if found is None or found > at:
        line.fault("办结时间", "办结的日期和时间，不在将来，如 2026-01-09 15:30")
        return None
    return found


def _tags(line: Reader) -> tuple[str, ...]:
    found = [one.strip() for one in str(line.cells["标签"] or "").replace("，", "、").replace(",", "、").split("、") if one.strip()]
    if set(found) - set(TAGS):
        line.fault("标签", "、".join(TAGS) + "，用顿号隔开，可以空白")
    return tuple(dict.fromkeys(found))


def results(campaign: Campaign) -> list[Result]:
    """What a closed 随时评 says of everybody on its list."""
    values: dict[int, list[Decimal]] = defaultdict(list)
    tags: dict[int, Counter[str]] = defaultdict(Counter)
    for one in Rating.objects.filter(slip__subject__campaign=campaign).select_related("slip").order_by("key"):
        values[one.slip.subject_id].append(means.converted(inputs.Raw(str(one.key), "", one.value, one.slip.group, one.scale)))
    for slip in Slip.objects.filter(subject__campaign=campaign):
        tags[slip.subject_id].update(slip.tags)
    found = []
    for subject in campaign.subjects.select_related("cadre"):
        many = values[subject.pk]
        mean = rounded(means.mean(many), CENT) if len(many) >= LEAST else None
        found.append(Result(subject, len(many), mean, tuple(tags[subject.pk].most_common()) if mean is not None else ()))
    return found
