"""Fields that many forms of the procedure share."""

import re

from django import forms

from flows.law import KINDS, SITUATIONS

TEXT_LIMIT = 20000  # a paragraph beyond this is refused by the renderer


# Characters that nobody sees, or that turn the direction of writing: a paper could not show them.
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


class Words(forms.CharField):
    """A text. Marks without a single letter, figure or character say nothing: they count as empty."""

    def to_python(self, value: object) -> str:
        """The text without what nobody sees."""
        text = UNSEEN.sub("", super().to_python(value) or "").strip()
        return text if any(sign.isalnum() for sign in text) or not self.required else ""


def long_text(label: str, help_text: str = "", *, required: bool = True) -> forms.CharField:
    """A text of several lines."""
    return Words(label=label, help_text=help_text, required=required, max_length=TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": 4}))


def short_text(label: str, help_text: str = "", *, required: bool = True, limit: int = 200) -> forms.CharField:
    """One line."""
    return Words(label=label, help_text=help_text, required=required, max_length=limit)


def a_date(label: str, help_text: str = "", *, required: bool = True) -> forms.DateField:
    """A date."""
    return forms.DateField(label=label, help_text=help_text, required=required, widget=forms.DateInput(attrs={"type": "date"}))


def choice(label: str, choices: list[tuple[str, str]], help_text: str = "", *, required: bool = True) -> forms.ChoiceField:
    """One of few."""
    return forms.ChoiceField(label=label, choices=choices, help_text=help_text, required=required, widget=forms.RadioSelect)


def tick(label: str, help_text: str = "") -> forms.BooleanField:
    """Yes or no."""
    return forms.BooleanField(label=label, required=False, help_text=help_text)


def number(label: str, low: int, high: int, help_text: str = "", *, required: bool = True) -> forms.IntegerField:
    """A whole number."""
    return forms.IntegerField(label=label, min_value=low, max_value=high, help_text=help_text, required=required)


def situations(label: str = "情形") -> forms.MultipleChoiceField:
    """Some of the 15 situations."""
    return forms.MultipleChoiceField(
        label=label, choices=[(s.code, f"{s.code} {s.title}") for s in SITUATIONS.values()], widget=forms.CheckboxSelectMultiple
    )


def kind(label: str, *, required: bool = True) -> forms.ChoiceField:
    """A kind of adjustment."""
    return forms.ChoiceField(label=label, required=required, choices=[("", "请选择"), *((k.code, k.title) for k in KINDS.values())])


def titles(codes: list[str]) -> tuple[str, ...]:
    """Situations in words."""
    return tuple(f"{code} {SITUATIONS[code].title}" for code in codes)
