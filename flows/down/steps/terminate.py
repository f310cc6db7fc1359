"""D13 终止办理: the case ends without a decision."""

from django.db.models import TextChoices

from flows import fields
from flows.paper import Sheet, yes
from flows.people import offer
from flows.posts import PostField, choices_of, of_level, restored
from flows.roles import Duty, Role
from workflow_app import tenures
from workflow_app.models import Case, Post, Tenure
from workflow_app.steps import Facts, PostMove, RuleBroken, Situation, Slot, Step, type_facts


class Ground(TextChoices):
    """Why the case ends."""

    NOT_ESTABLISHED = "not_established", "情形不成立"
    EXONERATED = "exonerated", "容错免责"
    REJECTED = "rejected", "不予调整"
    REFUSED = "refused", "不予启动"
    IMPROVED = "improved", "已改进或情况已说明清楚"
    RETIRED = "retired", "退休"
    LEFT = "left", "离开公务员队伍"
    DEATH = "death", "死亡"
    OTHER = "other", "其他（写明）"


# States after which the name is cleared, whatever ends the case: the path goes by the state as well.
CLEARED = {"not_established", "exonerated", "rejected"}
FROM_STATE = {
    "not_established": "NOT_ESTABLISHED",
    "exonerated": "EXONERATED",
    "rejected": "REJECTED",
    "refused": "REFUSED",
    "settled": "IMPROVED",
}
BY_LIFE = {Ground.RETIRED, Ground.LEFT, Ground.DEATH, Ground.OTHER}


class TerminateFacts(Facts):
    """Ground and effect."""

    ground = fields.choice("终止事由", Ground.choices)
    explanation = fields.long_text("说明")
    effect = fields.long_text("终止后的处理", "已采取的措施如何解除、材料如何归档。")
    held = PostField(label="恢复的职务", help_text="原决定已免去或者调整职务，重新处理后不予调整的填写。", required=False)

    def arrange(self, situation: Situation) -> None:
        """The ground follows from the state where there is one."""
        name = FROM_STATE.get(str(situation.case.state))
        if name:
            self.fields["ground"].initial = Ground[name].value
        posts = _restorable(situation)
        if not posts:
            del self.fields["held"]
            return
        offer(self, "held", choices_of(posts))
        self.fields["held"].initial = posts[0].pk


def _lost(case: Case) -> Tenure | None:
    """In a case that does a decision anew: what the person held before that decision was carried out."""
    return tenures.before(case.parent_id) if case.settled.get("redo") and case.parent_id else None


def _restorable(situation: Situation) -> list[Post]:
    held = _lost(situation.case) if str(situation.case.state) in CLEARED else None
    return of_level(situation.case.organ, held.post_id) if held else []


class Terminate(Step):
    """The organization department ends the case; author and approver differ."""

    name, no, title = "terminate", "D13", "终止办理"
    role, duty, deadline, certainty = Role.ORG_LEADER, Duty.AUTHOR, "DN-END", "a"
    basis = "《政务处分法》第53条（类推）"
    document, document_title, signers = "D-END", "终止办理决定书", 2
    open_to_subject = True
    shelf = "决定和理由"
    overriding = True
    Facts = TerminateFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """The ground agrees with what was found; otherwise only what life brings ends a running case."""
        expected = FROM_STATE.get(str(situation.case.state))
        ground = Ground(facts["ground"])
        if expected and ground != Ground[expected] and ground not in BY_LIFE:
            raise RuleBroken(
                f"案件状态对应的终止事由是“{Ground[expected].label}”。", way_out="选择对应的事由。", rule="D13-GROUND", field="ground"
            )
        if not expected and ground not in BY_LIFE:
            raise RuleBroken(
                "案件尚未得出这一结论，不能以此终止。",
                way_out="先办完相应环节，或选择退休、离开、死亡、其他。",
                rule="D13-GROUND",
                field="ground",
            )
        posts, held = _restorable(situation), facts.get("held") or None
        if (posts or held is not None) and held not in {post.pk for post in posts}:
            raise RuleBroken(
                "原决定已免去或者调整职务，现不予调整的，须恢复原职务或者同一层次的职务。",
                way_out="在列出的职务中选择。",
                rule="D13-POST",
                field="held",
            )

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """SD-19."""
        return [Slot(self.role, "审批人", duty=Duty.APPROVER)]

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """The ground."""
        return {"ground": facts["ground"], "clear_name": str(situation.case.state) in CLEARED}

    def post_move(self, situation: Situation, facts: type_facts) -> PostMove | None:
        """Done anew without an adjustment: what the first decision took is given back."""
        lost, held = _lost(situation.case), facts.get("held") or None
        if lost is None or held is None or situation.case.cadre.post_id == held:
            return None
        return restored(Tenure.Kind.RESTORED, lost, held, on=situation.today, with_rank=True)

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """终止办理决定书."""
        post = Post.objects.select_related("unit").get(pk=facts["held"]) if facts.get("held") else None
        return Sheet(
            to=situation.case.cadre.name,
            paragraphs=(f"{situation.case.cadre.name}一案（{situation.case.number}）终止办理。",),
            rows=(
                ("终止事由", Ground(facts["ground"]).label), ("说明", facts["explanation"]), ("终止后的处理", facts["effect"]),
                ("澄清正名", yes(str(situation.case.state) in CLEARED)),
                *([("恢复职务", f"任{post}")] if post else []),
            ),
        )  # fmt: skip
