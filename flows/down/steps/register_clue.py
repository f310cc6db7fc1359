"""D0 线索登记: a clue is registered and triaged."""

from collections.abc import Mapping
from datetime import date

from django.db.models import TextChoices

from flows import fields
from flows.figures import length, years
from flows.paper import Sheet, day, lines
from flows.roles import Duty, Role
from flows.rules.restriction import is_over
from workflow_app.models import Case
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts

HEALTH = "S14"  # UPD art. 5: unable to perform duty for over one year


class Triage(TextChoices):
    """What is done with the clue."""

    OPEN = "open", "报请启动核实"
    REMIND = "remind", "先行谈话提醒"
    INQUIRE = "inquire", "先行函询"
    ADMONISH = "admonish", "先行诫勉"
    MERGE = "merge", "并入已有案件"
    TRANSFER = "transfer", "移送纪检监察机关"
    NO_CASE = "no_case", "不予立案"


class ClueFacts(Facts):
    """The clue and what is to be done with it."""

    source = fields.short_text("线索来源", "考核结果、来信、巡视审计反馈等；不写举报人身份。")
    found_on = fields.a_date("发现日期")
    situations = fields.situations("可能涉及的情形")
    unable_since = fields.a_date("不能正常履行职务的起始日期", "涉及健康原因（S14）时填写；只记日期，不记病情。", required=False)
    summary = fields.long_text("线索摘要", "只写与履职有关的事实；个人生活信息不予收集。")
    trigger_rule = fields.short_text("触发规则", "由考核触发的线索填规则编号，如 T-01。", required=False, limit=12)
    outcome = fields.choice("处理意见", Triage.choices)
    reason = fields.long_text("处理理由", "触发规则、分数和排名只提示线索，处理意见须写明理由。")
    merged_into = fields.short_text("并入案号", required=False, limit=30)


def open_cases(situation: Situation) -> list[str]:
    """Numbers of the person's open cases, this one left out."""
    case = situation.case
    found = Case.objects.filter(cadre_id=case.cadre_id, finished__isnull=True).exclude(pk=case.pk)
    return list(found.order_by("id").values_list("number", flat=True))


class RegisterClue(Step):
    """The handler registers the clue and says what is to be done with it."""

    name, no, title = "register_clue", "D0", "线索登记"
    role, duty = Role.CASE_HANDLER, Duty.REPORTER
    basis, certainty = "《推进领导干部能上能下规定》第5条", "a"
    deadline = "DN-TRIAGE"
    document, document_title = "D-CLUE", "线索登记表"
    outcomes = Triage
    Facts = ClueFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """A clue lies in the past, a merger names its case, an early measure is switched on."""
        self._was_found_before_today(situation, facts)
        self._a_merger_names_its_case(situation, facts)
        self._early_measures_are_switched_on(situation, facts)
        self._illness_has_lasted_over_a_year(situation, facts)

    def _was_found_before_today(self, situation: Situation, facts: type_facts) -> None:
        if facts["found_on"] > situation.today:
            raise RuleBroken("发现日期不能晚于今天。", way_out="更正发现日期。", rule="D0-DATE", field="found_on")

    def _a_merger_names_its_case(self, situation: Situation, facts: type_facts) -> None:
        if facts["outcome"] == Triage.MERGE and facts["merged_into"].strip() not in open_cases(situation):
            raise RuleBroken(
                "并案须写明当事人未办结案件的案号。", way_out=f"未办结的案件：{'、'.join(open_cases(situation)) or '无'}。", rule="D0-MERGE", field="merged_into"
            )  # fmt: skip

    def _early_measures_are_switched_on(self, situation: Situation, facts: type_facts) -> None:
        if facts["outcome"] in (Triage.REMIND, Triage.INQUIRE, Triage.ADMONISH) and not situation.case.on("reminding"):
            raise RuleBroken("本机关没有启用谈话提醒、函询和诫勉环节。", way_out="选择其他处理意见。", rule="D1-SWITCH", field="outcome")

    def _illness_has_lasted_over_a_year(self, situation: Situation, facts: type_facts) -> None:
        if HEALTH not in facts["situations"]:
            return
        if not facts["unable_since"] or facts["unable_since"] > situation.today:
            raise RuleBroken(
                "涉及健康原因须写明不能正常履行职务的起始日期，且不晚于今天。",
                way_out="填写起始日期。",
                rule="DN-HEALTH",
                field="unable_since",
            )
        if facts["outcome"] == Triage.OPEN and not self._over_a_year(situation, facts):
            raise RuleBroken(
                f"因健康原因不能正常履行职务尚未满{years(situation.case, 'DN-HEALTH')}，不得以此启动。", way_out="选择“不予立案”，期满时系统提示线索。",
                rule="DN-HEALTH", field="unable_since",
            )  # fmt: skip

    @staticmethod
    def _over_a_year(situation: Situation, facts: type_facts) -> bool:
        return is_over(effective_on=facts["unable_since"], months=length(situation.case, "DN-HEALTH"), today=situation.today)

    def begins(self, situation: Situation, facts: type_facts) -> Mapping[str, date]:
        """A year of illness that is not over yet is watched; its end proposes a lead and decides nothing."""
        watched = HEALTH in facts["situations"] and not self._over_a_year(situation, facts)
        return {"DN-HEALTH": facts["unable_since"]} if watched else {}

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """What the clue is about."""
        return {name: facts[name] for name in ("summary", "situations", "source", "trigger_rule")}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """线索登记表."""
        cadre = situation.case.cadre
        return Sheet(rows=(
            ("姓名", cadre.name), ("单位及职务", cadre.post_title), ("线索来源", facts["source"]), ("发现日期", day(facts["found_on"])),
            ("触发规则", facts["trigger_rule"] or "无"), ("可能涉及的情形", "；".join(fields.titles(facts["situations"]))),
            ("不能正常履行职务起始日期", day(facts["unable_since"])), ("线索摘要", "\n".join(lines(facts["summary"]))), ("处理意见", Triage(facts["outcome"]).label),
            ("处理理由", facts["reason"]), ("并入案号", facts["merged_into"] or "——"),
        ))  # fmt: skip
