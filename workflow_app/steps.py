"""What a step is: one act, one role, one form, one rule, one paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.db.models import TextChoices

from workflow_app.clock import TZ
from workflow_app.enclosures import FilesField, enclosed
from workflow_app.models import Account, Case
from workflow_app.plain_words import Page
from workflow_app.refusing import Refused as Refused

type_facts = dict[str, Any]


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
    _asked: dict[str, Any] = dataclass_field(default_factory=dict, compare=False, repr=False)

    @property
    def today(self) -> date:
        """The local date of the act."""
        return self.at.astimezone(TZ).date()

    def once(self, question: str, ask: Callable[[], Any]) -> Any:
        """The answer to a question that every row of a form asks alike, asked once."""
        if question not in self._asked:
            self._asked[question] = ask()
        return self._asked[question]

    def settled(self, step: str) -> dict[str, Any]:
        """What `step` settled in the present round; empty when it was not taken."""
        value: dict[str, Any] = self.case.settled.get(step, {})
        return value


@dataclass(frozen=True)
class Beside:
    """An item that an act opens beside the path, at a desk of its own."""

    step: str
    desk: int
    subject: Mapping[str, Any]


@dataclass(frozen=True)
class Slot:
    """A signature that a paper needs: a seat of `role` (of the cadres in `among` only, when given), or one named cadre."""

    role: str
    title: str
    cadre: int | None = None
    duty: str = ""
    among: tuple[int, ...] = ()


@dataclass(frozen=True)
class Posting:
    """What an act puts up for people outside the case: a public notice, or an announcement for those who may apply.

    `lines` and `paragraphs` are all that is ever shown; reports go to items of the step `reports_to`.
    """

    kind: str
    title: str
    first_day: date
    last_day: date
    issuer: str
    lines: tuple[tuple[str, str], ...]
    paragraphs: tuple[str, ...] = ()
    reports_to: str = ""


@dataclass(frozen=True)
class PostMove:
    """What an act makes of the post of the person concerned. `post` None: the person holds none, at `unit`."""

    kind: str
    post: int | None
    unit: int | None
    effective_on: date
    since: date | str | None = None  # the day from which the post counts as held
    rank: str | None = None  # None: as it was


class Facts(forms.Form):
    """What the actor states. Nested lists are row forms in `rows`: name -> form class, min and max rows."""

    rows: ClassVar[Mapping[str, type[forms.Form]]] = {}
    min_rows: ClassVar[Mapping[str, int]] = {}

    def __init__(self, *args: Any, situation: Situation | None = None, **kwargs: Any) -> None:
        self.situation = situation
        super().__init__(*args, **kwargs)
        if situation is not None:
            for field in self.fields.values():
                if isinstance(field, FilesField):
                    field.belong_to(situation.actor)
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
    # Its paper is what first tells the person concerned that there is a case; papers of other steps are shown only from then on.
    tells: ClassVar[bool] = False
    outcomes: ClassVar[type[TextChoices]] = Outcome
    # rule id -> name of the fact that holds the day it starts from.
    starts: ClassVar[Mapping[str, str]] = {}
    # Rule of the time that must at least be given; it runs beside `deadline` and may be finished early.
    minimum: ClassVar[str] = ""
    # May be begun by hand when it is not the turn; else only an act opens it.
    by_hand: ClassVar[bool] = True
    # Taken at any time, it takes the turn: every other open item is withdrawn.
    overriding: ClassVar[bool] = False
    # May be taken on a case that has ended.
    after_end: ClassVar[bool] = False
    # Entered by a handler from a letter; the page of the decision that a case attacks offers it.
    by_letter: ClassVar[bool] = False
    # What the act does to the clocks of the case: "stop", "go", "extend", "announce" or nothing.
    clock_effect: ClassVar[str] = ""
    # Switch that turns an optional step on.
    switch: ClassVar[str] = ""
    # How the guided form asks; without pages, one field a page.
    pages: ClassVar[Sequence[Page]] = ()
    # What it is for, in one plain sentence to the person concerned.
    meant: ClassVar[str] = ""
    # Takes back what the person concerned filed: a representative needs that power named in the authority.
    withdraws: ClassVar[bool] = False
    # Step that answers an act begun out of turn: its item is opened at once, so that no application is left lying.
    answered_by: ClassVar[str] = ""
    # Where the person's own edition of the file puts this paper.
    shelf: ClassVar[str] = ""
    # Why the person concerned does not get this paper; empty: it is not even named.
    withheld: ClassVar[str] = "内部审批和讨论材料，属于干部人事工作秘密，不向当事人提供。"
    # Facts that stay sealed: they go into a part of their own, which can be withheld from the person concerned.
    sealed: ClassVar[Sequence[str]] = ()
    # May change, revoke or remand the decision that the case attacks: the door locks that decision's case first.
    overturns: ClassVar[bool] = False
    # Takes up the remedy or not, as the attacked decision stands at this moment: the door locks that decision first.
    takes_up: ClassVar[bool] = False
    Facts: ClassVar[type[Facts]] = Facts

    def wanted(self, case: Case) -> bool:
        """Whether an optional step is to be taken in this case."""
        return not self.switch or case.on(self.switch)

    def deadline_for(self, case: Case, subject: Mapping[str, Any]) -> str | None:
        """Rule of the item's period."""
        return self.deadline

    def units(self, case: Case) -> list[int]:
        """Units, nearest first, where the desk of this step is looked for."""
        return list(reversed(case.organ.ancestor_ids))

    def issuer(self, case: Case) -> str:
        """The organ that the paper names."""
        return case.organ.organ_name or case.organ.name

    def speaks_for(self, subject: Mapping[str, Any], outcome: str) -> int | None:
        """The organ whose answer the paper is, by its key; None: the paper is of the organ that `issuer` names."""
        return None

    def overrides(self, outcome: str) -> bool:
        """Whether an overriding step takes the turn with this outcome."""
        return True

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Raise RuleBroken when the facts break a rule."""

    def asks(self, situation: Situation) -> Sequence[Page]:
        """The pages of the guided form in this situation."""
        return self.pages

    def barred(self, situation: Situation) -> RuleBroken | None:
        """Why it cannot be taken now whatever the facts; pages show it before anybody fills in a form."""
        return None

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

    def titled(self, situation: Situation, outcome: str) -> str:
        """Title of the paper, which may depend on the case as well."""
        return self.paper_title(outcome)

    def content(self, situation: Situation, facts: type_facts) -> Any:
        """Frozen dataclass of plain values for the template; no date, number or signer of the paper itself."""
        raise NotImplementedError(self.name)

    def silence(self, situation: Situation) -> type_facts | None:
        """Facts of the act that expiry performs, or None when expiry performs none."""
        return None

    def files(self, situation: Situation, facts: type_facts) -> list[dict[str, Any]]:
        """Files that are put to the act: {name, sha256, size}."""
        return enclosed(self.Facts, facts)

    def begins(self, situation: Situation, facts: type_facts) -> Mapping[str, Any]:
        """Periods that start from this act: rule id -> the day they are counted from."""
        return {rule: facts[name] for rule, name in self.starts.items() if facts.get(name)}

    def lengths(self, situation: Situation, facts: type_facts) -> Mapping[str, int]:
        """Lengths that the act itself sets, in the unit of the rule: rule id -> length."""
        return {}

    def beside(self, situation: Situation, facts: type_facts) -> list[Beside]:
        """Items that the act opens beside the path."""
        return []

    def posting(self, situation: Situation, facts: type_facts) -> Posting | None:
        """What the act puts up for people outside the case, or None."""
        return None

    def lead(self, situation: Situation, facts: type_facts) -> dict[str, Any] | None:
        """A lead that the act raises: {rule_id, suggests, summary, role of the desk}, or None."""
        return None

    def decision(self, situation: Situation, facts: type_facts) -> dict[str, Any] | None:
        """The decision that the act makes: {kind, measure, decided_on}, or None."""
        return None

    def post_move(self, situation: Situation, facts: type_facts) -> PostMove | None:
        """What the act makes of the person's post in the people data, or None when it leaves it alone."""
        return None

    def service(self, situation: Situation, facts: type_facts) -> dict[str, Any] | None:
        """The service that the act proves: {of: step whose paper was served, mode, served_on, ...}, or None."""
        return None

    def overturning(self, situation: Situation, facts: type_facts) -> dict[str, Any] | None:
        """What becomes of the attacked decision: {outcome: change, revoke or remand, ...}, or None when it stands."""
        return None

    def on_desk(self, situation: Situation) -> dict[str, Any]:
        """Initial values of the form."""
        return {}
