"""What comes due outside of cases: told once before its day, and once when it is over, to whoever keeps it and to whom it is about.

How long before is a project default. Counselling is offered once and never chased; nothing here says a word of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.urls import reverse

from workflow_app import absences
from workflow_app.assessment.feedback import lists
from workflow_app.care import mentors, plans, pools
from workflow_app.care.standing import standing
from workflow_app.models import (
    Account,
    AppointmentContract,
    Cadre,
    CarePlan,
    Desk,
    Feedback,
    Mentor,
    MentorWord,
    Pool,
    Seat,
    Training,
    Unit,
)
from workflow_app.notified import notices
from workflow_app.telling.assessed import leading
from workflow_app.telling.messages import Told

LEADER, HANDLER = "org_leader", "case_handler"
# Days before something is due (P).
MENDING, PROMISE, ENTRY, MENTOR, TRIAL, CONTRACT = 7, 7, 30, 14, 14, 60
UNSERVED = timedelta(days=7)  # since a notice was issued (P)


def upcoming(today: date, at: datetime) -> Iterator[Told]:
    """Everything that is to be told today; what was told before has the same key and is not told again."""
    yield from _mending(today)
    yield from _promises(today)
    yield from _trainings(today)
    yield from _mentors(today)
    yield from _entries(today)
    yield from _notices(today, at)
    yield from _contracts(today)


def stage(on: date, today: date, ahead: int) -> str:
    """before: within `ahead` days of the day, that day included; over: after it; empty: still far away."""
    return "over" if today > on else "before" if today >= on - timedelta(days=ahead) else ""


def keepers(account: int, organ: Unit, today: date) -> list[int]:
    """Who entered something, while they sit at a desk of the organ; else its leaders."""
    valid = Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    if Seat.objects.filter(valid, account=account, account__is_active=True, desk__unit=organ, valid_from__lte=today).exists():
        return [account]
    return at_desk(organ, LEADER, today)


def at_desk(organ: Unit, role: str, today: date) -> list[int]:
    """Who is there today at a desk of the organ."""
    desk = Desk.objects.filter(role=role, unit=organ).first()
    return [one.pk for one in absences.present_at(desk, today)] if desk else []


def own(cadre: Cadre) -> list[int]:
    """The account of the person concerned."""
    return list(Account.objects.filter(cadre=cadre, is_active=True).values_list("pk", flat=True))


def _told(people: Iterable[int], key: str, title: str, url: str) -> Iterator[Told]:
    for person in dict.fromkeys(people):
        yield Told(person, key, "CHASE", title, url)


def _menders(feedback: Feedback) -> list[int]:
    """Who mends: the person, or those who lead the unit."""
    return own(feedback.cadre) if feedback.cadre else leading(feedback.subject.unit_id or 0)


def _mending(today: date) -> Iterator[Told]:
    near = Q(due_on__lte=today + timedelta(days=MENDING)) & ~Q(checks__result__in=("MENDED", "NOT_MENDED"))
    for point in lists.to_mend().filter(near):
        on = lists.to_check_on(point)
        now = stage(on, today, MENDING) if on is not None else ""
        if not now:
            continue
        feedback, key = point.feedback, f"mend:{point.pk}:{on}:{now}"
        if now == "before":
            url = reverse("my_feedback", args=[feedback.pk])
            yield from _told(_menders(feedback), key, f"整改清单第{point.number}项{on}到期，请提交整改情况", url)
        else:
            title = f"{feedback.subject.name}整改清单第{point.number}项已到期（{on}），请回头看"
            yield from _told(keepers(feedback.drafted_by_id, feedback.organ, today), key, title, reverse("mending"))


def _promises(today: date) -> Iterator[Told]:
    for seen in plans.open_promises(CarePlan.objects.select_related("organ"), today):
        now = stage(seen.due_on, today, PROMISE) if seen.due_on else ""
        if now:
            words = "已过期，请办理并登记结果" if now == "over" else "到期，请办理"
            title = f"答应{seen.plan.cadre.name}的事项{seen.due_on}{words}：{seen.promised}"
            url = reverse("care_plan", args=[seen.plan_id])
            yield from _told(keepers(seen.by_id, seen.plan.organ, today), f"promise:{seen.pk}:{now}", title, url)


def _trainings(today: date) -> Iterator[Told]:
    rows = Training.objects.filter(corrected__isnull=True, results__isnull=True, last__lt=today).select_related(
        "plan__cadre", "plan__organ"
    )
    for one in rows:
        title, url = f"{one.plan.cadre.name}的培训{one.last}结束，请登记结果：{one.course}", reverse("care_plan", args=[one.plan_id])
        yield from _told(keepers(one.by_id, one.plan.organ, today), f"training:{one.pk}:over", title, url)


def _mentors(today: date) -> Iterator[Told]:
    rows = Mentor.objects.filter(last__gte=today, last__lte=today + timedelta(days=MENTOR)).prefetch_related("words")
    for one in rows.select_related("plan__cadre", "plan__organ", "mentor"):
        word = mentors.word_of(one)
        if word is None or word.word != MentorWord.Word.ACCEPTED:
            continue
        key = f"mentor:{one.pk}:before"
        yield from _told(own(one.mentor), key, f"您担任{one.plan.cadre.name}的联系帮助人到{one.last}为止", reverse("portal_care"))
        title = f"{one.plan.cadre.name}的联系帮助人{one.mentor.name}到{one.last}为止，是否续请由您决定"
        yield from _told(keepers(one.by_id, one.plan.organ, today), key, title, reverse("care_plan", args=[one.plan_id]))


def _entries(today: date) -> Iterator[Told]:
    for one in pools.entries(Pool.objects.filter(closing__isnull=True)).filter(decision__outcome="CONFIRMED", leaving__isnull=True):
        stand = standing(one, today)
        if not stand.live or stand.expires_on is None or not stage(stand.expires_on, today, ENTRY):
            continue
        key, organ = f"entry:{one.pk}:{stand.expires_on}", one.pool.organ
        title = f"人选库“{one.pool.name}”的{one.cadre.name}{stand.expires_on}到期，到期前可以复核续期"
        people = [*keepers(one.proposed_by_id, organ, today), *at_desk(organ, LEADER, today)]
        yield from _told([who for who in people if who not in own(one.cadre)], key, title, reverse("pool_entry", args=[one.pk]))
        if one.pool.told:
            yield from _told(own(one.cadre), key, f"您在人选库“{one.pool.name}”的记录{stand.expires_on}到期", reverse("portal_care"))


def _notices(today: date, at: datetime) -> Iterator[Told]:
    for one in notices.unserved(at - UNSERVED):
        title, key = f"{one.number}《{notices.TITLE}》签发{UNSERVED.days}日仍未送达", f"unserved:{one.pk}"
        yield from _told(own(one.cadre), key, f"请签收：{title}", reverse("my_grade", args=[one.pk]))
        url = reverse("grade_notices", args=[one.result.batch.settled.campaign_id])
        yield from _told(keepers(one.issued_by_id, one.organ, today), key, f"{one.cadre.name}的{title}", url)


def _contracts(today: date) -> Iterator[Told]:
    rows = AppointmentContract.objects.filter(corrected__isnull=True, ending__isnull=True, last__gte=today)
    for one in rows.select_related("cadre", "organ"):
        for what, on, ahead in (("试用期", one.trial_until, TRIAL), ("合同期", one.last, CONTRACT)):
            if on is None or stage(on, today, ahead) != "before":
                continue
            key, title = f"contract:{one.pk}:{what}:{on}", f"聘任合同{one.number}的{what}{on}届满"
            people = [*keepers(one.by_id, one.organ, today), *at_desk(one.organ, HANDLER, today)]
            office = [who for who in people if who not in own(one.cadre)]
            yield from _told(office, key, f"{one.cadre.name}的{title}，请及早研究", reverse("contract", args=[one.pk]))
            yield from _told(own(one.cadre), key, f"您的{title}", reverse("portal_contracts"))
