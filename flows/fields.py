"""Fields that many forms of the procedure share."""

from django import forms

from flows.law import KINDS, SITUATIONS

TEXT_LIMIT = 20000  # a paragraph beyond this is refused by the renderer


def long_text(label: str, help_text: str = "", *, required: bool = True) -> forms.CharField:
    """A text of several lines."""
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": 4})
    )


def short_text(label: str, help_text: str = "", *, required: bool = True, limit: int = 200) -> forms.CharField:
    """One line."""
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=limit)


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
