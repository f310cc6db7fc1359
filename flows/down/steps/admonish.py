"""D1 诫勉: an admonition in writing."""

from django.db.models import TextChoices

from flows import fields
from flows.paper import Section, Sheet, day, lines
from flows.roles import Role
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts


class Given(TextChoices):
    """What the admonition asks for."""

    GIVEN = "given", "诫勉，提交书面检查"
    WITH_REPORT = "given_with_report", "诫勉，提交书面检查和整改情况报告"


class AdmonishFacts(Facts):
    """The admonition."""

    given_on = fields.a_date("诫勉日期")
    facts_found = fields.long_text("事实")
    requirement = fields.long_text("要求")
    outcome = fields.choice("方式", Given.choices)


class Admonish(Step):
    """The organization department admonishes the cadre."""

    name, no, title = "admonish", "D1", "诫勉"
    role, certainty = Role.ORG_LEADER, "a"
    basis = "《公务员法》第57条"
    document, document_title = "D-ADM", "诫勉书"
    open_to_subject = True
    switch = "reminding"
    outcomes = Given
    starts = {"DN-SELFREV": "given_on", "DN-RECTIFY": "given_on", "DN-ADM-BAR": "given_on"}  # noqa: RUF012 - read only
    Facts = AdmonishFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """An admonition that was given, not planned."""
        if facts["given_on"] > situation.today:
            raise RuleBroken("诫勉日期不能晚于今天。", way_out="诫勉后再登记。", rule="D1-DATE", field="given_on")

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """What was required."""
        return {"requirement": facts["requirement"]}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """诫勉书."""
        return Sheet(
            to=situation.case.cadre.name,
            sections=(Section("一、事实", lines(facts["facts_found"])), Section("二、要求", lines(facts["requirement"]))),
            rows=(
                ("诫勉日期", day(facts["given_on"])), ("方式", Given(facts["outcome"]).label),
                ("书面检查", "自收到本诫勉书之日起5个工作日内提交"), ("影响期", "自诫勉之日起6个月（地方规定，期满自动解除）"),
            ),
        )  # fmt: skip
