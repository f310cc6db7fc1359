"""The door. A case moves only through here; every function is one transaction and refuses aloud."""

from workflow_app.conduct.acting import Preview, begin, complete, drop, preview
from workflow_app.conduct.entering import Entry, enter_decision
from workflow_app.conduct.expiry import expire, file_paper, report_nobody
from workflow_app.conduct.filing import file, foresee
from workflow_app.conduct.handing import assign, claim, release
from workflow_app.conduct.opening import close_lead, open, preview_opening
from workflow_app.conduct.redating import redate
from workflow_app.conduct.reporting import NotPosted, check_report, receiver, report, running, sender_of
from workflow_app.conduct.signing import decline, sign, slots_left
from workflow_app.conduct.turn import OutOfTurn, Stale
from workflow_app.conduct.verdict import NotWhatWasSeen

__all__ = [
    "Entry", "NotPosted", "NotWhatWasSeen", "OutOfTurn", "Preview", "Stale", "assign", "begin", "check_report", "claim", "close_lead", "complete",
    "decline", "drop", "enter_decision", "expire", "file", "file_paper", "foresee", "open", "preview", "preview_opening", "receiver",
    "redate", "release", "report", "report_nobody", "running", "sender_of", "sign", "slots_left",
]  # fmt: skip
