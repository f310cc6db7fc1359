"""Identity numbers are not collected: refused where facts are stated, masked where typed text is recorded."""

from __future__ import annotations

import pytest

from tests.story import Town, open_case, signed_in
from workflow_app import identity
from workflow_app.conduct import verdict
from workflow_app.models import Case, Read, Record
from workflow_app.steps import Refused

NUMBER = "53010219740512121X"  # invented


def real() -> str:
    """An invented number with the right check digit."""
    body = NUMBER[:17]
    return body + identity.CHECKS[sum(int(sign) * weight for sign, weight in zip(body, identity.WEIGHTS, strict=True)) % 11]


@pytest.mark.parametrize("text", ["", "案号20260302000012345", "电话13900000000", "530102197413121219", "云组〔2026〕1号"])
def test_other_numbers_are_none(text: str) -> None:
    assert identity.found(text) == [] and identity.masked(text) == text


def test_a_number_is_found_by_its_check_digit_and_masked() -> None:
    wrong = real()[:17] + ("0" if real()[-1] != "0" else "1")
    assert identity.found(f"王某，{real()}，某局") == [real()]
    assert identity.found(wrong) == []
    assert identity.masked(f"王某{real()}") == f"王某530{'*' * 13}{real()[-2:]}"


@pytest.mark.django_db
def test_no_fact_holds_one_and_the_refusal_names_the_field(town: Town) -> None:
    with pytest.raises(Refused) as said:
        open_case(town, summary=f"反映王建国（{real()}）未完成任务。")
    assert (said.value.rule, said.value.field) == ("最少数据", "summary")
    assert not Case.objects.exists()


def test_nor_a_row_of_a_list_in_a_form() -> None:
    with pytest.raises(Refused, match="公民身份号码"):
        verdict.check_drawn({"evidence": [{"source": real()}]})


@pytest.mark.django_db
def test_a_character_that_no_paper_can_print_is_refused_with_its_field(town: Town) -> None:
    with pytest.raises(Refused) as said:
        open_case(town, summary="反映王建国\ue123未完成任务。")
    assert (said.value.rule, said.value.field) == ("文书用字", "summary")
    assert not Case.objects.exists()


@pytest.mark.django_db
def test_what_was_searched_for_is_recorded_masked(town: Town) -> None:
    signed_in(town.people["case_handler1"]).get(f"/search/?q={real()}")
    assert Read.objects.get(what="search").reason == identity.masked(real())
    assert not Record.objects.filter(body__contains=real()).exists()
