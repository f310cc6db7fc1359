"""A review that is not decided in time: the direct appeal is open beside it (procedure §6), and once accepted it takes the review's place.

No decision is deemed in either direction. The appeal keeps its own period from the service of the decision; when that is over, a person
decides on the just cause, and the organ's delay is one to be named.
"""

from __future__ import annotations

from datetime import date

from flows.remedy.matter import last_day_of
from workflow_app.models import Case

RULE = "RM-REVIEW-DECIDE"
# An appeal that was not, or not yet, found to be one: the review is not bound by it.
NOT_TAKEN_UP = ("new", "filed", "asked", "supplementing", "lapsed", "refused", "not_accepted", "ended")


def is_overdue(review: Case, on: date) -> bool:
    """Whether a review still waits for its decision after the organ's last day."""
    last = last_day_of(review, RULE)
    return review.has("review") and str(review.state) == "reviewing" and last is not None and on > last


def overdue_review(decision_id: int | None, on: date) -> Case | None:
    """The review of a decision that is overdue, or None."""
    running = Case.objects.filter(decision=decision_id, finished=None) if decision_id else []
    return next((case for case in running if is_overdue(case, on)), None)


def is_taken_up(appeal: Case) -> bool:
    """Whether an appeal was accepted, and not ended since: from then on a review beside it is bound by it."""
    return appeal.has("appeal") and str(appeal.state) not in NOT_TAKEN_UP


def appeal_in_its_place(review: Case) -> Case | None:
    """The appeal that was accepted after the review's organ let its period lapse."""
    if not review.overtaken_on:
        return None
    others = Case.objects.filter(decision=review.decision_id).exclude(pk=review.pk).select_related("organ").order_by("id")
    return next((case for case in others if is_taken_up(case)), None)


def review_has_revoked(appeal: Case) -> bool:
    """Whether the late review has revoked the decision in the meantime: then there is nothing left to appeal against."""
    late = Case.objects.filter(decision=appeal.decision_id, overtaken_on__isnull=False) if appeal.decision_id else []
    return any(case.has("revoked") for case in late)
