"""D12 任免通知: the appointing organ ends or begins posts, or a congress must act first."""

from django.db.models import TextChoices

from flows import fields
from flows.paper import Sheet, day
from flows.roles import Role
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts


class Formalized(TextChoices):
    """Where the formalities stand."""

    DONE = "done", "已办理"
    WAITS = "waits", "须先经人大（政协）程序"


class FormalFacts(Facts):
    """The notice."""

    outcome = fields.choice("办理情况", Formalized.choices)
    ended = fields.short_text("免去职务", required=False)
    begun = fields.short_text("任命职务", required=False)
    done_on = fields.a_date("办理日期")
    waits_for = fields.short_text("等待的程序", required=False)


class Formalize(Step):
    """The appointing organ acts."""

    name, no, title = "formalize", "D12", "任免通知"
    role, deadline, certainty = Role.APPOINTING_ORGAN, "DN-FORMAL", "a"
    basis = "《公务员法》第42条"
    document, document_title, formal = "D-FORM", "任免通知", True
    open_to_subject = True
    shelf = "手续和安置"
    outcomes = Formalized
    starts = dict.fromkeys(("DN-VISIT-1", "DN-VISIT-2", "DN-VISIT-3"), "done_on")  # noqa: RUF012 - read only
    Facts = FormalFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Done means a post ended or began; waiting says for what."""
        if facts["done_on"] > situation.today:
            raise RuleBroken("办理日期不能晚于今天。", way_out="办理后再登记。", rule="D12-DATE", field="done_on")
        if facts["outcome"] == Formalized.DONE and not (facts["ended"] or facts["begun"]):
            raise RuleBroken("须写明免去或者任命的职务。", way_out="填写职务。", rule="D12-POST", field="ended")
        if facts["outcome"] == Formalized.WAITS and not facts["waits_for"]:
            raise RuleBroken("须写明等待的程序。", way_out="填写人大或政协的程序。", rule="D12-WAITS", field="waits_for")

    def paper_title(self, outcome: str) -> str:
        """Waiting has its own paper."""
        return "任免手续待办情况记录" if outcome == Formalized.WAITS else self.document_title

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """The day."""
        return {"done_on": facts["done_on"]}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """任免通知."""
        name = situation.case.cadre.name
        if facts["outcome"] == Formalized.WAITS:
            return Sheet(to="有关单位", paragraphs=(f"{name}的任免手续须先经{facts['waits_for']}，待程序完成后办理。",))
        what = [
            f"免去{name}的{facts['ended']}职务。" if facts["ended"] else "",
            f"任命{name}为{facts['begun']}。" if facts["begun"] else "",
        ]
        return Sheet(to="有关单位", paragraphs=("经研究决定：", *(text for text in what if text), f"以上自{day(facts['done_on'])}起执行。"))
