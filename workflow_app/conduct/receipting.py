"""What the person concerned gets for something sent: the files are put to the act, and a receipt is ordered."""

from __future__ import annotations

from hashlib import sha256

from workflow_app.conduct.turn import Turn
from workflow_app.conduct.verdict import Verdict
from workflow_app.enclosures import held_by
from workflow_app.ledger import canonical
from workflow_app.models import Attachment, Outgoing, Receipt
from workflow_app.steps import Refused

APPLICANT = "applicant"
SENT_BY = ("subject", "concerned", APPLICANT)


def put_files(turn: Turn, verdict: Verdict, seq: int, author: int | None) -> None:
    """The files that the facts name belong to this act from now on; nobody sends a file of somebody else.

    `author` is the account that stated the facts: whoever signs last may be another.
    """
    files = verdict.extra.get("files") or []
    if not files:
        return
    held = held_by(author, [one["sha256"] for one in files])
    if len(held) != len({one["sha256"] for one in files}):
        raise Refused("有附件不是您上传的，或者已经不在。", way_out="删去这个附件，重新上传后再提交。", rule="附件")
    turn.batch.insert(Attachment, *(
        {"case_id": turn.case.pk, "record_seq": seq, "upload_id": one.upload.pk, "name": one.name} for one in held.values()
    ))  # fmt: skip


def acknowledge(turn: Turn, verdict: Verdict, seq: int, document: int) -> None:
    """A receipt for what the person concerned, somebody who stands for them, or an applicant has sent."""
    by = turn.by
    if by is None or turn.node.step.role not in SENT_BY or not (turn.is_own or turn.stand or turn.node.step.role == APPLICANT):
        return
    stand = turn.stand
    turn.batch.insert(Receipt, {
        "document_id": document, "case_id": turn.case.pk, "record_seq": seq, "account_id": by.pk,
        "sender": f"{stand.name}（代{turn.case.cadre.name}）" if stand else by.display_name, "sent_at": turn.at,
        # Of the same text that the record keeps as its part "facts": whoever has the text can check it.
        "sent_sha256": sha256(canonical(verdict.facts).encode()).hexdigest(), "key": turn.key,
    })  # fmt: skip
    turn.batch.insert(Outgoing, {"kind": "RECEIPT", "case_id": turn.case.pk, "target": document, "created_at": turn.at, "next_at": turn.at})
