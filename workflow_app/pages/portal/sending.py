"""What a draft becomes when it is sent: the answer to an open item, or an act of any time. The door decides; this only asks it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django_fsm import can_proceed

from workflow_app import conduct
from workflow_app.conduct import Preview
from workflow_app.models import Case, Document, Draft, Receipt, Representation, WorkItem
from workflow_app.pages import wording
from workflow_app.pages.frame import SUBJECT, Place
from workflow_app.pages.portal import guide, persons
from workflow_app.plain_words import Page
from workflow_app.steps import Refused, Situation, Step

OPEN = ("NEW", "ASSIGNED")
CONCERNED = "concerned"


@dataclass
class Filing:
    """A draft with everything around it: whose case, which step, on whose behalf."""

    draft: Draft
    place: Place
    case: Case
    step: Step
    stand: Representation | None
    item: WorkItem | None

    @property
    def key(self) -> str:
        """Sending the same draft twice is one act."""
        return f"d-{self.draft.token}"

    @property
    def back(self) -> str:
        """Where somebody goes who leaves the form."""
        return reverse("portal_case", args=[self.case.pk])

    @property
    def pages(self) -> list[Page]:
        """What the form asks, page by page."""
        return guide.pages_of(self.step, self.situation)

    @property
    def situation(self) -> Situation:
        """What the form may know."""
        about: Mapping[str, Any] = self.item.subject if self.item else {}
        return Situation(self.case, self.place.account, self.place.at, about)

    def hindered(self) -> Refused | None:
        """Why it cannot be sent now, and what can still be done; None when it can."""
        if self.item is not None:
            return None if self.item.status in OPEN else closed(self.case, self.step)
        return hindrance(self.step, self.situation)

    def foreseen(self, facts: dict[str, Any]) -> Preview:
        """The paper that sending would give."""
        by, at = self.place.account, self.place.at
        if self.item is not None:
            return conduct.preview(self.item, facts=facts, by=by, at=at)
        return conduct.foresee(self.case, self.step.name, facts=facts, by=by, at=at)

    def send(self, facts: dict[str, Any], seen: str) -> Document:
        """Send it; the paper that came of it."""
        by, at = self.place.account, self.place.at
        if self.item is not None:
            record = conduct.complete(self.item, facts=facts, seen=seen, by=by, at=at, key=self.key)
        else:
            record = conduct.file(self.case, self.step.name, facts=facts, seen=seen, by=by, at=at, key=self.key)
        assert record is not None, "nobody signs after the person concerned"
        return Document.objects.defer("content").get(case=self.case, record_seq=record.seq)


def sent_with(place: Place, token: str) -> Receipt | None:
    """The receipt of a draft that was sent already."""
    return Receipt.objects.filter(account=place.account, key=f"d-{token}").first()


def may_answer(place: Place, key: int) -> tuple[persons.Mine, WorkItem]:
    """An item that is put to the person concerned, or 404."""
    item = WorkItem.objects.select_related("desk").filter(pk=key, desk__role=SUBJECT).first()
    if item is None:
        raise Http404(_("没有这一事项，或者您无权查看。"))
    return persons.one_of_mine(place, item.process_id), item


def closed(case: Case, step: Step) -> Refused:
    """The item was answered, withdrawn, or its period is over."""
    return Refused(
        _("“%(step)s”这一步已经结束，不能再提交。") % {"step": step.title},
        way_out=_("可能是已经提交过，或者期限已经届满。请在案件页查看结果；您写的内容还在，可以复制下来当面或者书面交给承办机关。"), rule=_("办理顺序"),
    )  # fmt: skip


def hindrance(step: Step, situation: Situation) -> Refused | None:
    """Why an act of any time is not possible now, in words for the person concerned."""
    case = situation.case
    if case.finished and not step.after_end:
        return Refused(
            _("案件已经办结，不能再提出“%(step)s”。") % {"step": step.title},
            way_out=_("期限没有过的，可以申请复核或者提出申诉；文书有错字的，可以请承办机关更正；案卷随时可以查看。"), rule=_("办理顺序"),
        )  # fmt: skip
    if not can_proceed(getattr(case, step.name)):
        return Refused(
            _("案件现在办到“%(state)s”，还不能或者不能再提出“%(step)s”。") % {"state": wording.told_of(case).title, "step": step.title},
            way_out=_("请在案件页查看现在可以提出的事项。"), rule=_("办理顺序"),
        )  # fmt: skip
    return step.barred(situation)


@dataclass(frozen=True)
class Offer:
    """Something that the person concerned may put forward, or why not now."""

    name: str
    title: str
    about: str
    refused: Refused | None


def offers(place: Place, found: persons.Mine) -> list[Offer]:
    """Acts of any time for the person concerned; those that are possible first."""
    nodes = [node for node in found.case.flow_class.humans() if node.anytime and node.step.by_hand]
    steps = [node.step for node in nodes if node.step.role in (SUBJECT, CONCERNED)]
    situation = Situation(found.case, place.account, place.at, {})
    made = [Offer(step.name, wording.said(step.title), wording.said(step.meant), hindrance(step, situation)) for step in steps]
    return sorted(made, key=lambda offer: offer.refused is not None)
