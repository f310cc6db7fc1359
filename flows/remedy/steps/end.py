"""RW 终结: after a withdrawal the organ ends the case or goes on; both sides are told."""

from django.db.models import TextChoices

from flows import fields
from flows.paper import Sheet, lines
from flows.remedy.matter import FILED_AS, filed
from flows.roles import Duty, Role
from workflow_app.steps import Facts, Situation, Step, type_facts


class Ended(TextChoices):
    """The outcome."""

    ENDED = "ended", "终结"
    GOES_ON = "goes_on", "不准撤回，继续办理"


class EndFacts(Facts):
    """Ended or not, and why."""

    outcome = fields.choice("处理", Ended.choices)
    reason = fields.long_text("理由", "继续办理的，写明为什么不准撤回。")


class End(Step):
    """The appeal office decides on the withdrawal."""

    name, no, title = "end", "RW", "终结"
    role, duty, certainty = Role.APPEAL_OFFICE, Duty.ADMITTER, "a/excerpt"
    basis = "《公务员申诉规定（试行）》第22条"
    document, document_title, formal = "R-END", "终结通知书", True
    open_to_subject = True
    shelf = "决定和理由"
    by_hand = False
    outcomes = Ended
    Facts = EndFacts

    def overrides(self, outcome: str) -> bool:
        """Only an end takes everything else off the desks."""
        return outcome == Ended.ENDED

    def paper_title(self, outcome: str) -> str:
        """Going on has its own paper."""
        return "继续办理通知书" if outcome == Ended.GOES_ON else self.document_title

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """终结通知书."""
        about = filed(situation)
        return Sheet(
            to=f"{situation.case.cadre.name}、{about['respondent']['name']}",
            paragraphs=(
                f"{situation.case.cadre.name}就{about['attacked']['number']}《{about['attacked']['title']}》提出的{FILED_AS[about['level']]}（{situation.case.number}），"
                f"申请人书面申请撤回，决定：{Ended(facts['outcome']).label}。", *lines(facts["reason"]),
            ),
        )  # fmt: skip
