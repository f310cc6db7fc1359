"""What a step is: one act, one role, one form, one rule, one paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.db.models import Model, TextChoices

from workflow_app.clock import TZ
from workflow_app.models import Account, Case

type_facts = dict[str, Any]


class Refused(Exception):
    """An act was refused: which rule, why, and the way out."""

    rule = ""

    def __init__(self, reason: str, *, way_out: str, rule: str = "", field: str = "") -> None:
        super().__init__(reason)
        self.reason, self.way_out, self.field = reason, way_out, field
        self.rule = rule or self.rule


class RuleBroken(Refused):
    """The facts break a rule of the procedure."""


class Outcome(TextChoices):
    """The outcome of a step that has only one."""

    DONE = "done", "完成"


@dataclass(frozen=True)
class Situation:
    """What a step may know: the case as locked, who acts, and when. It never asks the clock."""

    case: Case
    actor: Account | None
    at: datetime
    subject: Mapping[str, Any]

    @property
    def today(self) -> date:
        """The local date of the act."""
        return self.at.astimezone(TZ).date()

    def settled(self, step: str) -> dict[str, Any]:
        """What `step` settled in the present round; empty when it was not taken."""
        value: dict[str, Any] = self.case.settled.get(step, {})
        return value


@dataclass(frozen=True)
class Slot:
    """A signature that a paper needs: a seat of `role`, or one named cadre."""

    role: str
    title: str
    cadre: int | None = None
    duty: str = ""


class Facts(forms.Form):
    """What the actor states. Nested lists are row forms in `rows`: name -> form class, min and max rows."""

    rows: ClassVar[Mapping[str, type[forms.Form]]] = {}
    min_rows: ClassVar[Mapping[str, int]] = {}

    def __init__(self, *args: Any, situation: Situation | None = None, **kwargs: Any) -> None:
        self.situation = situation
        super().__init__(*args, **kwargs)
        if situation is not None:
            self.arrange(situation)

    def arrange(self, situation: Situation) -> None:
        """Fill in choices and initial values that depend on the case."""


class Step:
    """One step of a path. Subclasses are declared, never instantiated twice: a step has no state."""

    name: ClassVar[str]  # the module's name; also node, transition, template and test
    no: ClassVar[str]  # D4, X …
    title: ClassVar[str]
    role: ClassVar[str]
    duty: ClassVar[str] = ""
    basis: ClassVar[str] = ""
    certainty: ClassVar[str] = "P"
    deadline: ClassVar[str | None] = None
    signers: ClassVar[int] = 1
    document: ClassVar[str]
    document_title: ClassVar[str]
    formal: ClassVar[bool] = False
    open_to_subject: ClassVar[bool] = False
    outcomes: ClassVar[type[TextChoices]] = Outcome
    # rule id -> name of the fact that holds the day it starts from.
    starts: ClassVar[Mapping[str, str]] = {}
    # Taken at any time, it takes the turn: every other open item is withdrawn.
    overriding: ClassVar[bool] = False
    # May be taken on a case that has ended.
    after_end: ClassVar[bool] = False
    # What the act does to the clocks of the case: "stop", "go", "extend" or nothing.
    clock_effect: ClassVar[str] = ""
    # Switch that turns an optional step on.
    switch: ClassVar[str] = ""
    # Facts that stay sealed: they go into a part of their own, which can be withheld from the person concerned.
    sealed: ClassVar[Sequence[str]] = ()
    Facts: ClassVar[type[Facts]] = Facts

    def wanted(self, case: Case) -> bool:
        """Whether an optional step is to be taken in this case."""
        return not self.switch or case.on(self.switch)

    def deadline_for(self, case: Case, subject: Mapping[str, Any]) -> str | None:
        """Rule of the item's period."""
        return self.deadline

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Raise RuleBroken when the facts break a rule."""

    def outcome(self, situation: Situation, facts: type_facts) -> str:
        """Which outcome the facts amount to."""
        return str(facts.get("outcome") or self.outcomes.values[0])

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, Any]:
        """Plain values that later steps of this round need."""
        return {}

    def hands(self, situation: Situation, facts: type_facts) -> list[tuple[int, str]]:
        """Further people whose hand this act brings into the case: (cadre id, duty)."""
        return []

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """Signatures after the first; the author's own is not among them."""
        return [Slot(role=self.role, title="审核人") for _ in range(self.signers - 1)]

    def paper_title(self, outcome: str) -> str:
        """Title of the paper, which may depend on the outcome."""
        return self.document_title

    def content(self, situation: Situation, facts: type_facts) -> Any:
        """Frozen dataclass of plain values for the template; no date, number or signer of the paper itself."""
        raise NotImplementedError(self.name)

    def silence(self, situation: Situation) -> type_facts | None:
        """Facts of the act that expiry performs, or None when expiry performs none."""
        return None

    def lead(self, situation: Situation, facts: type_facts) -> dict[str, Any] | None:
        """A lead that the act raises: {rule_id, suggests, summary}, or None."""
        return None

    def on_desk(self, situation: Situation) -> dict[str, Any]:
        """Initial values of the form."""
        return {}


def plain(value: Any) -> Any:
    """`value` as JSON-able plain data: dates as ISO text, decimals as text, records as their key."""
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [plain(v) for v in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Model):
        return value.pk
    return value


def content_of(value: Any) -> dict[str, Any]:
    """A content dataclass as plain data."""
    result: dict[str, Any] = plain(asdict(value))
    return result
