"""R4 受理审查: five tests; accepted, refused with reasons, or the material is to be completed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import TextChoices

from flows import fields
from flows.figures import length
from flows.paper import Section, Sheet, day, lines
from flows.remedy.matter import FILED_AS, acceptance_rule, filed, in_words, last_day_of
from flows.remedy.overdue import review_has_revoked
from flows.remedy.scrutiny import ScrutinyFacts, arrange_scrutiny, check_taken_up, obstacle
from flows.roles import Duty, Role
from workflow_app.models import Case
from workflow_app.steps import RuleBroken, Situation, Step, type_facts


class Admitted(TextChoices):
    """The outcome."""

    ACCEPT = "accept", "受理"
    REFUSE = "refuse", "不予受理"
    ASK_SUPPLEMENT = "ask_supplement", "通知补正"


TESTS = {
    "person": "申请人符合规定", "matter": "事项属于受理范围", "time": "在规定期限内提出，或者逾期有正当理由",
    "organ": "属于本机关管辖", "material": "材料齐全",
}  # fmt: skip
MET = [("yes", "符合"), ("no", "不符合")]


class AdmitFacts(ScrutinyFacts):
    """The five tests, the outcome, the reasons."""

    person = fields.choice(TESTS["person"], MET)
    matter = fields.choice(TESTS["matter"], MET)
    time = fields.choice(TESTS["time"], MET)
    organ = fields.choice(TESTS["organ"], MET)
    material = fields.choice(TESTS["material"], MET)
    outcome = fields.choice("审查意见", Admitted.choices)
    reasons = fields.long_text("理由", "不予受理的，逐项说明；受理的，写明审查情况。")
    missing = fields.long_text("需要补正的材料", "通知补正的，写明补什么、怎样补。", required=False)

    def arrange(self, situation: Situation) -> None:
        """Drop what is not in question."""
        arrange_scrutiny(self, situation)


class Admit(Step):
    """The appeal office examines the filing."""

    name, no, title = "admit", "R4", "受理审查"
    role, duty, certainty, deadline = Role.APPEAL_OFFICE, Duty.ADMITTER, "a/excerpt", "RM-ACCEPT"
    basis = "《公务员申诉规定（试行）》第20条、第21条（2022年规定的期限未核原文）"
    document, document_title, formal = "R-ACC", "受理通知书", True
    open_to_subject = True
    shelf = "受理和告知"
    takes_up = True
    outcomes = Admitted
    Facts = AdmitFacts

    def deadline_for(self, case: Case, subject: Mapping[str, Any]) -> str:
        """A re-appeal has a rule of its own."""
        return acceptance_rule(case)

    def on_desk(self, situation: Situation) -> dict[str, Any]:
        """Nothing came in time: that test is answered; whether to refuse is for the person who signs."""
        return {"material": "no"} if situation.case.has("lapsed") else {}

    def check(self, situation: Situation, facts: type_facts) -> None:
        """The outcome is what the five tests say, and lateness and an unnamed matter are judged by a person."""
        self._tests_agree_with_the_file(situation, facts)
        failed = [name for name in TESTS if facts[name] == "no"]
        if facts["outcome"] == Admitted.ACCEPT:
            check_taken_up(situation, facts)
            self._the_decision_still_stands(situation)
            if failed:
                raise RuleBroken(
                    f"“{TESTS[failed[0]]}”不符合，不能受理。", way_out="不予受理，或者通知补正。", rule="R4-TESTS", field="outcome"
                )
        elif facts["outcome"] == Admitted.ASK_SUPPLEMENT:
            if facts["material"] == "yes" or not facts["missing"].strip():
                raise RuleBroken(
                    "通知补正须写明缺少的材料。",
                    way_out="把“材料齐全”记为不符合，并写明需要补正的材料。",
                    rule="R4-MISSING",
                    field="missing",
                )
        else:
            self._refusal_has_a_ground(situation, failed)

    def _tests_agree_with_the_file(self, situation: Situation, facts: type_facts) -> None:
        against = obstacle(situation, facts)
        for name in ("time", "matter"):
            stands = name == against or (name == "time" and filed(situation)["late"] and not facts.get("just_cause"))
            if stands and facts[name] == "yes" and facts["outcome"] != Admitted.ASK_SUPPLEMENT:
                check_taken_up(situation, facts)
            if facts[name] == "no" and not stands and name == "time":
                raise RuleBroken(
                    "案卷显示在期限内提出，或者逾期有正当理由。",
                    way_out="把这一项记为符合。",
                    rule=str(filed(situation)["rule"]),
                    field="time",
                )

    def _the_decision_still_stands(self, situation: Situation) -> None:
        if review_has_revoked(situation.case):
            raise RuleBroken(
                "原决定已经被复核决定撤销，没有可以申诉的处理。",
                way_out="把“事项属于受理范围”记为不符合，不予受理并说明。",
                rule="R4-MATTER",
                field="matter",
            )

    def _refusal_has_a_ground(self, situation: Situation, failed: list[str]) -> None:
        if not failed:
            raise RuleBroken("五项审查都符合的，应当受理。", way_out="选择受理，或者写明不符合的一项。", rule="R4-TESTS", field="outcome")
        case = situation.case
        if failed == ["material"] and not case.has("supplemented") and not case.has("lapsed"):
            raise RuleBroken("材料不齐的，应当先通知补正。", way_out="选择通知补正。", rule="RM-SUPPLEMENT", field="outcome")

    def paper_title(self, outcome: str) -> str:
        """By outcome."""
        return {"refuse": "不予受理决定书", "ask_supplement": "补正通知书"}.get(outcome, self.document_title)

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, Any]:
        """Outcome and what is missing."""
        return {"outcome": facts["outcome"], "missing": facts["missing"], "admitted_on": situation.today}

    def begins(self, situation: Situation, facts: type_facts) -> Mapping[str, date]:
        """The 60 days run from acceptance."""
        rule = "RM-REAPPEAL-DECIDE" if situation.case.has("reappeal") else "RM-APPEAL-DECIDE"
        return {rule: situation.today} if facts["outcome"] == Admitted.ACCEPT else {}

    def _what_follows(self, situation: Situation, facts: type_facts) -> str:
        case = situation.case
        if facts["outcome"] == Admitted.ACCEPT:
            rule = "RM-REAPPEAL-DECIDE" if case.has("reappeal") else "RM-APPEAL-DECIDE"
            return f"本机关将组成公务员申诉公正委员会审理，自决定受理之日起{length(case, rule)}日内作出处理决定。"
        if facts["outcome"] == Admitted.ASK_SUPPLEMENT:
            return f"请自收到本通知之日起{length(case, 'RM-SUPPLEMENT')}日内补正；逾期未补正的，不予受理。"
        about = filed(situation)
        if not case.has("lapsed"):
            return f"{FILED_AS[about['level']]}不予受理，不影响你依照规定向有关机关反映情况。"
        until = f"提出的期限至{day(about['last_day'])}届满；届满以后" if about["last_day"] else "期限届满以后"
        return f"材料补齐后，可以就同一决定重新提出。{until}提出的，写明不可抗力或者其他正当理由，由受理机关判断。"

    def _what_came(self, situation: Situation) -> tuple[str, ...]:
        """That nothing came in time, where that is why."""
        if not situation.case.has("lapsed"):
            return ()
        served, last = situation.case.anchors["RM-SUPPLEMENT"], last_day_of(situation.case, "RM-SUPPLEMENT")
        return (f"《补正通知书》已于{day(served)}送达，补正期限至{day(last)}届满，期限内没有收到补正材料。",)

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """受理通知书, 不予受理决定书 or 补正通知书."""
        about = filed(situation)
        tests = tuple(f"{n}.{title}：{dict(MET)[facts[name]]}。" for n, (name, title) in enumerate(TESTS.items(), 1))
        missing = (("需要补正的材料", facts["missing"]),) if facts["outcome"] == Admitted.ASK_SUPPLEMENT else ()
        return Sheet(
            to=situation.case.cadre.name,
            paragraphs=(
                f"你于{day(about['filed_on'])}就{about['attacked']['number']}《{about['attacked']['title']}》（{in_words(about['measure'])}）提出的"
                f"{FILED_AS[about['level']]}，经审查，决定：{Admitted(facts['outcome']).label}。", *self._what_came(situation), *lines(facts["reasons"]), self._what_follows(situation, facts),
            ),
            rows=(("被申诉机关", about["respondent"]["name"]), ("是否逾期", "是" if about["late"] else "否"), *missing),
            sections=(Section("审查情况", tests),),
        )  # fmt: skip
