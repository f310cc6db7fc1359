"""U5 考察工作方案: the announced team, each with a declaration of ties, and what it will do."""

from typing import Any

from django import forms

from flows import fields
from flows.paper import Sheet, Table, day, yes
from flows.people import CadreField, names_of, offer, seated
from flows.roles import Duty, Role
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts


class MemberRow(forms.Form):
    """One member and the declaration."""

    cadre = CadreField(label="成员")
    no_tie = fields.tick("声明与考察对象无亲属关系和其他可能影响公正的关系")


class PlanFacts(Facts):
    """Aim, scope, method, team and timetable."""

    rows = {"team": MemberRow}
    min_rows = {"team": 2}
    scope = fields.long_text("考察内容", "德、能、勤、绩、廉，突出政治标准。")
    method = fields.long_text("考察方式", "个别谈话、民主测评、查阅资料、实地走访等；不查询私人账户和个人生活信息。")
    timetable = fields.long_text("进度安排")

    @staticmethod
    def arrange_row(row: forms.Form, situation: Situation) -> None:
        """Members have a seat in the team."""
        offer(row, "cadre", seated(situation, Role.EXAMINATION_TEAM))


class PlanExamination(Step):
    """The team plans the examination."""

    name, no, title = "plan_examination", "U5", "考察工作方案"
    role, duty, certainty = Role.EXAMINATION_TEAM, Duty.INVESTIGATOR, "a"
    basis = "《党政领导干部选拔任用工作条例》2014年第28条、第33条"
    document, document_title = "U-EXPLAN", "考察工作方案"
    Facts = PlanFacts

    def on_desk(self, situation: Situation) -> dict[str, Any]:
        """The announced team."""
        return {"team": [{"cadre": cadre} for cadre in situation.settled("announce_examination").get("team", [])]}

    def check(self, situation: Situation, facts: type_facts) -> None:
        """SD-1, SD-10; the team is the announced one."""
        people = [row["cadre"] for row in facts["team"]]
        if sorted(people) != sorted(situation.settled("announce_examination")["team"]):
            raise RuleBroken(
                "考察组应当与预告一致。", way_out="按预告列明成员；需要更换的，先办理回避或者撤回预告。", rule="U5-TEAM", field="team"
            )
        if not all(row["no_tie"] for row in facts["team"]):
            raise RuleBroken("每名成员都须声明与考察对象无回避关系。", way_out="有回避关系的，办理申请回避。", rule="SD-10", field="team")
        if situation.actor is not None and situation.actor.cadre_id not in people:
            raise RuleBroken("方案由考察组成员拟定，您不在所列成员中。", way_out="由成员办理。", rule="SD-1", field="team")

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """The team."""
        people = [row["cadre"] for row in facts["team"]]
        return {"team": people, "team_names": names_of(people), "leader": people[0]}

    def hands(self, situation: Situation, facts: type_facts) -> list[tuple[int, str]]:
        """Every member investigates."""
        return [(row["cadre"], Duty.INVESTIGATOR) for row in facts["team"]]

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """考察工作方案."""
        names = names_of([row["cadre"] for row in facts["team"]])
        members = tuple(
            (name, "组长" if n == 0 else "成员", yes(row["no_tie"])) for n, (name, row) in enumerate(zip(names, facts["team"], strict=True))
        )
        return Sheet(
            rows=(
                ("考察对象", situation.case.cadre.name), ("现任单位及职务", situation.case.cadre.post_title),
                ("拟任职务", situation.settled("initiate")["post"]), ("开始日期", day(situation.settled("announce_examination")["begins_on"])),
                ("考察内容", facts["scope"]), ("考察方式", facts["method"]), ("进度安排", facts["timetable"]),
            ),
            tables=(Table("考察组成员", ("姓名", "分工", "已声明无回避关系"), members),),
        )  # fmt: skip
