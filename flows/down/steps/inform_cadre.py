"""D4 陈述申辩告知: the cadre is told facts, grounds, intended kind and rights."""

from dataclasses import dataclass

from django import forms

from flows.law import KINDS, SITUATIONS
from flows.roles import Duty, Role
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts


@dataclass(frozen=True)
class Information:
    """What 《陈述申辩告知书》 says."""

    addressee: str
    post: str
    facts_found: str
    grounds: tuple[str, ...]
    kind: str
    evidence: tuple[str, ...]
    contact: str


class InformFacts(Facts):
    """What the team states to the cadre."""

    facts_found = forms.CharField(label="查明的主要事实", widget=forms.Textarea, max_length=20000, help_text="只写专项考察报告已认定的事实。")
    contact = forms.CharField(label="联系人及电话", max_length=60)

    def arrange(self, situation: Situation) -> None:
        """Offer the facts of the report, so that nothing is told that was not found."""
        self.fields["facts_found"].initial = situation.settled("report_findings").get("facts_found", "")


class InformCadre(Step):
    """The examination team tells the cadre what was found and which rights there are."""

    name, no, title = "inform_cadre", "D4", "陈述申辩告知"
    role, duty = Role.EXAMINATION_TEAM, Duty.INVESTIGATOR
    basis, certainty = "《处分条例》第39条、《政务处分法》第43条（类推）", "a"
    document, document_title = "D-INFORM", "陈述申辩告知书"
    open_to_subject = True
    Facts = InformFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """The evidence must have been listed: the cadre has the right to see the list."""
        self._evidence_is_listed(situation)

    def _evidence_is_listed(self, situation: Situation) -> None:
        if not situation.settled("list_evidence").get("names"):
            raise RuleBroken(
                "本轮尚未登记证据材料，无法告知本人所依据的证据。",
                way_out="先办理“证据材料清单”。", rule="D4-EVIDENCE",
            )

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """What the cadre was told: later proposals are compared with it."""
        found = situation.settled("report_findings")
        return {"kind": found["kind"], "situations": found["situations"], "measure": found["measure"]}

    def content(self, situation: Situation, facts: type_facts) -> Information:
        """Paper: facts, grounds, kind and rights."""
        found = situation.settled("report_findings")
        return Information(
            addressee=situation.case.cadre.name,
            post=situation.case.cadre.post_title,
            facts_found=facts["facts_found"],
            grounds=tuple(f"{code} {SITUATIONS[code].title}" for code in found["situations"]),
            kind=KINDS[found["kind"]].title,
            evidence=tuple(situation.settled("list_evidence")["names"]),
            contact=facts["contact"],
        )
