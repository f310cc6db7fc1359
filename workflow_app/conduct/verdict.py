"""What a step makes of stated facts: its outcome, what it settles, and the content of its paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from workflow_app import documents, identity
from workflow_app.ledger import canonical, digest
from workflow_app.plain import content_of, plain
from workflow_app.steps import Refused, Situation, Step


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
    stated = plain(facts)
    if checked:
        check_drawn(stated)
        step.check(situation, facts)
    outcome = step.outcome(situation, facts)
    content = content_of(step.content(situation, facts))
    return Verdict(
        facts={name: value for name, value in stated.items() if name not in step.sealed},
        sealed={name: value for name, value in stated.items() if name in step.sealed},
        outcome=outcome,
        settled=plain(step.settle(situation, facts)),
        hands=[[cadre, str(duty)] for cadre, duty in step.hands(situation, facts)],
        starts={rule: plain(day) for rule, day in step.begins(situation, facts).items()},
        title=step.titled(situation, outcome),
        content=content,
        content_hash=digest(canonical(content)),
        extra={
            "lead": plain(step.lead(situation, facts)),
            "files": plain(step.files(situation, facts)),
            "lengths": dict(step.lengths(situation, facts)),
            "decision": plain(step.decision(situation, facts)),
            "post_move": content_of(move) if (move := step.post_move(situation, facts)) else None,
            "service": plain(step.service(situation, facts)),
            "overturn": plain(step.overturning(situation, facts)),
            "beside": [asdict(one) for one in step.beside(situation, facts)],
            "posting": content_of(posting) if (posting := step.posting(situation, facts)) else None,
        },  # fmt: skip
    )


def check_drawn(stated: Mapping[str, Any]) -> None:
    """Refuse a character that no paper can print, and show it; and an identity number, which no paper needs."""
    for name, value in stated.items():
        if identity.found(" ".join(_words(value))):
            raise Refused("填写的内容中有公民身份号码。", way_out="删去号码；需要区分同名人员的，写干部编号。", rule="最少数据", field=name)
        lost = documents.missing("".join(_words(value)))
        if lost:
            raise Refused(documents.not_drawn(lost), way_out="改用规范字；确为姓名用字的，请管理员补充字体。", rule="文书用字", field=name)


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _words(one)
    elif isinstance(value, list):
        for one in value:
            yield from _words(one)


def same_as_seen(verdict: Verdict, seen: str) -> None:
    """Sign what you saw."""
    if verdict.content_hash != seen:
        raise NotWhatWasSeen("文书内容与您预览时不一致。", way_out="请重新预览后再签发；填写的内容已保留。")
