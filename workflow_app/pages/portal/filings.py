"""Filings against a decision: they open a case of their own, at the organ that decides them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from workflow_app import conduct
from workflow_app.conduct import Preview
from workflow_app.models import Case, Decision, Document, Draft, Representation, Unit
from workflow_app.nodes import PATHS, Path, Way
from workflow_app.pages import wording
from workflow_app.pages.frame import Place
from workflow_app.pages.portal import persons
from workflow_app.pages.portal.sending import Filing
from workflow_app.steps import Refused


@dataclass
class Attack(Filing):
    """A draft that would open a case against a decision."""

    decision: Decision
    path: type[Path]
    way: Way

    @property
    def back(self) -> str:
        """Where somebody goes who leaves the form."""
        return reverse("portal_decision", args=[self.decision.pk])

    def hindered(self) -> Refused | None:
        """Why this filing is not open."""
        return Refused(self.way.reason, way_out=self.way.way_out, rule=_("申请和申诉")) if self.way.reason else None

    def foreseen(self, facts: dict[str, Any]) -> Preview:
        """The application as it would be filed."""
        return conduct.preview_opening(self.path, **self._words(facts))

    def send(self, facts: dict[str, Any], seen: str) -> Document:
        """File it; the application."""
        case = conduct.open(self.path, **self._words(facts), seen=seen, key=self.key)
        return Document.objects.defer("content").filter(case=case, step=self.step.name).earliest("id")

    def _words(self, facts: dict[str, Any]) -> dict[str, Any]:
        return {
            "cadre": self.decision.cadre, "organ": self.case.organ, "facts": facts, "by": self.place.account, "at": self.place.at,
            "first": self.step.name, "decision": self.decision,
        }  # fmt: skip


def paths() -> list[type[Path]]:
    """Paths by which a decision is attacked."""
    return [path for path in PATHS.values() if hasattr(path, "ways")]


def ways(place: Place, decision: Decision) -> list[tuple[type[Path], Way]]:
    """Every filing against a decision today, with the path that it opens."""
    return [(path, way) for path in paths() for way in path.ways(decision, on=place.today)]  # type: ignore[attr-defined]


def decisions(place: Place) -> list[tuple[Decision, Representation | None]]:
    """Decisions about me, or about those for whom I act, of which the person was told or that were served; newest first."""
    held = persons.stands(place)
    by_cadre: dict[int, Representation | None] = {stand.principal_id: stand for stand in held}
    if place.account.cadre_id:
        by_cadre[place.account.cadre_id] = None
    found = Decision.objects.filter(cadre__in=by_cadre).select_related("cadre__unit", "cadre__post__unit", "organ", "case").order_by("-id")
    known = {one.case.pk for one in persons.mine(place)}
    shown = [one for one in found if (one.case_id in known if one.case_id else one.served_on is not None)]
    return [(one, by_cadre[one.cadre_id]) for one in shown if _covered(one, by_cadre[one.cadre_id])]


def _covered(decision: Decision, stand: Representation | None) -> bool:
    return stand is None or stand.case_id in (None, decision.case_id)


def decision_of_mine(place: Place, key: int) -> tuple[Decision, Representation | None]:
    """One of them, or 404: a decision about somebody else is not even said to exist."""
    found = next((one for one in decisions(place) if one[0].pk == key), None)
    if found is None:
        raise Http404(_("没有这份决定，或者它不是关于您的。只能就关于本人的决定申请复核或者提出申诉。"))
    return found


def filing_of(place: Place, draft: Draft) -> Filing:
    """The filing of a draft, or 404 when its case, decision or step is no longer the person's to touch."""
    if draft.case_id is None:
        return _attack(place, draft)
    found = persons.one_of_mine(place, draft.case_id)
    step = wording.step_of(found.case, draft.step)
    if step is None:
        raise Http404(_("这一环节已不在程序中。"))
    return Filing(draft, place, found.case, step, found.stand, draft.item)


def _attack(place: Place, draft: Draft) -> Attack:
    number, organ = (int(part) for part in draft.about.split(":"))
    decision, stand = decision_of_mine(place, number)
    path = PATHS[draft.path]
    open_ways = [way for way in path.ways(decision, on=place.today) if way.step == draft.step]  # type: ignore[attr-defined]
    way = next((way for way in open_ways if way.organ is not None and way.organ.pk == organ), None) or open_ways[0]
    case: Case = path.process_class(
        flow_class=path, cadre=decision.cadre, organ=way.organ or Unit.objects.get(pk=organ), decision=decision, parent=way.parent,
        anchors={way.rule: way.starts_on.isoformat()} if way.starts_on else {},
    )  # fmt: skip
    return Attack(draft, place, case, path.node_of(draft.step).step, stand, None, decision, path, way)
