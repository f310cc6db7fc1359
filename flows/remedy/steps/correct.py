"""R8 纠正: the original organ says what is restored, by when, and how the name is cleared."""

from typing import Any

from flows import fields
from flows.paper import Sheet, day
from flows.people import offer
from flows.posts import PostField, choices_of, of_level
from flows.remedy.matter import filed, filed_in, in_words
from flows.roles import Role
from workflow_app import tenures
from workflow_app.models import Case, Post, Tenure
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts


class CorrectFacts(Facts):
    """What is put right."""

    post = fields.long_text("恢复职务", required=False)
    rank = fields.long_text("恢复职级、级别", required=False)
    pay = fields.long_text("恢复工资待遇", "写明项目、金额和起止月份。", required=False)
    amount = fields.number("补发金额（元）", 0, 10_000_000, required=False)
    name = fields.long_text("恢复名誉、消除影响的范围和方式", required=False)
    apology = fields.long_text("赔礼道歉、赔偿", "造成损失的填写。", required=False)
    held = PostField(
        label="恢复的职务（干部信息）", help_text="限原职务或者同一层次的职务。纠正执行完成后，干部信息随之变更。", required=False
    )
    due_on = fields.a_date("完成期限")

    def arrange(self, situation: Situation) -> None:
        """Ask for a post only where the decision's own case has changed it."""
        posts = restorable(situation)
        if not posts:
            del self.fields["held"]
            return
        offer(self, "held", choices_of(posts))
        self.fields["held"].initial = posts[0].pk if situation.case.has("revoked") else None


def former(case: Case) -> Tenure | None:
    """What the person held before the attacked decision was carried out; None when it changed nothing yet, or not by a case of ours."""
    decision = case.decision
    return tenures.before(decision.case_id) if decision is not None and decision.case_id is not None else None


def restorable(situation: Situation) -> list[Post]:
    """Posts that the result of the remedy lets the person hold again: of the former level, or as much lower as it now says."""
    held, result = former(situation.case), situation.settled("review") or situation.settled("decide")
    measure = result.get("measure") or {}
    if held is None or situation.case.decision is None or measure.get("kind") in ("TO_RANK", "REMOVE"):
        return []
    return of_level(situation.case.decision.organ, held.post_id, lower=int(measure.get("rank_steps") or 0))


class Correct(Step):
    """The original organ orders the correction."""

    name, no, title = "correct", "R8", "纠正"
    role, certainty, deadline = Role.ORIGINAL_ORGAN, "a", "RM-CORRECT"
    basis = "《公务员法》第97条、第110条"
    document, document_title = "R-FIX", "纠正执行通知书"
    open_to_subject = True
    shelf = "纠正"
    Facts = CorrectFacts

    def units(self, case: Case) -> list[int]:
        """The original organ, whoever decided the appeal."""
        return [int(unit) for unit in filed_in(case)["respondent"]["units"]]

    def issuer(self, case: Case) -> str:
        """The original organ."""
        return str(filed_in(case)["respondent"]["name"])

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Revoked: post, pay and name are restored; changed: at least one thing follows. Not later than the period."""
        if situation.case.has("revoked"):
            for name, title in (("post", "职务"), ("pay", "工资待遇"), ("name", "名誉")):
                if not facts[name].strip() and not (name == "post" and self._graded(situation)):
                    raise RuleBroken(
                        f"原决定已被撤销，须写明怎样恢复{title}。", way_out="不涉及的，写明“未受影响”。", rule="R8-RESTORE", field=name
                    )
        elif not any(facts[name].strip() for name in ("post", "rank", "pay", "name")):
            raise RuleBroken("须写明纠正的内容。", way_out="至少填写一项。", rule="R8-RESTORE", field="post")
        if facts["due_on"] < situation.today:
            raise RuleBroken("完成期限不能早于今天。", way_out="填写今天以后的日期。", rule="RM-CORRECT", field="due_on")
        self._the_post_comes_back(situation, facts)

    def _the_post_comes_back(self, situation: Situation, facts: type_facts) -> None:
        posts, held = restorable(situation), facts.get("held") or None
        if posts and held is None and situation.case.has("revoked"):
            raise RuleBroken(
                "原决定已免去或者调整职务，须写明恢复哪一职务。", way_out="选择原职务或者同一层次的职务。", rule="R8-POST", field="held"
            )
        if held is not None and held not in {post.pk for post in posts}:
            raise RuleBroken("只能恢复原职务或者处理结果允许的层次的职务。", way_out="在列出的职务中选择。", rule="R8-POST", field="held")
        if held is not None and not facts["post"].strip():
            raise RuleBroken("选择了恢复的职务，须写明恢复职务的内容。", way_out="填写“恢复职务”。", rule="R8-RESTORE", field="post")

    def _graded(self, situation: Situation) -> bool:
        return str(filed(situation)["kind"]) == "ANNUAL_GRADE"

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, Any]:
        """What is to be done."""
        return {
            "items": [title for name, title in ITEMS.items() if facts[name].strip()],
            "due_on": facts["due_on"],
            "held": facts.get("held") or None,
        }

    @staticmethod
    def _placed(facts: type_facts) -> str:
        return f"任{Post.objects.select_related('unit').get(pk=facts['held'])}。" if facts.get("held") else ""

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """纠正执行通知书."""
        result = situation.settled("review") or situation.settled("decide")
        after = in_words(result["measure"]) if result.get("measure") else "撤销原决定"
        words = facts | {"post": "\n".join(part for part in (self._placed(facts), facts["post"]) if part)}
        return Sheet(
            to=situation.case.cadre.name,
            paragraphs=(f"根据{situation.case.number}的处理结果（{after}），对原决定（{in_words(filed(situation)['measure'])}）纠正如下。",),
            rows=(
                *((title, words[name] or "——") for name, title in ITEMS.items()),
                ("补发金额", f"{facts['amount']}元" if facts["amount"] else "——"), ("完成期限", day(facts["due_on"])),
            ),
        )  # fmt: skip


ITEMS = {
    "post": "恢复职务", "rank": "恢复职级、级别", "pay": "恢复工资待遇", "name": "恢复名誉、消除影响", "apology": "赔礼道歉、赔偿",
}  # fmt: skip
