"""Steps of any path at any time."""

from flows.anywhere.steps.announce_service import AnnounceService
from flows.anywhere.steps.apply_recusal import ApplyRecusal
from flows.anywhere.steps.ask_evidence import AskEvidence
from flows.anywhere.steps.ask_extension import AskExtension
from flows.anywhere.steps.attach_scan import AttachScan
from flows.anywhere.steps.correct_paper import CorrectPaper
from flows.anywhere.steps.decide_recusal import DecideRecusal
from flows.anywhere.steps.extend import Extend
from flows.anywhere.steps.resume import Resume
from flows.anywhere.steps.show_evidence import ShowEvidence
from flows.anywhere.steps.suspend import Suspend
from flows.anywhere.steps.transfer import Transfer
from flows.anywhere.steps.withdraw_statement import WithdrawStatement

__all__ = ["ANYWHERE", "HEARD", "AnnounceService", "ApplyRecusal", "AttachScan", "CorrectPaper", "DecideRecusal", "Suspend", "Transfer"]

# Steps that belong to a hearing, and to the service of papers: on the way up there is neither.
HEARD = (AskEvidence, ShowEvidence, WithdrawStatement, AnnounceService)
ANYWHERE = (
    Suspend, Resume, Transfer, ApplyRecusal, DecideRecusal, AskExtension, AskEvidence, ShowEvidence, Extend, CorrectPaper, WithdrawStatement,
    AttachScan, AnnounceService,
)  # fmt: skip
