"""Figures that change without code; every row carries its source and certainty."""

import csv
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent


def table(name: str) -> list[dict[str, str]]:
    """Rows of one table as text."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@dataclass(frozen=True)
class Ground:
    """One of the 15 situations of UPD art. 5."""

    code: str
    title: str
    certainty: str


@dataclass(frozen=True)
class Kind:
    """A kind of adjustment; a greater weight is heavier."""

    code: str
    title: str
    weight: int
    restriction_months: int
    certainty: str
    source: str


@dataclass(frozen=True)
class Switch:
    """An optional step that an organization may switch off."""

    name: str
    title: str
    default: str


@dataclass(frozen=True)
class Matter:
    """What may be attacked: whether the law names it (CSL 95), and the period to file in."""

    kind: str
    title: str
    named: bool
    file_rule: str
    source: str


@dataclass(frozen=True)
class Track:
    """A remedy's track; the system runs those of use `workflow` and only shows the others."""

    code: str
    title: str
    use: str
    certainty: str
    file_rule: str
    decide_rule: str
    source: str


@dataclass(frozen=True)
class Grade:
    """An annual grade; a greater weight is worse."""

    code: str
    title: str
    weight: int


SITUATIONS = {row["code"]: Ground(row["code"], row["title"], row["certainty"]) for row in table("situations")}
KINDS = {
    row["code"]: Kind(row["code"], row["title"], int(row["weight"]), int(row["restriction_months"]), row["certainty"], row["source"])
    for row in table("kinds")
}
MATTERS = {
    row["kind"]: Matter(row["kind"], row["title"], row["named"] == "yes", row["file_rule"], row["source"]) for row in table("matters")
}
TRACKS = {row["code"]: Track(**row) for row in table("tracks")}
GRADES = {row["code"]: Grade(row["code"], row["title"], int(row["weight"])) for row in table("grades")}
SWITCHES = {row["name"]: Switch(row["name"], row["title"], row["default"]) for row in table("switches")}


def figures() -> dict[str, list[dict[str, str]]]:
    """All tables, for an edition."""
    return {name: table(name) for name in ("deadlines", "situations", "kinds", "switches", "matters", "tracks", "grades")}
