"""Every step of the remedies, gathered for path.py."""

from flows.remedy.steps.admit import Admit
from flows.remedy.steps.appeal import Appeal
from flows.remedy.steps.apply_for_review import ApplyForReview
from flows.remedy.steps.confirm_correction import ConfirmCorrection
from flows.remedy.steps.correct import Correct
from flows.remedy.steps.decide import Decide
from flows.remedy.steps.end import End
from flows.remedy.steps.extend import Extend
from flows.remedy.steps.form_committee import FormCommittee
from flows.remedy.steps.hear import Hear
from flows.remedy.steps.reappeal import Reappeal
from flows.remedy.steps.review import Review
from flows.remedy.steps.serve_decision import ServeDecision
from flows.remedy.steps.supplement import Supplement
from flows.remedy.steps.take_posted import TakePosted
from flows.remedy.steps.take_withdrawal import TakeWithdrawal
from flows.remedy.steps.withdraw import Withdraw

__all__ = [
    "Admit",
    "Appeal",
    "ApplyForReview",
    "ConfirmCorrection",
    "Correct",
    "Decide",
    "End",
    "Extend",
    "FormCommittee",
    "Hear",
    "Reappeal",
    "Review",
    "ServeDecision",
    "Supplement",
    "TakePosted",
    "TakeWithdrawal",
    "Withdraw",
]
