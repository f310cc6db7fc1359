"""The form of a step as a page shows it: one form, its row forms, and what was typed, as one thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from workflow_app.pages import wording
from workflow_app.steps import Refused, Situation, Step
from workflow_app.uploads import Pick

ROW_LIMIT = 60
LONG = 22  # characters of a choice that still fit beside other fields
CONCLUSION = "outcome"
RENDERER = DjangoTemplates()  # Django's own widget templates, whatever the project's renderer is


class RowSet(forms.BaseFormSet):  # type: ignore[type-arg]
    """Rows of one kind; what a row offers may depend on the case."""

    situation: Situation
    arrange: Any = None

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        """Let the step fill in the choices of a row."""
        super().add_fields(form, index)
        if self.arrange is not None:
            self.arrange(form, self.situation)
        dress(form)


def speak(field: forms.Field) -> None:
    """The field in the reader's language."""
    if (get_language() or "zh").startswith("zh"):
        return
    field.label, field.help_text = wording.said(field.label), wording.said(field.help_text)
    if isinstance(field, forms.ChoiceField) and isinstance(field.choices, list):
        field.choices = [(value, wording.said(label) if isinstance(label, str) else label) for value, label in field.choices]


def dress(form: forms.Form) -> None:
    """Bootstrap's classes on the form's widgets."""
    for field in form.fields.values():
        speak(field)
        widget = field.widget
        if isinstance(widget, (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)):
            css = "form-check-input"
        elif isinstance(widget, forms.Select):
            css = "form-select"
        else:
            css = "form-control"
        widget.attrs.setdefault("class", css)
        if isinstance(widget, forms.DateInput):
            widget.format = "%Y-%m-%d"  # what <input type="date"> reads, in every language


@dataclass(frozen=True)
class Question:
    """One field as the template draws it."""

    bound: forms.BoundField

    @property
    def shape(self) -> str:
        """hidden, choices, tick, file or line."""
        widget = self.bound.field.widget
        if isinstance(widget, Pick):
            return "file"
        if widget.is_hidden:
            return "hidden"
        if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
            return "choices"
        return "tick" if isinstance(widget, forms.CheckboxInput) else "line"

    @property
    def wide(self) -> bool:
        """Whether it needs the whole width of a row."""
        return isinstance(self.bound.field.widget, forms.Textarea) or self.shape == "choices" or self._says_much

    @property
    def _says_much(self) -> bool:
        """Whether a choice would be cut off in a narrow box."""
        choices = self.bound.field.choices if isinstance(self.bound.field, forms.ChoiceField) else []
        if not isinstance(choices, list):
            return False
        return any(len(str(label)) > LONG for _value, label in choices)


def questions(form: forms.Form) -> list[Question]:
    """The fields of a form in order."""
    return [Question(bound) for bound in form]


@dataclass(frozen=True)
class Rows:
    """One kind of rows as the template draws it."""

    name: str
    title: str
    formset: RowSet

    @property
    def lines(self) -> list[list[Question]]:
        """Questions of every row."""
        return [questions(form) for form in self.formset.forms]

    @property
    def is_table(self) -> bool:
        """Whether the rows are short and many: the members of a meeting."""
        return "present" in self.formset.form.base_fields

    @property
    def blank(self) -> list[Question]:
        """Questions of the row that is added by a click."""
        return questions(self.formset.empty_form)


TITLES = {
    "team": lazy("成员"), "panel": lazy("认定组成员"), "members": lazy("应到会成员"), "evidence": lazy("证据"), "findings": lazy("认定的事实"), "points": lazy("意见"),
    "questions": lazy("问题"), "answers": lazy("答复"), "talk": lazy("问答"),
}  # fmt: skip


class Filling:
    """A step's form, bound to what was posted or fresh."""

    def __init__(self, step: Step, situation: Situation, data: QueryDict | None = None, initial: Mapping[str, Any] | None = None) -> None:
        start = {**step.on_desk(situation), **(initial or {})}
        self.step, self.situation, self.data = step, situation, data
        self.form = step.Facts(data, situation=situation, initial=start, renderer=RENDERER)
        dress(self.form)
        self.rows = [self._rows(name, row, start.get(name)) for name, row in step.Facts.rows.items()]
        self.refused: Refused | None = None

    def _rows(self, name: str, row: type[forms.Form], start: Any) -> Rows:
        least = int(self.step.Facts.min_rows.get(name, 0))
        made = forms.formset_factory(
            row, formset=RowSet, extra=0 if start or least else 1, min_num=least, max_num=ROW_LIMIT, validate_min=True,
            validate_max=True, renderer=RENDERER,
        )  # fmt: skip
        kind = type(f"{name.title()}Rows", (made,), {
            "situation": self.situation, "arrange": staticmethod(getattr(self.step.Facts, "arrange_row", None) or (lambda *_: None)),
        })  # fmt: skip
        words = {"too_few_forms": _("至少填写%(num)d行。"), "too_many_forms": _("最多填写%(num)d行。")}
        formset = kind(self.data, prefix=name, initial=start or None, error_messages=words)
        titles = getattr(self.step.Facts, "row_titles", {})
        return Rows(name, wording.said(titles.get(name, TITLES.get(name, _("明细")))), formset)

    @property
    def questions(self) -> list[Question]:
        """The form's own fields."""
        return questions(self.form)

    @property
    def parts(self) -> list[Question | Rows]:
        """Fields and rows in the order of the page: the rows before the conclusion that rests on them.

        A conclusion that comes first and needs no rows (the person's own choice) is asked first.
        """
        asked = self.questions
        place = next((n for n, q in enumerate(asked) if q.bound.name == CONCLUSION), len(asked))
        if place == 0 and not any(self.step.Facts.min_rows.get(rows.name) for rows in self.rows):
            place = 1
        return [*asked[:place], *self.rows, *asked[place:]]

    def valid(self) -> bool:
        """Whether everything typed can be read; asks every row, so that all faults show at once."""
        return all([self.form.is_valid(), *(rows.formset.is_valid() for rows in self.rows)])

    def facts(self) -> dict[str, Any]:
        """What the actor states."""
        stated = dict(self.form.cleaned_data)
        for rows in self.rows:
            stated[rows.name] = [form.cleaned_data for form in rows.formset.forms if form.cleaned_data]
        return stated

    @property
    def takes_files(self) -> bool:
        """Whether a file may come along."""
        kinds = [self.step.Facts, *self.step.Facts.rows.values()]
        return any(isinstance(field.widget, Pick) for kind in kinds for field in kind.base_fields.values())

    def refuse_file(self, name: str, refused: Refused) -> None:
        """Put the refusal of a file beside the choice that it was meant for."""
        forms_here = [self.form, *(form for rows in self.rows for form in rows.formset.forms)]
        for form in forms_here:
            for field in form.fields:
                if form.add_prefix(field) == name:
                    form.add_error(field, f"{refused.reason}{refused.way_out}")

    def refuse(self, refused: Refused) -> None:
        """Put a refusal beside its field; it is shown on top as well."""
        self.refused = refused
        if refused.field in self.form.fields:
            self.form.add_error(refused.field, wording.said(refused.reason))
        for rows in self.rows:
            if rows.name == refused.field:
                rows.formset.non_form_errors().append(wording.said(refused.reason))

    @property
    def faults(self) -> list[tuple[str, str]]:
        """(anchor, message) of every fault, in the order of the page."""
        found = [(bound.auto_id, f"{bound.label}{_('：')}{error}") for bound in self.form for error in bound.errors]
        found += [("rows-" + self.step.name, str(error)) for error in self.form.non_field_errors()]
        for rows in self.rows:
            found += [(f"rows-{rows.name}", f"{rows.title}{_('：')}{error}") for error in rows.formset.non_form_errors()]
            for number, form in enumerate(rows.formset.forms, 1):
                found += [(b.auto_id, f"{rows.title}{number}·{b.label}{_('：')}{e}") for b in form for e in b.errors]
        return found

    @property
    def needed(self) -> list[tuple[str, str]]:
        """(anchor, label) of what must be filled in."""
        own = [(bound.auto_id, str(bound.label)) for bound in self.form if bound.field.required and not bound.is_hidden]
        least = [
            (f"rows-{rows.name}", _("%(title)s（至少%(n)s行）") % {"title": rows.title, "n": self.step.Facts.min_rows[rows.name]})
            for rows in self.rows
            if self.step.Facts.min_rows.get(rows.name)
        ]
        return own + least

    @property
    def typed(self) -> list[tuple[str, str]]:
        """Everything that was posted for the step, to be carried along unseen to the signing."""
        names = [*self.form.fields, *(rows.name for rows in self.rows)]
        data = self.data or QueryDict()
        return [(key, value) for key in data if key in names or key.split("-")[0] in names for value in data.getlist(key)]
