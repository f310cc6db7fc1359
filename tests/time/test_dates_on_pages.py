"""Wherever a period is shown, the page says in words how its last day was counted: desk, task, case and portal."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.flows.anywhere.test_announce_service import TO_TOLD, announce
from tests.story import TO_MEETING, Town, item_of, open_case, run
from workflow_app.models import Account, Deadline

pytestmark = pytest.mark.django_db


def page(client: Client, who: Account, address: str) -> str:
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(address).content.decode()


def test_desk_task_and_case_say_rule_start_skipped_days_and_standing(town: Town, client: Client, settings: Any) -> None:
    settings.FIXED_NOW = town.at.isoformat()
    case = run(town, open_case(town), *TO_MEETING[:9])
    period = Deadline.objects.filter(case=case, rule_id="DN-LEGAL-MAX").latest("id")
    skipped = period.explanation["skipped"][0]
    who = town.people["legal_reviewer1"]
    for address in ("/desk/", f"/items/{item_of(case, 'review_legality').pk}/", f"/cases/{case.pk}/"):
        text = page(client, who, address)
        for part in ("DN-LEGAL-MAX", "当日不计入", f"{skipped['date']}（{skipped['why']}）", "不是法定期限", str(period.last_day)):
            assert part in text, (address, part)


def test_the_portal_says_it_in_plain_words(town: Town, client: Client, settings: Any) -> None:
    settings.FIXED_NOW = town.at.isoformat()
    case = run(town, open_case(town), *TO_MEETING[:6])
    text = page(client, town.people["wang"], f"/mine/{case.pk}/")
    for part in ("当天不算", "一共5个工作日", "中间的休息日不算", "法律没有规定具体天数"):
        assert part in text, part


def test_a_paper_that_is_announced_shows_the_period_of_the_notice_and_not_the_one_that_ended(
    town: Town, client: Client, settings: Any
) -> None:
    settings.FIXED_NOW = town.at.isoformat()
    case = run(town, open_case(town), *TO_TOLD)
    period = announce(town, case)
    for address in ("/desk/", f"/items/{item_of(case, 'serve').pk}/"):
        text = page(client, town.people["case_handler1"], address)
        assert "RM-ANNOUNCE" in text and "DN-SERVE" not in text and str(period.last_day) in text
    text = page(client, town.people["wang"], f"/mine/{case.pk}/")
    assert "60日" in text and "以前提交" not in text
