"""The edition of the person concerned: what is shown, and a list of what is withheld and why.

Records stay whole, because their hashes are about whole texts; they name steps, states and times, no people. What people
stated, who they are and what a paper says are parts: a part that is left out still verifies by its commitment.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from workflow_app.bundle.rows import Collection, reads_of, table
from workflow_app.models import Attachment, Cadre, Deadline, Document, Receipt, ReceiptPrint, Record, RecordPart, Rendering, Upload
from workflow_app.steps import Step

# Why a part is left out, by its name.
REASONS = {
    "facts": "办理人员填写的原始内容；其中可以告知您的，写在向您公开的文书中",
    "sealed": "涉及举报人、提供材料人员或者评价人身份，依法保密",
    "actor": "办理人员的账号信息；办理人员姓名见文书落款",
    "paper": "文书未列入本人可以查阅的范围",
}
OTHER = "机关内部办理信息"
RECORD = ("chain", "seq", "body", "previous", "hash")
DEADLINE = ("rule_id", "starts_on", "extended_by", "suspensions", "last_day", "provisional", "explanation", "closed_at")


@dataclass(frozen=True)
class Withheld:
    """Something that is there and not shown."""

    what: str
    where: str
    why: str


@dataclass
class Edition:
    """Tables and files of an edition, and what is withheld."""

    tables: dict[str, list[dict[str, Any]]]
    files: dict[str, bytes]
    withheld: list[Withheld]

    def list_of_withheld(self) -> list[dict[str, str]]:
        """As plain values."""
        return [asdict(one) for one in self.withheld]


def whole(collection: Collection) -> Edition:
    """Everything, for another system or a court."""
    tables = {table(model): [rows[key] for key in sorted(rows)] for model, rows in collection.rows.items()}
    return Edition(tables, collection.files, [])


def for_subject(collection: Collection, steps: dict[str, Step]) -> Edition:
    """What the person concerned may see. `steps` name the acts in words."""
    case, rows = collection.case, collection.rows
    open_papers = {key: row for key, row in rows.get(Document, {}).items() if row["open_to_subject"]}
    own = {row["record_seq"] for row in rows.get(Receipt, {}).values()}
    parts, withheld = _parts(rows, set(open_papers), own)
    sent = {row["upload_id"] for row in rows.get(Attachment, {}).values() if row["record_seq"] in own}
    tables = {
        "cadre": [_only(rows[Cadre][case.cadre_id], "name", "number")],
        "record": [_only(row, *RECORD) for row in _sorted(rows, Record)],
        "recordpart": parts,
        "document": [open_papers[key] for key in sorted(open_papers)],
        "rendering": [row for row in _sorted(rows, Rendering) if row["document_id"] in open_papers],
        "deadline": [_only(row, *DEADLINE) for row in _sorted(rows, Deadline)],
        "receipt": _sorted(rows, Receipt),
        "receiptprint": _sorted(rows, ReceiptPrint),
        "upload": [row for row in _sorted(rows, Upload) if row["id"] in sent],
        "read": [_reading(row, steps) for row in reads_of(case)],
    }
    tables["upload"] = [_only(row, "sha256", "name", "mime", "size", "data") for row in tables["upload"]]
    names = {value for lines in tables.values() for row in lines for value in row.values() if isinstance(value, str)}
    files = {name: data for name, data in collection.files.items() if name in names}
    return Edition(tables, files, withheld + _unopened(rows, open_papers, steps))


def _sorted(rows: Any, model: Any) -> list[dict[str, Any]]:
    found = rows.get(model, {})
    return [found[key] for key in sorted(found)]


def _only(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: row[name] for name in names}


def _parts(rows: Any, opened: set[int], own: set[int]) -> tuple[list[dict[str, Any]], list[Withheld]]:
    shown, withheld = [], []
    for row in _sorted(rows, RecordPart):
        is_open = row["name"] == "paper" and row["value"] and json.loads(row["value"])["id"] in opened
        if is_open or (row["name"] in ("facts", "actor") and row["seq"] in own):
            shown.append(row)
        elif row["value"] not in ("", "{}", "[]", "null"):
            withheld.append(Withheld(row["name"], f"{row['chain']}/{row['seq']}", REASONS.get(row["name"], OTHER)))
    return shown, withheld


def _unopened(rows: Any, opened: dict[Any, Any], steps: dict[str, Step]) -> list[Withheld]:
    return [
        Withheld("document", f"C{row['case_id']}/{row['record_seq']}", f"“{_title(steps, row['step'])}”的文书：{REASONS['paper']}")
        for key, row in sorted(rows.get(Document, {}).items())
        if key not in opened
    ]


def _title(steps: dict[str, Step], name: str) -> str:
    return steps[name].title if name in steps else name


def _reading(row: Any, steps: dict[str, Step]) -> dict[str, Any]:
    """Which office opened the file, when, at which step; not which person."""
    office = row.desk.name if row.desk else "本人"
    return {"office": office, "what": row.what, "at": row.at.isoformat(), "step": _title(steps, row.step) if row.step else ""}
