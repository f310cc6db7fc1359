"""The examination team of a case: who signs, and that only members act."""

from flows.roles import Role
from workflow_app.steps import RuleBroken, Situation, Slot


def members(situation: Situation) -> list[int]:
    """Cadres of the team named in the plan; whoever was recused is replaced by the substitute."""
    replaced = situation.settled("decide_recusal").get("replaced", {})
    team = [replaced.get(str(cadre), cadre) for cadre in situation.settled("plan_examination").get("team", [])]
    return list(dict.fromkeys(cadre for cadre in team if cadre))


def check_member(situation: Situation) -> None:
    """Only a member of this case's team acts for it."""
    if situation.actor is not None and situation.actor.cadre_id not in members(situation):
        raise RuleBroken("您不是本案考察组成员。", way_out="由方案所列成员办理。", rule="SD-1")


def others(situation: Situation) -> list[int]:
    """The team without the actor."""
    own = situation.actor.cadre_id if situation.actor else None
    return [cadre for cadre in members(situation) if cadre != own]


def all_sign(situation: Situation) -> list[Slot]:
    """Every other member signs."""
    return [Slot(Role.EXAMINATION_TEAM, "考察组成员", cadre) for cadre in others(situation)]


def second_signs(situation: Situation) -> list[Slot]:
    """A second member of this case's team signs (SD-1)."""
    return [Slot(Role.EXAMINATION_TEAM, "考察组成员", among=tuple(others(situation)))]
