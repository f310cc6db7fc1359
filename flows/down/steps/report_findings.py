"""D3 专项考察报告: what was found, on which evidence, which situation, which kind is intended."""

from django import forms
from django.db.models import TextChoices

from flows import fields, team
from flows.law import KINDS
from flows.paper import Section, Sheet, Table, lines, yes
from flows.roles import Duty, Role
from flows.rules.measure import Measure, heavier
from workflow_app.steps import Facts, RuleBroken, Situation, Slot, Step, type_facts


class Found(TextChoices):
    """What the team concludes. `confirmed` is computed: the hearing of an earlier round stands."""

    ESTABLISHED = "established", "情形成立，告知本人并听取陈述申辩"
    CONFIRMED = "confirmed", "情形成立且未加重，原陈述申辩有效"
    NOT_ESTABLISHED = "not_established", "情形不成立"
    TRANSFER = "transfer", "发现涉嫌违纪违法，移送"


class FindingRow(forms.Form):
    """One finding with its evidence."""

    fact = fields.long_text("认定的事实")
    evidence = fields.short_text("证据编号", "证据清单中的编号，用逗号分开。", limit=60)


class FindingFacts(Facts):
    """The report."""

    rows = {"findings": FindingRow}  # noqa: RUF012 - read only
    min_rows = {"findings": 0}  # noqa: RUF012 - read only
    method = fields.long_text("考察方式和过程")
    situations = forms.MultipleChoiceField(
        label="认定的情形", required=False, choices=fields.situations().choices, widget=forms.CheckboxSelectMultiple
    )
    causes = fields.long_text("原因分析（主观、客观）")
    favourable = fields.long_text("对本人有利的事实", "没有的，写明已经查证。")
    outcome = fields.choice("结论", [c for c in Found.choices if c[0] != "confirmed"])
    kind = fields.kind("拟调整方式", required=False)
    months = fields.number("影响期（月）", 0, 36, required=False)
    rank_steps = fields.number("降低层次", 0, 2, required=False)
    tolerance_claimed = fields.tick("依职权提起容错认定")
    reason = fields.long_text("结论理由")


class ReportFindings(Step):
    """All members sign the report."""

    name, no, title = "report_findings", "D3", "专项考察报告"
    role, duty = Role.EXAMINATION_TEAM, Duty.INVESTIGATOR
    basis, certainty, deadline = "《推进领导干部能上能下规定》第5条、第7条", "a", "DN-VERIFY"
    document, document_title = "D-INV", "专项考察报告"
    outcomes = Found
    Facts = FindingFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Members; evidence for every finding; situations and kind when established."""
        team.check_member(situation)
        if facts["outcome"] == Found.ESTABLISHED:
            self._something_was_found(facts)
            self._situations_and_kind_are_named(facts)
        self._every_finding_names_its_evidence(situation, facts)

    def _something_was_found(self, facts: type_facts) -> None:
        if not facts["findings"]:
            raise RuleBroken("认定情形成立须逐项写明事实。", way_out="补充认定的事实及证据编号。", rule="D3-FACTS", field="findings")

    def _situations_and_kind_are_named(self, facts: type_facts) -> None:
        if not facts["situations"] or not facts["kind"]:
            raise RuleBroken("情形成立须写明认定的情形和拟调整方式。", way_out="补充情形和方式。", rule="D3-KIND", field="situations")

    def _every_finding_names_its_evidence(self, situation: Situation, facts: type_facts) -> None:
        known = {name.split(".")[0] for name in situation.settled("list_evidence").get("names", [])}
        for row in facts["findings"]:
            named = {part.strip() for part in row["evidence"].replace("，", ",").split(",") if part.strip()}
            if not named or not named <= known:
                raise RuleBroken(
                    "每项事实都须有本轮证据清单中的证据编号。", way_out=f"本轮证据编号：{'、'.join(sorted(known)) or '无'}。",
                    rule="D3-EVIDENCE", field="findings",
                )  # fmt: skip

    def outcome(self, situation: Situation, facts: type_facts) -> str:
        """The earlier hearing stands when nothing became heavier than what the cadre was told."""
        told = situation.settled("inform_cadre")
        if facts["outcome"] != Found.ESTABLISHED or not told or not situation.case.has("hearing_closed"):
            return str(facts["outcome"])
        more = set(facts["situations"]) - set(told["situations"])
        worse = heavier(Measure.of(facts), Measure.of(told["measure"]))
        return Found.ESTABLISHED if more or worse else Found.CONFIRMED

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """All members."""
        return team.all_sign(situation)

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """What was found."""
        established = facts["outcome"] == Found.ESTABLISHED
        return {
            "kind": facts["kind"], "measure": Measure.of(facts).plain() if established else None, "situations": facts["situations"],
            "facts_found": "\n".join(row["fact"] for row in facts["findings"]), "conclusion": facts["reason"],
            "tolerance_claimed": established and bool(facts["tolerance_claimed"]),
        }  # fmt: skip

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """专项考察报告."""
        findings = tuple((str(n), row["fact"], row["evidence"]) for n, row in enumerate(facts["findings"], 1))
        kind = KINDS[facts["kind"]].title if facts["kind"] else "——"
        talks = situation.settled("record_interview").get("count", 0)
        return Sheet(
            rows=(
                ("考察对象", situation.case.cadre.name), ("单位及职务", situation.case.cadre.post_title),
                ("考察范围", str(situation.settled("approve_opening").get("scope", "——"))), ("考察组成员", "、".join(situation.settled("plan_examination").get("team_names", []))), ("个别谈话", f"{talks}人次"),
                ("认定的情形", "；".join(fields.titles(facts["situations"])) or "无"), ("结论", Found(facts["outcome"]).label),
                ("拟调整方式", kind), ("依职权提起容错认定", yes(facts["tolerance_claimed"])),
            ),
            sections=(
                Section("一、考察方式和过程", lines(facts["method"])), Section("二、原因分析", lines(facts["causes"])),
                Section("三、对本人有利的事实", lines(facts["favourable"])), Section("四、结论理由", lines(facts["reason"])),
            ),
            tables=(Table("认定的事实和证据", ("序号", "事实", "证据编号"), findings),) if findings else (),
        )  # fmt: skip
