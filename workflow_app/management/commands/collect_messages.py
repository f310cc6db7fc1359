"""Bring the English catalogue up to date with the words of the interface, and compile it; needs no gettext on the machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand

from workflow_app import catalogue

FOLDER: Path = settings.LOCALE_PATHS[0] / "en" / "LC_MESSAGES"
HEAD = {
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "en",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


def brought_up_to_date(kept: polib.POFile, words: catalogue.type_words) -> polib.POFile:
    """The words in their order, each with the translation it had; what is no longer shown is dropped."""
    before = {entry.msgid: entry for entry in kept}
    fresh = polib.POFile(wrapwidth=0)
    fresh.metadata = HEAD
    for text in sorted(words):
        entry = before.get(text) or polib.POEntry(msgid=text)
        if words[text] and not entry.msgid_plural:
            entry = polib.POEntry(msgid=text, msgid_plural=text, msgstr_plural={0: entry.msgstr, 1: entry.msgstr})
        if not words[text] and entry.msgid_plural:
            entry = polib.POEntry(msgid=text, msgstr=entry.msgstr_plural.get(1, ""))
        fresh.append(entry)
    return fresh


def untranslated(po: polib.POFile) -> list[str]:
    """Words that have no English."""
    return [entry.msgid for entry in po if not (all(entry.msgstr_plural.values()) if entry.msgid_plural else entry.msgstr)]


class Command(BaseCommand):
    """manage.py collect_messages."""

    help = "收集界面文字，更新并编译英文词条"

    def handle(self, *args: Any, **options: Any) -> None:
        """Write both files; name what is missing."""
        FOLDER.mkdir(parents=True, exist_ok=True)
        file = FOLDER / "django.po"
        po = brought_up_to_date(polib.pofile(str(file)) if file.exists() else polib.POFile(), catalogue.collect())
        po.save(str(file))
        po.save_as_mofile(str(FOLDER / "django.mo"))
        for text in untranslated(po):
            self.stdout.write(f"没有英文：{text}")
        self.stdout.write(f"{len(po)}条，缺{len(untranslated(po))}条。")
