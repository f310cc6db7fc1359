"""D4 陈述申辩告知: the cadre is told facts, grounds, intended kind and rights."""

from typing import Any

from flows import fields, team
from flows.figures import period
from flows.law import KINDS
from flows.paper import Section, Sheet, lines
from flows.roles import Duty, Role
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts

RIGHTS = (
    "对所认定的事实和拟调整方式进行陈述和申辩",
    "提交证据材料",
    "查阅本通知书所列证据材料清单",
    "申请与本案有关的人员回避",
    "申请延长陈述申辩期限一次",
)


class InformFacts(Facts):
    """What the team states to the cadre."""

    facts_found = fields.long_text("查明的主要事实", "只写专项考察报告已认定的事实。")
    contact = fields.short_text("联系人及电话", limit=60)

    def arrange(self, situation: Situation) -> None:
        """Offer the facts of the report, so that nothing is told that was not found."""
        self.fields["facts_found"].initial = situation.settled("report_findings").get("facts_found", "")


class InformCadre(Step):
    """The examination team tells the cadre what was found and which rights there are."""

    name, no, title = "inform_cadre", "D4", "陈述申辩告知"
    role, duty = Role.EXAMINATION_TEAM, Duty.INVESTIGATOR
    basis, certainty = "《处分条例》第39条、《政务处分法》第43条（类推）", "a"
    document, document_title = "D-INFORM", "陈述申辩告知书"
    open_to_subject = tells = True
    shelf = "告知和通知"
    Facts = InformFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """A member acts; the evidence must have been listed: the cadre has the right to see the list."""
        team.check_member(situation)
        self._evidence_is_listed(situation)

    def _evidence_is_listed(self, situation: Situation) -> None:
        if not situation.settled("list_evidence").get("names"):
            raise RuleBroken("本轮尚未登记证据材料，无法告知本人所依据的证据。", way_out="先办理“证据材料”。", rule="D4-EVIDENCE")

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """What the cadre was told: later proposals are compared with it."""
        told = _told(situation)
        return {"kind": told["kind"], "situations": told["situations"], "measure": told["measure"], "informed_on": situation.today}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """陈述申辩告知书."""
        told = _told(situation)
        return Sheet(
            to=situation.case.cadre.name,
            paragraphs=("经专项考察，现将拟认定的事实、依据和拟调整方式告知你。",),
            sections=(
                Section("一、查明的主要事实", lines(facts["facts_found"])), Section("二、拟认定的情形", fields.titles(told["situations"])),
                Section("三、拟调整方式", (KINDS[told["kind"]].title,)), Section("四、证据材料清单", tuple(situation.settled("list_evidence")["names"])),
                Section("五、期限", (f"自本告知书送达之日起{period(situation.case, 'DN-HEARING')}内（项目默认期限）可以陈述申辩。逾期未陈述的，记录在案，不视为承认。陈述申辩不会导致加重处理。",)),
                Section("六、联系人", (facts["contact"],)),
            ),
            rights=RIGHTS,
        )  # fmt: skip


def _told(situation: Situation) -> dict[str, Any]:
    """What is being told: a heavier proposal when there is one, else the report's findings."""
    heavier: dict[str, Any] = situation.settled("heavier")
    return heavier or situation.settled("report_findings")
