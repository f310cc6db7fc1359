"""A path and its words: the declared graph, and our own walk over it.

viewflow declares, names and stores the nodes; it never runs them. `plan` reads the graph and a case and
says which items come next, without a statement; the door writes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any, ClassVar

from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.base import Edge, Flow, Node
from viewflow.workflow.lock import SelectForUpdateLock
from viewflow.workflow.nodes import End, Join, Split, Switch, View

from workflow_app.models import Case, Decision, Unit, WorkItem
from workflow_app.plain_words import Line, Told
from workflow_app.steps import Step

__all__ = [
    "PATHS",
    "Human",
    "Path",
    "Plan",
    "Planned",
    "Way",
    "branch",
    "done",
    "human",
    "join",
    "optional",
    "parallel",
    "plan",
    "this",
    "wait",
]

type_subject = dict[str, Any]


class Human(View):
    """A step done by a person.

    `anytime`: may also be begun without being the case's turn, and then opens nothing after it.
    `overriding`: may be begun at any time and takes the turn: every other open item is withdrawn.
    `skippable`: passed over when the step is not wanted in this case.
    """

    def __init__(self, step: Step, *, anytime: bool = False, overriding: bool = False, skippable: bool = False) -> None:
        super().__init__(_no_view)
        self.step, self.anytime, self.overriding, self.skippable = step, anytime, overriding, skippable
        self.task_title = step.title


def _no_view(request: object) -> None:
    raise NotImplementedError("viewflow runs headless: pages belong to workflow_app.pages")


class Wait(Human):
    """Opens `step`'s item as a timer that the worker fires `days` before the step's last day."""

    task_type = "TIMER"

    def __init__(self, step: Step, days: int) -> None:
        super().__init__(step)
        self.days = days


class Branch(Switch):
    """Chooses by the case's state and nothing else."""

    def __init__(self, targets: Mapping[str, Any]) -> None:
        super().__init__()
        self.targets = dict(targets)
        for state, node in self.targets.items():
            self.Case(node, StateIs(str(state)))

    def _resolve(self, instance: Flow) -> None:
        super()._resolve(instance)
        self.targets = {state: this.resolve(instance, node) for state, node in self.targets.items()}


@dataclass(frozen=True)
class StateIs:
    """A printable condition on the state."""

    state: str

    def __call__(self, activation: Any) -> bool:
        """As viewflow would ask it."""
        return bool(activation.process.state == self.state)

    def __str__(self) -> str:
        return f"state == {self.state}"


class Parallel(Split):
    """Opens several branches at once; `each` gives one branch a subject (one per organ).

    A branch given as (node, each) is opened once for each of its own subjects.
    """

    def __init__(self, *nodes: Any, each: Callable[[Case], list[type_subject]] | None = None) -> None:
        super().__init__()
        pairs = [node if isinstance(node, tuple) else (node, each) for node in nodes]
        self.subjects = [of for _, of in pairs]
        for node, _ in pairs:
            self.Always(node)


def human(step: type[Step], *, anytime: bool = False, overriding: bool = False) -> Human:
    """A step of the path."""
    return Human(step(), anytime=anytime, overriding=overriding)


def optional(step: type[Step]) -> Human:
    """A step that is passed over unless the case wants it."""
    return Human(step(), skippable=True)


def branch(targets: Mapping[str, Any]) -> Branch:
    """The way on, by state."""
    return Branch(targets)


def parallel(*nodes: Any, each: Callable[[Case], list[type_subject]] | None = None) -> Parallel:
    """Several ways at once; every one of them leads to the same join."""
    return Parallel(*nodes, each=each)


def join() -> Join:
    """Where the ways of a parallel block meet."""
    return flow.Join()


def wait(step: type[Step], *, days: int) -> Wait:
    """Wait until `days` before the step's last day."""
    return Wait(step(), days)


def done() -> End:
    """The end of the path."""
    return flow.End()


PATHS: dict[str, type[Path]] = {}


@dataclass(frozen=True)
class Way:
    """A filing against a decision: the step that opens it, where it goes, and until when.

    `last_day` is None while no service is proven: then no period runs. A late filing is taken; `reason` says why one is not.
    """

    step: str
    title: str
    organ: Unit | None
    rule: str = ""
    starts_on: date | None = None
    last_day: date | None = None
    late: bool = False
    reason: str = ""
    way_out: str = ""
    parent: Case | None = None
    # A remedy that still runs, and that this one may be filed beside because its organ let the period lapse.
    beside: Case | None = None


class Path(Flow):
    """A path of the procedure. Declared in `flows`, run by the door."""

    lock_impl = SelectForUpdateLock(nowait=False)
    process_class: ClassVar[Any] = Case
    task_class: ClassVar[Any] = WorkItem
    version: ClassVar[str] = "1"
    prefix: ClassVar[str] = ""  # of case numbers
    first: ClassVar[str] = ""  # the step that opens a case
    folder: ClassVar[str] = ""  # of paper templates
    roles: ClassVar[Mapping[str, str]] = {}
    told: ClassVar[Mapping[str, Told]] = {}  # state -> plain words for the person concerned
    opened_from: ClassVar[tuple[str, ...]] = ()  # what a lead suggests for a case of this path to be opened from it

    @classmethod
    def ways(cls, decision: Decision, *, on: date) -> list[Way]:
        """Filings by which this path attacks `decision` on a day, the ones that are not open with the reason."""
        return []

    @staticmethod
    def brief(case: Case) -> list[Line]:
        """What has been established in a case so far, for whoever acts next."""
        return []

    anywhere: ClassVar[tuple[type[Step], ...]] = ()  # steps of any path that this one takes in

    def __init_subclass__(cls, **kwargs: Any) -> None:
        for step in cls.anywhere:
            if step.name not in vars(cls):
                setattr(cls, step.name, human(step, anytime=True, overriding=step.overriding))
        super().__init_subclass__(**kwargs)
        if cls.prefix:
            PATHS[cls.__name__] = cls

    @classmethod
    def node_of(cls, name: str) -> Human:
        """The human node called `name`."""
        node = cls._nodes_by_name[name]
        assert isinstance(node, Human)
        return node

    @classmethod
    def humans(cls) -> Iterator[Human]:
        """Every human node, timers left out."""
        return (node for node in cls._nodes_by_name.values() if isinstance(node, Human) and not isinstance(node, Wait))


@dataclass(frozen=True)
class Planned:
    """One item to be opened."""

    node: Human
    token: str
    subject: type_subject = field(default_factory=dict)
    desk: int | None = None  # else the desk of the step's role

    @property
    def is_timer(self) -> bool:
        """Whether the worker has to fire it before it becomes work."""
        return isinstance(self.node, Wait)


@dataclass
class Plan:
    """What follows a completed item: items to open, and whether the path has ended."""

    opened: list[Planned] = field(default_factory=list)
    ended: bool = False


def plan(case: Case, node: Human, *, token: str, serial: int, subject: type_subject, open_tokens: list[str]) -> Plan:
    """What comes after `node` was completed in item number `serial`, given the tokens of the other open items."""
    result = Plan()
    if node._next is not None:
        _walk(case, node._next, token, subject, open_tokens, result, count(serial * 100))
    return result


def _walk(case: Case, node: Node, token: str, subject: type_subject, others: list[str], result: Plan, serials: Iterator[int]) -> None:
    if isinstance(node, Human):
        if node.skippable and not node.step.wanted(case):
            _walk(case, node._next, token, subject, others, result, serials)
        else:
            result.opened.append(Planned(node, token, subject))
    elif isinstance(node, Branch):
        _walk(case, _target(case, node), token, subject, others, result, serials)
    elif isinstance(node, Parallel):
        _split(case, node, token, subject, others, result, serials)
    elif isinstance(node, Join):
        base = token.rsplit("/", 1)[0]
        block = token.rsplit("_", 1)[0] + "_"
        waiting = [t for t in [*others, *(p.token for p in result.opened)] if t.startswith(block)]
        if not waiting:
            _walk(case, node._next, base, {}, others, result, serials)
    elif isinstance(node, End):
        result.ended = True
    else:
        raise TypeError(f"{node.name}: no walk for a node of kind {type(node).__name__}")


def _target(case: Case, node: Branch) -> Node:
    try:
        return node.targets[case.state]
    except KeyError:
        raise LookupError(f"{node.name}: no way on from state {case.state!r}") from None


def _split(case: Case, node: Parallel, token: str, subject: type_subject, others: list[str], result: Plan, serials: Iterator[int]) -> None:
    serial = next(serials)
    branches = zip(node._branches, node.subjects, strict=True)
    ways = [(target, about) for (target, _, _), each in branches for about in (each(case) if each else [subject])]
    tokens = [f"{token}/{serial}_{n}" for n in range(1, len(ways) + 1)]
    for n, (target, about) in enumerate(ways):
        # A branch that is passed over at once reaches the join while later branches are not opened yet: they count as open.
        _walk(case, target, tokens[n], about, [*others, *tokens[n + 1 :]], result, serials)


def edges(path: type[Path]) -> Iterator[Edge]:
    """Every edge of a path's graph."""
    for node in path._nodes_by_name.values():
        yield from node._outgoing()
