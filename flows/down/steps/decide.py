"""D10 组织决定: the adjustment decision, with the remedy, the organ and the days."""

from collections.abc import Mapping
from datetime import date

from flows import fields
from flows.figures import period, reckoned
from flows.law import KINDS
from flows.paper import Section, Sheet, day, lines
from flows.roles import Duty, Role
from flows.rules.restriction import bar_of, ends_on
from workflow_app.models import Case
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts


class DecideFacts(Facts):
    """The decision in words."""

    facts_found = fields.long_text("查明的事实")
    grounds = fields.long_text("依据", "写明规则名称和条文。")
    placement = fields.long_text("职务和安置")
    effective_on = fields.a_date("生效日期")
    review_organ = fields.short_text("复核机关")
    appeal_organ = fields.short_text("申诉机关")

    def arrange(self, situation: Situation) -> None:
        """Start from findings, proposal and organ."""
        self.fields["facts_found"].initial = situation.settled("report_findings").get("facts_found", "")
        self.fields["placement"].initial = situation.settled("propose").get("placement", "")
        self.fields["review_organ"].initial = situation.case.organ.organ_name
        self.fields["grounds"].initial = "《推进领导干部能上能下规定》第五条；《中华人民共和国公务员法》第五十条"


class Decide(Step):
    """The decision body issues the decision."""

    name, no, title = "decide", "D10", "组织决定"
    role, duty, certainty = Role.DECISION_BODY, Duty.DECISION_MAKER, "a"
    basis = "《处分条例》第45条、《政务处分法》第45条（类推）"
    document, document_title, formal = "D-DECN", "调整决定书", True
    open_to_subject = tells = True
    shelf = "决定和理由"
    Facts = DecideFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """The cadre was heard; it takes effect not before the vote, and names both remedies."""
        if not situation.case.has("hearing_closed"):
            raise RuleBroken("尚未听取本人陈述申辩，不得作出决定。", way_out="先办完陈述申辩环节。", rule="D4-HEARING")
        self._both_remedies_are_named(facts)
        held = date.fromisoformat(str(situation.settled("record_meeting")["held_on"])[:10])
        if facts["effective_on"] < held:
            raise RuleBroken("生效日期不能早于会议决定之日。", way_out=f"会议日期为{held}。", rule="D10-EFFECT", field="effective_on")

    def _both_remedies_are_named(self, facts: type_facts) -> None:
        for name in ("review_organ", "appeal_organ"):
            if not facts[name].strip():
                raise RuleBroken("决定书须载明复核和申诉的机关。", way_out="填写机关名称。", rule="D10-REMEDY", field=name)
        if facts["review_organ"].strip() == facts["appeal_organ"].strip():
            raise RuleBroken(
                "申诉机关应当是复核机关以外的另一机关。",
                way_out="填写同级公务员主管部门或者上一级机关。",
                rule="SD-5",
                field="appeal_organ",
            )

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """The decision, for service, formalities and restriction."""
        voted = situation.settled("record_meeting")
        return {
            "kind": voted["kind"], "measure": voted["measure"], "effective_on": facts["effective_on"], "decided_on": situation.today,
            "months": int(voted["measure"]["months"]), "remedy": self._remedy(situation.case, facts),
        }  # fmt: skip

    def decision(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """What the person may attack."""
        return {"kind": "ADJUSTMENT", "measure": situation.settled("record_meeting")["measure"], "decided_on": situation.today}

    def begins(self, situation: Situation, facts: type_facts) -> Mapping[str, date]:
        """Service is due from the day of signing; the restriction runs from the day the decision takes effect."""
        measure = situation.settled("record_meeting")["measure"]
        bar = {bar_of(str(measure["kind"])): facts["effective_on"]} if int(measure["months"]) else {}
        return {"DN-SERVE": situation.today, **bar}

    def lengths(self, situation: Situation, facts: type_facts) -> Mapping[str, int]:
        """The restriction lasts as long as was decided."""
        measure = situation.settled("record_meeting")["measure"]
        return {bar_of(str(measure["kind"])): int(measure["months"])}

    def _remedy(self, case: Case, facts: type_facts) -> list[str]:
        review, after, direct = (period(case, rule) for rule in ("RM-REVIEW-FILE", "RM-APPEAL-AFTER", "RM-APPEAL-DIRECT"))
        return [
            f"对本决定不服的，可以自知道本决定之日起{review}内向{facts['review_organ']}申请复核；",
            f"对复核结果不服的，可以自接到复核决定之日起{after}内向{facts['appeal_organ']}提出申诉；",
            f"也可以不经复核，自知道本决定之日起{direct}内直接向{facts['appeal_organ']}提出申诉。",
            "复核、申诉期间不停止本决定的执行，不因申请复核、提出申诉而加重处理。",
        ]

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """调整决定书."""
        cadre, voted = situation.case.cadre, situation.settled("record_meeting")
        told = situation.settled("inform_cadre")
        months = int(voted["measure"]["months"])
        until = (
            f"影响期{months}个月（本机关配置数值），至{day(ends_on(effective_on=facts['effective_on'], months=months))}止。影响期的计算："
            + reckoned(situation.case, bar_of(str(voted["kind"])), facts["effective_on"], lasting=months)
            if months
            else "不设影响期。"
        )
        return Sheet(
            to=cadre.name,
            paragraphs=(f"{cadre.name}，现任{cadre.post_title}。经核实认定、听取本人陈述申辩，并经会议讨论，作出如下决定。",),
            sections=(
                Section("一、查明的事实", lines(facts["facts_found"])),
                Section("二、证据", tuple(situation.settled("list_evidence").get("names", []))),
                Section("三、认定的情形和依据", (*fields.titles(told["situations"]), *lines(facts["grounds"]))),
                Section(
                    "四、决定", (f"{KINDS[voted['kind']].title}，自{day(facts['effective_on'])}起生效。", *lines(facts["placement"]), until)
                ),
                Section("五、救济途径", tuple(self._remedy(situation.case, facts))),
            ),
        )
