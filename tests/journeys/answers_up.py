"""What people in the journeys of the way up write into the forms, where a test says nothing else."""

from __future__ import annotations

from typing import Any

from tests.journeys.answers import _vote

POST = "云溪市水利局局长"
BARS = {f"bars-{n}-applies": "no" for n in range(5)}
UP: dict[str, dict[str, Any]] = {
    "initiate": {
        "post": POST, "level": "chief", "elected": False, "posts": 1, "within_quota": True, "order": "interview_first", "directed": False, "outcome": "approve",
    },
    "recommend_by_interview": {"due": 40, "present": 36, "votes-0-votes": 30, "outcome": "meeting"},
    "recommend_by_meeting": {"due": 40, "present": 36, "given": 36, "returned": 36, "valid": 35, "votes-0-votes": 30},
    "report_recommendation": {"outcome": "enough"},
    "announce_competition": {
        "days": 5, "groups-0-group": "笔试", "groups-0-weight": 60, "groups-1-group": "面试", "groups-1-weight": 40,
    },
    "check_applicants": {"outcome": "proceed"},
    "qualify": {**BARS, "outcome": "qualified"},
    "confirm_candidates": {"outcome": "confirm"},
    "announce_examination": {"outcome": "issue"},
    "appraise": {"due": 40, "given": 38, "returned": 38, "valid": 36, "excellent": 30, "competent": 5, "basic": 1, "incompetent": 0},
    "examine": {"outcome": "proceed"},
    "ask_check": {"question": "是否存在影响任职的问题？"},
    "answer_check": {"outcome": "clear"},
    "close_four_checks": {"outcome": "clear"},
    "give_opinion": {"outcome": "agree"},
    "record_meeting": {"outcome": "adopt", "consenting": 0, **{k: v for n in range(9) for k, v in _vote(n).items()}},
    "decide": {"outcome": "notice", "exempt_ground": ""},
    "post_notice": {"days": 5, "exceptional_ground": "", "phone": "0571-12380"},
    "verify_report": {"outcome": "no_effect"},
    "appoint": {"outcome": "on_trial", "filing_required": False},
    "conclude_probation": {"vote_due": 40, "vote_valid": 38, "vote_good": 36, "outcome": "confirmed", "placed_in": False},
}  # fmt: skip
