"""A plan of help for somebody whose post was adjusted: trainings, visits, and what was promised. Entries stay; a correction is a new one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from workflow_app.care.rules import CARE, day, disinterested, in_order, not_ahead, said
from workflow_app.models import (
    Account,
    CarePlan,
    CareVisit,
    Case,
    ClassResult,
    Decision,
    Participant,
    PromiseKept,
    Service,
    Training,
    TrainingResult,
)
from workflow_app.refusing import Refused


@dataclass(frozen=True)
class Course:
    """A training to be offered."""

    course: str
    place: str
    gap: str
    first: date
    last: date


@dataclass(frozen=True)
class Seen:
    """A visit: what was asked for and what was promised until when."""

    visited_on: date
    visitors: str
    asked: str
    promised: str = ""
    due_on: date | None = None


def adjusted(paths: list[str]) -> QuerySet[Case]:
    """Cases of the organs (by path) with a decision of adjustment that stands and was served, the newest first."""
    of_it = Q(decision=OuterRef("pk")) | Q(document__isnull=False, document=OuterRef("document"))
    decided = Decision.objects.filter(Exists(Service.objects.filter(of_it)), kind=Decision.Kind.ADJUSTMENT, case__isnull=False)
    within = Q(pk__in=[])
    for path in paths:
        within |= Q(organ__path__startswith=path)
    found = Case.objects.filter(within, pk__in=decided.values("case"), overturned_on__isnull=True).order_by("-id")
    return found.select_related("cadre__unit", "cadre__post__unit", "organ", "care_plan").prefetch_related("decisions")


def decision_of(case: Case) -> Decision | None:
    """The decision by which the case adjusted a post, once it was served and while it stands."""
    found = Decision.objects.filter(case=case, kind=Decision.Kind.ADJUSTMENT, case__overturned_on__isnull=True).order_by("id").last()
    return found if found is not None and found.served_on is not None else None


@transaction.atomic
def open_plan(case: Case, aim: str, *, by: Account, at: datetime) -> CarePlan:
    """A plan on a case whose decision was served. Raises Refused."""
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    disinterested(case.cadre, by)
    if decision_of(case) is None:
        raise Refused(_("调整决定还没有送达本人，或者已经被撤销、变更。"), way_out=_("决定送达以后制定帮扶计划。"), rule=CARE)
    if CarePlan.objects.filter(case=case).exists():
        raise Refused(_("这个案件已有帮扶计划。"), way_out=_("在原计划中登记。"), rule=CARE)
    words = said(aim, _("帮扶目标"), "aim", 10, rule=CARE)
    return CarePlan.objects.create(case=case, cadre=case.cadre, organ=case.organ, aim=words, opened_by=by, opened_at=at)


def _correcting(old: Any, why: str) -> dict[str, Any]:
    """The link of a correction with what it corrects; nothing is corrected twice. Raises Refused."""
    if old is None:
        return {}
    if type(old).objects.filter(corrects=old).exists():
        raise Refused(_("这一条已经更正过。"), way_out=_("更正最新的一条。"), rule=CARE)
    return {"corrects": old, "why": said(why, _("更正理由"), "why", rule=CARE)}


@transaction.atomic
def train(plan: CarePlan, what: Course, *, by: Account, at: datetime, corrects: Training | None = None, why: str = "") -> Training:
    """Offer a training, or correct an entry of one. Raises Refused."""
    disinterested(plan.cadre, by)
    if corrects is not None:
        _not_carried(corrects)
    in_order(what.first, what.last)
    words = {
        "course": said(what.course, _("培训内容"), "course", 2, rule=CARE), "place": said(what.place, _("地点和主办单位"), "place", 2, rule=CARE),
        "gap": said(what.gap, _("补什么短板"), "gap", rule=CARE),
    }  # fmt: skip
    return Training.objects.create(plan=plan, first=what.first, last=what.last, by=by, at=at, **words, **_correcting(corrects, why))


def _not_carried(training: Training) -> None:
    """A training that a class carries has its result there. Raises Refused."""
    if Participant.objects.filter(training=training).exists():
        raise Refused(_("这项培训由培训班次承担。"), way_out=_("结果在班次的参训人员中登记；变动在班次中办理。"), rule=CARE)


def carried(training: Training) -> tuple[Participant, ClassResult | None] | None:
    """The class that carries a training, as a participant's place in it, with the newest result there; None where no class does."""
    one = Participant.objects.filter(training=training).prefetch_related("training_class__terms", "results").first()
    return (one, max(one.results.all(), key=lambda row: row.pk, default=None)) if one is not None else None


def outcome_of(training: Training) -> str:
    """How a training ended, in words: in its class, or as entered in the plan; empty while it has not."""
    found = carried(training)
    result = found[1] if found is not None else max(training.results.all(), key=lambda row: row.pk, default=None)
    return str(result.get_outcome_display()) if result is not None else ""


@transaction.atomic
def end_training(training: Training, outcome: str, text: str, ended_on: date, *, by: Account, at: datetime) -> TrainingResult:
    """What came of a training; a later entry counts instead of an earlier one. Raises Refused."""
    disinterested(training.plan.cadre, by)
    _not_carried(training)
    not_ahead(ended_on, day(at), "ended_on")
    in_order(training.first, ended_on, "ended_on")
    if outcome not in TrainingResult.Outcome.values:
        raise Refused(_("没有选择结果。"), way_out=_("选择一项。"), rule=CARE, field="outcome")
    words = said(text, _("结果说明"), "text", rule=CARE)
    return TrainingResult.objects.create(training=training, outcome=outcome, text=words, ended_on=ended_on, by=by, at=at)


@transaction.atomic
def visit(plan: CarePlan, seen: Seen, *, by: Account, at: datetime, corrects: CareVisit | None = None, why: str = "") -> CareVisit:
    """A visit beside those of the case, or the correction of one. Raises Refused."""
    disinterested(plan.cadre, by)
    not_ahead(seen.visited_on, day(at), "visited_on")
    promised = seen.promised.strip()
    if bool(promised) != (seen.due_on is not None):
        raise Refused(_("答应办理的事项和办理期限应当一并填写。"), way_out=_("两项都填，或者都不填。"), rule=CARE, field="due_on")
    if seen.due_on is not None and seen.due_on < seen.visited_on:
        raise Refused(_("办理期限早于回访日期。"), way_out=_("更正办理期限。"), rule=CARE, field="due_on")
    words = {
        "visitors": said(seen.visitors, _("回访人"), "visitors", 2, rule=CARE),
        "asked": said(seen.asked, _("本人提出的事项"), "asked", 2, rule=CARE),
    }
    return CareVisit.objects.create(
        plan=plan, visited_on=seen.visited_on, promised=promised, due_on=seen.due_on, by=by, at=at, **words, **_correcting(corrects, why)
    )


@transaction.atomic
def keep_promise(seen: CareVisit, text: str, done_on: date, *, by: Account, at: datetime) -> PromiseKept:
    """What was done about a promise. Raises Refused."""
    CareVisit.objects.select_for_update().get(pk=seen.pk)
    disinterested(seen.plan.cadre, by)
    not_ahead(done_on, day(at), "done_on")
    if not seen.promised or hasattr(seen, "corrected"):
        raise Refused(_("这次回访没有待办的事项。"), way_out=_("在最新的回访记录中登记。"), rule=CARE)
    if PromiseKept.objects.filter(visit=seen).exists():
        raise Refused(_("这一事项已经办结。"), way_out=_("新的情况另行登记回访。"), rule=CARE)
    in_order(seen.visited_on, done_on, "done_on")
    return PromiseKept.objects.create(visit=seen, text=said(text, _("办理结果"), "text", rule=CARE), done_on=done_on, by=by, at=at)


def standing_trainings(plan: CarePlan) -> list[Training]:
    """Trainings of a plan that were not corrected by a later entry."""
    return list(plan.trainings.filter(corrected__isnull=True).prefetch_related("results"))


def open_promises(plans: Any, today: date) -> list[CareVisit]:
    """Promises not kept yet, the earliest first."""
    rows = CareVisit.objects.filter(plan__in=plans, corrected__isnull=True, kept__isnull=True).exclude(promised="")
    return list(rows.select_related("plan__cadre__unit").order_by("due_on", "id"))
