"""D8 合法性审查: the reviewer finds the one weak point, or lets the proposal pass."""

from collections.abc import Mapping
from datetime import date

from django.db.models import TextChoices

from flows import fields
from flows.paper import Section, Sheet, Table, lines
from flows.roles import Duty, Role
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts

CHECKED = {
    "competence": "主体权限", "procedure": "程序", "substance": "内容依据", "evidence": "证据充分", "hearing": "已听取陈述申辩",
    "deadlines": "期限遵守", "recusal": "回避",
}  # fmt: skip
MARKS = [("ok", "符合"), ("mend", "需补正"), ("bad", "不符合")]


class Reviewed(TextChoices):
    """The opinion."""

    PASS = "pass", "通过"
    CORRECT = "correct", "修改后再审"
    SUPPLEMENT_EVIDENCE = "supplement_evidence", "退回补充证据"
    SUPPLEMENT_PROPOSAL = "supplement_proposal", "退回补充建议"
    UNLAWFUL_CHANGE = "unlawful_change", "不合法，退回改变建议"
    UNLAWFUL_END = "unlawful_end", "不合法，终止办理"


class ReviewFacts(Facts):
    """The checklist and the opinion."""

    competence = fields.choice("主体权限", MARKS)
    procedure = fields.choice("程序", MARKS)
    substance = fields.choice("内容依据", MARKS)
    evidence = fields.choice("证据充分", MARKS)
    hearing = fields.choice("已听取陈述申辩", MARKS)
    deadlines = fields.choice("期限遵守", MARKS)
    recusal = fields.choice("回避", MARKS)
    outcome = fields.choice("审查结论", Reviewed.choices)
    opinion = fields.long_text("审查意见")


class ReviewLegality(Step):
    """The legal reviewer signs off or returns."""

    name, no, title = "review_legality", "D8", "合法性审查"
    role, duty, deadline = Role.LEGAL_REVIEWER, Duty.LEGAL_REVIEWER, "DN-LEGAL-MAX"
    minimum = "DN-LEGAL-MIN"
    basis, certainty = "《重大行政决策程序暂行条例》第25至28条（类推）", "a"
    document, document_title = "D-LEGAL", "合法性审查意见书"
    switch = "legal_review"
    outcomes = Reviewed
    Facts = ReviewFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Only a clean checklist passes; a finding has a consequence."""
        bad = [title for name, title in CHECKED.items() if facts[name] != "ok"]
        if facts["outcome"] == Reviewed.PASS and bad:
            raise RuleBroken(f"{'、'.join(bad)}尚不符合，不能通过。", way_out="选择退回，或更正审查项。", rule="D8-CLEAN", field="outcome")
        if facts["outcome"] != Reviewed.PASS and not bad:
            raise RuleBroken(
                "各项均符合而不予通过，须指明问题所在。", way_out="标明需补正或不符合的项目。", rule="D8-GROUND", field="outcome"
            )

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """The conclusion."""
        return {"conclusion": facts["outcome"]}

    def begins(self, situation: Situation, facts: type_facts) -> Mapping[str, date]:
        """Sent back for evidence, verification is due anew from today."""
        return {"DN-VERIFY": situation.today} if facts["outcome"] == Reviewed.SUPPLEMENT_EVIDENCE else {}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """合法性审查意见书."""
        words = dict(MARKS)
        return Sheet(
            rows=(("当事人", situation.case.cadre.name), ("审查结论", Reviewed(facts["outcome"]).label)),
            sections=(Section("审查意见", lines(facts["opinion"])),),
            tables=(Table("审查项目", ("项目", "结果"), tuple((title, words[facts[name]]) for name, title in CHECKED.items())),),
        )
