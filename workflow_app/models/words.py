"""Search words: how what is typed becomes a phrase of characters. The index itself is kept by the database (a migration)."""

from __future__ import annotations

import re
import unicodedata

from django.db import connection
from django.db.models.expressions import RawSQL

MOST = 6  # words of one search

FOUND = {
    "postgresql": "SELECT case_id FROM workflow_app_casewords WHERE words @@ {}",
    "sqlite": "SELECT rowid FROM workflow_app_casewords WHERE workflow_app_casewords MATCH %s",
}


def phrases(text: str) -> list[str]:
    """Every typed word as its letters and digits with spaces between; brackets and other signs do not count."""
    words = unicodedata.normalize("NFKC", text).lower().split()
    split = (" ".join(re.findall(r"[^\W_]", word)) for word in words)
    return [one for one in split if one][:MOST]


def cases_with(text: str) -> RawSQL | None:
    """Keys of the cases whose number, name and unit hold every typed word, as a subquery; None when nothing was typed."""
    wanted = phrases(text)
    if not wanted:
        return None
    if connection.vendor == "postgresql":
        match = " && ".join(["phraseto_tsquery('simple', %s)"] * len(wanted))
        return RawSQL(FOUND["postgresql"].format(f"({match})"), wanted)
    return RawSQL(FOUND["sqlite"], [" AND ".join(f'"{one}"' for one in wanted)])
