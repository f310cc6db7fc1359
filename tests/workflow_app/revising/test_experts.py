"""Experts: a register with terms and recusals, a draw that anybody can compute again, and opinions that change nothing."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from tests.story import signed_in
from tests.workflow_app.revising.circle import PDF, Circle
from workflow_app import clock, consulting
from workflow_app.models import (
    Account,
    Assessor,
    AssessorField,
    Cadre,
    Consultation,
    ExpertDraw,
    ExpertInvitation,
    ExpertOpinion,
    IndicatorVersion,
    Message,
    Record,
    SchemeVersion,
    Tie,
)
from workflow_app.refusing import Refused
from workflow_app.revising import consultations, experts
from workflow_app.revising.consultations import Asking

numbers = st.sets(st.integers(1, 10_000), min_size=2, max_size=60)


@given(st.text("0123456789abcdef", min_size=64, max_size=64), numbers, st.randoms())
def test_a_draw_depends_on_the_seed_and_the_people_alone_and_not_on_their_order(seed: str, among: set[int], dice: Any) -> None:
    rows = list(among)
    found = consultations.chosen(seed, rows, len(rows) // 2)
    dice.shuffle(rows)
    assert found == consultations.chosen(seed, rows, len(rows) // 2)
    assert len(set(found)) == len(rows) // 2 and set(found) <= among
    assert consultations.chosen(seed, rows, len(rows))[: len(rows) // 2] == found, "who is drawn of fewer is drawn of more"


def test_everybody_is_drawn_about_as_often() -> None:
    often = Counter(one for n in range(3000) for one in consultations.chosen(f"{n:064x}", range(10), 3))
    assert all(780 < often[one] < 1020 for one in range(10)), often


@pytest.mark.django_db
class TestRegister:
    """Who is in it."""

    def test_a_cadre_comes_with_name_workplace_and_account_and_stands_in_it_once(self, circle: Circle) -> None:
        found = circle.enter("", kind="PART", workplace="", cadre=circle.town.wang)
        assert found.name == "王建国" and found.account == circle.town.people["wang"] and "局" in found.workplace
        with pytest.raises(Refused, match="已经在名册中"):
            circle.enter("", kind="FULL", workplace="", cadre=circle.town.wang)
        with pytest.raises(Refused, match="已经在名册中"):
            circle.enter("专家甲")

    def test_a_term_a_reason_and_a_field_are_needed(self, circle: Circle) -> None:
        organ = circle.hall.library.organ
        entry = experts.Entry("EXPERT", "专家己", "市财政学会", date(2026, 1, 1), date(2026, 12, 31), "熟悉财政绩效。")
        wrong: list[tuple[str, dict[str, Any], list[AssessorField]]] = [
            ("没有选择", {"kind": "GUEST"}, [circle.topic]), ("早于开始", {"last": date(2025, 12, 31)}, [circle.topic]),
            ("聘期已经过去", {"first": date(2025, 1, 1), "last": date(2025, 12, 31)}, [circle.topic]), ("没有选择领域", {}, []),
            ("入册理由", {"why": "好"}, [circle.topic]), ("姓名", {"name": ""}, [circle.topic]), ("工作单位", {"workplace": ""}, [circle.topic]),
        ]  # fmt: skip
        for words, more, fields in wrong:
            with pytest.raises(Refused, match=words):
                consulting.enter(organ, experts.Entry(**(vars(entry) | more)), fields, **circle.words)
        with pytest.raises(Refused, match="已经有这个领域"):
            consulting.add_field(organ, "绩效评价", **circle.words)
        consulting.enter(organ, entry, [circle.topic], **circle.words)

    def test_a_term_holds_to_the_end_of_its_last_day_and_leaving_ends_it(self, circle: Circle) -> None:
        one = circle.people[0]
        assert (
            experts.live(one, one.last)
            and not experts.live(one, one.last + timedelta(days=1))
            and not experts.live(one, date(2025, 12, 31))
        )
        consulting.leave(one, "本人提出，工作变动。", **circle.words)
        assert not experts.live(Assessor.objects.get(pk=one.pk), circle.hall.at.date())
        with pytest.raises(Refused, match="现在不在名册中"):
            consulting.leave(one, "本人提出，工作变动。", **circle.words)


@pytest.mark.django_db
class TestAsking:
    """Drawn or named."""

    def drawn(self, circle: Circle, asked: Consultation, count: int = 2) -> ExpertDraw:
        """Announced by one, drawn by another."""
        announced = consulting.announce(asked, count, **circle.words)
        consulting.draw(announced, **circle.second)
        return ExpertDraw.objects.select_related("drawn").get(pk=announced.pk)

    def test_the_hash_of_the_seed_stands_in_the_journal_before_the_draw_and_the_seed_after_it(self, circle: Circle) -> None:
        asked = circle.ask()
        announced = consulting.announce(asked, 2, **circle.words)
        before = Record.objects.get(outcome="draw_announced")
        consulting.draw(announced, **circle.second)
        found = ExpertDraw.objects.select_related("drawn").get(pk=announced.pk)
        after = Record.objects.get(outcome="drawn")
        assert before.seq < after.seq and consultations.commitment(found.drawn.seed) == announced.commitment
        assert announced.commitment != found.drawn.seed and found.drawn.seed.encode() not in bytes(announced.sealed)
        assert consultations.right(found.drawn) and [one.assessor_id for one in asked.invitations.all()] == found.drawn.chosen

    def test_another_seed_or_another_choice_does_not_recompute(self, circle: Circle) -> None:
        made = self.drawn(circle, circle.ask()).drawn
        seed, drawn = made.seed, made.chosen
        made.seed = "0" * 64
        assert not consultations.right(made)
        made.seed, made.chosen = seed, drawn[::-1]
        assert not consultations.right(made)

    def test_who_announces_does_not_draw_and_a_draw_is_made_once(self, circle: Circle) -> None:
        announced = consulting.announce(circle.ask(), 2, **circle.words)
        with pytest.raises(Refused, match="不能自己抽"):
            consulting.draw(announced, **circle.words)
        with pytest.raises(Refused, match="已经公布了一次抽取"):
            consulting.announce(announced.consultation, 2, **circle.second)
        consulting.draw(announced, **circle.second)
        with pytest.raises(Refused, match="已经完成"):
            consulting.draw(announced, **circle.second)

    @pytest.mark.parametrize("count", [0, 5, 6])
    def test_a_draw_of_everybody_or_nobody_is_none(self, circle: Circle, count: int) -> None:
        with pytest.raises(Refused, match="可以抽取的有5人"):
            consulting.announce(circle.ask(), count, **circle.words)

    def test_who_had_a_hand_in_it_or_has_a_tie_or_is_recused_is_neither_drawn_nor_named(self, circle: Circle) -> None:
        author = Cadre.objects.get(account=circle.hall.office)
        own = circle.enter("", workplace="", cadre=author)
        tied = circle.enter("", workplace="", cadre=circle.town.wang)
        Tie.objects.create(one=author, other=circle.town.wang, kind="OTHER", declared_at=circle.hall.at)
        consulting.recuse(circle.people[0], author, "近两年有合作课题。", **circle.words)
        asked = circle.ask()
        why = {one.pk: reason for one, reason in consultations.candidates(asked, circle.hall.at.date())}
        assert "拟订" in why[own.pk] and "申报的回避关系" in why[tied.pk] and "已登记回避" in why[circle.people[0].pk]
        for one in (own, tied, circle.people[0]):
            with pytest.raises(Refused, match="应当回避"):
                consulting.name(asked, one, "熟悉乡镇工作，建议听取。", **circle.words)
        assert set(self.drawn(circle, asked, 3).among) == {one.pk for one in circle.people[1:]}

    def test_hands_on_a_scheme_and_on_an_indicator_are_kept_out_too(self, circle: Circle) -> None:
        version = circle.hall.published()
        drafter = circle.enter("", workplace="", cadre=Cadre.objects.get(account=circle.hall.office))
        publisher = circle.enter("", workplace="", cadre=Cadre.objects.get(account=circle.hall.second))
        indicator = IndicatorVersion.objects.first()
        assert indicator is not None
        assert experts.kept_out(drafter, version) and experts.kept_out(publisher, version)
        assert experts.kept_out(drafter, indicator) and not experts.kept_out(publisher, indicator)

    def test_a_name_needs_a_reason_and_somebody_who_can_be_asked(self, circle: Circle) -> None:
        asked = circle.ask()
        with pytest.raises(Refused, match="点名邀请的理由"):
            consulting.name(asked, circle.people[0], "", **circle.words)
        consulting.name(asked, circle.people[0], "主持过同类课题。", **circle.words)
        consulting.leave(circle.people[1], "本人提出，工作变动。", **circle.words)
        for one in circle.people[:2]:
            with pytest.raises(Refused, match="聘期已过，或者已经邀请"):
                consulting.name(asked, one, "主持过同类课题。", **circle.words)

    def test_a_question_asks_something_until_a_day_to_come(self, circle: Circle) -> None:
        organ, day = circle.hall.library.organ, circle.hall.at.date()
        with pytest.raises(Refused, match="答复期限太早"):
            consulting.ask(organ, Asking(circle.hall.library, circle.topic, "现有指标能不能反映差别？", day), **circle.words)
        with pytest.raises(Refused, match="征求意见的问题"):
            consulting.ask(organ, Asking(circle.hall.library, circle.topic, "行吗", day + timedelta(days=9)), **circle.words)


@pytest.mark.django_db
class TestAnswering:
    """By the expert, or by letter."""

    def test_who_has_an_account_answers_alone_and_only_after_accepting(self, circle: Circle) -> None:
        one, me = circle.enter("", workplace="", cadre=circle.town.wang), circle.town.people["wang"]
        invited = consulting.name(circle.ask(), one, "熟悉交通工作。", **circle.words)
        assert Message.objects.get(account=me, key=f"expert:{invited.pk}").url == f"/revising/opinions/{invited.pk}/"
        mine: dict[str, Any] = {"by": me, "at": circle.hall.at}
        with pytest.raises(Refused, match="只能由本人答复"):
            consulting.answer(invited, "ACCEPTED", "", circle.letter(), **circle.words)
        with pytest.raises(Refused, match="还没有接受邀请"):
            consulting.give(invited, "AGREE", "指标设置合理，建议保留。", None, **mine)
        with pytest.raises(Refused, match="理由"):
            consulting.answer(invited, "DECLINED", "", None, **mine)
        consulting.answer(invited, "ACCEPTED", "", None, **mine)
        with pytest.raises(Refused, match="已经答复过"):
            consulting.answer(invited, "DECLINED", "时间上安排不开。", None, **mine)
        with pytest.raises(Refused, match="具体意见"):
            consulting.give(invited, "AMEND", "改改", None, **mine)
        versions = SchemeVersion.objects.count(), IndicatorVersion.objects.count()
        consulting.give(invited, "AMEND", "建议把台账检查改为实地查看。", None, **mine)
        with pytest.raises(Refused, match="已经提出过意见"):
            consulting.give(invited, "AGREE", "指标设置合理，建议保留。", None, **mine)
        assert (SchemeVersion.objects.count(), IndicatorVersion.objects.count()) == versions, "an opinion changes nothing"
        assert [one.view for one in consultations.about_library(circle.hall.library)] == ["AMEND"]

    def test_who_has_none_answers_by_letter_with_the_letter(self, circle: Circle) -> None:
        invited = consulting.name(circle.ask(), circle.people[0], "主持过同类课题。", **circle.words)
        with pytest.raises(Refused, match="须附来函"):
            consulting.answer(invited, "ACCEPTED", "", None, **circle.words)
        said = {"word": "ACCEPTED", "view": "OBJECT", "text": "满意度样本太小，不宜作为主要指标。"}
        consulting.by_letter(invited, said, circle.letter(), **circle.words)
        assert ExpertOpinion.objects.get().letter is not None

    def test_a_letter_is_entered_as_a_whole_or_not_at_all(self, circle: Circle) -> None:
        invited = consulting.name(circle.ask(), circle.people[0], "主持过同类课题。", **circle.words)
        with pytest.raises(Refused, match="具体意见"):
            consulting.by_letter(invited, {"word": "ACCEPTED", "view": "OBJECT", "text": "不"}, circle.letter(), **circle.words)
        assert not hasattr(ExpertInvitation.objects.get(pk=invited.pk), "word")


@pytest.mark.django_db
class TestPages:
    """What is seen where."""

    def test_an_expert_from_outside_sees_what_is_asked_and_nothing_else(self, circle: Circle, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(clock, "now", lambda: circle.hall.at)
        account = Account.objects.create(username="outside", password="!")
        one = circle.enter("专家庚", account=account)
        asked = circle.ask(circle.hall.published())
        invited = consulting.name(asked, one, "主持过同类课题。", **circle.words)
        other = consulting.name(asked, circle.people[0], "熟悉情况，一并听取。", **circle.words)
        client, url = signed_in(account), f"/revising/opinions/{invited.pk}/"
        page = client.get(url).content.decode()
        assert "政治素质" in page and "专家甲" not in page and "王建国" not in page and 'href="/revising/opinions/"' in page
        for closed in (
            f"/revising/opinions/{other.pk}/",
            f"/revising/consultations/{asked.pk}/",
            "/revising/experts/",
            "/assessment/",
            "/scores/",
        ):
            assert client.get(closed).status_code == 404, closed
        page = client.post(url, {"do": "word", "word-word": "DECLINED", "word-reason": "忙"})
        assert page.status_code == 422 and 'value="忙"' in page.content.decode()
        assert client.post(url, {"do": "word", "word-word": "ACCEPTED"}).status_code == 302
        sent = {"do": "opinion", "opinion-view": "AGREE", "opinion-text": "权重设置合理，建议保留两年。"}
        assert client.post(url, sent).status_code == 302
        assert "权重设置合理" in signed_in(circle.hall.office).get(f"/assessment/schemes/{circle.hall.scheme.pk}/").content.decode()

    def test_the_office_goes_from_the_field_to_the_letter(self, circle: Circle, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(clock, "now", lambda: circle.hall.at)
        office, second = signed_in(circle.hall.office), signed_in(circle.hall.second)
        assert office.post("/revising/experts/", {"do": "field", "field-name": "统计调查"}).status_code == 302
        topic = AssessorField.objects.latest("pk")
        entry = {
            "do": "entry", "entry-kind": "EXPERT", "entry-name": "专家辛", "entry-workplace": "省统计学会", "entry-specialties": [str(topic.pk)],
            "entry-first": "2026-01-01", "entry-last": "2026-12-31", "entry-why": "抽样调查方面的专家。",
        }  # fmt: skip
        assert office.post("/revising/experts/", entry | {"entry-specialties": []}).status_code == 422
        Account.objects.create(username="outside", password="!")
        for name in ("nobody", "org_leader1"):
            assert office.post("/revising/experts/", entry | {"entry-username": name}).status_code == 422, "only an account from outside"
        assert office.post("/revising/experts/", entry | {"entry-name": "专家癸", "entry-username": "outside"}).status_code == 302
        experts.leave(Assessor.objects.get(name="专家癸"), "本人提出，工作变动。", **circle.words)
        for name in ("专家辛", "专家壬"):
            assert office.post("/revising/experts/", entry | {"entry-name": name}).status_code == 302
        sent = {"do": "ask", "ask-matter": f"library:{circle.hall.library.pk}", "ask-field": str(topic.pk), "ask-due_on": "2026-02-01"}
        answer = office.post("/revising/consultations/", sent | {"ask-question": "满意度调查的样本量是否足够？"})
        url = answer.headers["Location"]
        assert office.post(url, {"do": "announce", "announce-count": "1"}).status_code == 302
        assert "由另一名人员抽取" in office.get(url).content.decode() and office.post(url, {"do": "draw"}).status_code == 422
        assert second.post(url, {"do": "draw"}).status_code == 302
        invited = ExpertInvitation.objects.get()
        sent = {"do": "letter", "letter-invitation": str(invited.pk), "letter-word": "ACCEPTED", "letter-view": "AGREE"}
        sent |= {"letter-text": "样本量足够，建议分层。"}
        assert office.post(url, sent).status_code == 422, "without the letter"
        assert office.post(url, sent | {"letter-letter": SimpleUploadedFile("来函.pdf", PDF)}).status_code == 302
        page = office.get(url).content.decode()
        assert "样本量足够" in page and "一致" in page
        upload = ExpertOpinion.objects.get().letter_id
        assert office.get(f"{url}letters/{upload}").status_code == 200
        assert office.get(f"{url}letters/{upload + 1}").status_code == 404  # type: ignore[operator]
        assert signed_in(circle.town.people["case_handler1"]).get(f"{url}letters/{upload}").status_code == 404
