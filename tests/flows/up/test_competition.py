"""A competition with six applicants, through the door and the portal's pages."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from flows.up.bars import BY_HAND
from tests.flows.up.rising import TO_CANDIDATE, act, facts_for, open_case, run
from tests.story import Town, fresh, item_of
from workflow_app import conduct, vacancies
from workflow_app.hands import NotYours, Separated
from workflow_app.models import Account, AssessmentResult, Cadre, Case, Document, ImportBatch, Notice, Post, Receipt, RecordPart, Tie
from workflow_app.steps import RuleBroken

pytestmark = pytest.mark.django_db
GROUPS = ("笔试", "面试", "民主测评")


@pytest.fixture
def six(town: Town) -> list[Account]:
    """Six cadres without a seat."""
    found = []
    for n in range(1, 7):
        cadre = Cadre.objects.create(number=f"BM{n}", name=f"周一{'甲乙丙丁戊己'[n - 1]}", sex="女", unit=town.wang.unit)
        found.append(Account.objects.create(username=f"bm{n}", cadre=cadre, password="!"))
        town.people[f"bm{n}"] = found[-1]
    return found


@pytest.fixture
def announced(town: Town, settings: Any) -> Case:
    """A competition for a vacancy, announced this morning."""
    post = Post.objects.create(unit=town.wang.unit, title="局长", level="TOWN_HEAD", leadership_post=True)
    case = open_case(town, vacancies.of(post), outcome="compete")
    settings.FIXED_NOW = town.at.isoformat()
    return run(town, case, "announce_competition")


def apply(town: Town, case: Case, who: Account, **changes: Any) -> Any:
    facts = {
        "resume": "1998年参加工作。",
        "qualifications": "任科长五年。",
        "statement": "愿意担当。",
        "phone": "13800000000",
        "attached": [],
        "true": True,
    }
    seen = conduct.foresee(case, "apply_for_post", facts=facts | changes, by=who, at=town.at).content_hash
    return conduct.file(case, "apply_for_post", facts=facts | changes, seen=seen, by=who, at=town.at, key=f"apply-{who.pk}-{town.at}")


def checked(six: list[Account], *out: int) -> list[dict[str, Any]]:
    return [{"cadre": one.cadre_id, "eligible": "no" if n in out else "yes", "reason": "核对档案。"} for n, one in enumerate(six)]


def scored(six: list[Account], *points: int) -> list[dict[str, Any]]:
    return [
        {"cadre": one.cadre_id, "group": group, "score": Decimal(point)} for one, point in zip(six, points, strict=True) for group in GROUPS
    ]


def test_six_apply_one_is_not_eligible_and_the_first_goes_on_to_the_appointment(town: Town, six: list[Account], announced: Case) -> None:
    for who in six:
        apply(town, announced, who)
    assert Document.objects.filter(case=announced, code="U-APPLY").count() == Receipt.objects.filter(case=announced).count() == 6
    town.later(days=8)
    case = run(town, announced, ("check_applicants", {"applicants": checked(six, 5)}))
    case = run(town, case, ("score_applicants", {"scores": scored(six[:5], 81, 90, 88, 70, 75)}))
    assert (case.state, case.cadre) == ("qualifying", six[1].cadre), "the case goes on about the winner"
    names = {one["name"] for one in Document.objects.get(case=case, code="U-SCORE").content["paper"]["signatures"]}
    assert len(names) == 3, "all members of the panel signed"
    town.people["wang"], town.wang = six[1], six[1].cadre  # from here on the story is about the winner
    run(
        town,
        case,
        ("qualify", {"bars": [{"bar": name, "applies": "no", "reason": "查阅档案。"} for name, _ in BY_HAND]}),
        "confirm_candidates",
    )
    assert fresh(case).state == "candidate_confirmed"


def test_the_announcement_is_seen_by_cadres_and_not_by_the_public(announced: Case, six: list[Account], client: Client) -> None:
    token = Notice.objects.get(case=announced).token
    assert client.get(f"/notices/{token}/").status_code == 404
    assert client.get(f"/competitions/{token}/").status_code == 302
    client.force_login(six[0], backend="django.contrib.auth.backends.ModelBackend")
    html = client.get(f"/competitions/{token}/").content.decode()
    assert "市水利局局长" in html and "笔试40%" in html
    assert announced.number not in html and "评委" not in html


def test_a_cadre_applies_in_the_portal_previews_and_gets_a_receipt(announced: Case, six: list[Account], client: Client) -> None:
    token = Notice.objects.get(case=announced).token
    client.force_login(six[0], backend="django.contrib.auth.backends.ModelBackend")
    typed = {
        "resume": "1998年参加工作。",
        "qualifications": "任科长五年。",
        "statement": "愿意担当。",
        "phone": "13800000000",
        "true": "on",
        "key": "k1",
    }
    refused = client.post(f"/competitions/{token}/", typed | {"statement": "", "do": "preview"})
    assert refused.status_code == 422 and "任科长五年。" in refused.content.decode()
    seen = client.post(f"/competitions/{token}/", typed | {"do": "preview"})
    assert "预览《报名表》" in seen.content.decode() and not Receipt.objects.exists()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', seen.content.decode()))
    sent = client.post(f"/competitions/{token}/", typed | hidden | {"do": "sign"}, follow=True)
    assert sent.status_code == 200 and "已经收到" in sent.content.decode()
    assert "您已经报名" in client.get(f"/competitions/{token}/").content.decode()
    phone = RecordPart.objects.filter(chain=f"C{announced.pk}", name="sealed", value__contains="13800000000")
    assert phone.exists(), "the telephone lies in the sealed part"


def test_nobody_applies_twice_or_after_the_last_day_or_for_somebody_else(town: Town, six: list[Account], announced: Case) -> None:
    apply(town, announced, six[0])
    with pytest.raises(RuleBroken, match="已经报名"):
        apply(town, announced, six[0])
    town.later(days=8)
    with pytest.raises(RuleBroken, match="截止"):
        apply(town, announced, six[1])
    with pytest.raises(NotYours):
        conduct.claim(item_of(announced, "check_applicants"), by=six[1], at=town.at, key="x")


def test_an_applicant_does_nothing_else_in_the_competition(town: Town, six: list[Account], announced: Case) -> None:
    apply(town, announced, town.people["case_handler1"])
    apply(town, announced, six[0])
    town.later(days=8)
    rows = [
        {"cadre": town.cadre("case_handler1"), "eligible": "yes", "reason": "x核对"},
        {"cadre": six[0].cadre_id, "eligible": "yes", "reason": "x核对"},
    ]
    with pytest.raises(Separated, match="报名人不得"):
        act(town, announced, "check_applicants", applicants=rows)


def test_the_panel_and_the_applicants_are_different_people(town: Town, announced: Case) -> None:
    with pytest.raises(Separated, match="报名人不得"):
        apply(town, announced, town.people["competition_panel1"])


def test_whom_a_bar_keeps_out_is_not_eligible_whatever_is_ticked(town: Town, six: list[Account], announced: Case) -> None:
    batch = ImportBatch.objects.create(file_name="x", digest="d", rows=1, imported_at=town.at)
    AssessmentResult.objects.create(
        cadre=six[0].cadre,
        year=2025,
        unit=town.wang.unit,
        post_title="",
        post_level="",
        comparison_group="",
        grade="BASIC",
        batch=batch,
        row=1,
    )
    for who in six:
        apply(town, announced, who)
    town.later(days=8)
    with pytest.raises(RuleBroken, match="不得列为合格"):
        act(town, announced, "check_applicants", applicants=checked(six))
    run(town, announced, ("check_applicants", {"applicants": checked(six, 0)}))


def test_too_few_lead_to_a_new_announcement_for_which_everybody_may_apply_again(town: Town, six: list[Account], announced: Case) -> None:
    apply(town, announced, six[0])
    town.later(days=8)
    again = run(
        town, announced, ("check_applicants", {"applicants": checked(six[:1]), "outcome": "announce_again"}), "announce_competition"
    )
    apply(town, again, six[0])
    assert len(fresh(again).settled["apply_for_post"]["applicants"]) == 1


def test_an_applicant_sees_the_own_application_and_nobody_elses(town: Town, six: list[Account], announced: Case, client: Client) -> None:
    for who in six[:2]:
        apply(town, announced, who)
    town.later(days=8)
    case = run(
        town, announced, ("check_applicants", {"applicants": checked(six[:2])}), ("score_applicants", {"scores": scored(six[:2], 90, 80)})
    )
    assert case.cadre == six[0].cadre
    mine, other = (Receipt.objects.get(account=one).pk for one in six[:2])
    client.force_login(six[0], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/mine/sent/{mine}/").status_code == 200
    assert client.get(f"/mine/sent/{other}/").status_code == 404, "the winner's case holds it, and still it is not the winner's"
    assert client.get(f"/papers/{other}/").status_code == 404


def test_a_vacancy_is_opened_from_the_page_of_motions(town: Town, client: Client) -> None:
    post = Post.objects.create(unit=town.wang.unit, title="局长", level="TOWN_HEAD", leadership_post=True)
    client.force_login(town.people["org_leader1"], backend="django.contrib.auth.backends.ModelBackend")
    html = client.get("/open/?q=交通").content.decode()
    assert "竞争上岗的职位" in html and "局长" in html
    answer = client.post(f"/open/posts/{post.pk}/?path=UpPath", follow=True)
    assert answer.status_code == 200 and "市交通运输局局长" in answer.content.decode()
    assert Cadre.objects.filter(number__startswith=vacancies.PREFIX).count() == 1
    assert "人选（待定）" not in client.get("/open/?q=待定").content.decode(), "a vacancy is not found as a person"


def test_the_winner_has_no_other_open_case_on_the_way_up(town: Town, six: list[Account], announced: Case) -> None:
    for who in six[:2]:
        apply(town, announced, who)
    open_case(town, six[0].cadre)
    town.later(days=8)
    case = run(town, announced, ("check_applicants", {"applicants": checked(six[:2])}))
    with pytest.raises(RuleBroken, match="另一选拔任用程序"):
        act(town, case, "score_applicants", item=item_of(case, "score_applicants"), scores=scored(six[:2], 90, 80))


# --- ties with those who compete --------------------------------------------------------------------------


def tie(town: Town, name: str, other: Account) -> None:
    Tie.objects.create(one_id=town.cadre(name), other=other.cadre, kind="IN_LAW", declared_at=town.at)


def all_applied(town: Town, six: list[Account], case: Case) -> None:
    for who in six:
        apply(town, case, who)
    town.later(days=8)


def test_a_handler_with_a_tie_to_an_applicant_neither_takes_nor_checks_nor_signs(town: Town, six: list[Account], announced: Case) -> None:
    tie(town, "case_handler1", six[3])
    all_applied(town, six, announced)
    item = item_of(announced, "check_applicants")
    with pytest.raises(Separated, match="回避关系") as refused:
        conduct.claim(item, by=town.people["case_handler1"], at=town.at, key="tie-claim")
    assert refused.value.rule == "SD-10"
    with pytest.raises(Separated, match="回避关系"):
        conduct.assign(item, to=town.people["case_handler1"], by=town.people["case_handler2"], reason="分工", at=town.at, key="tie-assign")
    with pytest.raises(Separated, match="回避关系"):
        act(town, announced, "check_applicants", applicants=checked(six), by=town.people["case_handler1"])
    facts = facts_for(town, "check_applicants", applicants=checked(six))
    seen = conduct.preview(item, facts=facts, by=town.people["case_handler2"], at=town.at).content_hash
    conduct.complete(item, facts=facts, seen=seen, by=town.people["case_handler2"], at=town.at, key="tie-author")
    with pytest.raises(Separated, match="回避关系"):
        conduct.sign(item, seen=seen, by=town.people["case_handler1"], at=town.at, key="tie-sign")
    assert conduct.sign(item, seen=seen, by=town.people["case_handler3"], at=town.at, key="no-tie-sign") is not None


def test_a_judge_with_a_tie_to_a_competitor_keeps_out_and_the_others_score(town: Town, six: list[Account], announced: Case) -> None:
    case = open_again(town, announced, judges=4)
    tie(town, "competition_panel2", six[0])
    all_applied(town, six, case)
    case = run(town, case, ("check_applicants", {"applicants": checked(six)}))
    scores = {"scores": scored(six, 81, 90, 88, 70, 75, 60)}
    with pytest.raises(Separated, match="回避关系"):
        act(town, case, "score_applicants", by=town.people["competition_panel2"], **scores)
    run(town, case, ("score_applicants", scores))
    paper = Document.objects.get(case=case, code="U-SCORE").content
    kin = Cadre.objects.get(pk=town.cadre("competition_panel2")).name
    assert len(paper["paper"]["signatures"]) == 3 and kin not in {one["name"] for one in paper["paper"]["signatures"]}
    assert ["回避的评委", kin] in paper["content"]["rows"]


def open_again(town: Town, case: Case, judges: int) -> Case:
    """The competition announced anew with a larger panel."""
    town.later(days=8)
    panel = [{"cadre": town.cadre(f"competition_panel{n}")} for n in range(1, judges + 1)]
    return run(
        town, case, ("check_applicants", {"applicants": [], "outcome": "announce_again"}), ("announce_competition", {"panel": panel})
    )


def test_too_few_judges_without_a_tie_lead_to_a_new_announcement(town: Town, six: list[Account], announced: Case) -> None:
    tie(town, "competition_panel2", six[0])
    all_applied(town, six, announced)
    with pytest.raises(RuleBroken, match="不足3人") as refused:
        act(town, announced, "check_applicants", applicants=checked(six))
    assert (refused.value.rule, refused.value.field) == ("SD-10", "outcome")
    out = run(town, announced, ("check_applicants", {"applicants": checked(six, 0)}))
    assert out.state == "scoring", "a tie with somebody who does not compete bars nobody"


def test_a_tie_with_somebody_who_lost_bars_nobody_from_the_winners_case(town: Town, six: list[Account], announced: Case) -> None:
    tie(town, "case_handler4", six[0])
    all_applied(town, six, announced)
    run(town, announced, ("check_applicants", {"applicants": checked(six)}))
    case = run(town, announced, ("score_applicants", {"scores": scored(six, 81, 90, 88, 70, 75, 60)}))
    conduct.claim(item_of(case, "qualify"), by=town.people["case_handler4"], at=town.at, key="loser-claim")


def test_nobody_is_put_on_a_team_or_votes_who_has_a_tie_with_the_candidate(town: Town) -> None:
    case = run(town, open_case(town), *TO_CANDIDATE)
    Tie.objects.create(one=town.wang, other_id=town.cadre("examination_team2"), kind="OTHER", declared_at=town.at)
    run(town, case, "announce_examination")
    town.later(days=4)
    with pytest.raises(Separated, match="应当回避") as refused:
        act(town, case, "plan_examination")
    assert refused.value.rule == "SD-10" and Cadre.objects.get(pk=town.cadre("examination_team2")).name in refused.value.reason
