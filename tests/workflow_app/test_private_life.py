"""No model has a place for private life; what a rule asks of another organ is one closed question and one dated answer."""

from __future__ import annotations

import re

from django.apps import apps
from django.db import models

from flows.up.steps.answer_check import AnswerFacts
from flows.up.steps.ask_check import LetterFacts

PRIVATE = re.compile(
    r"银行|账户|存款|房产|车辆|车牌|消费|购物|支付|旅行|出行|行程|轨迹|定位|位置信息|护照|出入境|亲属|家属|子女|配偶姓名|家庭|微信|微博|抖音|社交|朋友圈|手机位置|信用分|违章|兴趣|爱好|病历|诊断"
    r"|bank|deposit|consum|purchase|payment|travel|trip|location|gps|latitude|longitude|passport|relative|spouse_name|children|family_member|household|wechat|weibo|social|credit_score|hobby|diagnos",
    re.IGNORECASE,
)
# Read one by one: a close relative may act for somebody who cannot; nothing about the relative is kept but the name and the proof.
MEANT = {("Representation", "ground")}


def words_of(field: models.Field) -> str:  # type: ignore[type-arg]
    """Name, label, help and choices of a field."""
    choices = " ".join(f"{value} {label}" for value, label in (field.choices or ()))
    return f"{field.name} {field.verbose_name} {field.help_text} {choices}"


def fields() -> list[tuple[str, str, str]]:
    """(model, field, words) of every table of ours."""
    return [
        (model.__name__, one.name, words_of(one))
        for app in ("workflow_app", "flows") for model in apps.get_app_config(app).get_models() for one in model._meta.concrete_fields
    ]  # fmt: skip


def test_no_model_has_a_place_for_private_life() -> None:
    found = fields()
    assert len(found) > 400
    assert not [one for one in found if PRIVATE.search(one[2]) and one[:2] not in MEANT]
    assert not [model for model, _, _ in found if re.search(PRIVATE, model)]


def test_what_is_excepted_is_there_and_nothing_else_is() -> None:
    assert {one[:2] for one in fields() if PRIVATE.search(one[2])} == MEANT
    assert all(PRIVATE.search(text) for text in ("银行账户", "家庭成员", "travel_records", "bank_account", "行程轨迹"))


def test_a_clearance_letter_asks_one_closed_question_and_takes_one_dated_answer() -> None:
    assert {name for name, _ in AnswerFacts.base_fields["outcome"].choices if name} == {"clear", "adverse", "pending"}
    for form in (LetterFacts, AnswerFacts):
        assert not getattr(form, "rows", {}), "no list of data comes with it"
        assert not [name for name, one in form.base_fields.items() if PRIVATE.search(f"{name} {one.label} {one.help_text}")]
