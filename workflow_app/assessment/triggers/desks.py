"""From a draft to a lead on a desk: the handler's of the unit that manages the cadre, or the leader's for a proposal to promote."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from workflow_app.models import Cadre, Desk, Lead, Unit

HANDLER, LEADER = "case_handler", "org_leader"


@dataclass(frozen=True)
class Draft:
    """A lead to be raised. `origin` names the fact behind it, so that a second run raises no second lead."""

    cadre_id: int
    rule_id: str
    suggests: str
    origin: str
    summary: str
    evidence: tuple[dict[str, Any], ...]


def raise_all(drafts: Iterable[Draft], *, at: datetime, due_on: date) -> int:
    """Put leads on desks; how many are new. A cadre whom nobody here manages gets none."""
    wanted = {draft.origin: draft for draft in drafts}
    known = set(Lead.objects.filter(origin__in=list(wanted)).values_list("origin", flat=True))
    new = [draft for origin, draft in wanted.items() if origin not in known]
    desks = _managing([draft.cadre_id for draft in new])
    rows = [
        Lead(
            desk_id=desk, cadre_id=draft.cadre_id, rule_id=draft.rule_id, suggests=draft.suggests, origin=draft.origin,
            summary=draft.summary[:300], evidence=list(draft.evidence), created_at=at, due_on=due_on,
        )
        for draft in new
        if (desk := desks.get((LEADER if draft.suggests == Lead.Suggests.PROMOTE else HANDLER, draft.cadre_id)))
    ]  # fmt: skip
    Lead.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return len(rows)


def _managing(cadres: list[int]) -> dict[tuple[str, int], int]:
    """(role, cadre) -> desk of the nearest unit above that manages cadres and has one."""
    if not cadres:
        return {}
    managing = set(Unit.objects.filter(manages_cadres=True).values_list("pk", flat=True))
    at = {(desk.role, desk.unit_id): desk.pk for desk in Desk.objects.filter(role__in=(HANDLER, LEADER), unit__in=managing)}
    found = {}
    for cadre in Cadre.objects.filter(pk__in=cadres).select_related("unit"):
        for role in (HANDLER, LEADER):
            desk = next((at[role, unit] for unit in reversed(cadre.unit.ancestor_ids) if (role, unit) in at), None)
            if desk is not None:
                found[role, cadre.pk] = desk
    return found
