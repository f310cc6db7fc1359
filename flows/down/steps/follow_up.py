"""D15 回访: visits at three, six and twelve months."""

from collections.abc import Mapping
from typing import Any

from django.db.models import TextChoices

from flows import fields
from flows.paper import Sheet, day
from flows.roles import Role
from workflow_app.models import Case
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts


class Visited(TextChoices):
    """What the visit found."""

    NORMAL = "normal", "正常"
    SUPPORT = "support", "需要帮助支持"
    LEAD = "lead", "发现新的线索"


class VisitFacts(Facts):
    """The visit."""

    visited_on = fields.a_date("回访日期")
    mood = fields.long_text("思想状况")
    performance = fields.long_text("履职表现")
    needs = fields.long_text("需要的支持", required=False)
    outcome = fields.choice("结论", Visited.choices)
    clue = fields.long_text("线索", "发现新的线索时填写。", required=False)


class FollowUp(Step):
    """The handler visits."""

    name, no, title = "follow_up", "D15", "回访"
    role, basis, deadline = Role.CASE_HANDLER, "项目默认", "DN-VISIT-1"
    document, document_title = "D-VISIT", "跟踪回访记录"
    outcomes = Visited
    Facts = VisitFacts

    def deadline_for(self, case: Case, subject: Mapping[str, Any]) -> str | None:
        """By the number of visits so far."""
        if case.has("visit_2"):
            return "DN-VISIT-3"
        return "DN-VISIT-2" if case.has("visit_1") else "DN-VISIT-1"

    def check(self, situation: Situation, facts: type_facts) -> None:
        """A visit that was made; a new clue is described."""
        if facts["visited_on"] > situation.today:
            raise RuleBroken("回访日期不能晚于今天。", way_out="回访后再登记。", rule="D15-DATE", field="visited_on")
        if facts["outcome"] == Visited.LEAD and not facts["clue"]:
            raise RuleBroken("发现新的线索须写明内容。", way_out="填写线索。", rule="D15-LEAD", field="clue")

    def lead(self, situation: Situation, facts: type_facts) -> dict[str, Any] | None:
        """A new clue goes to the handlers' desk; it opens nothing by itself."""
        if facts["outcome"] != Visited.LEAD:
            return None
        return {"rule_id": "D15", "suggests": "CASE", "summary": facts["clue"][:300]}

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """All visits, for the evaluation."""
        before = list(situation.settled("follow_up").get("visits", []))
        return {"visits": [*before, f"{facts['visited_on']}：{Visited(facts['outcome']).label}。{facts['performance']}"]}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """跟踪回访记录."""
        number = len(situation.settled("follow_up").get("visits", [])) + 1
        return Sheet(rows=(
            ("姓名", situation.case.cadre.name), ("第几次回访", f"第{number}次"), ("回访日期", day(facts["visited_on"])), ("思想状况", facts["mood"]),
            ("履职表现", facts["performance"]), ("需要的支持", facts["needs"] or "无"), ("结论", Visited(facts["outcome"]).label),
        ))  # fmt: skip
