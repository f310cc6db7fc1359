"""U3 确定考察对象: the decision body confirms; a recommendation older than a year has lapsed."""

from django.db.models import TextChoices

from flows import fields
from flows.paper import Section, Sheet, day, lines
from flows.roles import Duty, Role
from flows.up.validity import check_lapsed, check_valid, reckoned_rows, valid_until
from workflow_app.steps import Facts, Situation, Step, type_facts


class Confirmed(TextChoices):
    """What the decision body says."""

    CONFIRM = "confirm", "确定为考察对象"
    EXCLUDE = "exclude", "不列为考察对象"
    LAPSED = "lapsed", "推荐结果已经失效，重新推荐"


class ConfirmFacts(Facts):
    """The list."""

    outcome = fields.choice("意见", Confirmed.choices)
    grounds = fields.long_text("理由", "综合民主推荐、平时考核、年度考核、一贯表现和人岗相适等情况。")


class ConfirmCandidates(Step):
    """The decision body names the person to be examined."""

    name, no, title = "confirm_candidates", "U3", "确定考察对象"
    role, duty, certainty = Role.DECISION_BODY, Duty.DECISION_MAKER, "a"
    basis = "《党政领导干部选拔任用工作条例》第23条、第24条"
    document, document_title = "U-LIST", "考察对象名单"
    outcomes = Confirmed
    Facts = ConfirmFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """The result of the recommendation is still valid, or it is called lapsed."""
        if facts["outcome"] == Confirmed.CONFIRM:
            check_valid(situation, situation.today, way_out="选择“重新推荐”。", field="outcome")
        if facts["outcome"] == Confirmed.LAPSED:
            check_lapsed(situation, situation.today, way_out="选择确定或者不列为考察对象。")

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """考察对象名单."""
        ground = "竞争上岗" if situation.settled("score_applicants") else "民主推荐"
        return Sheet(
            rows=(
                ("姓名", situation.case.cadre.name), ("现任单位及职务", situation.case.cadre.post_title),
                ("拟任职务", situation.settled("initiate")["post"]), ("产生方式", ground), ("推荐结果有效期至", day(valid_until(situation))),
                *reckoned_rows(situation),
                ("意见", Confirmed(facts["outcome"]).label),
            ),
            sections=(Section("理由", lines(facts["grounds"])),),
        )  # fmt: skip
