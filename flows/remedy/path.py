"""The remedies, R1 to R8, on one screen. Who is next; what may lawfully follow stands in case.py.

Each remedy is a case of its own at the organ that decides it: a review, an appeal, a re-appeal. It is opened through the
door with the decision that it attacks; `ways` tells which filings are open, where and until when:

    way = RemedyPath.ways(decision, on=today)[n]              # way.reason is empty when it is open; a late one is taken
    conduct.preview_opening(RemedyPath, cadre=..., organ=way.organ, facts=..., by=..., at=..., first=way.step, decision=decision)
    conduct.open(RemedyPath, ..., seen=..., key=...)           # the same words, with the hash of the preview

Execution goes on beside it (CSL 96); change, revocation and remand reach the case of the decision through the door only.
"""

from datetime import date

from flows.anywhere import AnnounceService, ApplyRecusal, AttachScan, CorrectPaper, DecideRecusal
from flows.remedy import steps as remedy
from flows.remedy.brief import brief
from flows.remedy.case import RemedyCase, State
from flows.remedy.told import TOLD
from flows.remedy.ways import ways
from flows.roles import ROLE_NAMES
from workflow_app.models import Decision
from workflow_app.nodes import Path, Way, branch, done, human, this


class RemedyPath(Path):
    """复核、申诉、再申诉"""

    # Neither suspension nor transfer: nobody can stop a remedy but the person who filed it.
    process_class, anywhere = RemedyCase, (ApplyRecusal, DecideRecusal, CorrectPaper, AttachScan, AnnounceService)
    prefix, version, roles, first, folder, told, brief = "申", "1", ROLE_NAMES, "apply_for_review", "remedy", TOLD, staticmethod(brief)

    # R1-R2 review by the original organ: no acceptance, no committee
    apply_for_review = human(remedy.ApplyForReview).Next(this.review)
    review = human(remedy.Review).Next(this.serve_decision)

    # R3, R7 appeal and re-appeal to another organ, R4 acceptance
    appeal = human(remedy.Appeal).Next(this.admit)
    reappeal = human(remedy.Reappeal).Next(this.admit)
    admit = human(remedy.Admit).Next(this.serve_decision)
    supplement = human(remedy.Supplement).Next(this.admit)
    take_posted = human(remedy.TakePosted, anytime=True)

    # R5-R6 committee, decision, service
    form_committee = human(remedy.FormCommittee).Next(this.hear)
    hear = human(remedy.Hear).Next(this.decide)
    extend = human(remedy.Extend, anytime=True)
    decide = human(remedy.Decide).Next(this.serve_decision)
    serve_decision = human(remedy.ServeDecision).Next(this.served)
    served = branch(
        {
            State.SUPPLEMENTING: this.supplement,
            State.ACCEPTED: this.form_committee,
            State.NOT_ACCEPTED: this.over,
            State.CORRECTING: this.correct,
            State.CONCLUDED: this.over,
        }
    )

    # R8 correction, RW withdrawal
    correct = human(remedy.Correct).Next(this.confirm_correction)
    confirm_correction = human(remedy.ConfirmCorrection).Next(this.over)
    withdraw = human(remedy.Withdraw, anytime=True)
    take_withdrawal = human(remedy.TakeWithdrawal, anytime=True)
    end = human(remedy.End, anytime=True, overriding=True).Next(this.ended)
    ended = branch({State.ENDED: this.over})
    over = done()

    @classmethod
    def ways(cls, decision: Decision, *, on: date) -> list[Way]:
        """Filings against `decision` on a day."""
        return ways(decision, on=on)
