"""The words of the interface, collected from where they stand: code, templates, and what the paths declare.

The source text is the official Chinese wording; papers stay Chinese. What a page shows of a step (titles, fields, choices, refusals)
is translated where it is shown, so that `flows` holds the wording once and plainly.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django import forms
from django.apps import apps
from django.conf import settings
from django.utils.translation.template import templatize

from workflow_app.nodes import PATHS
from workflow_app.plain_words import UNKNOWN
from workflow_app.steps import Step

CALLS = {"_", "gettext", "gettext_lazy", "lazy", "say"}
PLURAL = {"ngettext", "ngettext_lazy"}
# Classes whose first argument and `way_out` a page shows.
REFUSALS = re.compile(r"(Refused|RuleBroken|Broken|Conflict|NotYours|Separated|Stale|OutOfTurn|TooEarly|OutOfTime)$")
FOLDERS = ("pages", "admin")
IN_TEMPLATE = re.compile(
    r"""(?:\b(n?gettext)|\s_)\((u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"))(?:,\s*(u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")))?"""
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")

type_words = dict[str, bool]  # msgid -> whether it has a plural


def collect() -> type_words:
    """Every word that a page may show."""
    found: type_words = {}
    declared = [(text, False) for text in (*_of_paths(), *_of_models())]
    for text, plural in (*_of_code(), *_of_templates(), *declared):
        if CHINESE.search(text):
            found[text] = found.get(text, False) or plural
    return found


def _files(suffix: str, *folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((settings.BASE_DIR / folder).rglob(f"*.{suffix}"))


def _of_code() -> Iterator[tuple[str, bool]]:
    for file in _files("py", "workflow_app", "flows"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield from _of_call(node)


def _of_call(node: ast.Call) -> Iterator[tuple[str, bool]]:
    name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""
    texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    if name in CALLS and texts:
        yield texts[0], False
    elif name in PLURAL and len(texts) > 1:
        yield texts[0], True
    elif REFUSALS.search(name):
        for text in [
            *texts,
            *(word.value.value for word in node.keywords if word.arg == "way_out" and isinstance(word.value, ast.Constant)),
        ]:
            yield str(text), False


def _of_templates() -> Iterator[tuple[str, bool]]:
    pages = [file for folder in FOLDERS for file in _files("html", f"templates/{folder}")]
    for file in [*pages, *sorted((settings.BASE_DIR / "templates").glob("*.html"))]:
        for call, text, more in IN_TEMPLATE.findall(templatize(file.read_text(encoding="utf-8"), origin=str(file))):
            yield ast.literal_eval(text.removeprefix("u")), bool(more) and call == "ngettext"


def _of_paths() -> Iterator[str]:
    for path in PATHS.values():
        yield from (str((path.__doc__ or "").strip().splitlines()[0]), *map(str, path.roles.values()))
        yield from (str(state.label) for state in getattr(path.process_class, "STATES", ()))
        for told in (UNKNOWN, *path.told.values()):
            yield from (told.title, told.now, told.next)
        for node in path.humans():
            yield from _of_step(node.step)


def _of_models() -> Iterator[str]:
    """Labels of what is chosen. They are written plainly, because papers and workbooks stay Chinese; pages translate what they show."""
    for model in apps.get_app_config("workflow_app").get_models():
        for field in model._meta.concrete_fields:
            yield from (str(label) for _value, label in field.flatchoices)


def _of_step(step: Step) -> Iterator[str]:
    yield from (
        str(step.title),
        str(step.document_title),
        str(step.shelf),
        str(step.meant),
        *(str(label) for label in step.outcomes.labels),
    )
    yield from map(str, getattr(step.Facts, "row_titles", {}).values())
    yield from (text for page in step.pages for text in (page.title, page.hint))
    for form in (step.Facts, *step.Facts.rows.values()):
        for field in form.base_fields.values():
            yield from _of_field(field)


def _of_field(field: forms.Field) -> Iterator[str]:
    yield from (str(field.label or ""), str(field.help_text or ""))
    choices: Any = getattr(field, "choices", ())
    yield from (str(label) for _value, label in choices if isinstance(label, str))
