"""U1 动议: the post, its vacancy, conditions and the way of choosing; author and approver differ."""

from django.db.models import TextChoices

from flows import fields
from flows.paper import Section, Sheet, lines, yes
from flows.roles import Duty, Role
from flows.up.bars import restriction
from workflow_app.steps import Facts, RuleBroken, Situation, Slot, Step, type_facts
from workflow_app.vacancies import SUFFIX, is_vacancy

LEVELS = [("chief", "正职"), ("deputy", "副职")]
ORDERS = [("interview_first", "先谈话调研推荐，后会议推荐"), ("meeting_first", "先会议推荐，后谈话调研推荐（仅限单个职位）")]


class Motion(TextChoices):
    """What becomes of the motion."""

    APPROVE = "approve", "同意，进行民主推荐"
    COMPETE = "compete", "同意，采取竞争上岗"
    RETURN = "return", "退回修改"
    DROP = "drop", "不予动议"


class MotionFacts(Facts):
    """The plan."""

    post = fields.short_text("拟任职务", "写明单位和职务名称。", limit=80)
    level = fields.choice("职务类别", LEVELS)
    elected = fields.tick("属于选任制职务", "须经人大等选举或者决定任命的，不实行试用期。")
    posts = fields.number("本次动议职位数", 1, 20)
    vacancy_ground = fields.long_text("空缺情况和理由")
    within_quota = fields.tick("在编制和职数限额内")
    conditions = fields.long_text("任职条件和资格")
    scope = fields.long_text("推荐或者选拔范围")
    order = fields.choice("民主推荐顺序", ORDERS)
    directed = fields.tick("定向推荐", "推荐结果在有效期内只对这一职位有效。")
    timetable = fields.long_text("步骤和时间安排")
    outcome = fields.choice("意见", Motion.choices)
    reason = fields.long_text("理由")

    def arrange(self, situation: Situation) -> None:
        """A plan that was returned is corrected, not typed again."""
        before = situation.settled("initiate")
        if is_vacancy(situation.case.cadre):
            self.fields["post"].initial = situation.case.cadre.name.removesuffix(SUFFIX)
        for name in ("post", "level", "conditions", "scope", "order", "posts"):
            if before.get(name):
                self.fields[name].initial = before[name]


class Initiate(Step):
    """The organization department moves to fill a post."""

    name, no, title = "initiate", "U1", "动议"
    role, duty, certainty = Role.ORG_LEADER, Duty.AUTHOR, "a"
    basis = "《公务员法》第43条、第46条"
    document, document_title, signers = "U-PLAN", "动议工作方案", 2
    outcomes = Motion
    Facts = MotionFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Within the quota; the order is reversed for a single post only; a cadre who came down is past the restriction."""
        goes_on = facts["outcome"] in (Motion.APPROVE, Motion.COMPETE)
        self._a_competition_starts_from_the_post(situation, facts)
        if goes_on and not facts["within_quota"]:
            raise RuleBroken(
                "超出编制或者职数，不得动议。", way_out="核定职数后再办理，或选择不予动议。", rule="CSL-43", field="within_quota"
            )
        if facts["order"] == "meeting_first" and facts["posts"] != 1:
            raise RuleBroken(
                "推荐多个职位的，应当先谈话调研推荐，再会议推荐。", way_out="改为先谈话调研推荐。", rule="U2-ORDER", field="order"
            )
        found = restriction(situation.case.cadre_id, situation.today)
        if goes_on and found.barred:
            raise RuleBroken(f"{found.words}，期满前不得提拔。", way_out="影响期届满的次日起可以动议。", rule="U3-BAR-6", field="outcome")

    def _a_competition_starts_from_the_post(self, situation: Situation, facts: type_facts) -> None:
        vacant = is_vacancy(situation.case.cadre)
        if facts["outcome"] == Motion.COMPETE and not vacant:
            raise RuleBroken(
                "竞争上岗的人选由评分产生，不能指定。", way_out="从职位开始动议，或者选择民主推荐。", rule="U2C-POST", field="outcome"
            )
        if facts["outcome"] == Motion.APPROVE and vacant:
            raise RuleBroken("民主推荐须先提出人选。", way_out="从干部开始动议，或者选择竞争上岗。", rule="U2C-POST", field="outcome")

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """SD-19."""
        return [Slot(self.role, "审批人", duty=Duty.APPROVER)]

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """The post and the way of choosing."""
        kept = ("post", "level", "elected", "posts", "conditions", "scope", "order", "directed")
        return {name: facts[name] for name in kept} | {
            "meeting_first": facts["order"] == "meeting_first", "competitive": facts["outcome"] == Motion.COMPETE,
        }  # fmt: skip

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """动议工作方案."""
        cadre = situation.case.cadre
        return Sheet(
            rows=(
                ("人选", cadre.name), ("现任单位及职务", cadre.post_title), ("拟任职务", f"{facts['post']}（{dict(LEVELS)[facts['level']]}）"),
                ("选任制职务", yes(facts["elected"])), ("编制和职数限额内", yes(facts["within_quota"])), ("职位数", str(facts["posts"])),
                ("推荐顺序", dict(ORDERS)[facts["order"]]), ("定向推荐", yes(facts["directed"])), ("意见", Motion(facts["outcome"]).label),
            ),
            sections=(
                Section("一、空缺情况和理由", lines(facts["vacancy_ground"])), Section("二、任职条件和资格", lines(facts["conditions"])),
                Section("三、推荐或者选拔范围", lines(facts["scope"])), Section("四、步骤和时间安排", lines(facts["timetable"])),
                Section("五、意见的理由", lines(facts["reason"])),
            ),
        )  # fmt: skip
