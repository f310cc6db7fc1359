"""X 更正: a clerical error in an issued paper is corrected by a new paper; an outcome never is."""

from collections.abc import Mapping
from typing import Any

from flows import fields
from flows.paper import Sheet
from flows.people import offer, roles_of
from flows.roles import Role
from workflow_app.models import Document
from workflow_app.steps import Facts, RuleBroken, Situation, Slot, Step, type_facts


class CorrectFacts(Facts):
    """Which paper, what it says, what it should say."""

    paper = fields.choice("更正的文书", [])
    wrong = fields.short_text("原文", "照抄原文书中的文字。", limit=300)
    right = fields.short_text("更正为", limit=300)
    outcome_untouched = fields.tick("更正不改变认定、方式、期限等任何结论")

    def arrange(self, situation: Situation) -> None:
        """Papers of the case."""
        papers = Document.objects.filter(case=situation.case).order_by("id")
        offer(self, "paper", [(str(paper.pk), str(paper)) for paper in papers])


class CorrectPaper(Step):
    """Two people of the desk that issued the paper correct it."""

    name, no, title = "correct_paper", "X", "更正"
    role, basis = Role.AUTHOR, "项目默认"
    document, document_title, signers = "X-CORR", "更正通知书", 2
    open_to_subject = True
    after_end = True
    Facts = CorrectFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """The desk that issued it corrects; the words stand in the paper, and no conclusion changes."""
        paper = Document.objects.get(pk=facts["paper"], case=situation.case)
        if situation.actor is not None and _issued_by(situation, paper) not in roles_of(situation, situation.actor.cadre_id or 0):
            raise RuleBroken("文书由制作它的岗位更正。", way_out="请该岗位的人员办理。", rule="X-CORR", field="paper")
        if facts["wrong"] not in _words(paper.content["content"]):
            raise RuleBroken("原文书中没有这段文字。", way_out="照抄原文。", rule="X-CORR", field="wrong")
        if not facts["outcome_untouched"]:
            raise RuleBroken(
                "更正只用于文字差错，不能改变结论。", way_out="改变结论须重新办理相应环节。", rule="X-CORR", field="outcome_untouched"
            )

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """A second person of that desk."""
        paper = Document.objects.get(pk=facts["paper"], case=situation.case)
        return [Slot(_issued_by(situation, paper), "复核人")]

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """更正通知书."""
        paper = Document.objects.get(pk=facts["paper"])
        return Sheet(
            to=situation.case.cadre.name,
            paragraphs=(f"{paper}中的文字更正如下，其他内容不变。",), rows=(("原文", facts["wrong"]), ("更正为", facts["right"])),
        )  # fmt: skip


def _issued_by(situation: Situation, paper: Document) -> str:
    """Role of the desk that issued a paper; an earlier correction was issued by the desk of the handlers."""
    role = str(situation.case.flow_class.node_of(paper.step).step.role)
    return Role.CASE_HANDLER if role in (Role.AUTHOR, Role.CONCERNED) else role


def _words(content: Any) -> str:
    """Every text of a paper, without the names of its parts."""
    parts = content.values() if isinstance(content, Mapping) else content if isinstance(content, list) else ()
    return str(content) if isinstance(content, str) else "\n".join(_words(part) for part in parts)
