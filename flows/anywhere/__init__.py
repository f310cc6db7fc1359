"""Steps of any path at any time."""

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

__all__ = ["ANYWHERE", "HEARD", "ApplyRecusal", "AttachScan", "CorrectPaper", "DecideRecusal", "Suspend", "Transfer"]

# Steps that belong to a hearing: on the way up there is none.
HEARD = (AskEvidence, ShowEvidence, WithdrawStatement)
ANYWHERE = (
    Suspend, Resume, Transfer, ApplyRecusal, DecideRecusal, AskExtension, AskEvidence, ShowEvidence, Extend, CorrectPaper, WithdrawStatement,
    AttachScan,
)  # fmt: skip
