"""A step's form asked one thing a page: which pages there are, which of them apply, and what was answered, in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from workflow_app.enclosures import FilesField
from workflow_app.pages.filling import Filling, Question, Rows
from workflow_app.plain_words import Page
from workflow_app.steps import Situation, Step

type_typed = dict[str, list[str]]


def pages_of(step: Step, situation: Situation) -> list[Page]:
    """The pages that a step asks, else one field (or kind of rows) a page, the rows before a conclusion that rests on them."""
    if step.asks(situation):
        return list(step.asks(situation))
    fields = [name for name, field in step.Facts.base_fields.items() if not field.widget.is_hidden]
    names = [*step.Facts.rows, *fields] if any(step.Facts.min_rows.values()) else [*fields[:1], *step.Facts.rows, *fields[1:]]
    return [Page(_title(step, name), (name,)) for name in names]


def _title(step: Step, name: str) -> str:
    field = step.Facts.base_fields.get(name)
    return str(field.label) if field else str(getattr(step.Facts, "row_titles", {}).get(name, step.title))


def applies(page: Page, typed: type_typed) -> bool:
    """Whether what was answered before calls for this page."""
    return all(set(typed.get(name, [])) & set(values) for name, values in page.when.items())


def asked(pages: Iterable[Page], typed: type_typed) -> list[tuple[int, Page]]:
    """The pages that apply, with their numbers in the whole form."""
    return [(number, page) for number, page in enumerate(pages, 1) if applies(page, typed)]


def belongs(name: str, page: Page) -> bool:
    """Whether a posted name is one of the page's fields, or lies in one of its rows."""
    return name in page.fields or bool((found := re.match(r"(\w+)-", name)) and found[1] in page.fields)


def merged(typed: type_typed, page: Page, posted: QueryDict) -> type_typed:
    """What was typed so far, with the page's part as it was posted: an unticked box leaves nothing."""
    kept = {name: values for name, values in typed.items() if not belongs(name, page)}
    return kept | {name: posted.getlist(name) for name in posted if belongs(name, page)}


def sent_of(pages: Iterable[Page], typed: type_typed) -> QueryDict:
    """What is sent: answers on pages that no longer apply are left out."""
    data, stale = QueryDict(mutable=True), [page for page in pages if not applies(page, typed)]
    for name, values in typed.items():
        if not any(belongs(name, page) for page in stale):
            data.setlist(name, values)
    return data


def started(step: Step, typed: type_typed) -> dict[str, Any]:
    """What was typed, as initial values: shown again without judging it."""
    found: dict[str, Any] = {}
    for name, field in step.Facts.base_fields.items():
        if name in typed:
            many = isinstance(field, (FilesField, forms.MultipleChoiceField))
            found[name] = typed[name] if many else (typed[name] or [""])[0]
    for name in step.Facts.rows:
        lines: dict[int, dict[str, str]] = {}
        for key, values in typed.items():
            row = re.fullmatch(rf"{name}-(\d+)-(\w+)", key)
            if row and values:
                lines.setdefault(int(row[1]), {})[row[2]] = values[0]
        if lines:
            found[name] = [line for _number, line in sorted(lines.items())]
    return found


def shown(step: Step, situation: Situation, typed: type_typed) -> Filling:
    """The form with what was typed, nothing judged."""
    return Filling(step, situation, initial=started(step, typed))


def with_counts(step: Step, data: QueryDict) -> QueryDict:
    """Rows that were never on a page have no counts; a form needs them."""
    data = data.copy()
    for name in step.Facts.rows:
        for count in ("TOTAL_FORMS", "INITIAL_FORMS"):
            data.setdefault(f"{name}-{count}", "0")
    return data


def judged(step: Step, situation: Situation, data: QueryDict) -> Filling:
    """The form bound to what was typed."""
    return Filling(step, situation, with_counts(step, data))


def parts_on(filling: Filling, page: Page) -> list[Question | Rows]:
    """Fields and rows of a page, in its order."""
    by_name: dict[str, Question | Rows] = {one.bound.name: one for one in filling.questions}
    by_name |= {rows.name: rows for rows in filling.rows}
    return [by_name[name] for name in page.fields if name in by_name]


@dataclass(frozen=True)
class Fault:
    """What is wrong, beside which field, and on which page."""

    anchor: str
    text: str
    page: int


def faults_of(filling: Filling, pages: Iterable[Page]) -> list[Fault]:
    """Every fault in plain words, in the order of the pages."""
    found: list[Fault] = []
    for number, page in enumerate(pages, 1):
        for part in parts_on(filling, page):
            found += _of_rows(part, number) if isinstance(part, Rows) else plain_faults(part.bound, number)
    return found


def plain_faults(bound: forms.BoundField, number: int = 0, before: str = "") -> list[Fault]:
    """Faults of one field in plain words, on top and beside it."""
    faults = bound.form.errors.as_data().get(bound.name, [])
    texts = [before + plainly(bound, one) for one in faults]
    if texts:
        bound.form.errors[bound.name] = bound.form.error_class(texts, renderer=bound.form.renderer)
    return [Fault(bound.auto_id, text, number) for text in texts]


def _of_rows(rows: Rows, number: int) -> list[Fault]:
    own = [Fault(f"rows-{rows.name}", str(error), number) for error in rows.formset.non_form_errors()]
    for count, form in enumerate(rows.formset.forms, 1):
        before = _("第%(n)s条：") % {"n": count} if len(rows.formset.forms) > 1 else ""
        own += [fault for bound in form for fault in plain_faults(bound, number, before)]
    return own


def plainly(bound: forms.BoundField, fault: ValidationError) -> str:
    """A fault as one would say it to somebody, with what to do."""
    label = str(bound.label)
    choice = isinstance(bound.field, forms.ChoiceField)
    if fault.code == "required":
        return _("请选择“%(label)s”。") % {"label": label} if choice else _("请填写“%(label)s”。") % {"label": label}
    if fault.code == "max_length":
        has, most = (fault.params or {}).get("show_value"), (fault.params or {}).get("limit_value")
        return _("“%(label)s”写了%(has)s字，最多%(most)s字。请缩短，或者把全文做成文件作为附件上传；您写的内容还在。") % {
            "label": label, "has": has, "most": most,
        }  # fmt: skip
    if fault.code == "invalid" and isinstance(bound.field, forms.DateField):
        return _("“%(label)s”不是有效的日期，例如可以写2026-03-09。") % {"label": label}
    return " ".join(str(message) for message in fault.messages)


@dataclass(frozen=True)
class Answer:
    """One answer to be checked before it is sent."""

    label: str
    values: list[str]
    page: int


def answers(filling: Filling, pages: Iterable[tuple[int, Page]]) -> list[Answer]:
    """What was answered, page by page, in words."""
    found = []
    for number, page in pages:
        for part in parts_on(filling, page):
            if isinstance(part, Rows):
                found.append(Answer(page.title, [_line(form) for form in part.formset.forms if form.has_changed()], number))
            elif part.shape != "hidden":
                found.append(Answer(str(part.bound.label), _said(part.bound), number))
    return found


def _line(form: forms.Form) -> str:
    many = len(form.fields) > 1
    return "\n".join(f"{bound.label}{_('：')}{'、'.join(_said(bound))}" if many else "、".join(_said(bound)) for bound in form)


def _said(bound: forms.BoundField) -> list[str]:
    value, field = bound.value(), bound.field
    if isinstance(field, FilesField):
        names = {str(key): str(name) for key, name in field.widget.choices}  # type: ignore[attr-defined]
        return [names.get(str(one), str(one)) for one in value or []]
    if isinstance(field, forms.BooleanField):
        return [_("是") if value in (True, "on", "true", "True") else _("否")]
    if isinstance(field, forms.ChoiceField):
        words: Mapping[str, str] = {str(key): str(text) for key, text in field.choices}  # type: ignore[misc, union-attr]
        chosen = value if isinstance(value, (list, tuple)) else [value]
        return [words.get(str(one), str(one)) for one in chosen if one not in (None, "")]
    return [str(value)] if value not in (None, "") else []


def file_fields(step: Step, page: Page) -> list[str]:
    """Fields of a page that take files."""
    return [name for name in page.fields if isinstance(step.Facts.base_fields.get(name), FilesField)]
