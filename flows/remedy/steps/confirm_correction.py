"""R8 纠正执行: what was done, on which day, with proof; after a revocation the name is cleared first."""

from datetime import date
from typing import Any

from django import forms

from flows import fields
from flows.paper import Sheet, Table, day
from flows.posts import held_since, restored
from flows.remedy.matter import filed_in
from flows.remedy.steps.correct import ITEMS, Correct, former
from flows.roles import Role
from workflow_app.models import Case, Document, Tenure
from workflow_app.steps import Facts, PostMove, RuleBroken, Situation, Slot, Step, type_facts


class Done(forms.Form):
    """One thing that was put right."""

    item = fields.short_text("纠正事项")
    done_on = fields.a_date("完成日期")
    proof = fields.short_text("证明材料")


class ConfirmFacts(Facts):
    """What was done."""

    rows = {"done": Done}
    min_rows = {"done": 1}
    row_titles = {"done": "完成情况"}
    note = fields.long_text("说明", required=False)


def _restored_on(facts: type_facts) -> date:
    return max(row["done_on"] for row in facts["done"] if row["item"] == ITEMS["post"])


class ConfirmCorrection(Step):
    """Two people of the original organ confirm."""

    name, no, title = "confirm_correction", "R8", "纠正执行"
    role, certainty = Role.ORIGINAL_ORGAN, "a"
    basis = "《公务员法》第97条、第110条"
    deadline = "RM-CORRECT"
    document, document_title, signers = "R-FIXR", "纠正执行情况报告", 2
    open_to_subject = True
    shelf = "纠正"
    Facts = ConfirmFacts

    def units(self, case: Case) -> list[int]:
        """The original organ."""
        return [int(unit) for unit in filed_in(case)["respondent"]["units"]]

    def issuer(self, case: Case) -> str:
        """The original organ."""
        return Correct().issuer(case)

    def on_desk(self, situation: Situation) -> dict[str, Any]:
        """One row for everything that was ordered."""
        return {"done": [{"item": item} for item in situation.settled("correct").get("items", [])]}

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Everything that was ordered, on days that are past; the name cleared in the case of the decision."""
        missing = set(situation.settled("correct")["items"]) - {row["item"] for row in facts["done"]}
        if missing:
            raise RuleBroken(
                f"还有事项没有完成：{'、'.join(sorted(missing))}。", way_out="全部完成后再报告。", rule="R8-DONE", field="done"
            )
        if any(row["done_on"] > situation.today for row in facts["done"]):
            raise RuleBroken("完成日期不能晚于今天。", way_out="完成后再报告。", rule="R8-DONE", field="done")
        self._the_name_is_cleared(situation)
        self._the_post_is_free_to_change(situation, facts)

    def _the_post_is_free_to_change(self, situation: Situation, facts: type_facts) -> None:
        since = held_since(situation.case.cadre) if situation.settled("correct").get("held") else None
        if since is not None and _restored_on(facts) < since:
            raise RuleBroken(
                f"现在的任职情况自{since}起登记，恢复职务不能早于这一天。", way_out="核对恢复职务的完成日期。", rule="R8-DONE", field="done"
            )

    def _the_name_is_cleared(self, situation: Situation) -> None:
        decision = situation.case.decision
        if decision is None or decision.case_id is None or not situation.case.has("revoked"):
            return
        if not Document.objects.filter(case=decision.case_id, step="clear_name").exists():
            raise RuleBroken("原案件尚未办理澄清正名。", way_out="先在原案件中签发《澄清正名通知书》。", rule="R8-NAME")

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """A second person."""
        return [Slot(self.role, "复核人")]

    def post_move(self, situation: Situation, facts: type_facts) -> PostMove | None:
        """The post of the order is held again from the day on which it was given back; revoked, the former rank holds too."""
        held, was = situation.settled("correct").get("held"), former(situation.case)
        if held is None or was is None or situation.case.cadre.post_id == held:
            return None
        return restored(Tenure.Kind.RESTORED, was, int(held), on=_restored_on(facts), with_rank=situation.case.has("revoked"))

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """纠正执行情况报告."""
        rows = tuple((row["item"], day(row["done_on"]), row["proof"]) for row in facts["done"])
        return Sheet(
            rows=(("案号", situation.case.number), ("申诉人", situation.case.cadre.name), ("说明", facts["note"] or "——")),
            tables=(Table("完成情况", ("纠正事项", "完成日期", "证明材料"), rows),),
        )
