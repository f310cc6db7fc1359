"""D1 函询: questions are sent to the cadre."""

from django import forms
from django.db.models import TextChoices

from flows import fields
from flows.down.early import check_day
from flows.figures import period
from flows.paper import Section, Sheet, day
from flows.roles import Role
from workflow_app.steps import Facts, Situation, Step, type_facts


class Sent(TextChoices):
    """What was sent."""

    SENT = "sent", "函询"
    WITH_REPORT = "sent_with_report", "函询并要求提交整改情况报告"


class Question(forms.Form):
    """One question."""

    text = fields.short_text("问题", limit=500)


class InquireFacts(Facts):
    """The questions, and when the cadre received them."""

    rows = {"questions": Question}  # noqa: RUF012 - read only
    min_rows = {"questions": 1}  # noqa: RUF012 - read only
    served_on = fields.a_date("函询通知书送达日期")
    outcome = fields.choice("要求", Sent.choices)


class Inquire(Step):
    """The organization department asks in writing."""

    name, no, title = "inquire", "D1", "函询"
    role, certainty = Role.ORG_LEADER, "a"
    basis = "《关于组织人事部门对领导干部进行提醒、函询和诫勉的实施细则》"
    document, document_title = "D-INQ", "函询通知书"
    open_to_subject = tells = True
    shelf = "告知和通知"
    switch = "reminding"
    outcomes = Sent
    starts = {"DN-INQ-REPLY": "served_on", "DN-RECTIFY": "served_on"}  # noqa: RUF012 - read only
    Facts = InquireFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """The day of receipt is proven, not planned."""
        check_day(situation, facts["served_on"], field="served_on", title="送达日期")

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """The questions: the reply answers one by one."""
        return {"questions": [row["text"] for row in facts["questions"]]}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """函询通知书."""
        within = period(situation.case, "DN-INQ-REPLY")
        questions = tuple(f"{n}. {row['text']}" for n, row in enumerate(facts["questions"], 1))
        return Sheet(
            to=situation.case.cadre.name,
            paragraphs=(f"现就下列问题向你函询，请自收到本通知书之日起{within}内逐项作出书面说明，由本人签名。",),
            sections=(Section("函询问题", questions),),
            rows=(("送达日期", day(facts["served_on"])), ("要求", Sent(facts["outcome"]).label)),
        )
