"""U2c 报名: a cadre applies through the portal while applications are open."""

from datetime import date

from flows import fields
from flows.paper import Section, Sheet, lines
from flows.roles import Duty, Role
from workflow_app.enclosures import FilesField
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts


class ApplicationFacts(Facts):
    """The application."""

    resume = fields.long_text("简历", "从参加工作写起；不写家庭成员和个人生活情况。")
    qualifications = fields.long_text("符合报名条件的情况")
    statement = fields.long_text("竞职陈述")
    phone = fields.short_text("联系电话", limit=40)
    attached = FilesField(label="附件", help_text="学历、资格证明等，选择已上传的文件。")
    true = fields.tick("承诺所填内容真实")


class ApplyForPost(Step):
    """Any cadre applies, once an announcement."""

    name, no, title = "apply_for_post", "U2c", "报名"
    role, duty, basis = Role.APPLICANT, Duty.APPLICANT, "竞争上岗的通行做法"
    document, document_title = "U-APPLY", "报名表"
    sealed = ("phone",)
    Facts = ApplicationFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """In time, once, in one's own name, and true."""
        last = date.fromisoformat(str(situation.settled("announce_competition")["last_day"])[:10])
        if situation.today > last:
            raise RuleBroken(f"报名已于{last}24时截止。", way_out="可以关注以后的公告。", rule="UP-COMP-APPLY")
        own = situation.actor.cadre_id if situation.actor else None
        if own in [one["cadre"] for one in self._applied(situation)]:
            raise RuleBroken("您已经报名，每人报名一次。", way_out="需要补充材料的，请联系公告所列电话。", rule="U2C-ONCE")
        if not facts["true"]:
            raise RuleBroken("须承诺所填内容真实。", way_out="核对后勾选。", rule="U2C-TRUE", field="true")

    @staticmethod
    def _applied(situation: Situation) -> list[dict[str, object]]:
        return list(situation.settled("apply_for_post").get("applicants", []))

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """Everybody who has applied so far."""
        cadre = situation.actor.cadre if situation.actor else None
        own = [{"cadre": cadre.pk, "name": cadre.name, "post_title": cadre.post_title}] if cadre else []
        return {"applicants": [*self._applied(situation), *own]}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """竞争上岗报名表."""
        cadre = situation.actor.cadre if situation.actor else None
        files = "、".join(f"{one['name']}（{one['sha256'][:16]}）" for one in facts["attached"]) or "无"
        return Sheet(
            rows=(
                ("报名职位", situation.settled("initiate")["post"]), ("姓名", cadre.name if cadre else ""),
                ("现任单位及职务", cadre.post_title if cadre else ""), ("附件", files), ("承诺", "所填内容真实"),
            ),
            sections=(
                Section("一、简历", lines(facts["resume"])), Section("二、符合报名条件的情况", lines(facts["qualifications"])),
                Section("三、竞职陈述", lines(facts["statement"])),
            ),
        )  # fmt: skip
