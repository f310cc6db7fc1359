"""X 回避决定: granted with a substitute named, or refused with a reason (SD-13)."""

from typing import Any

from django.db.models import TextChoices

from flows import fields
from flows.paper import Sheet
from flows.people import CadreField, name_of, offer, roles_of, seated
from flows.roles import Duty, Role
from workflow_app.models import WorkItem
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts


class Decided(TextChoices):
    """The decision."""

    GRANTED = "granted", "准予回避"
    REFUSED = "refused", "驳回申请"


class DecideFacts(Facts):
    """Decision, substitute, reason."""

    outcome = fields.choice("决定", Decided.choices)
    substitute = CadreField(label="接替人员", required=False, help_text="准予回避的，指定同一岗位的人员接替；会议成员回避的不指定。")
    reason = fields.long_text("理由")
    recheck = fields.long_text("此前所做工作的复查意见", "准予回避的，此前的工作不当然无效，但须复查。", required=False)

    def arrange(self, situation: Situation) -> None:
        """Colleagues at the desks of the person who is to keep out."""
        person = situation.subject.get("person")
        roles = sorted(roles_of(situation, person)) if person else []
        people = dict(one for role in roles for one in seated(situation, role))
        out = situation.case.kept_out
        offer(self, "substitute", [(cadre, name) for cadre, name in people.items() if cadre not in out])


class DecideRecusal(Step):
    """The head of the organ decides; the item opens with the application."""

    name, no, title = "decide_recusal", "X", "回避决定"
    role, certainty, deadline = Role.ORG_LEADER, "a", "DN-RECUSAL"
    basis = "《处分条例》第43条、《政务处分法》第48条（类推）"
    document, document_title = "X-RECD", "回避决定书"
    open_to_subject = True
    by_hand = False
    outcomes = Decided
    Facts = DecideFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Nobody decides about themself; a grant names the substitute and has the earlier work checked."""
        person = situation.subject["person"]
        if situation.actor is not None and situation.actor.cadre_id == person:
            raise RuleBroken("不得决定本人的回避。", way_out="由其他负责人或上一级机关决定。", rule="SD-13")
        if facts["outcome"] == Decided.REFUSED:
            return
        if not facts["substitute"] and roles_of(situation, person) - {Role.DECISION_BODY}:
            raise RuleBroken("准予回避须写明接替人员。", way_out="指定接替人员。", rule="SD-14", field="substitute")
        if facts["substitute"] == person or str(facts["substitute"]) in situation.case.kept_out:
            raise RuleBroken("接替人员不能是回避人员。", way_out="另行指定。", rule="SD-14", field="substitute")
        if not facts["recheck"]:
            raise RuleBroken("准予回避的，须写明此前所做工作的复查意见。", way_out="填写复查意见。", rule="SD-16", field="recheck")

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, Any]:
        """Who keeps out, and who takes whose place."""
        person = situation.subject["person"]
        replaced = dict(situation.settled("decide_recusal").get("replaced", {}))
        if facts["outcome"] == Decided.GRANTED:
            replaced[str(person)] = facts["substitute"]
        return {"person": person, "replaced": replaced}

    def hands(self, situation: Situation, facts: type_facts) -> list[tuple[int, str]]:
        """Whoever takes a place takes on its duties, so that the separation rules are asked of the substitute as well."""
        if facts["outcome"] != Decided.GRANTED or not facts["substitute"]:
            return []
        return [(facts["substitute"], duty) for duty in self._duties(situation, situation.subject["person"])]

    def _duties(self, situation: Situation, person: int) -> list[str]:
        """The place in a team or a committee, and what the person was about to do."""
        places = {"plan_examination": ("team", Duty.INVESTIGATOR), "form_committee": ("members", Duty.COMMITTEE_MEMBER)}
        stood_in = situation.settled("decide_recusal").get("replaced", {}).values()
        named = {duty: situation.settled(step).get(names, []) for step, (names, duty) in places.items()}
        held = [duty for duty, people in named.items() if people and person in (*people, *stood_in)]
        open_items = WorkItem.objects.filter(process=situation.case, owner__cadre=person, status="ASSIGNED")
        return list(dict.fromkeys([*held, *(str(item.flow_task.step.duty) for item in open_items if item.flow_task.step.duty)]))

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """回避决定书."""
        return Sheet(rows=(
            ("案号", situation.case.number), ("申请回避的人员", str(situation.subject["name"])),
            ("决定", Decided(facts["outcome"]).label), ("接替人员", name_of(facts["substitute"]) if facts["substitute"] else "——"),
            ("理由", facts["reason"]), ("复查意见", facts["recheck"] or "——"),
        ))  # fmt: skip
