"""What an act leaves for the remedies: the decision it makes, and the service it proves."""

from __future__ import annotations

from datetime import date
from typing import Any

from workflow_app.conduct.turn import Turn
from workflow_app.conduct.verdict import Verdict
from workflow_app.models import Decision, Document, Service
from workflow_app.steps import Refused


def keep(turn: Turn, verdict: Verdict, seq: int, paper: tuple[int, str], signed: list[dict[str, Any]]) -> None:
    """Rows of the decision and of the service that the act stands for."""
    if verdict.extra.get("decision"):
        _decision(turn, verdict, *paper)
    if verdict.extra.get("service"):
        _service(turn, dict(verdict.extra["service"]), seq, signed)


def _decision(turn: Turn, verdict: Verdict, document: int, number: str) -> None:
    made, case = verdict.extra["decision"], turn.case
    turn.batch.insert(Decision, {
        "cadre_id": case.cadre_id, "organ_id": case.organ_id, "kind": made["kind"], "title": verdict.title, "number": number,
        "decided_on": date.fromisoformat(made["decided_on"]), "measure": made["measure"], "case_id": case.pk, "document_id": document,
        "entered_by_id": turn.by.pk if turn.by else None, "entered_at": turn.at,
    })  # fmt: skip


def _service(turn: Turn, proven: dict[str, Any], seq: int, signed: list[dict[str, Any]]) -> None:
    case, step = turn.case, proven.pop("of")
    served = Document.objects.filter(case_id=case.pk, step=step).only("id", "title").order_by("-id").first()
    if served is None:
        raise Refused("没有可以送达的文书。", way_out="先办结作出文书的环节。", rule="送达")
    announced = proven.pop("announced_on", None)
    turn.batch.insert(Service, {
        "cadre_id": case.cadre_id, "title": served.title, "document_id": served.pk, "case_id": case.pk, "record_seq": seq,
        "delivered_by": [one["name"] for one in signed], "entered_at": turn.at, **proven,
        "served_on": date.fromisoformat(proven["served_on"]), "announced_on": date.fromisoformat(announced) if announced else None,
    })  # fmt: skip
