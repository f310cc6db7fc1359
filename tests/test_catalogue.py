"""The English catalogue: nothing is missing, nothing is left over, what is compiled is what is written; and the switch works."""

from __future__ import annotations

import re
from typing import Any

import polib
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.story import Town, item_of, open_case
from workflow_app import catalogue
from workflow_app.management.commands.collect_messages import FOLDER, untranslated

HELD = re.compile(r"%\((\w+)\)s")


@pytest.fixture(scope="module")
def po() -> polib.POFile:
    """The catalogue as kept."""
    return polib.pofile(str(FOLDER / "django.po"))


def test_no_word_of_the_interface_is_without_english(po: polib.POFile) -> None:
    kept = {entry.msgid for entry in po}
    missing = sorted(set(catalogue.collect()) - kept) + untranslated(po)
    assert not missing, f"run manage.py collect_messages and translate: {missing[:20]} ({len(missing)} in all)"


def test_nothing_is_kept_that_no_page_shows(po: polib.POFile) -> None:
    assert not sorted({entry.msgid for entry in po} - set(catalogue.collect())), "run manage.py collect_messages"


def test_every_value_that_a_sentence_names_is_named_in_english_too(po: polib.POFile) -> None:
    for entry in po:
        for english in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
            assert set(HELD.findall(english)) == set(HELD.findall(entry.msgid)), entry.msgid


def test_what_is_compiled_is_what_is_written(po: polib.POFile) -> None:
    compiled = {entry.msgid: (entry.msgstr, dict(entry.msgstr_plural)) for entry in polib.mofile(str(FOLDER / "django.mo"))}
    assert compiled == {entry.msgid: (entry.msgstr, dict(entry.msgstr_plural)) for entry in po}, "run manage.py collect_messages"


@pytest.mark.django_db
def test_the_language_is_switched_by_the_button_and_kept(town: Town, client: Client) -> None:
    client.force_login(town.people["org_leader1"], backend="django.contrib.auth.backends.ModelBackend")
    assert "待办事项" in client.get("/desk/").content.decode()
    answer = client.post(reverse("set_language"), {"language": "en", "next": "/desk/"})
    assert answer.status_code == 302
    page = client.get("/desk/").content.decode()
    assert '<html lang="en"' in page and "待办事项" not in page


@pytest.mark.django_db
def test_a_step_asks_in_english_and_its_paper_stays_chinese(town: Town, client: Client, settings: Any) -> None:
    settings.FIXED_NOW = town.at.isoformat()
    case = open_case(town)
    client.force_login(town.people["org_leader1"], backend="django.contrib.auth.backends.ModelBackend")
    client.post(reverse("set_language"), {"language": "en"})
    item = item_of(case, "approve_opening")
    page = client.get(f"/items/{item.pk}/").content.decode()
    for field in item.flow_task.step.Facts.base_fields.values():
        if not field.widget.is_hidden:
            with translation.override("en"):
                assert translation.gettext(str(field.label)) in page
    assert "启动审批" not in re.sub(r"<aside.*?</aside>", "", page, flags=re.S).split("<main")[1].split("<form")[0]
