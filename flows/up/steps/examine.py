"""U5 考察材料: virtue, ability, diligence, results, integrity, strong points and shortcomings; all members sign."""

from django.db.models import TextChoices

from flows import fields, team
from flows.paper import Section, Sheet, Table, lines
from flows.roles import Duty, Role
from workflow_app.hands import desk_for
from workflow_app.steps import Beside, Facts, RuleBroken, Situation, Slot, Step, type_facts

HEADS = (
    ("virtue", "一、德"), ("ability", "二、能"), ("diligence", "三、勤"), ("results", "四、绩"), ("integrity", "五、廉"),
    ("strengths", "六、主要特长"), ("shortcomings", "七、缺点和不足"),
)  # fmt: skip


class Examined(TextChoices):
    """What the team concludes."""

    PROCEED = "proceed", "考察完成，进入下一环节"
    SUPPLEMENT = "supplement", "补充考察"
    STOP = "stop", "不宜提拔，停止"


class MaterialFacts(Facts):
    """The material."""

    virtue = fields.long_text("德")
    ability = fields.long_text("能")
    diligence = fields.long_text("勤")
    results = fields.long_text("绩")
    integrity = fields.long_text("廉")
    strengths = fields.long_text("主要特长")
    shortcomings = fields.long_text("缺点和不足", "必须写明，不得空缺。")
    outcome = fields.choice("结论", Examined.choices)
    reason = fields.long_text("结论理由")


class Examine(Step):
    """All members sign the material."""

    name, no, title = "examine", "U5", "考察材料"
    role, duty, certainty = Role.EXAMINATION_TEAM, Duty.INVESTIGATOR, "a"
    basis = "《党政领导干部选拔任用工作条例》2014年第32条、第33条"
    document, document_title = "U-EXAM", "考察材料"
    outcomes = Examined
    Facts = MaterialFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Members; somebody was talked to; nobody is without shortcomings."""
        team.check_member(situation)
        if facts["outcome"] == Examined.PROCEED and not situation.settled("record_interview").get("count"):
            raise RuleBroken("还没有个别谈话记录。", way_out="先在案件页发起“个别谈话”并办结。", rule="U5-TALKS", field="outcome")
        if len(facts["shortcomings"].strip()) < 5:
            raise RuleBroken("缺点和不足必须如实写明（不少于5个字）。", way_out="补写缺点和不足。", rule="U5-SHORT", field="shortcomings")

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """All other members."""
        return team.all_sign(situation)

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """The conclusion, for the committee."""
        return {"result": facts["outcome"], "reason": facts["reason"], "shortcomings": facts["shortcomings"]}

    def beside(self, situation: Situation, facts: type_facts) -> list[Beside]:
        """Stopped while checks are open: the leader closes the case at once."""
        if facts["outcome"] != Examined.STOP or situation.case.awaited < 2:
            return []
        return [Beside("close_four_checks", desk_for(Role.ORG_LEADER, list(reversed(situation.case.organ.ancestor_ids))), {})]

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """考察材料."""
        talks = situation.settled("record_interview").get("count", 0)
        report = situation.settled("report_recommendation")
        recommended = f"推荐结果有效期至{str(report['valid_until'])[:10]}" if report else "竞争上岗产生"
        votes = tuple((str(title), str(count)) for title, count in situation.settled("appraise").get("tally", []))
        return Sheet(
            rows=(
                ("考察对象", situation.case.cadre.name), ("现任单位及职务", situation.case.cadre.post_title),
                ("拟任职务", situation.settled("initiate")["post"]), ("民主推荐", recommended), ("个别谈话", f"{talks}人次"),
                ("考察组成员", "、".join(situation.settled("plan_examination")["team_names"])), ("结论", Examined(facts["outcome"]).label),
            ),
            sections=(*(Section(title, lines(facts[name])) for name, title in HEADS), Section("八、结论理由", lines(facts["reason"]))),
            tables=(Table("民主测评", ("等次", "票数"), votes),) if votes else (),
        )  # fmt: skip
