"""For whom somebody uses the portal: for themself, or for a person who has authorized them; and which cases that reaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from workflow_app.models import Case, Document, Representation, WorkItem
from workflow_app.nodes import PATHS
from workflow_app.pages import wording
from workflow_app.pages.frame import SUBJECT, Place


@dataclass(frozen=True)
class Mine:
    """A case that somebody sees in the portal, and on whose behalf."""

    case: Case
    stand: Representation | None

    @property
    def own(self) -> bool:
        """Whether it is about the signed-in person."""
        return self.stand is None

    @property
    def told(self) -> Any:
        """The state in plain words."""
        return wording.told_of(self.case)


def stands(place: Place) -> list[Representation]:
    """The authorities that hold today, under which the person acts for others."""
    valid = Q(valid_to__isnull=True) | Q(valid_to__gte=place.today)
    found = Representation.objects.filter(valid, account=place.account, standing="VALID", valid_from__lte=place.today)
    return list(found.select_related("principal__unit", "case").order_by("id"))


def telling() -> set[str]:
    """Steps whose paper is what first tells the person that there is a case."""
    return {node.step.name for path in PATHS.values() for node in path.humans() if node.step.tells}


def known() -> Q:
    """Cases of which the person has been told: by such a paper, or because something was asked of them."""
    told = Document.objects.filter(case=OuterRef("pk"), open_to_subject=True, step__in=telling())
    asked = WorkItem.objects.filter(process=OuterRef("pk"), desk__role=SUBJECT)
    return Q(Exists(told)) | Q(Exists(asked))


def _reached(place: Place, held: list[Representation]) -> QuerySet[Case]:
    own = Q(cadre__account=place.account)
    for stand in held:
        within = Q(pk=stand.case_id) | Q(decision__case=stand.case_id) if stand.case_id else Q()
        own |= Q(cadre=stand.principal_id) & within
    found: QuerySet[Case] = Case.objects.filter(own).filter(known())
    return found.select_related("organ", "cadre__unit", "cadre__post__unit", "cadre__account", "law", "parent", "decision")


def mine(place: Place) -> list[Mine]:
    """Cases about me, or about those for whom I act, newest first."""
    held = stands(place)
    return [_as_mine(place, case, held) for case in _reached(place, held).order_by("-id")]


def one_of_mine(place: Place, key: int) -> Mine:
    """One such case, or 404: whether there is one of which nobody was told is not said."""
    held = stands(place)
    case = _reached(place, held).filter(pk=key).first()
    if case is None:
        raise Http404(_("没有这个案件，或者您无权查看。"))
    return _as_mine(place, case, held)


def _as_mine(place: Place, case: Case, held: list[Representation]) -> Mine:
    wording.as_path(case)
    if place.is_subject(case):
        return Mine(case, None)
    covered = (None, case.pk, case.decision.case_id if case.decision else case.pk)
    return Mine(case, next(stand for stand in held if stand.principal_id == case.cadre_id and stand.case_id in covered))


def papers_for(case: Case) -> list[Document]:
    """Papers that the person concerned may read, newest first."""
    return list(Document.objects.filter(case=case, open_to_subject=True).defer("content").order_by("-id"))
