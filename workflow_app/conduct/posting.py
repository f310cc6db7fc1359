"""What an act puts up for people outside the case."""

from __future__ import annotations

import secrets
from datetime import date

from workflow_app.conduct.turn import Turn
from workflow_app.conduct.verdict import Verdict
from workflow_app.models import Notice


def put_up(turn: Turn, verdict: Verdict, seq: int) -> None:
    """The row that outsiders see, if the act posts something."""
    posting = verdict.extra.get("posting")
    if posting:
        row = posting | {name: date.fromisoformat(posting[name]) for name in ("first_day", "last_day")}
        turn.batch.insert(Notice, row | {"token": secrets.token_urlsafe(18), "case_id": turn.case.pk, "record_seq": seq})
