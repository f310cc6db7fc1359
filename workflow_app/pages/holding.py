"""Which work items a person may open, and as whom."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from workflow_app import ledger
from workflow_app.models import Case, Deadline, SigningSheet, WorkItem
from workflow_app.pages import dates, wording
from workflow_app.pages.frame import SUBJECT, Place, place_of
from workflow_app.steps import Situation, Step

OPEN = ("NEW", "ASSIGNED")


@dataclass
class Held:
    """An item in the hands of the signed-in person."""

    place: Place
    item: WorkItem
    case: Case
    step: Step
    sheet: SigningSheet | None

    @property
    def situation(self) -> Situation:
        """What the step's form may know."""
        return Situation(self.case, self.place.account, self.place.at, self.item.subject)

    @property
    def is_open(self) -> bool:
        """Whether it can still be done."""
        return self.item.status in OPEN

    @property
    def as_subject(self) -> bool:
        """Whether the person acts in a case about themself."""
        return self.place.is_subject(self.case)

    @cached_property
    def from_paper(self) -> bool:
        """Whether a handler enters what the person concerned, who has no account, wrote on paper."""
        return str(self.step.role) == SUBJECT and self.place.enters_paper(self.case)

    @property
    def begun(self) -> bool:
        """Whether it was begun without being the case's turn, by this person."""
        return str(self.item.token) == "aside" and self.item.owner_id == self.place.account.pk

    @property
    def due(self) -> dates.Due:
        """Its due date."""
        told = self.period.explanation if self.period else None
        return dates.due(self.item.due_on, self.place.today, suspended=bool(self.case.suspended_on), told=told)

    @cached_property
    def period(self) -> Deadline | None:
        """Its period; where a minimum runs beside it, the one that has to be kept."""
        return Deadline.objects.filter(item=self.item, closed_at=None).order_by("id").first()

    @property
    def explained(self) -> list[str]:
        """Why the due date is what it is."""
        return dates.why(self.period.explanation) if self.period else []

    def head(self) -> dict[str, object]:
        """What every page of an item shows."""
        return {
            "held": self, "item": self.item, "case": self.case, "step": self.step, "due": self.due, "explained": self.explained,
            "state": wording.state_of(self.case), "certainty": wording.certainty_of(self.step), "desk": self.item.desk,
            "role": wording.role_of(self.case, self.step.role), "portal": self.as_subject,
            "simple": self.as_subject,
        }  # fmt: skip


def held(request: HttpRequest, key: int, *, read: bool = False) -> Held:
    """The item, when it lies on the person's desk, is theirs, or is for them as the person concerned; else 404."""
    place = place_of(request)
    chosen = WorkItem.objects.select_related(
        "process__cadre__unit", "process__cadre__post__unit", "process__organ", "desk__unit", "owner__cadre"
    )
    item = chosen.filter(pk=key).first()
    nothing = _("没有这一事项，或者您无权查看。")
    if item is None:
        raise Http404(nothing)
    if not _reachable(place, item):
        raise place.no_entry(item.process_id, nothing)
    case = wording.as_path(item.process)
    step = wording.step_of(case, item.step)
    if step is None:
        raise Http404(_("这一环节已不在程序中。"))
    if read:
        ledger.read(account=place.account, what="item", ref=item.pk, case=case, at=place.at, step=item.step, desk=item.desk)
    return Held(place, item, case, step, SigningSheet.objects.filter(pk=item.pk).first())


def _reachable(place: Place, item: WorkItem) -> bool:
    own = place.is_subject(item.process)
    if item.process.kept_out.get(str(place.account.cadre_id)):
        return False
    if item.owner_id == place.account.pk:
        return True
    if own:
        return item.desk.role == SUBJECT
    return item.desk_id in place.desk_ids or (item.desk.role == SUBJECT and place.enters_paper(item.process))
