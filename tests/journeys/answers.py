"""What people in the journeys write into the forms, where a test says nothing else."""

from __future__ import annotations

from typing import Any

LEFT_ALONE = (
    "refused", "secret", "recused", "tolerance_claimed", "consent", "pay_changes", "refusal", "refusal_note", "announced_on", "merged_into",
    "co_authority", "clue", "waits_for", "witnesses", "relation", "stand_in", "unable_since", "late_reason",
)  # fmt: skip


def _vote(n: int) -> dict[str, Any]:
    return {f"members-{n}-leader": n == 8, f"members-{n}-order": n + 1, f"members-{n}-view": "agree", f"members-{n}-vote": "agree"}


MEASURE = {"kind": "TO_RANK", "months": 12, "rank_steps": 0}
DEFAULTS: dict[str, dict[str, Any]] = {
    "approve_opening": {"outcome": "approve", "situations": ["S08"]},
    "list_evidence": {"obtained_by": "李文、赵安", "secret": False, "name": "2025年度项目台账", "source": "来自一名工作人员"},
    "report_findings": {"outcome": "established", "situations": ["S08"], "evidence": "1", **MEASURE},
    "serve_information": {"mode": "in_person"},
    "answer": {"outcome": "statement"},
    "weigh_answer": {"accepted": "part", "outcome": "kept", "kind": False, "months": 0},
    "propose": {"outcome": "propose", **MEASURE},
    "review_legality": dict.fromkeys(("competence", "procedure", "substance", "evidence", "hearing", "deadlines", "recusal"), "ok") | {"outcome": "pass"},
    "give_opinion": {"outcome": "no_objection"},
    "record_meeting": {"outcome": "adopt", "kind": False, "months": 0, **{k: v for n in range(9) for k, v in _vote(n).items()}},
    "decide": {"review_organ": "中共云溪市委组织部", "appeal_organ": "云溪市公务员主管部门"},
    "serve": {"mode": "in_person"},
    "formalize": {"outcome": "done", "begun": "", "rank": ""},
    "place": {"outcome": "placed"},
    "follow_up": {"outcome": "normal"},
}  # fmt: skip
