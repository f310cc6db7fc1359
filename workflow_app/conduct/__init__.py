"""The door. A case moves only through here; every function is one transaction and refuses aloud."""

from workflow_app.conduct.acting import Preview, begin, complete, drop, preview
from workflow_app.conduct.expiry import expire, file_paper
from workflow_app.conduct.handing import assign, claim, release
from workflow_app.conduct.opening import close_lead, open
from workflow_app.conduct.signing import decline, sign, slots_left
from workflow_app.conduct.turn import OutOfTurn, Stale
from workflow_app.conduct.verdict import NotWhatWasSeen

__all__ = [
    "NotWhatWasSeen", "OutOfTurn", "Preview", "Stale", "assign", "begin", "claim", "close_lead", "complete", "decline", "drop",
    "expire", "file_paper", "open", "preview", "release", "sign", "slots_left",
]  # fmt: skip
