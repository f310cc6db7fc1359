"""U12 试用期满考核: opens thirty days before the year ends and is not completed before it is over.

Confirmed, the person keeps the post and its tenure. Failed, the trial post ends on the day of the conclusion, and the person goes back to
the former rank and to the former post, another of its level, or none for the time being.
"""

from datetime import date

from django.db.models import TextChoices

from flows import fields
from flows.figures import reckoned
from flows.paper import Section, Sheet, day, lines
from flows.people import offer
from flows.posts import PostField, choices_of, of_level
from flows.roles import Duty, Role
from workflow_app.models import Post, Tenure
from workflow_app.steps import Facts, PostMove, RuleBroken, Situation, Slot, Step, type_facts


class Concluded(TextChoices):
    """The conclusion."""

    CONFIRMED = "confirmed", "合格，正式任职"
    FAILED = "failed", "不合格，免去试任职务"


class TrialFacts(Facts):
    """The appraisal at the end of the year."""

    views = fields.long_text("各方面意见")
    vote_due = fields.number("测评应参加人数", 1, 10000)
    vote_valid = fields.number("有效票数", 0, 10000)
    vote_good = fields.number("合格票数", 0, 10000)
    outcome = fields.choice("结论", Concluded.choices)
    reason = fields.long_text("理由")
    placement = fields.long_text("不合格时的安排", "免去试任职务，一般按试任前职级或者职务层次安排工作。", required=False)
    placed_in = PostField(label="安排的职务", help_text="不合格的填写；限试任前的职务或者同一层次的职务，暂不安排的不选。", required=False)

    def arrange(self, situation: Situation) -> None:
        """Posts of the level that was held before."""
        offer(self, "placed_in", choices_of(_former_level(situation)))


def _former_level(situation: Situation) -> list[Post]:
    return of_level(situation.case.organ, situation.settled("appoint").get("former", {}).get("post"))


class ConcludeProbation(Step):
    """Two leaders conclude the trial year."""

    name, no, title = "conclude_probation", "U12", "试用期满考核"
    role, duty, certainty, deadline = Role.ORG_LEADER, Duty.AUTHOR, "a", "UP-PROB"
    basis = "《党政领导干部任职试用期暂行规定》第3—8条"
    document, document_title, signers = "U-TRIAL", "试用期满考核表", 2
    open_to_subject = tells = True
    outcomes = Concluded
    Facts = TrialFacts

    @staticmethod
    def _over(situation: Situation) -> bool:
        return situation.today > date.fromisoformat(str(situation.settled("appoint")["trial_until"])[:10])

    def check(self, situation: Situation, facts: type_facts) -> None:
        """The year is over; the votes add up; whoever failed is placed."""
        if not self._over(situation):
            until = str(situation.settled("appoint")["trial_until"])[:10]
            raise RuleBroken(f"试用期至{until}24时止，期满前不得作出结论。", way_out=f"{until}的次日起办理。", rule="UP-PROB")
        if not facts["vote_good"] <= facts["vote_valid"] <= facts["vote_due"]:
            raise RuleBroken("票数应当满足：合格票≤有效票≤应参加人数。", way_out="核对票数。", rule="U12-TALLY", field="vote_valid")
        if facts["outcome"] == Concluded.FAILED and not (facts["placement"] or "").strip():
            raise RuleBroken("不合格的，须写明免去试任职务后的安排。", way_out="填写安排。", rule="U12-PLACE", field="placement")
        if facts["placed_in"] is not None:
            self._place(situation, facts)

    def _place(self, situation: Situation, facts: type_facts) -> None:
        if facts["outcome"] != Concluded.FAILED:
            raise RuleBroken("合格的正式任职，不另行安排职务。", way_out="不选安排的职务。", rule="U12-LEVEL", field="placed_in")
        if facts["placed_in"] not in {post.pk for post in _former_level(situation)}:
            raise RuleBroken(
                "不合格的按试任前的职级或者职务层次安排，不能安排其他层次的职务。", way_out="在列出的职务中选择，或者不选。", rule="U12-LEVEL",
                field="placed_in",
            )  # fmt: skip

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """SD-19."""
        return [Slot(self.role, "审批人", duty=Duty.APPROVER)]

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """That the year is over."""
        return {"year_over": self._over(situation), "result": facts["outcome"]}

    def post_move(self, situation: Situation, facts: type_facts) -> PostMove | None:
        """Nothing of the post changes when confirmed; failed, the trial post ends and the former rank holds again."""
        held = situation.settled("appoint")
        former, kind = held.get("former", {}), Tenure.Kind
        if facts["outcome"] == Concluded.FAILED:
            since = situation.today if facts["placed_in"] else None
            return PostMove(kind.TRIAL_ENDED, facts["placed_in"], former.get("unit"), situation.today, since, former.get("rank"))
        # Appointed before posts were kept in the people data: there is nothing to confirm in them.
        return PostMove(kind.CONFIRMED, held["held"], None, situation.today, held["tenure_from"]) if held.get("held") else None

    def _placed(self, facts: type_facts) -> str:
        post = Post.objects.select_related("unit").get(pk=facts["placed_in"]) if facts["placed_in"] else None
        return "\n".join(part for part in (f"任{post}" if post else "", facts["placement"]) if part) or "不涉及"

    @staticmethod
    def _reckoned(situation: Situation) -> tuple[tuple[str, str], ...]:
        began = situation.settled("appoint").get("trial_from")
        return (("试用期的计算", reckoned(situation.case, "UP-PROB", date.fromisoformat(str(began)[:10]))),) if began else ()

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """试用期满考核表."""
        held = situation.settled("appoint")
        failed = facts["outcome"] == Concluded.FAILED
        effect = "免去试任职务" if failed else f"正式任职，任职时间自{day(held['tenure_from'])}起计算"
        return Sheet(
            rows=(
                ("姓名", situation.case.cadre.name), ("试任职务", str(held["post"])),
                ("试用期", f"{day(held['trial_from'])}至{day(held['trial_until'])}"),
                *self._reckoned(situation),
                ("测评（应参加／有效／合格）", f"{facts['vote_due']}／{facts['vote_valid']}／{facts['vote_good']}"),
                ("结论", Concluded(facts["outcome"]).label), ("效力", effect), ("安排", self._placed(facts)),
            ),
            sections=(Section("各方面意见", lines(facts["views"])), Section("理由", lines(facts["reason"]))),
        )  # fmt: skip
