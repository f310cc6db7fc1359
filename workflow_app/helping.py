"""Acts of a plan of help that leave a record: what the room does, a line in the organ's journal, and who is told. Pages come through here."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from workflow_app import unfiled
from workflow_app.care import counselling, mentors, plans, wording
from workflow_app.care.rules import CARE
from workflow_app.caring import person, record
from workflow_app.clock import TZ
from workflow_app.models import (
    Account,
    Cadre,
    CarePaper,
    CarePlan,
    CareVisit,
    Case,
    ConsentWord,
    CounsellingDate,
    CounsellingOffer,
    Mentor,
    MentorWord,
    PromiseKept,
    Training,
    TrainingResult,
)
from workflow_app.refusing import Refused
from workflow_app.telling.messages import Told, tell

TEMPLATE = "documents/care.html"


def _tell(cadre: Cadre, key: str, title: str, at: datetime) -> None:
    account = person(cadre)
    if account is not None:
        tell([Told(account.pk, key, "ITEM", title, reverse("portal_care"))], at)


def _note(plan: CarePlan, what: str, by: Account, at: datetime, **facts: Any) -> None:
    record(plan.organ, what, by=by, at=at, facts={"plan": plan.pk, "case": plan.case.number, **facts})


@transaction.atomic
def open_plan(case: Case, aim: str, *, by: Account, at: datetime) -> CarePlan:
    """A plan; the person is told. Raises Refused."""
    made = plans.open_plan(case, aim, by=by, at=at)
    _note(made, "plan", by, at, aim=made.aim)
    _tell(made.cadre, f"care:{made.pk}", "为您制定了帮扶计划", at)
    return made


@transaction.atomic
def train(plan: CarePlan, what: plans.Course, *, by: Account, at: datetime, corrects: Training | None = None, why: str = "") -> Training:
    """Offer a training, or correct an entry of one; the person is told. Raises Refused."""
    made = plans.train(plan, what, by=by, at=at, corrects=corrects, why=why)
    _note(plan, "training", by, at, training=made.pk, course=made.course, corrects=made.corrects_id, why=made.why)
    _tell(plan.cadre, f"care:training:{made.pk}", f"为您安排了培训：{made.course}", at)
    return made


@transaction.atomic
def end_training(training: Training, outcome: str, text: str, ended_on: date, *, by: Account, at: datetime) -> TrainingResult:
    """What came of a training. Raises Refused."""
    made = plans.end_training(training, outcome, text, ended_on, by=by, at=at)
    _note(training.plan, "trained", by, at, training=training.pk, outcome=made.outcome, ended_on=str(ended_on))
    return made


@transaction.atomic
def name_mentor(plan: CarePlan, mentor: Cadre, first: date, last: date, *, by: Account, at: datetime) -> Mentor:
    """Ask somebody to be the mentor; they are told. Raises Refused."""
    made = mentors.name_mentor(plan, mentor, first, last, by=by, at=at)
    _note(plan, "mentor", by, at, mentor=mentor.number, first=str(first), last=str(last))
    _tell(mentor, f"care:mentor:{made.pk}", "请您答复是否担任联系帮助人", at)
    return made


@transaction.atomic
def answer_mentor(mentor: Mentor, word: str, reason: str, *, by: Account, at: datetime) -> MentorWord:
    """The mentor accepts or declines; on acceptance the person is told who helps. Raises Refused."""
    made = mentors.answer(mentor, word, reason, by=by, at=at)
    _note(mentor.plan, "mentor_said", by, at, mentor=mentor.mentor.number, word=made.word)
    if made.word == MentorWord.Word.ACCEPTED:
        _tell(mentor.plan.cadre, f"care:mentor:{mentor.pk}:yes", f"{mentor.mentor.name}担任您的联系帮助人", at)
    return made


@transaction.atomic
def end_mentor(mentor: Mentor, reason: str, *, by: Account, at: datetime) -> MentorWord:
    """The office ends it early. Raises Refused."""
    made = mentors.end(mentor, reason, by=by, at=at)
    _note(mentor.plan, "mentor_said", by, at, mentor=mentor.mentor.number, word=made.word, reason=made.reason)
    return made


@transaction.atomic
def offer_counselling(plan: CarePlan, *, by: Account, at: datetime) -> CounsellingOffer:
    """Offer counselling; the person is told once and not reminded. Raises Refused."""
    made = counselling.offer(plan, by=by, at=at)
    _note(plan, "offered", by, at, offer=made.pk)
    _tell(plan.cadre, f"care:offer:{made.pk}", "可以为您安排心理咨询，是否需要由您决定", at)
    return made


@transaction.atomic
def say_to_counselling(offer: CounsellingOffer, word: str, *, by: Account, at: datetime) -> ConsentWord:
    """The person's own word. Raises Refused."""
    made = counselling.say(offer, word, by=by, at=at)
    _note(offer.plan, "consent", by, at, offer=offer.pk, word=made.word)
    return made


@transaction.atomic
def note_counselling(offer: CounsellingOffer, held_on: date, *, by: Account, at: datetime) -> CounsellingDate:
    """A date, while the consent stands. Raises Refused."""
    made = counselling.note_date(offer, held_on, by=by, at=at)
    _note(offer.plan, "counselling", by, at, offer=offer.pk, held_on=str(held_on))
    return made


@transaction.atomic
def visit(plan: CarePlan, seen: plans.Seen, *, by: Account, at: datetime, corrects: CareVisit | None = None, why: str = "") -> CareVisit:
    """A visit, or the correction of one. Raises Refused."""
    made = plans.visit(plan, seen, by=by, at=at, corrects=corrects, why=why)
    _note(plan, "visit", by, at, visit=made.pk, due_on=str(made.due_on or ""), corrects=made.corrects_id, why=made.why)
    return made


@transaction.atomic
def keep_promise(seen: CareVisit, text: str, done_on: date, *, by: Account, at: datetime) -> PromiseKept:
    """A promise was kept; the person is told. Raises Refused."""
    made = plans.keep_promise(seen, text, done_on, by=by, at=at)
    _note(seen.plan, "kept", by, at, visit=seen.pk, done_on=str(done_on))
    _tell(seen.plan.cadre, f"care:kept:{seen.pk}", "您在回访中提出的事项有了办理结果", at)
    return made


def slip_of(plan: CarePlan, seen: CareVisit | None, number: str) -> unfiled.Slip:
    """The paper of a plan, or of one of its visits."""
    title, content = (wording.VISIT, wording.visit_content(seen)) if seen else (wording.PLAN, wording.plan_content(plan))
    return unfiled.Slip(title, number, "帮扶", plan.organ, plan.cadre.name, content, TEMPLATE)


def preview(plan: CarePlan, seen: CareVisit | None, at: datetime) -> bytes:
    """The paper as it would be. Raises documents.RenderingFailed."""
    return unfiled.printed(slip_of(plan, seen, "—"), None, at).pdf


def issue(plan: CarePlan, seen: CareVisit | None, *, by: Account, at: datetime) -> CarePaper:
    """Print and freeze the paper; the person is told and finds it in the portal. Raises Refused or documents.RenderingFailed."""
    number = f"帮扶〔{at.astimezone(TZ).year}〕{plan.pk}-{plan.papers.count() + 1}号"
    if by.cadre_id == plan.cadre_id:
        raise Refused("任何人不得办理本人的事项。", way_out="由其他人员办理。", rule="SD-9")
    if seen is not None and CarePaper.objects.filter(visit=seen).exists():
        raise Refused("这次回访的记录已经签发。", way_out="有变化的，另行登记更正。", rule=CARE)
    made = unfiled.printed(slip_of(plan, seen, number), by, at)
    with transaction.atomic():
        kind = CarePaper.Kind.VISIT if seen else CarePaper.Kind.PLAN
        paper = CarePaper.objects.create(
            plan=plan, kind=kind, visit=seen, number=number, issued_on=at.astimezone(TZ).date(), issued_by=by, **vars(made)
        )
        _note(plan, "paper", by, at, number=number, sha256=made.sha256, content=made.content_hash)
        _tell(plan.cadre, f"care:paper:{paper.pk}", f"您的{paper.content['paper']['title']}已经签发", at)
    return paper
