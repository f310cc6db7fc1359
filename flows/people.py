"""Choosing people and desks in forms: by the seats of the case's organ."""

from django import forms
from django.db.models import Q

from workflow_app import uploads
from workflow_app.models import Cadre, Desk
from workflow_app.steps import Situation


def seated(situation: Situation, role: str) -> "list[tuple[str, str]]":
    """Choices of the cadres who sit at the role's desk of the case's organ today; never the person concerned."""
    found: list[tuple[str, str]] = situation.once(f"seated:{role}", lambda: _seated(situation, role))
    return found


def _seated(situation: Situation, role: str) -> "list[tuple[str, str]]":
    today, organ = situation.today, situation.case.organ
    people = (
        Cadre.objects.filter(account__seats__desk__role=role, account__seats__desk__unit__in=organ.ancestor_ids)
        .filter(account__seats__valid_from__lte=today)
        .filter(Q(account__seats__valid_to__isnull=True) | Q(account__seats__valid_to__gte=today))
        .exclude(pk=situation.case.cadre_id)
        .distinct()
        .order_by("number")
    )
    return [(str(person.pk), f"{person.name}（{person.number}）") for person in people]


class CadreField(forms.TypedChoiceField):
    """One cadre out of choices that `arrange` fills in; the value is the cadre's key."""

    def __init__(self, *, label: str, required: bool = True, help_text: str = "") -> None:
        super().__init__(label=label, required=required, help_text=help_text, coerce=int, empty_value=None)


class CadresField(forms.TypedMultipleChoiceField):
    """Several cadres."""

    def __init__(self, *, label: str, help_text: str = "") -> None:
        super().__init__(label=label, help_text=help_text, coerce=int, widget=forms.CheckboxSelectMultiple)


def offer(form: forms.Form, field: str, choices: list[tuple[str, str]]) -> None:
    """Put choices into a field."""
    chosen = form.fields[field]
    assert isinstance(chosen, forms.ChoiceField)
    multiple = isinstance(chosen, forms.MultipleChoiceField)
    chosen.choices = choices if multiple else [("", "请选择"), *choices]


def offer_files(row: forms.Form, situation: Situation) -> None:
    """Let the actor choose among the own files."""
    offer(row, "file", situation.once("files", lambda: uploads.choices_of(situation.actor)))


def name_of(cadre: int) -> str:
    """Name of a cadre."""
    return Cadre.objects.values_list("name", flat=True).get(pk=cadre)


def names_of(cadres: list[int]) -> list[str]:
    """Names in the given order."""
    known = dict(Cadre.objects.filter(pk__in=cadres).values_list("pk", "name"))
    return [known[cadre] for cadre in cadres]


def part_of(situation: Situation) -> list[tuple[str, str]]:
    """Choices of the people who have a hand in the case or hold an open item of it; never the person concerned."""
    hand, item = Q(hands__case=situation.case), Q(account__items__process=situation.case, account__items__status="ASSIGNED")
    people = Cadre.objects.filter(hand | item).exclude(pk=situation.case.cadre_id).distinct().order_by("number")
    return [(str(person.pk), f"{person.name}（{person.number}）") for person in people]


def roles_of(situation: Situation, cadre: int) -> set[str]:
    """Roles of the desks of the case's organ where a cadre sits today."""
    seats = Desk.objects.filter(
        unit__in=situation.case.organ.ancestor_ids, seats__account__cadre=cadre, seats__valid_from__lte=situation.today
    )
    return set(seats.filter(Q(seats__valid_to__isnull=True) | Q(seats__valid_to__gte=situation.today)).values_list("role", flat=True))


def organs(kind: str = "opinion_organ") -> list[tuple[str, str]]:
    """Units that can be asked for an opinion."""
    return [(str(desk.unit_id), desk.unit.name) for desk in Desk.objects.filter(role=kind).select_related("unit").order_by("unit__code")]
