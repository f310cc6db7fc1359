"""D1 诫勉: an admonition in writing."""

from django.db.models import TextChoices

from flows import fields
from flows.down.early import check_day
from flows.figures import length, period, reckoned
from flows.paper import Section, Sheet, day, lines
from flows.roles import Role
from flows.rules.restriction import ends_on
from workflow_app.steps import Facts, Situation, Step, type_facts

BAR = "DN-ADM-BAR"


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
    open_to_subject = tells = True
    shelf = "告知和通知"
    switch = "reminding"
    outcomes = Given
    starts = {"DN-SELFREV": "given_on", "DN-RECTIFY": "given_on", BAR: "given_on"}  # noqa: RUF012 - read only
    Facts = AdmonishFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """An admonition that was given, not planned."""
        check_day(situation, facts["given_on"], field="given_on", title="诫勉日期")

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """What was required."""
        return {"requirement": facts["requirement"]}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """诫勉书."""
        case = situation.case
        return Sheet(
            to=situation.case.cadre.name,
            sections=(Section("一、事实", lines(facts["facts_found"])), Section("二、要求", lines(facts["requirement"]))),
            rows=(
                ("诫勉日期", day(facts["given_on"])), ("方式", Given(facts["outcome"]).label),
                ("书面检查", f"自收到本诫勉书之日起{period(case, 'DN-SELFREV')}内提交"),
                ("影响期", f"自诫勉之日起{period(case, BAR)}（地方规定），至{day(ends_on(effective_on=facts['given_on'], months=length(case, BAR)))}止"),
                ("影响期的计算", reckoned(case, BAR, facts["given_on"])),
            ),
        )  # fmt: skip
