"""What goes over the wire."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Field, Schema


class Refusal(Schema):
    """A refused act: the rule, the reason, the way out; `fields` when the form was at fault."""

    rule: str
    reason: str
    way_out: str
    fields: dict[str, list[str]] = {}


class CaseLine(Schema):
    """A case in a list."""

    id: int
    number: str
    path: str
    state: str
    state_label: str
    cadre: str
    unit: str
    opened_at: datetime
    closed_at: datetime | None
    suspended_on: date | None


class Page(Schema):
    """A part of a list; `before` leads to the next."""

    cases: list[CaseLine]
    before: int | None


class Period(Schema):
    """A deadline with its explanation."""

    rule: str
    starts_on: date
    last_day: date
    provisional: bool
    closed: bool
    explanation: dict[str, object]


class Case(CaseLine):
    """A case whole."""

    round: int
    deadlines: list[Period]
    open_items: list[str]


class Paper(Schema):
    """A paper of a case."""

    id: int
    number: str
    title: str
    code: str
    step: str
    issued_on: date
    content_hash: str
    sha256: str | None


class Item(Schema):
    """Something to be done at the desk."""

    id: int
    case: int
    number: str
    cadre: str
    step: str
    title: str
    due_on: date | None
    version: int
    status: str
    owner: str | None


class Facts(Schema):
    """A step's form as its page sends it: `{"outcome": "pass"}`; rows as `{"team-0-cadre": "12", "team-TOTAL_FORMS": "2"}`."""

    facts: dict[str, str | list[str]] = Field(..., max_length=4000)


class Seen(Schema):
    """A previewed act."""

    content_hash: str
    title: str
    outcome: str
    content: dict[str, object]


class Act(Facts):
    """An act: `seen` is the hash that the preview gave."""

    seen: str
    version: int | None = None


class Done(Schema):
    """What came of it; `record` is empty while others have still to sign."""

    record: int | None
    hash: str
    state: str


class Imported(Schema):
    """A taken-in sheet."""

    rows: int
    leads: int


class Changed(Schema):
    """One field of the roster that became another."""

    what: str
    whose: str
    before: str
    after: str


class Taken(Schema):
    """A taken-in roster: new rows by sheet, what changed, and how many rows said what was known."""

    rows: int
    new: dict[str, int]
    changed: list[Changed]
    unchanged: int
