"""What a person decides about a filing: whether lateness has a just cause, whether the matter is admissible."""

from __future__ import annotations

from flows import fields
from flows.remedy.matter import filed
from flows.remedy.result import drop
from workflow_app.steps import Facts, RuleBroken, Situation, type_facts


class ScrutinyFacts(Facts):
    """Asked only when the filing was late or the law does not name the matter."""

    just_cause = fields.tick("逾期有正当理由，予以受理")
    within_scope = fields.tick("法律未列明，但属于可以受理的事项")


def arrange_scrutiny(form: Facts, situation: Situation) -> None:
    """Drop what is not in question."""
    about = filed(situation)
    drop(form, *(() if about["late"] else ("just_cause",)), *(() if not about["named"] else ("within_scope",)))


def obstacle(situation: Situation, facts: type_facts) -> str:
    """ "time" or "matter" when that stands against taking the filing up, else ""."""
    about = filed(situation)
    if about["late"] and not facts.get("just_cause"):
        return "time"
    return "matter" if not about["named"] and not facts.get("within_scope") else ""


def check_taken_up(situation: Situation, facts: type_facts) -> None:
    """Taken up: a person has found a just cause, and the matter admissible."""
    against = obstacle(situation, facts)
    if against == "time":
        raise RuleBroken(
            "提出时已经逾期，受理须由办理人判断逾期有正当理由。", way_out="勾选“逾期有正当理由”，或者不予受理并说明。",
            rule=str(filed(situation)["rule"]), field="just_cause",
        )  # fmt: skip
    if against == "matter":
        raise RuleBroken(
            "法律没有列明这一事项，受理须由办理人判断属于可以受理的事项。", way_out="勾选“属于可以受理的事项”，或者不予受理并说明。",
            rule="R4-MATTER", field="within_scope",
        )  # fmt: skip
