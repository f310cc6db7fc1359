"""U11 任职: tenure counts from the decision (or the election), probation from the trial notice; both are kept.

With the notice the person holds the post in the people data, on trial or not (docs/decisions/0051-post-from-the-notice.md).
"""

from collections.abc import Mapping
from datetime import date

from django.db.models import TextChoices

from flows import fields
from flows.figures import length, period, reckoned, years
from flows.paper import Sheet, day
from flows.people import offer
from flows.posts import PostField, choices_of, held_since, meant
from flows.roles import Role
from workflow_app import periods
from workflow_app.clock import add_months
from workflow_app.models import Tenure
from workflow_app.steps import Facts, PostMove, RuleBroken, Situation, Step, type_facts

FILING = "UP-PROB-FILE"


class Appointed(TextChoices):
    """What the appointing organ did."""

    APPOINTED = "appointed", "正式任职（不实行试用期）"
    ON_TRIAL = "on_trial", "试任职（实行试用期）"
    NOT_ELECTED = "not_elected", "未当选或者未获任命"


class AppointFacts(Facts):
    """The notice of appointment."""

    outcome = fields.choice("任职情况", Appointed.choices)
    post = fields.short_text("职务", limit=80)
    ended = fields.short_text("免去职务", required=False, limit=80)
    held = PostField(label="在干部信息中登记为", help_text="签发后，干部信息中的单位和职务随之变更。", required=False)
    rank = fields.short_text("任职后职级", "职级随任职变更的填写；不填的，职级不变。", required=False, limit=30)
    elected_on = fields.a_date("选举或者决定任命日期", "选任制职务填写。", required=False)
    no_trial_ground = fields.short_text("不实行试用期的依据", "非选任制职务直接正式任职的填写。", required=False)
    filing_required = fields.tick("试任职前须报备案")
    filed_on = fields.a_date("备案日期", "须备案的填写；应当早于试任职通知，提前的时间按规定。", required=False)

    def arrange(self, situation: Situation) -> None:
        """What was decided."""
        decided = situation.settled("decide")
        posts = choices_of(meant(situation, decided.get("begun", "")))
        offer(self, "held", posts)
        self.fields["held"].initial = posts[0][0] if len(posts) == 1 else None
        self.fields["post"].initial, self.fields["ended"].initial = decided.get("begun", ""), decided.get("ended", "")


class Appoint(Step):
    """The appointing organ appoints."""

    name, no, title = "appoint", "U11", "任职"
    role, certainty = Role.APPOINTING_ORGAN, "a"
    basis = "《公务员法》第41条、第42条；《党政领导干部选拔任用工作条例》2014年第44条"
    document, document_title, formal = "U-APPT", "任职通知", True
    open_to_subject = tells = True
    outcomes = Appointed
    Facts = AppointFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Elected posts have no trial; others have one unless a rule says so; filing a month ahead."""
        elected = bool(situation.settled("initiate").get("elected"))
        self._elected_posts(situation, facts, elected)
        if facts["outcome"] == Appointed.APPOINTED and not elected and not facts["no_trial_ground"].strip():
            raise RuleBroken(
                "非选任制职务实行任职试用期；不实行的须写明依据。",
                way_out="选择试任职，或者填写依据。",
                rule="U12-TRIAL",
                field="no_trial_ground",
            )
        if facts["outcome"] == Appointed.ON_TRIAL and facts["filing_required"]:
            self._filed_a_month_ahead(situation, facts)
        if facts["post"].strip() != situation.settled("decide")["begun"]:
            raise RuleBroken("任职职务与决定不一致。", way_out="按决定填写。", rule="U11-POST", field="post")
        if facts["outcome"] != Appointed.NOT_ELECTED:
            self._registered(situation, facts)

    def _registered(self, situation: Situation, facts: type_facts) -> None:
        since = held_since(situation.case.cadre)
        if facts["elected_on"] is not None and since is not None and facts["elected_on"] < since:
            raise RuleBroken(
                f"现任职务自{since}起登记，新任职务不能早于这一天。", way_out="核对日期；登记有误的，请系统管理员更正名册。", rule="U11-DATA",
                field="elected_on",
            )  # fmt: skip
        known = {post.pk for post in meant(situation, facts["post"].strip())}
        if not known:
            raise RuleBroken(
                f"干部信息中没有登记“{facts['post']}”这一职务，任职后无法据实变更。", way_out="请系统管理员先在“职务”中登记，再办理任职。",
                rule="U11-DATA", field="held",
            )  # fmt: skip
        if facts["held"] not in known:
            raise RuleBroken("没有选择干部信息中对应的职务。", way_out="在列出的职务中选择。", rule="U11-DATA", field="held")

    def _elected_posts(self, situation: Situation, facts: type_facts, elected: bool) -> None:
        if facts["outcome"] == Appointed.ON_TRIAL and elected:
            raise RuleBroken("选任制职务不实行试用期。", way_out="选择正式任职或者未当选。", rule="U12-ELECTED", field="outcome")
        if facts["outcome"] == Appointed.NOT_ELECTED and not elected:
            raise RuleBroken("只有选任制职务才有未当选。", way_out="选择正式任职或者试任职。", rule="U11-ELECTED", field="outcome")
        if elected and (facts["elected_on"] is None or facts["elected_on"] > situation.today):
            raise RuleBroken(
                "选任制职务须填写选举或者决定任命的日期，且不晚于今天。", way_out="填写日期。", rule="U11-ELECTED", field="elected_on"
            )

    def _filed_a_month_ahead(self, situation: Situation, facts: type_facts) -> None:
        latest = periods.answer_of(situation.case, FILING, situation.today).last_day
        if facts["filed_on"] is None or facts["filed_on"] > latest:
            raise RuleBroken(
                f"须备案的，应当在发出试任职通知{period(situation.case, FILING)}前备案，最迟{latest}。",
                way_out=f"备案满{period(situation.case, FILING)}后再发通知。",
                rule=FILING,
                field="filed_on",
            )

    def _tenure_from(self, situation: Situation, facts: type_facts) -> str:
        elected = bool(situation.settled("initiate").get("elected"))
        return str(facts["elected_on"] if elected else situation.settled("decide")["decided_on"])[:10]

    def begins(self, situation: Situation, facts: type_facts) -> Mapping[str, date]:
        """The trial year runs from the trial notice."""
        return {"UP-PROB": situation.today} if facts["outcome"] == Appointed.ON_TRIAL else {}

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """Both dates: tenure from the decision, probation from the notice."""
        trial, cadre = facts["outcome"] == Appointed.ON_TRIAL, situation.case.cadre
        return {
            "former": {"post": cadre.post_id, "unit": cadre.unit_id, "rank": cadre.rank},
            "post": facts["post"], "held": facts["held"], "tenure_from": self._tenure_from(situation, facts), "trial_from": situation.today if trial else None,
            "trial_until": add_months(situation.today, length(situation.case, "UP-PROB")) if trial else None,
        }  # fmt: skip

    def post_move(self, situation: Situation, facts: type_facts) -> PostMove | None:
        """The post is held from the notice, or from the election; it counts from the same day as tenure does."""
        if facts["outcome"] == Appointed.NOT_ELECTED:
            return None
        kind = Tenure.Kind.TRIAL if facts["outcome"] == Appointed.ON_TRIAL else Tenure.Kind.APPOINTED
        since = self._tenure_from(situation, facts)
        effective = facts["elected_on"] if situation.settled("initiate").get("elected") else situation.today
        return PostMove(kind, facts["held"], None, effective, since, facts["rank"].strip() or None)

    def paper_title(self, outcome: str) -> str:
        """By outcome."""
        return {"on_trial": "试任职通知", "not_elected": "未当选情况记录"}.get(outcome, self.document_title)

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """任职通知."""
        name, trial = situation.case.cadre.name, facts["outcome"] == Appointed.ON_TRIAL
        if facts["outcome"] == Appointed.NOT_ELECTED:
            return Sheet(to="有关单位", paragraphs=(f"{name}拟任{facts['post']}，未当选（未获任命），按原职务管理。",))
        end = f"试用期{years(situation.case, 'UP-PROB')}，自本通知印发之日起至{day(add_months(situation.today, length(situation.case, 'UP-PROB')))}止。试用期满合格的，试用时间计入任职时间。"
        return Sheet(
            to="有关单位",
            paragraphs=(
                f"经研究决定：{'试任' if trial else '任命'}{name}为{facts['post']}。", *([f"免去其{facts['ended']}职务。"] if facts["ended"] else []),
                f"任职时间自{day(self._tenure_from(situation, facts))}起计算。", *([end, f"试用期的计算：{reckoned(situation.case, 'UP-PROB', situation.today)}"] if trial else []),
            ),
        )  # fmt: skip
