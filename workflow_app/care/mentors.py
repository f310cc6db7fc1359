"""联系帮助人: named by the office, acknowledged by the mentor, and never somebody who had a hand in the case or is tied to the person."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from workflow_app.care.rules import CARE, day, disinterested, in_order, said
from workflow_app.models import Account, Cadre, CarePlan, Hand, Mentor, MentorWord
from workflow_app.refusing import Refused
from workflow_app.ties import tied

Word = MentorWord.Word


def check_mentor(plan: CarePlan, mentor: Cadre) -> None:
    """Whether somebody may be asked. Raises Refused."""
    way_out = _("另选一名没有参加办理、没有回避关系的人员。")
    if mentor.pk == plan.cadre_id:
        raise Refused(_("本人不能是自己的联系帮助人。"), way_out=way_out, rule=CARE, field="mentor")
    if not mentor.active or not mentor.unit.path.startswith(plan.organ.path):
        raise Refused(_("联系帮助人须是本机关管理的在职干部。"), way_out=way_out, rule=CARE, field="mentor")
    if Hand.objects.filter(case=plan.case_id, cadre=mentor).exists():
        raise Refused(_("%(name)s参加过本案的办理或者决定。") % {"name": mentor.name}, way_out=way_out, rule=CARE, field="mentor")
    if tied([mentor.pk], [plan.cadre_id]):
        raise Refused(_("%(name)s与本人有申报的回避关系。") % {"name": mentor.name}, way_out=way_out, rule="SD-10", field="mentor")


@transaction.atomic
def name_mentor(plan: CarePlan, mentor: Cadre, first: date, last: date, *, by: Account, at: datetime) -> Mentor:
    """Ask somebody to be the mentor; one at a time. Raises Refused."""
    CarePlan.objects.select_for_update().get(pk=plan.pk)
    disinterested(plan.cadre, by)
    check_mentor(plan, mentor)
    in_order(first, last)
    if current(plan, day(at)) is not None:
        raise Refused(_("已有联系帮助人，或者正等待答复。"), way_out=_("先登记提前结束，再另选。"), rule=CARE, field="mentor")
    return Mentor.objects.create(plan=plan, mentor=mentor, first=first, last=last, by=by, at=at)


def word_of(mentor: Mentor) -> MentorWord | None:
    """What was said last; None while the mentor has not answered."""
    return max(mentor.words.all(), key=lambda one: one.pk, default=None)


def current(plan: CarePlan, today: date) -> Mentor | None:
    """The mentor who was asked or has accepted, until the last day."""
    for one in plan.mentors.prefetch_related("words__by__cadre").select_related("mentor__unit", "mentor__post__unit").order_by("-id"):
        word = word_of(one)
        if one.last >= today and (word is None or word.word == Word.ACCEPTED):
            return one
    return None


@transaction.atomic
def answer(mentor: Mentor, word: str, reason: str, *, by: Account, at: datetime) -> MentorWord:
    """The mentor accepts or declines; nobody else says it for them. Raises Refused."""
    Mentor.objects.select_for_update().get(pk=mentor.pk)
    if by.cadre_id != mentor.mentor_id:
        raise Refused(_("只能由被提名人本人答复。"), way_out=_("由其本人在“我的事项”中答复。"), rule=CARE)
    if word_of(Mentor.objects.prefetch_related("words").get(pk=mentor.pk)) is not None:
        raise Refused(_("已经答复过。"), way_out=_("需要改变的，联系组织部门登记提前结束。"), rule=CARE)
    if word not in (Word.ACCEPTED, Word.DECLINED):
        raise Refused(_("没有选择答复。"), way_out=_("选择同意或者不能担任。"), rule=CARE, field="word")
    return MentorWord.objects.create(mentor=mentor, word=word, reason=reason.strip()[:200], by=by, at=at)


@transaction.atomic
def end(mentor: Mentor, reason: str, *, by: Account, at: datetime) -> MentorWord:
    """The office ends it before its last day, or takes back a question that was not answered. Raises Refused."""
    Mentor.objects.select_for_update().get(pk=mentor.pk)
    disinterested(mentor.plan.cadre, by)
    last = word_of(Mentor.objects.prefetch_related("words").get(pk=mentor.pk))
    if last is not None and last.word != Word.ACCEPTED:
        raise Refused(_("已经结束。"), way_out=_("刷新页面。"), rule=CARE)
    words = said(reason, _("提前结束的理由"), "ended", rule=CARE)
    return MentorWord.objects.create(mentor=mentor, word=Word.ENDED, reason=words[:200], by=by, at=at)
