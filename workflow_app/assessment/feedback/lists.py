"""The three lists: drafted after a campaign has closed, signed by another, received and answered by the person, and looked back at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from workflow_app.clock import TZ
from workflow_app.models import Account, Feedback, FeedbackPaper, LookBack, MendingProof, Point, PointAnswer, Subject, Upload
from workflow_app.refusing import Refused

RULE = "考核反馈"
LIST, RESULT = Point.List, LookBack.Result


@dataclass(frozen=True)
class PointRow:
    """One line of a draft."""

    list: str
    text: str
    measure: str = ""
    due_on: date | None = None
    responsible: str = ""


@dataclass(frozen=True)
class Printed:
    """A list as it was printed: frozen content with its hash, and the file."""

    list: str
    number: str
    content: dict[str, Any]
    content_hash: str
    template_version: str
    pdf: bytes
    sha256: str


def faults(rows: list[PointRow], today: date) -> list[tuple[str, str]]:
    """What is wrong with a draft: place ("MEND 2") and what is expected."""
    found, numbers = [], dict.fromkeys(LIST.values, 0)
    for row in rows:
        numbers[row.list] += 1
        place, name = f"{row.list} {numbers[row.list]}", f"{LIST(row.list).label}第{numbers[row.list]}项"
        if len(row.text.strip()) < 5:
            found.append((place, f"{name}：内容过短；应写明具体事实，不少于5个字"))
        if row.list == LIST.MEND and not (row.measure.strip() and row.due_on and row.responsible.strip()):
            found.append((place, f"{name}：措施、期限、责任人不全；三项都应填写"))
        elif row.due_on is not None and row.due_on <= today:
            found.append((place, f"{name}：整改期限{row.due_on}已到；应为今天以后的日期"))
    if not numbers[LIST.RESULT]:
        found.append((LIST.RESULT, "成绩清单：一项也没有；至少一项"))
    if numbers[LIST.PROBLEM] and not numbers[LIST.MEND]:
        found.append((LIST.MEND, "整改清单：有问题而没有整改事项；至少一项"))
    return found


class BadLists(Refused):
    """The lists have faults; each names its place. Nothing was changed."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__(f"三单有{len(faults)}处错误。", way_out="逐项更正后再保存。", rule=RULE)
        self.faults = [text for _place, text in faults]


@transaction.atomic
def draft(subject: Subject, rows: list[PointRow], *, by: Account, at: datetime) -> Feedback:
    """Keep the lists of a rated person until they are signed. Raises Refused or BadLists."""
    if subject.campaign.closed_at is None:
        raise Refused("测评结束以后才能拟订三单。", way_out="等待测评结束。", rule=RULE)
    if subject.concerns(by):
        raise Refused("不得拟订本人或者本单位的三单。", way_out="由其他人员办理。", rule=RULE)
    wrong = faults(rows, at.date())
    if wrong:
        raise BadLists(wrong)
    old = Feedback.objects.select_for_update().filter(subject=subject).first()
    if old is not None:
        if old.signed_at is not None:
            raise Refused("三单已经签发，不能再改。", way_out="需要补充的，在整改查看中写明。", rule=RULE)
        old.points.all().delete()
        old.delete()
    organ = subject.campaign.organ
    made = Feedback.objects.create(subject=subject, cadre_id=subject.cadre_id, organ=organ, drafted_by=by, drafted_at=at)
    numbers = dict.fromkeys(LIST.values, 0)
    for row in rows:
        numbers[row.list] += 1
        Point.objects.create(
            feedback=made, list=row.list, number=numbers[row.list], text=row.text.strip(), measure=row.measure.strip(), due_on=row.due_on,
            responsible=row.responsible.strip(),
        )  # fmt: skip
    return made


def check_signer(feedback: Feedback, by: Account) -> None:
    """Whether somebody may sign: another than who drafted, and not the person. Raises Refused."""
    if feedback.signed_at is not None:
        raise Refused("三单已经签发。", way_out="刷新页面。", rule=RULE)
    if feedback.drafted_by_id == by.pk:
        raise Refused("拟订人不得自己签发三单。", way_out="由另一名有权人员核对后签发。", rule=RULE)
    if feedback.subject.concerns(by):
        raise Refused("不得签发本人或者本单位的三单。", way_out="由其他有权人员签发。", rule=RULE)


@transaction.atomic
def sign(feedback: Feedback, printed: list[Printed], *, by: Account, at: datetime) -> Feedback:
    """Freeze the lists with their papers. From here on they are the person's to read. Raises Refused."""
    found = Feedback.objects.select_for_update(of=("self",)).get(pk=feedback.pk)
    check_signer(found, by)
    FeedbackPaper.objects.bulk_create(FeedbackPaper(feedback=found, issued_on=at.date(), **vars(one)) for one in printed)
    found.signed_by, found.signed_at = by, at
    found.save(update_fields=["signed_by", "signed_at"])
    return found


def _own(feedback: Feedback, by: Account) -> None:
    if feedback.signed_at is None or not feedback.subject.answers(by):
        raise Refused("没有给您的这份反馈。", way_out="从“我的事项”中进入。", rule=RULE)


@transaction.atomic
def receive(feedback: Feedback, *, by: Account, at: datetime) -> None:
    """The person confirms having the lists. It says nothing about whether they agree. Raises Refused."""
    found = Feedback.objects.select_for_update(of=("self",)).get(pk=feedback.pk)
    _own(found, by)
    if found.received_at is None:
        found.received_at = at
        found.save(update_fields=["received_at"])


def answer(point: Point, stance: str, text: str, *, by: Account, at: datetime) -> PointAnswer:
    """What the person says to a point. Raises Refused."""
    _own(point.feedback, by)
    if stance not in PointAnswer.Stance.values:
        raise Refused("没有选择态度。", way_out="选择“认可”“作出说明”或者“有不同意见”。", rule=RULE, field="stance")
    if stance != PointAnswer.Stance.AGREE and len(text.strip()) < 5:
        raise Refused("请写明说明或者理由（不少于5个字）。", way_out="补写后再提交。", rule=RULE, field="text")
    return PointAnswer.objects.create(point=point, stance=stance, text=text.strip(), by=by, at=at)


def prove(point: Point, text: str, upload: Upload | None, *, by: Account, at: datetime) -> MendingProof:
    """What was done about a point that was to be mended. Raises Refused."""
    _own(point.feedback, by)
    _mending(point)
    if len(text.strip()) < 5:
        raise Refused("请写明整改情况（不少于5个字）。", way_out="补写后再提交。", rule=RULE, field="text")
    return MendingProof.objects.create(point=point, text=text.strip(), upload=upload, by=by, at=at)


def _mending(point: Point) -> None:
    if point.list != LIST.MEND:
        raise Refused("这一项不是整改事项。", way_out="在整改清单中选择。", rule=RULE)
    if settled(point) is not None:
        raise Refused("这一项已有回头看的最终结论。", way_out="新的情况在今后的考核中反映。", rule=RULE)


def settled(point: Point) -> LookBack | None:
    """The last check of a point when it is final: mended or not mended."""
    last = point.checks.order_by("-id").first()
    return last if last is not None and last.result != RESULT.PARTLY else None


def to_check_on(point: Point) -> date | None:
    """When a point is to be looked back at: its deadline, or the day named by a check that found it partly mended; None when final."""
    last = point.checks.order_by("-id").first()
    if last is None:
        return point.due_on
    return last.next_on if last.result == RESULT.PARTLY else None


def look_back(point: Point, result: str, findings: str, next_on: date | None, *, by: Account, at: datetime) -> LookBack:
    """回头看. Not mended is a finding of somebody, after the deadline; what follows from it (T-09) is a clue and no more. Raises Refused."""
    _mending(point)
    due = to_check_on(point)
    if point.feedback.signed_at is None or point.feedback.subject.concerns(by):
        raise Refused("只能查看已经签发的、别人的整改事项。", way_out="由其他人员查看。", rule=RULE)
    if result not in RESULT.values or len(findings.strip()) < 5:
        raise Refused("须选择结论并写明查看情况（不少于5个字）。", way_out="补写后再登记。", rule=RULE, field="findings")
    if result != RESULT.MENDED and due is not None and at.date() <= due:
        raise Refused(f"整改期限{due}还没有过，只能登记“已到位”。", way_out="期限过后再看。", rule=RULE, field="result")
    if (result == RESULT.PARTLY) != (next_on is not None) or next_on is not None and next_on <= at.date():
        raise Refused("“部分到位”须写今后的查看日期，其他结论不写。", way_out="更正下次查看日期。", rule=RULE, field="next_on")
    return LookBack.objects.create(point=point, result=result, findings=findings.strip(), next_on=next_on, by=by, at=at)


def to_mend() -> QuerySet[Point]:
    """Points of signed lists that are to be mended, the earliest first."""
    rows = Point.objects.filter(list=LIST.MEND, feedback__signed_at__isnull=False).select_related(
        "feedback__cadre", "feedback__subject__cadre", "feedback__subject__unit", "feedback__organ"
    )
    return rows.prefetch_related("checks", "proofs").order_by("due_on", "id")


def not_mended() -> QuerySet[LookBack]:
    """What T-09 reads: checks that found a point not mended, with the point, the person and the organ."""
    return (
        LookBack.objects.filter(result=RESULT.NOT_MENDED, point__feedback__cadre__isnull=False)  # T-09 is about people
        .select_related("point__feedback__cadre__unit", "point__feedback__organ", "by")
        .order_by("id")
    )


def unmended(one: LookBack) -> dict[str, Any]:
    """What the rule of T-09 asks about a check: what was to be mended, since when the person knew, until when, and when it was looked at."""
    point, feedback = one.point, one.point.feedback
    earlier = point.checks.filter(result=RESULT.PARTLY, pk__lt=one.pk).order_by("-id").first()
    told = feedback.received_at
    if told is None and Account.objects.filter(cadre=feedback.cadre_id, is_active=True).exists():
        told = feedback.signed_at  # in the portal and told of it; opening it is the person's own affair
    return {
        "item": point.text, "served_on": told.astimezone(TZ).date() if told else None, "due_on": earlier.next_on if earlier else point.due_on,
        "checked_on": one.at.astimezone(TZ).date(), "findings": one.findings,
    }  # fmt: skip
