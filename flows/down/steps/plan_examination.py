"""D3 专项考察方案: the team is named, at least two, each with a declaration of ties."""

from django import forms

from flows import fields
from flows.paper import Sheet, Table, yes
from flows.people import CadreField, names_of, offer, seated
from flows.roles import Duty, Role
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts


class MemberRow(forms.Form):
    """One member and the declaration."""

    cadre = CadreField(label="成员")
    no_tie = fields.tick("声明与本人无亲属关系和其他可能影响公正的关系")


class PlanFacts(Facts):
    """Aim, scope, method, team and timetable."""

    rows = {"team": MemberRow}  # noqa: RUF012 - read only
    min_rows = {"team": 2}  # noqa: RUF012 - read only
    aim = fields.long_text("考察目的")
    scope = fields.long_text("考察范围")
    method = fields.long_text("考察方式", "个别谈话、查阅资料、实地核查等；不采用测谎、跟踪、查询私人账户等方式。")
    timetable = fields.long_text("进度安排")

    def arrange(self, situation: Situation) -> None:
        """The scope is what was approved."""
        self.fields["scope"].initial = situation.settled("approve_opening").get("scope", "")

    @staticmethod
    def arrange_row(row: forms.Form, situation: Situation) -> None:
        """Members are cadres with a seat in the team."""
        offer(row, "cadre", seated(situation, Role.EXAMINATION_TEAM))


class PlanExamination(Step):
    """The team plans the special examination."""

    name, no, title = "plan_examination", "D3", "专项考察方案"
    role, duty = Role.EXAMINATION_TEAM, Duty.INVESTIGATOR
    basis, certainty = "《推进领导干部能上能下规定》第7条；《处分条例》第42条（类推）", "a"
    document, document_title = "D-PLAN", "专项考察方案"
    Facts = PlanFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """SD-1, SD-9, SD-10."""
        team = [row["cadre"] for row in facts["team"]]
        self._at_least_two_members(team)
        self._every_member_declares(facts)
        self._the_planner_is_a_member(situation, team)

    def _at_least_two_members(self, team: list[int]) -> None:
        if len(set(team)) < 2 or len(set(team)) != len(team):
            raise RuleBroken("考察组应当由两名以上不同的人员组成。", way_out="增加成员或更换重复的成员。", rule="SD-1", field="team")

    def _every_member_declares(self, facts: type_facts) -> None:
        if not all(row["no_tie"] for row in facts["team"]):
            raise RuleBroken("每名成员都须声明与本人无回避关系。", way_out="有回避关系的成员应当更换。", rule="SD-10", field="team")

    def _the_planner_is_a_member(self, situation: Situation, team: list[int]) -> None:
        if situation.actor is not None and situation.actor.cadre_id not in team:
            raise RuleBroken(
                "方案由考察组成员拟定，您不在所列成员中。", way_out="把自己列为成员，或由成员办理。", rule="SD-1", field="team"
            )

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """The team."""
        team = [row["cadre"] for row in facts["team"]]
        return {"team": team, "team_names": names_of(team), "leader": team[0]}

    def hands(self, situation: Situation, facts: type_facts) -> list[tuple[int, str]]:
        """Every member investigates."""
        return [(row["cadre"], Duty.INVESTIGATOR) for row in facts["team"]]

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """专项考察方案."""
        names = names_of([row["cadre"] for row in facts["team"]])
        members = tuple(
            (name, "组长" if n == 0 else "成员", yes(row["no_tie"])) for n, (name, row) in enumerate(zip(names, facts["team"], strict=True))
        )
        return Sheet(
            rows=(
                ("考察对象", situation.case.cadre.name), ("单位及职务", situation.case.cadre.post_title), ("考察目的", facts["aim"]),
                ("考察范围", facts["scope"]), ("考察方式", facts["method"]), ("进度安排", facts["timetable"]),
            ),
            tables=(Table("考察组成员", ("姓名", "分工", "已声明无回避关系"), members),),
        )  # fmt: skip
