"""D12 任免通知: the appointing organ ends or begins posts, or a congress must act first.

With the notice the people data follow: the post ends, another begins, the rank changes (docs/decisions/0052-one-history-of-posts.md).
"""

from django.db.models import TextChoices

from flows import fields
from flows.law import KINDS
from flows.paper import Sheet, day
from flows.people import offer
from flows.posts import PostField, choices_of, held_since, lower_by, meant, names
from flows.roles import Role
from workflow_app.models import Post, Tenure
from workflow_app.steps import Facts, PostMove, RuleBroken, Situation, Step, type_facts

# What a new post may be, by the kind that was decided: on the same level, or no leadership post.
LEVEL, NO_LEADER = {"LATERAL", "RETRAIN"}, {"TO_RANK", "REMOVE"}


class Formalized(TextChoices):
    """Where the formalities stand."""

    DONE = "done", "已办理"
    WAITS = "waits", "须先经人大（政协）程序"


class FormalFacts(Facts):
    """The notice."""

    outcome = fields.choice("办理情况", Formalized.choices)
    ended = fields.short_text("免去职务", required=False)
    begun = fields.short_text("任命职务", "转任职级的，写明职级，例如“市交通运输局四级调研员”。", required=False)
    held = PostField(
        label="在干部信息中登记为", help_text="登记有几个同名职务的才需选择。签发后，干部信息中的单位和职务随之变更。", required=False
    )
    rank = fields.short_text("任免后职级", "职级随任免变更的填写；不填的，职级不变。", required=False, limit=30)
    done_on = fields.a_date("办理日期")
    waits_for = fields.short_text("等待的程序", required=False)

    def arrange(self, situation: Situation) -> None:
        """The post that is held; and, of several that the typed words may mean, the one to choose."""
        cadre = situation.case.cadre
        self.fields["ended"].initial = cadre.post_title if cadre.post_id else ""
        offer(self, "held", choices_of(meant(situation, str(self.data.get("begun", "")).strip())))


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
        if facts["outcome"] == Formalized.DONE:
            self._agrees_with_the_people_data(situation, facts)

    def _agrees_with_the_people_data(self, situation: Situation, facts: type_facts) -> None:
        present, since = situation.case.cadre.post, held_since(situation.case.cadre)
        if facts["ended"] and present and not names(facts["ended"].strip(), present):
            raise RuleBroken(
                f"免去的职务与干部信息中登记的现任职务“{present}”不一致。", way_out="按现任职务填写；登记有误的，请系统管理员更正名册后办理。",
                rule="D12-DATA", field="ended",
            )  # fmt: skip
        if since and facts["done_on"] < since:
            raise RuleBroken(f"现任职务自{since}起登记，任免不能早于这一天。", way_out="核对办理日期。", rule="D12-DATE", field="done_on")
        post = self._begun(situation, facts)
        if post is not None:
            self._fits_the_decision(situation, post, present)

    def _begun(self, situation: Situation, facts: type_facts) -> Post | None:
        """The registered post that begins; None when none does, or when the words name a rank."""
        words, rank = facts["begun"].strip(), facts["rank"].strip()
        if not words or (rank and words.endswith(rank)):
            return None
        known = meant(situation, words)
        if not known:
            raise RuleBroken(
                f"干部信息中没有登记“{words}”这一职务，任命后无法据实变更。",
                way_out="请系统管理员先在“职务”中登记；任命的是职级的，在“任免后职级”中写明同一职级。", rule="D12-DATA", field="begun",
            )  # fmt: skip
        chosen = known if len(known) == 1 else [post for post in known if post.pk == facts["held"]]
        if not chosen:
            raise RuleBroken(
                f"干部信息中有{len(known)}个职务与“{words}”相符。", way_out="在列出的职务中选择。", rule="D12-DATA", field="held"
            )
        return chosen[0]

    def _fits_the_decision(self, situation: Situation, post: Post, present: Post | None) -> None:
        measure = situation.settled("decide").get("measure") or {}
        kind, steps = str(measure.get("kind", "")), int(measure.get("rank_steps") or 0)
        down = lower_by(post, present) if present else None
        wrong = (
            (kind in NO_LEADER and post.leadership_post)
            or (down is not None and kind in LEVEL and down != 0)
            or (down is not None and kind == "DEMOTE" and down != steps)
            or (down is not None and down < 0)
        )
        if wrong:
            raise RuleBroken(
                f"“{post}”（{post.get_level_display()}）与决定的处理（{KINDS[kind].title}）不符。",
                way_out="任命与决定相符的职务；决定有误的，应当先更正决定。", rule="D12-KIND", field="begun",
            )  # fmt: skip

    def paper_title(self, outcome: str) -> str:
        """Waiting has its own paper."""
        return "任免手续待办情况记录" if outcome == Formalized.WAITS else self.document_title

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """The day."""
        return {"done_on": facts["done_on"]}

    def post_move(self, situation: Situation, facts: type_facts) -> PostMove | None:
        """The post ends or another begins on the day of the notice; a new one counts from that day."""
        if facts["outcome"] == Formalized.WAITS:
            return None
        cadre, post, rank, on = situation.case.cadre, self._begun(situation, facts), facts["rank"].strip() or None, facts["done_on"]
        if post is not None:
            return PostMove(Tenure.Kind.ADJUSTED, post.pk, None, on, on, rank)
        if facts["ended"]:
            return PostMove(Tenure.Kind.REMOVED, None, cadre.unit_id, on, None, rank)
        return PostMove(Tenure.Kind.ADJUSTED, cadre.post_id, cadre.unit_id, on, cadre.post_since, rank) if rank else None

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
