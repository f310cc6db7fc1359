"""What can be done with a case now, and what cannot, with the reason. The door decides again when it is done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django_fsm import can_proceed

from workflow_app.models import Case, Deadline, SigningSheet, WorkItem
from workflow_app.nodes import Human
from workflow_app.pages import dates, wording
from workflow_app.pages.frame import SUBJECT, Place
from workflow_app.steps import Situation

CONCERNED, AUTHOR = "concerned", "author"


@dataclass(frozen=True)
class AtHand:
    """An open item: who has it, until when, and whether this person can do it."""

    item: WorkItem
    title: str
    no: str
    who: str
    due: dates.Due
    mine: bool
    reason: str
    signing: bool
    about: str
    paper: bool = False


@dataclass(frozen=True)
class Offer:
    """A step that can be begun without being the case's turn; `reason` says why not."""

    name: str
    title: str
    reason: str


def at_hand(place: Place, case: Case, items: Iterable[WorkItem]) -> list[AtHand]:
    """The open items of a case."""
    found = [item for item in items if item.status in ("NEW", "ASSIGNED")]
    signed = dict(SigningSheet.objects.filter(pk__in=[item.pk for item in found]).values_list("pk", "signed"))
    told = dict(Deadline.objects.filter(item__in=found, closed_at=None).order_by("-id").values_list("item_id", "explanation"))
    return [_one(place, case, item, signed.get(item.pk), told.get(item.pk)) for item in found]


def _one(place: Place, case: Case, item: WorkItem, signed: list[dict[str, object]] | None, told: dict[str, object] | None) -> AtHand:
    step = wording.step_of(case, item.step)
    own = place.is_subject(case) and item.desk.role == SUBJECT
    paper, reason = item.desk.role == SUBJECT and place.enters_paper(case), ""
    if not own and not paper and item.desk_id not in place.desk_ids and item.owner_id != place.account.pk:
        reason = _("由“%(desk)s”办理。") % {"desk": item.desk.name}
    elif item.owner_id not in (None, place.account.pk, *place.stands_for):
        reason = _("已由%(name)s领取。") % {"name": item.owner.display_name if item.owner else ""}
    elif signed and any(one.get("account") == place.account.pk for one in signed):
        reason = _("您已签名，等待其他应签人员。")
    elif case.suspended_on and not own and not _free(case, item.step):
        reason = _("案件中止期间不能办理，先办理“恢复”。")
    who = item.owner.display_name if item.owner else item.desk.name
    suspended = bool(case.suspended_on)
    return AtHand(
        item, wording.said(step.title) if step else item.step, step.no if step else "", who,
        dates.due(item.due_on, place.today, suspended=suspended, told=told), not reason, reason, signed is not None,
        str(item.subject.get("organ_name", "")), paper,
    )  # fmt: skip


def _free(case: Case, name: str) -> bool:
    node = wording.node_of(case, name)
    return bool(node and (node.anytime or node.overriding))


def offers(place: Place, case: Case) -> list[Offer]:
    """Steps of any time: those that can be begun first, then the greyed ones."""
    nodes = [node for node in case.flow_class.humans() if (node.anytime or node.overriding) and node.step.by_hand]
    found = [Offer(node.step.name, wording.said(node.step.title), _reason(place, case, node)) for node in nodes]
    return sorted(found, key=lambda offer: bool(offer.reason))


def _reason(place: Place, case: Case, node: Human) -> str:
    step, own = node.step, place.is_subject(case)
    if case.finished and not step.after_end:
        return _("案件已经办结。")
    if step.role == SUBJECT and not own and not place.enters_paper(case):
        return _("只能由本人发起；本人没有账号的，由承办机关经办人录入书面材料。")
    if own and step.role not in (SUBJECT, CONCERNED):
        return _("任何人不得办理本人的案件。")
    if step.role not in (SUBJECT, CONCERNED, AUTHOR) and not place.sits(str(step.role), case.organ.ancestor_ids):
        return _("由“%(role)s”发起。") % {"role": wording.role_of(case, step.role)}
    if step.clock_effect == "go" and not case.suspended_on:
        return _("案件没有中止。")
    if step.clock_effect == "stop" and case.suspended_on:
        return _("案件已经中止。")
    if not can_proceed(getattr(case, step.name)):
        return _("案件处于“%(state)s”状态，不能办理。") % {"state": wording.state_of(case)}
    barred = step.barred(Situation(case, place.account, place.at, {}))
    return wording.said(barred.reason) if barred else ""
