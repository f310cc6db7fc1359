"""R2 复核决定: the original organ decides anew, by other people, and answers every reason."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import TextChoices

from flows import fields
from flows.figures import length
from flows.paper import Section, Sheet, day, lines
from flows.remedy.matter import filed, in_words
from flows.remedy.organs import for_appeal, names
from flows.remedy.overdue import appeal_in_its_place
from flows.remedy.result import ResultFacts, check_result, outcome_in_words, overturning_of, result_of
from flows.remedy.scrutiny import ScrutinyFacts, arrange_scrutiny, check_taken_up, obstacle
from flows.roles import Duty, Role
from workflow_app.steps import RuleBroken, Situation, Step, type_facts


class Reviewed(TextChoices):
    """The result."""

    UPHOLD = "uphold", "维持原决定"
    CHANGE = "change", "变更原决定"
    REVOKE = "revoke", "撤销原决定"
    NOT_ACCEPTED = "not_accepted", "不予受理"


class Reply(forms.Form):
    """One reason and what is answered to it."""

    reason = fields.long_text("申请理由")
    reply = fields.long_text("答复")


class ReviewFacts(ScrutinyFacts, ResultFacts):
    """What was looked at, the answers, the result."""

    rows = {"replies": Reply}
    min_rows = {"replies": 1}
    row_titles = {"replies": "逐条答复"}
    field_order = ("just_cause", "within_scope", "facts_review", "rule_review", "procedure_review", "outcome", *ResultFacts.AFTER)
    facts_review = fields.long_text("对事实和证据的复核")
    rule_review = fields.long_text("对适用规定的复核")
    procedure_review = fields.long_text("对程序的复核")
    outcome = fields.choice("复核结果", Reviewed.choices, "不得重于原决定。")
    conclusion = fields.long_text("理由和结论")

    def arrange(self, situation: Situation) -> None:
        """Drop what is not in question."""
        ResultFacts.arrange(self, situation)
        arrange_scrutiny(self, situation)


def reply_rows(situation: Situation) -> list[dict[str, str]]:
    """The reasons of the filing, to be answered one by one."""
    return [{"reason": text, "reply": ""} for text in filed(situation)["reasons"]]


def replies_in_words(facts: type_facts) -> tuple[str, ...]:
    """Every reason, and under it what is answered."""
    return tuple(
        text
        for n, row in enumerate(facts["replies"], 1)
        for text in (*marked(f"理由{n}：", row["reason"]), *marked("答复：", row["reply"]))
    )


def marked(mark: str, text: str) -> tuple[str, ...]:
    """The paragraphs of a text, the first with a mark."""
    first, *more = lines(text) or ("——",)
    return (mark + first, *more)


def check_every_reason_is_answered(situation: Situation, facts: type_facts) -> None:
    """As many answers as reasons."""
    missing = len(filed(situation)["reasons"]) - sum(1 for row in facts["replies"] if row["reply"].strip())
    if missing > 0:
        raise RuleBroken(f"还有{missing}条申请理由没有答复。", way_out="逐条答复后再签发。", rule="R-REPLY", field="replies")


class Review(Step):
    """Somebody of the original organ who had no hand in the decision reviews it."""

    name, no, title = "review", "R2", "复核决定"
    role, duty, certainty, deadline = Role.REVIEW_HANDLER, Duty.REVIEW_HANDLER, "a", "RM-REVIEW-DECIDE"
    basis = "《公务员法》第96条"
    document, document_title, formal = "R-DEC", "复核决定书", True
    open_to_subject = True
    shelf = "决定和理由"
    overturns = True
    outcomes = Reviewed
    Facts = ReviewFacts

    def on_desk(self, situation: Situation) -> dict[str, Any]:
        """The reasons stand ready."""
        return {"replies": reply_rows(situation)}

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Taken up with reason, answered in full, and never heavier; an appeal accepted meanwhile takes its place."""
        appeal = appeal_in_its_place(situation.case)
        if facts["outcome"] == Reviewed.NOT_ACCEPTED:
            if not appeal and not obstacle(situation, facts):
                raise RuleBroken(
                    "申请在期限内提出，事项可以受理，不得不予受理。",
                    way_out="作出维持、变更或者撤销的决定。",
                    rule="R2-ACCEPT",
                    field="outcome",
                )
            return
        if appeal:
            raise RuleBroken(
                f"复核期限届满后，本人的申诉（{appeal.number}）已经受理，由受理机关审理。", way_out="选择不予受理，在理由中写明已由申诉机关审理。",
                rule="R2-APPEALED", field="outcome",
            )  # fmt: skip
        check_taken_up(situation, facts)
        check_every_reason_is_answered(situation, facts)
        check_result(situation, facts)

    def paper_title(self, outcome: str) -> str:
        """Refusing to take it up has its own paper."""
        return "不予受理决定书" if outcome == Reviewed.NOT_ACCEPTED else self.document_title

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, Any]:
        """Result and date."""
        return {"outcome": facts["outcome"], "measure": result_of(situation, facts), "decided_on": situation.today}

    def overturning(self, situation: Situation, facts: type_facts) -> Mapping[str, Any] | None:  # type: ignore[override]
        """Change and revoke reach the case of the decision."""
        return overturning_of(situation, facts)

    def _next_remedy(self, situation: Situation, outcome: str) -> str:
        appeal = appeal_in_its_place(situation.case)
        if appeal:
            return f"你的申诉（{appeal.number}）已经受理，由{appeal.organ.organ_name or appeal.organ.name}审理。"
        organ = names(for_appeal(situation.case.organ)) or "上一级机关"
        if outcome == Reviewed.NOT_ACCEPTED:
            days = length(situation.case, "RM-APPEAL-DIRECT")
            return f"可以自知道原决定之日起{days}日内向{organ}提出申诉。"
        days = length(situation.case, "RM-APPEAL-AFTER")
        return f"对本决定不服的，可以自接到本决定之日起{days}日内向{organ}提出申诉。申诉期间不停止原决定的执行。"

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """复核决定书."""
        about, label = filed(situation), str(Reviewed(facts["outcome"]).label)
        attacked, cadre = about["attacked"], situation.case.cadre
        return Sheet(
            to=cadre.name,
            paragraphs=(
                f"你对{attacked['number']}《{attacked['title']}》（{in_words(about['measure'])}）不服，于{day(about['filed_on'])}申请复核，"
                f"请求{about['request']}。现复核如下。",
            ),
            sections=(
                Section("一、事实和证据", lines(facts["facts_review"])), Section("二、适用规定", lines(facts["rule_review"])),
                Section("三、程序", lines(facts["procedure_review"])),
                Section("四、对申请理由的答复", replies_in_words(facts)),
                Section("五、决定", (outcome_in_words(situation, facts, label) + "。", *lines(facts["conclusion"]))),
                Section("六、救济途径", (self._next_remedy(situation, facts["outcome"]),)),
            ),
        )  # fmt: skip
