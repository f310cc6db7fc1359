"""R6 申诉处理决定: the organ decides on the committee's opinion; a re-appeal decision is final."""

from typing import Any

from flows import fields
from flows.figures import length
from flows.paper import Section, Sheet, lines
from flows.remedy.matter import filed, in_words
from flows.remedy.organs import for_reappeal, names
from flows.remedy.result import BACK_TO, ResultFacts, check_result, outcome_in_words, overturning_of, result_of
from flows.remedy.steps.hear import Heard
from flows.remedy.steps.review import Reply, check_every_reason_is_answered, replies_in_words, reply_rows
from flows.roles import Duty, Role
from workflow_app.models import Case
from workflow_app.steps import RuleBroken, Situation, Step, type_facts


class DecideFacts(ResultFacts):
    """The decision in words."""

    rows = {"replies": Reply}
    min_rows = {"replies": 1}
    row_titles = {"replies": "逐条答复"}
    field_order = ("facts_found", "grounds", "outcome", *ResultFacts.AFTER)
    facts_found = fields.long_text("查明的事实")
    grounds = fields.long_text("理由和依据", "写明规则名称和条文。")
    outcome = fields.choice("处理决定", Heard.choices, "不得重于原决定。")
    back_to = fields.choice("重新处理从哪一环节开始", [("", "——"), *BACK_TO], required=False)
    departure = fields.long_text("与审理意见不一致的理由", "决定与公正委员会的审理意见不一致时填写。", required=False)


class Decide(Step):
    """The organ decides."""

    name, no, title = "decide", "R6", "申诉处理决定"
    role, duty, certainty = Role.APPEAL_ORGAN, Duty.APPEAL_DECIDER, "a"
    basis, deadline = "《公务员法》第95条、第96条", "RM-APPEAL-DECIDE"
    document, document_title, formal = "R-ADEC", "申诉处理决定书", True
    open_to_subject = True
    shelf = "决定和理由"
    overturns = True
    outcomes = Heard
    Facts = DecideFacts

    def deadline_for(self, case: Case, subject: Any) -> str:
        """60 days from acceptance, and what was added."""
        return "RM-REAPPEAL-DECIDE" if case.has("reappeal") else "RM-APPEAL-DECIDE"

    def on_desk(self, situation: Situation) -> dict[str, Any]:
        """Start from the opinion."""
        heard = situation.settled("hear")
        return {
            "replies": reply_rows(situation), "outcome": heard.get("outcome"), "back_to": heard.get("back_to"),
            **{name: value for name, value in (heard.get("measure") or {}).items() if name != "year"},
        }  # fmt: skip

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Another organ; every reason answered; never heavier; a departure from the opinion is explained."""
        if situation.case.organ_id == filed(situation)["respondent"]["unit"]:
            raise RuleBroken("申诉不得由原处理机关决定。", way_out="由同级公务员主管部门或者上一级机关办理。", rule="SD-5")
        check_every_reason_is_answered(situation, facts)
        check_result(situation, facts)
        heard = situation.settled("hear")
        differs = facts["outcome"] != heard.get("outcome") or result_of(situation, facts) != heard.get("measure")
        if differs and not facts["departure"].strip():
            raise RuleBroken(
                "决定与审理意见不一致，须说明理由。", way_out="填写理由，或者按审理意见决定。", rule="R6-OPINION", field="departure"
            )
        if facts["outcome"] == Heard.REMAND and not facts["back_to"]:
            raise RuleBroken(
                "责令重新处理须写明从哪一环节开始。", way_out="选择重新核实认定或者重新提出建议。", rule="R6-REMAND", field="back_to"
            )

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, Any]:
        """Result and date."""
        return {
            "outcome": facts["outcome"], "measure": result_of(situation, facts), "decided_on": situation.today,
            "reappealable": self._reappealable(situation),
        }  # fmt: skip

    def _reappealable(self, situation: Situation) -> bool:
        return not situation.case.has("reappeal") and bool(for_reappeal(situation.case.organ))

    def overturning(self, situation: Situation, facts: type_facts) -> dict[str, Any] | None:
        """Change, revoke and remand reach the case of the decision."""
        return overturning_of(situation, facts)

    def titled(self, situation: Situation, outcome: str) -> str:
        """By level."""
        return "再申诉处理决定书" if situation.case.has("reappeal") else self.document_title

    def _next_remedy(self, situation: Situation) -> str:
        if not self._reappealable(situation):
            return "本决定为最终决定。"
        days, organ = length(situation.case, "RM-REAPPEAL-FILE"), names(for_reappeal(situation.case.organ))
        return f"对本决定不服的，可以自接到本决定之日起{days}日内（本机关配置数值）向{organ}提出再申诉。再申诉期间不停止原决定的执行。"

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """申诉处理决定书, 再申诉处理决定书."""
        about, label = filed(situation), str(Heard(facts["outcome"]).label)
        after = about["attacked"].get("after")
        return Sheet(
            to=f"{situation.case.cadre.name}、{about['respondent']['name']}",
            paragraphs=(
                f"申诉人{situation.case.cadre.name}不服{about['respondent']['name']}{about['attacked']['number']}《{about['attacked']['title']}》"
                f"（{in_words(about['measure'])}）{'和' + after if after else ''}，请求{about['request']}。"
                "本机关受理后，组成公务员申诉公正委员会进行了审理，现决定如下。",
            ),
            sections=(
                Section("一、查明的事实", lines(facts["facts_found"])), Section("二、理由和依据", lines(facts["grounds"])),
                Section("三、对申诉理由的答复", replies_in_words(facts)),
                Section("四、决定", (outcome_in_words(situation, facts, label) + "。", *self._redo(facts))),
                Section("五、救济途径", (self._next_remedy(situation),)),
            ),
        )  # fmt: skip

    def _redo(self, facts: type_facts) -> tuple[str, ...]:
        if facts["outcome"] != Heard.REMAND:
            return ()
        return (f"由原处理机关{dict(BACK_TO)[facts['back_to']]}，重新作出的处理不得重于原决定。",)
