"""U5 民主测评: secret ballots; only the tally is kept, never who gave which."""

from flows import fields, team
from flows.paper import Sheet, Table, day
from flows.roles import Duty, Role
from workflow_app.steps import Facts, RuleBroken, Situation, Slot, Step, type_facts

GRADES = (("excellent", "优秀"), ("competent", "称职"), ("basic", "基本称职"), ("incompetent", "不称职"))


class AppraisalFacts(Facts):
    """The count."""

    held_on = fields.a_date("测评日期")
    due = fields.number("应参加人数", 1, 10000)
    given = fields.number("发出票数", 1, 10000)
    returned = fields.number("收回票数", 0, 10000)
    valid = fields.number("有效票数", 0, 10000)
    excellent = fields.number("优秀", 0, 10000)
    competent = fields.number("称职", 0, 10000)
    basic = fields.number("基本称职", 0, 10000)
    incompetent = fields.number("不称职", 0, 10000)
    secret_ballot = fields.tick("无记名填写，当场密封收回")


class Appraise(Step):
    """Two members count the ballots."""

    name, no, title = "appraise", "U5", "民主测评"
    role, duty, certainty = Role.EXAMINATION_TEAM, Duty.INVESTIGATOR, "a"
    basis = "《公务员法》第59条第6项；《党政领导干部选拔任用工作条例》2014年第28条"
    document, document_title, signers = "U-APPR", "民主测评结果", 2
    Facts = AppraisalFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Members; secret; the ballots add up."""
        team.check_member(situation)
        if facts["held_on"] > situation.today:
            raise RuleBroken("测评日期不能晚于今天。", way_out="测评后再登记。", rule="U5-DATE", field="held_on")
        if not facts["secret_ballot"]:
            raise RuleBroken("民主测评应当无记名。", way_out="按无记名方式重新测评。", rule="SD-17", field="secret_ballot")
        if not facts["valid"] <= facts["returned"] <= facts["given"] <= facts["due"]:
            raise RuleBroken("票数应当满足：有效票≤收回票≤发出票≤应参加人数。", way_out="核对票数。", rule="U5-TALLY", field="valid")
        if sum(facts[name] for name, _ in GRADES) != facts["valid"]:
            raise RuleBroken("各等次票数之和应当等于有效票数。", way_out="核对各等次票数。", rule="U5-TALLY", field="valid")

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """The second member."""
        return team.second_signs(situation)

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """The tally, for the material."""
        return {"valid": facts["valid"], "tally": [[title, facts[name]] for name, title in GRADES]}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """民主测评结果."""
        rows = tuple((title, str(facts[name])) for name, title in GRADES)
        return Sheet(
            rows=(
                ("测评对象", situation.case.cadre.name), ("测评日期", day(facts["held_on"])),
                ("应参加／发出／收回／有效", f"{facts['due']}／{facts['given']}／{facts['returned']}／{facts['valid']}"), ("方式", "无记名"),
            ),
            tables=(Table("测评票数", ("等次", "票数"), rows),),
        )  # fmt: skip
