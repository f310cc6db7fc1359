"""U9 公示反映核查: one report, verified by two members of the examination team; who reported stays sealed."""

from django.db.models import TextChoices

from flows import fields, team
from flows.paper import Section, Sheet, lines
from flows.roles import Duty, Role
from workflow_app.models import Report
from workflow_app.steps import Facts, RuleBroken, Situation, Slot, Step, type_facts


class Verified(TextChoices):
    """Whether the report affects the appointment."""

    NO_EFFECT = "no_effect", "查无此事或者不影响任职"
    AFFECTS = "affects", "影响任职，重新讨论决定"


class VerifyFacts(Facts):
    """What was found."""

    summary = fields.long_text("反映问题的概要", "不写能够识别反映人的内容。")
    method = fields.long_text("核查方式和过程")
    finding = fields.long_text("核查结果")
    outcome = fields.choice("结论", Verified.choices)

    def arrange(self, situation: Situation) -> None:
        """What was reported is read above the form; it is not copied into the paper."""
        report = Report.objects.filter(pk=situation.subject.get("report") or 0, notice__case=situation.case.pk).first()
        if report is not None:
            said = report.text if len(report.text) < 600 else f"{report.text[:600]}……"
            self.fields["summary"].help_text = f"反映内容（{report.token}）：{said} ——概要中不写能够识别反映人的内容。"


class VerifyReport(Step):
    """Two members verify one report."""

    name, no, title = "verify_report", "U9", "公示反映核查"
    role, duty, certainty = Role.EXAMINATION_TEAM, Duty.INVESTIGATOR, "a"
    basis = "《党政领导干部选拔任用工作条例》2014年第41条"
    document, document_title, signers = "U-VERIFY", "公示反映问题核查报告", 2
    outcomes = Verified
    by_hand = False
    Facts = VerifyFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Members of this case's team, and a result in words."""
        team.check_member(situation)
        if len(facts["finding"].strip()) < 5:
            raise RuleBroken(
                "核查结果须写明查了什么、查到什么（不少于5个字）。", way_out="补写核查结果。", rule="U9-FINDING", field="finding"
            )

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """The second member."""
        return team.second_signs(situation)

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """All verified reports of this notice."""
        before = list(situation.settled("verify_report").get("reports", []))
        return {"reports": [*before, [facts["summary"], facts["finding"], Verified(facts["outcome"]).label]]}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """公示反映问题核查报告."""
        return Sheet(
            rows=(
                ("公示对象", situation.case.cadre.name), ("反映", str(situation.subject.get("organ_name", ""))), ("反映人", "已密封"),
                ("结论", Verified(facts["outcome"]).label),
            ),
            sections=(
                Section("一、反映问题的概要", lines(facts["summary"])), Section("二、核查方式和过程", lines(facts["method"])),
                Section("三、核查结果", lines(facts["finding"])),
            ),
        )  # fmt: skip
