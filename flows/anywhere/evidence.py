"""The evidence that the person concerned asked to see: which of the list, and whether the answer is still owed."""

from __future__ import annotations

from typing import Any

from workflow_app.models import Case
from workflow_app.steps import Situation


def listed(situation: Situation) -> list[str]:
    """The numbered list of this round, once the person was told what rests on it."""
    told = "inform_cadre" in situation.case.settled
    return list(situation.settled("list_evidence").get("names", [])) if told else []


def asked_for(situation: Situation) -> list[str]:
    """Pieces of this round's list that were asked for already."""
    asked = situation.settled("ask_evidence")
    return list(asked.get("pieces", [])) if asked.get("round") == situation.case.round else []


def answer_is_owed(case: Case) -> bool:
    """Whether a request waits for its answer: every request counts one, every answer as well."""
    settled: dict[str, Any] = case.settled
    return int(settled.get("ask_evidence", {}).get("count", 0)) > int(settled.get("show_evidence", {}).get("count", 0))
