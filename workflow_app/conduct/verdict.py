"""What a step makes of stated facts: its outcome, what it settles, and the content of its paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from workflow_app.ledger import canonical, digest
from workflow_app.steps import Refused, Situation, Step, content_of, plain


class NotWhatWasSeen(Refused):
    """The paper would differ from the one that was previewed."""

    rule = "所签即所见"


@dataclass(frozen=True)
class Verdict:
    """Plain values only, so that it can be frozen with the first signature and carried out with the last."""

    facts: Mapping[str, Any]
    sealed: Mapping[str, Any]
    outcome: str
    settled: Mapping[str, Any]
    hands: list[list[Any]]
    starts: Mapping[str, str]
    title: str
    content: Mapping[str, Any]
    content_hash: str
    extra: Mapping[str, Any] = field(default_factory=dict)

    def frozen(self) -> dict[str, Any]:
        """For the signing sheet."""
        return asdict(self)


def judge(step: Step, situation: Situation, facts: dict[str, Any], *, checked: bool = True) -> Verdict:
    """Ask the step. Raises RuleBroken."""
    if checked:
        step.check(situation, facts)
    outcome = step.outcome(situation, facts)
    stated = plain(facts)
    content = content_of(step.content(situation, facts))
    return Verdict(
        facts={name: value for name, value in stated.items() if name not in step.sealed},
        sealed={name: value for name, value in stated.items() if name in step.sealed},
        outcome=outcome,
        settled=plain(step.settle(situation, facts)),
        hands=[[cadre, str(duty)] for cadre, duty in step.hands(situation, facts)],
        starts={rule: plain(facts[name]) for rule, name in step.starts.items() if facts.get(name)},
        title=step.paper_title(outcome),
        content=content,
        content_hash=digest(canonical(content)),
        extra={"lead": plain(step.lead(situation, facts))},
    )


def same_as_seen(verdict: Verdict, seen: str) -> None:
    """Sign what you saw."""
    if verdict.content_hash != seen:
        raise NotWhatWasSeen("文书内容与您预览时不一致。", way_out="请重新预览后再签发；填写的内容已保留。")
