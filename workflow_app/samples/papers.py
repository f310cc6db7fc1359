"""Every paper of every registered path, by outcome of its step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from workflow_app import documents
from workflow_app.models import Case
from workflow_app.nodes import PATHS, Human, Path, Wait
from workflow_app.plain import content_of, plain
from workflow_app.samples.facts import facts_of, override
from workflow_app.samples.stage import AT, Stage
from workflow_app.steps import Situation, Step

CODE = "8F3K2M7QXA9D4T6W1Y5Z0B8N3R"
# What only the procedure knows: step -> facts that make sense together. Registered by it.
_told: dict[str, Callable[[Stage], Mapping[str, Any]]] = {}


def register(told: Mapping[str, Callable[[Stage], Mapping[str, Any]]]) -> None:
    """Facts of steps that a form alone cannot guess, by "folder/step" or by step."""
    _told.update(told)


@dataclass(frozen=True)
class Sample:
    """One paper as it would be issued, or why there is none."""

    folder: str
    step: str
    outcome: str
    title: str
    template: str = ""
    paper: dict[str, Any] = field(default_factory=dict)
    content: dict[str, Any] = field(default_factory=dict)
    fault: str = ""

    @property
    def name(self) -> str:
        """Name of its file."""
        return f"{self.folder}-{self.step}{'-' + self.outcome if self.outcome else ''}"


class Settled(dict):  # type: ignore[type-arg]
    """What earlier steps settled: made up when it is asked for."""

    def __init__(self, author: Author) -> None:
        super().__init__()
        self.author, self.asked = author, set()  # type: ignore[var-annotated]

    def get(self, step: Any, default: Any = None) -> Any:
        """What `step` would have settled."""
        if not dict.__contains__(self, step) and step not in self.asked:
            self.asked.add(step)
            found = self.author.settle(str(step))
            if found is not None:
                self[step] = found
        return super().get(step, default)

    def __contains__(self, step: object) -> bool:
        """Whether `step` would have settled anything."""
        return dict.__contains__(self, step) or self.get(step) is not None

    def __getitem__(self, step: Any) -> Any:
        """What `step` would have settled."""
        return self.get(step) if dict.__contains__(self, step) or step in self else {}


class Subject(dict):  # type: ignore[type-arg]
    """What an item is about; a key that nobody named says so in words."""

    def __missing__(self, key: str) -> str:
        return "有关事项"


class Author:
    """Writes the papers of one path."""

    def __init__(self, path: type[Path]) -> None:
        self.path, self.stage = path, Stage(path)
        self.case: Case = self.stage.case
        self.case.settled = Settled(self)

    def situation(self, step: Step) -> Situation:
        """The moment of a step."""
        subject = Subject(
            organ=self.stage.office.pk,
            organ_name=self.stage.office.name,
            kind="coauthority",
            title="干部人事档案审核",
            name="李敏文",
            cadre=self.stage.wang.pk,
            round=1,
            pieces=["1. 2025年度项目台账", "2. 项目变更的会议记录"],
            way="look",
            asked_on=AT.date().isoformat(),
        )
        return Situation(self.case, self.stage.actor(str(step.role)), AT, subject)

    def facts(self, step: Step, outcome: str) -> dict[str, Any]:
        """Facts of a step."""
        told = _told.get(f"{self.path.folder}/{step.name}") or _told.get(step.name)
        facts = facts_of(step, self.situation(step), outcome)
        facts = override(facts, told(self.stage)) if told else facts
        return {**facts, **(self.silence(step, outcome) or {})}

    def silence(self, step: Step, outcome: str) -> dict[str, Any] | None:
        """Facts of an outcome that nobody states: the period ended and nothing came."""
        silent = step.silence(self.situation(step))
        return silent if silent and str(silent.get("outcome")) == outcome else None

    def settle(self, name: str) -> Any:
        """What a step would settle; None when the path has no such step."""
        node = self.path._nodes_by_name.get(name)
        if not isinstance(node, Human):
            return None
        step = node.step
        return plain(step.settle(self.situation(step), self.facts(step, str(step.outcomes.values[0]))))

    def sample(self, step: Step, outcome: str) -> Sample:
        """The paper of a step with an outcome."""
        title, folder = step.paper_title(outcome), self.path.folder
        try:
            situation, facts = self.situation(step), self.facts(step, outcome)
            content = content_of(step.content(situation, facts))
            signed = [] if self.silence(step, outcome) else self._signatures(step, situation, facts)
        except Exception as fault:  # a sample that cannot be made is a finding, not the end
            return Sample(folder, step.name, outcome, title, fault=f"{type(fault).__name__}: {fault}")
        number = "云组〔2026〕1号" if step.formal else f"{self.case.number}-1"
        about: dict[str, Any] = {"subject": situation.subject, "outcome": outcome}
        paper, template = documents.envelope(self.case, step, title, number=number, issued_on=AT.date(), signed=signed, code=CODE, **about)
        return Sample(folder, step.name, outcome, title, template, paper, content)

    def _signatures(self, step: Step, situation: Situation, facts: dict[str, Any]) -> list[dict[str, Any]]:
        who = situation.actor.display_name if situation.actor else "系统"
        slots = [
            (slot.title, name) for slot, name in zip(step.slots(situation, facts), ("陈静远", "周丽华", "冯雪", "蒋浩然"), strict=False)
        ]
        return [
            {"title": title, "name": name, "time": "2026-03-20 09:30"}
            for title, name in (("本人" if step.role == "subject" else "办理人", who), *slots)
        ]


def samples(only: str = "") -> Iterator[Sample]:
    """Samples of all paths, or of the step called `only`; equal papers of several outcomes come once."""
    seen: set[str] = set()
    for path in PATHS.values():
        with transaction.atomic():
            author = Author(path)
            for node in path._nodes_by_name.values():
                if isinstance(node, Human) and not isinstance(node, Wait) and only in ("", node.step.name):
                    yield from _different(author, node.step, seen)
            transaction.set_rollback(True)


def _different(author: Author, step: Step, seen: set[str]) -> Iterator[Sample]:
    for outcome in map(str, step.outcomes.values):
        made = author.sample(step, outcome)
        what = f"{made.folder}/{made.step}/{made.title}/{made.content}/{made.fault}"
        if what not in seen:
            seen.add(what)
            yield made
